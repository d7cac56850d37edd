#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/ports/store.h"

namespace guildmark {

/// One step of a case, named in another one.
struct TraceLink {
    std::uint64_t sequence = 0;  ///< Of its first record.
    std::string kind;            ///< Of its first record: "task_completed", "timer_fired" ...
    Instant at;
};

/// All that one command led to, which is what somebody did or what came due: its records stand one
/// after another, and the first says what it was. No record names its command; a step begins with
/// each record of a kind that only a command begins with.
struct TraceStep {
    std::vector<Record> records;  ///< At least one, in order.
    std::string states_before;    ///< The innermost active ones, one space between.
    std::string states_after;
    /// Where the task, timer, effect or incident came from that it answers.
    std::optional<TraceLink> caused_by;
    std::vector<TraceLink> led_to;  ///< Steps that answer what came up in it, in order.
};

/// A part of a case's trace.
struct TracePage {
    std::vector<TraceStep> steps;
    std::uint64_t next = 0;  ///< To go on behind; 0 at the end.
};

/// The steps of a case that begin behind `after`, at most `count_max`. Goes through all of the
/// case's records, because causes lie before and what followed behind. A case that is not there has
/// none. Errors: those of the store, event_malformed.
[[nodiscard]] Result<TracePage> read_trace(StoreReader& reader,
                                           StreamId stream,
                                           std::uint64_t after,
                                           std::size_t count_max);

}  // namespace guildmark
