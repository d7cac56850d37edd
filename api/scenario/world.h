#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/ports/blob_store.h"
#include "engine/ports/store.h"
#include "engine/runtime/engine.h"

namespace guildmark::scenario {

/// A clock that stands until it is set: time in scenarios and simulations.
class SetClock : public Clock {
public:
    explicit SetClock(Instant start) : now_(start) {}

    Instant now() override { return now_; }

    void set(Instant now) { now_ = now; }

private:
    Instant now_;
};

/// Numbers that follow from a seed alone (SplitMix64), so that a scenario gives the same journal,
/// byte for byte, each time.
class SeededRandom : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() override;

private:
    std::uint64_t state_;
};

/// What a pull found for a case: commands that wait to be submitted.
struct PulledDocuments {
    struct Addition {
        AddEvidence command;
        std::string owner_name;  ///< The person's name in the rules file; empty: none.
    };

    std::vector<Addition> additions;
    std::vector<MatchEvidence> rematches;
};

/// Pulls a folder's documents for a case: new ones and new revisions, their bytes already stored.
/// Errors: those of the source, the rules and the blob store; problems with single documents are an
/// error too, because a scenario is exact.
using PullDocuments = std::function<Result<PulledDocuments>(
    const std::string& folder, const std::string& rules, const rows::CaseRows& known)>;

/// Writes the case's report to `path`.
using WriteReport = std::function<Result<void>(CaseId id, const std::string& path)>;

/// Where a scenario plays.
struct World {
    Engine& engine;
    StoreReader& reader;
    const Library& library;
    SetClock& clock;
    PullDocuments pull;
    WriteReport report;
};

}  // namespace guildmark::scenario
