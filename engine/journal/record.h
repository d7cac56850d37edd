#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/digest.h"
#include "engine/base/id.h"
#include "engine/base/instant.h"
#include "engine/base/result.h"

namespace guildmark {

/// Who does something: a person, acting for an organisation, in a role. The system itself (timers,
/// effects that come back) acts with neither person nor organisation, in the role "system".
struct Actor {
    PersonId person;
    OrganisationId organisation;
    std::string role;

    [[nodiscard]] bool is_system() const { return person.is_none() && role == "system"; }

    bool operator==(const Actor&) const = default;
};

/// The actor of timers and of effects that come back.
[[nodiscard]] inline Actor system_actor() {
    return Actor{{}, {}, "system"};
}

/// The kind of records that say what became of a certificate: what a public register tells, and
/// what its log is made of.
inline constexpr std::string_view certificate_acted_kind = "certificate_acted";

/// One entry of the journal. Never changed, never deleted.
struct Record {
    StreamId stream;
    std::uint64_t sequence = 0;  ///< 1, 2, 3 ... within its stream, without a gap.
    std::uint64_t position = 0;  ///< 1, 2, 3 ... over all streams, without a gap.
    std::string kind;            ///< "task_completed"; docs/reference/journal.md lists all.
    std::uint32_t version = 1;   ///< Of the payload's shape; a released one never changes.
    Instant at;
    Actor actor;
    std::string payload;  ///< JSON, as to_json writes it.
    /// Chains the stream: over the previous record's hash and all fields above but `position`.
    Digest hash;

    bool operator==(const Record&) const = default;
};

/// The hash of `record` behind `previous` (all zero before the first record of a stream).
/// Covers stream, sequence, kind, version, time, actor and payload, each with its length, so that
/// no two different records have one text.
[[nodiscard]] Digest chain_hash(const Digest& previous, const Record& record);

/// Where a stream stands: its last record.
struct StreamHead {
    std::uint64_t sequence = 0;  ///< 0: nothing was written yet.
    Digest hash;

    bool operator==(const StreamHead&) const = default;
};

/// Checks one stream's records as they come, in order.
class ChainChecker {
public:
    explicit ChainChecker(StreamHead start = {}) : head_(start) {}

    /// Errors: record_missing (a gap in the sequence), chain_broken (the hash does not fit); the
    /// error's subject is "stream/sequence".
    [[nodiscard]] Result<void> accept(const Record& record);

    [[nodiscard]] const StreamHead& head() const { return head_; }

private:
    StreamHead head_;
};

}  // namespace guildmark
