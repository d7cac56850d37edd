#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "engine/ports/read_model.h"
#include "reports/messages/messages.h"
#include "reports/model/progress.h"

namespace guildmark::reports {

/// What of a finding the summary counts. Times that it has not come to are none.
struct CountedFinding {
    const rows::Finding& finding;
    bool late = false;
    std::uint64_t days_open = 0;
};

/// Counts nonconformities for a register's summary. What it keeps grows with months and clauses
/// alone, not with nonconformities.
class NonconformityTally {
public:
    explicit NonconformityTally(Date today) : today_(today) {}

    /// REQUIRES: the finding is no opportunity.
    void count(const CountedFinding& counted);

    /// Grades by status, figures, and charts: by status, by clause, and what was open over time.
    void write(const Messages& say, ProgressReport& report) const;

private:
    /// First of majors, then of minors.
    using Pair = std::array<std::uint64_t, 2>;

    [[nodiscard]] Table by_grade(const Messages& say) const;
    [[nodiscard]] Table figures(const Messages& say) const;
    [[nodiscard]] Chart by_status(const Messages& say) const;
    [[nodiscard]] Chart by_clause(const Messages& say) const;
    [[nodiscard]] Chart over_time(const Messages& say) const;

    Date today_;
    std::array<Pair, 5> statuses_{};  ///< In the order of rows::FindingStatus.
    Pair late_{};
    std::uint64_t verified_days_ = 0;
    std::uint64_t days_open_max_ = 0;
    /// By what a clause's number begins with, as a number where it is one, and as it is written.
    std::map<std::pair<std::uint64_t, std::string>, Pair> clauses_;
    /// How many more were open at the end of a month, counted from year 0, than before it.
    std::map<int, std::array<std::int64_t, 2>> changes_;
};

}  // namespace guildmark::reports
