#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/cases/case.h"
#include "engine/cases/organisation.h"
#include "engine/ports/store.h"
#include "engine/runtime/aggregates.h"

namespace guildmark {

/// What has been decided and not yet committed: the records, and what of each stream was touched.
class Batch {
public:
    explicit Batch(std::uint64_t last_position) : position_(last_position) {}

    /// Writes `events` behind the aggregate's head and applies them.
    void write(LoadedCase& subject,
               const std::vector<CaseEvent>& events,
               const Actor& actor,
               Instant at);
    void write(Organisation& subject,
               const std::vector<OrganisationEvent>& events,
               const Actor& actor,
               Instant at);

    void keep_answer(KeyedAnswer answer) { commit_.answers.push_back(std::move(answer)); }

    [[nodiscard]] const KeyedAnswer* find_answer(std::string_view key) const;

    void keep_definition(Definition definition) {
        commit_.definitions.push_back(std::move(definition));
    }

    void move_effect(Effect effect) { commit_.effects_set.push_back(std::move(effect)); }

    [[nodiscard]] bool is_empty() const {
        return commit_.records.empty() && commit_.effects_set.empty();
    }

    [[nodiscard]] std::uint64_t position() const { return position_; }

    /// The streams that were written, in ascending order, and their last sequence.
    [[nodiscard]] std::map<StreamId, std::uint64_t> streams() const;

    /// The whole as one commit, with the rows, timers and snapshots that follow.
    /// REQUIRES: the aggregates that were written to are where they were.
    [[nodiscard]] Commit& finish();

private:
    Record append(StreamId stream,
                  const StreamHead& head,
                  EncodedEvent encoded,
                  const Actor& actor,
                  Instant at);

    Commit commit_;
    std::uint64_t position_;
    std::map<StreamId, std::pair<LoadedCase*, Touched>> cases_;
    std::map<StreamId, std::pair<Organisation*, TouchedOrganisation>> organisations_;
};

}  // namespace guildmark
