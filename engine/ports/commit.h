#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/digest.h"
#include "engine/base/id.h"
#include "engine/base/instant.h"
#include "engine/journal/record.h"
#include "engine/ports/read_model.h"

/// What a store keeps, and what is written to it at once.
namespace guildmark {

/// Something that is due at a point in time; the runtime gives it back to its stream then.
struct Timer {
    TimerId id;
    StreamId stream;
    Instant due;

    bool operator==(const Timer&) const = default;
};

/// An effect on the world that was decided and must be carried out, at least once, with its key.
struct Effect {
    EffectId id;
    StreamId stream;
    std::string kind;     ///< "notify"
    std::string payload;  ///< JSON
    Instant not_before;   ///< Moves on when an attempt failed.
    std::uint32_t attempts = 0;

    bool operator==(const Effect&) const = default;
};

/// A stream's state after the record `sequence`, as its codec wrote it; only ever a shortcut.
struct Snapshot {
    StreamId stream;
    std::uint64_t sequence = 0;
    std::uint32_t version = 1;
    std::string payload;

    bool operator==(const Snapshot&) const = default;
};

/// What a command under an idempotency key was answered, so that a repetition gets the same.
struct KeyedAnswer {
    std::string key;     ///< Unique for its actor: the runtime puts the actor into it.
    Digest request;      ///< Of the command; another one under the same key is refused.
    std::string answer;  ///< JSON
    Instant at;

    bool operator==(const KeyedAnswer&) const = default;
};

/// Bytes that cases refer to by digest and that must stay as they are: workflow files, catalogues.
struct Definition {
    Digest version;
    std::string kind;  ///< "workflow", "standard"
    std::string id;
    std::string payload;

    bool operator==(const Definition&) const = default;
};

/// All that one transaction writes. It is written whole or not at all.
struct Commit {
    std::vector<Record> records;  ///< In order of position.
    std::vector<Snapshot> snapshots;
    std::vector<Timer> timers_set;
    std::vector<TimerId> timers_removed;
    std::vector<Effect> effects_set;  ///< New, or moved to a later attempt.
    std::vector<EffectId> effects_removed;
    std::vector<KeyedAnswer> answers;
    std::vector<Definition> definitions;  ///< One that is there already is left as it is.
    rows::Changes rows;
};

}  // namespace guildmark
