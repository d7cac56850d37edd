#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/instant.h"

namespace guildmark::simulation {

/// Lengths of time, and how far they lie apart. All 0 when there are none.
struct Spread {
    std::uint64_t count = 0;
    double mean_ms = 0;
    double deviation_ms = 0;  ///< Of the population.
    std::int64_t least_ms = 0;
    std::int64_t p10_ms = 0;  ///< Percentiles by nearest rank.
    std::int64_t p25_ms = 0;
    std::int64_t p50_ms = 0;
    std::int64_t p75_ms = 0;
    std::int64_t p90_ms = 0;
    std::int64_t p95_ms = 0;
    std::int64_t most_ms = 0;

    bool operator==(const Spread&) const = default;
};

/// In any order; the result does not depend on it.
[[nodiscard]] Spread spread_of(std::vector<std::int64_t> lengths_ms);

/// How cases came to their end.
enum class EndKind {
    certified,   ///< A certificate became active; what comes after it is not looked at.
    ended,       ///< At a final state without one.
    unfinished,  ///< Given up at the horizon.
    stuck,       ///< No outcome of a task that was due could be taken.
};

/// All cases that came to the same end.
struct Ending {
    EndKind kind = EndKind::ended;
    std::string name;  ///< The final state's id, or the code of the refusal; else empty.
    Spread time;       ///< From opening to end.
};

/// How long cases were in a state or at a milestone.
struct Stay {
    std::string name;
    std::uint64_t stays = 0;
    std::int64_t total_ms = 0;
};

/// Where the time of a task went, over all that were begun.
struct TaskTimes {
    std::string task;
    std::string role;
    std::uint64_t opened = 0;
    std::uint64_t done = 0;
    std::int64_t waiting_ms = 0;  ///< Until somebody could begin, as assumed.
    std::int64_t queued_ms = 0;   ///< Until somebody was free.
    std::int64_t elapsed_ms = 0;  ///< From beginning to end, nights and weekends included.
    std::int64_t work_ms = 0;     ///< Working time.
};

/// One month of one role.
struct RoleMonth {
    std::uint64_t done = 0;
    std::int64_t work_ms = 0;
    std::int64_t queued_ms = 0;  ///< Of all tasks together: the mean queue is this by the month.
};

/// How much the people of a role had to do.
struct RoleLoad {
    std::string role;
    std::uint32_t people = 0;  ///< 0: as many as were needed.
    std::uint64_t done = 0;
    std::int64_t work_ms = 0;
    std::uint64_t queue_most = 0;
    std::vector<RoleMonth> months;  ///< As many as SimulationResult::months.
};

/// One month of the calendar, and all cases in it.
struct Month {
    Date first_day;
    std::int64_t length_ms = 0;  ///< The part of it that was simulated.
    std::uint64_t opened = 0;
    std::uint64_t certified = 0;
    std::int64_t open_ms = 0;  ///< Of all cases together.
};

/// What a simulation came to.
struct SimulationResult {
    std::uint64_t cases = 0;
    std::uint64_t seed = 0;
    std::uint64_t commands = 0;    ///< That the engine decided.
    std::uint64_t gates_shut = 0;  ///< Outcomes that were drawn and that a gate refused.
    Instant begin;
    Instant end;
    Spread certified;
    std::vector<std::uint64_t> certified_by_month;  ///< [n]: after n to n + 1 months of 30 days.
    std::vector<Ending> endings;                    ///< Certified first, then by kind and name.
    std::vector<Stay> states;  ///< That were entered, in document order; those with no others in.
    std::vector<Stay> milestones;
    std::vector<TaskTimes> tasks;  ///< Of the workflow, in its order.
    std::vector<RoleLoad> roles;
    std::vector<Month> months;
};

/// Adds time to the months that it falls into.
class Calendar {
public:
    explicit Calendar(Instant begin);

    /// The month's number from the first one.
    [[nodiscard]] std::size_t month_of(Instant instant) const;

    [[nodiscard]] Instant begin_of(std::size_t month) const;

    /// Calls `add(month, milliseconds)` for each month that the time between them touches.
    template <typename Add>
    void split(Instant from, Instant to, const Add& add) const {
        while (from < to) {
            const std::size_t month = month_of(from);
            const Instant end = std::min(to, begin_of(month + 1));
            add(month, end.milliseconds - from.milliseconds);
            from = end;
        }
    }

private:
    Date first_;
};

}  // namespace guildmark::simulation
