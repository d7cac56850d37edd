#include "reports/model/nonconformity_tally.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "engine/base/ensure.h"
#include "reports/model/status.h"

namespace guildmark::reports {

namespace {

constexpr int months_shown_max = 24;
constexpr int months_per_year = 12;
constexpr unsigned name_width = 44;
constexpr unsigned number_width = 14;
constexpr std::uint32_t major_color = 0xC62828;
constexpr std::uint32_t minor_color = 0xF9A825;

constexpr std::array all_finding_statuses{rows::FindingStatus::open,
                                          rows::FindingStatus::responded,
                                          rows::FindingStatus::rejected,
                                          rows::FindingStatus::accepted,
                                          rows::FindingStatus::verified};

std::uint32_t color_of_status(rows::FindingStatus status) {
    switch (status) {
        case rows::FindingStatus::open:
            return 0xC62828;
        case rows::FindingStatus::responded:
            return 0xF9A825;
        case rows::FindingStatus::rejected:
            return 0xEF6C00;
        case rows::FindingStatus::accepted:
            return 0x7CB342;
        case rows::FindingStatus::verified:
            return 0x2E7D32;
    }
    ENSURE(false, "a FindingStatus outside its enumeration");
}

std::pair<std::uint64_t, std::string> clause_key(const std::string& requirement) {
    const std::string clause = requirement.substr(0, requirement.find('.'));
    std::uint64_t number = std::numeric_limits<std::uint64_t>::max();
    const char* end = clause.data() + clause.size();
    const auto read = std::from_chars(clause.data(), end, number);
    const bool is_number = read.ec == std::errc() && read.ptr == end;
    return {is_number ? number : std::numeric_limits<std::uint64_t>::max(), clause};
}

int month_of(Date date) {
    return static_cast<int>(date.day().year()) * months_per_year +
           static_cast<int>(static_cast<unsigned>(date.day().month())) - 1;
}

Date last_day_of(int month) {
    namespace chrono = std::chrono;
    const auto number = static_cast<unsigned>(month % months_per_year + 1);
    const chrono::year_month_day_last last{chrono::year{month / months_per_year},
                                           chrono::month_day_last{chrono::month{number}}};
    return Date(chrono::year_month_day{chrono::sys_days{last}});
}

/// Columns of majors and minors behind one that names the rows.
std::vector<Column> grade_columns(const Messages& say, std::string title, ColumnKind kind) {
    return {{std::move(title), kind, name_width},
            {say.text("grade.major"), ColumnKind::count, number_width},
            {say.text("grade.minor"), ColumnKind::count, number_width}};
}

}  // namespace

void NonconformityTally::count(const CountedFinding& counted) {
    const rows::Finding& finding = counted.finding;
    ENSURE(finding.grade != rows::Grade::opportunity, "an opportunity is no nonconformity");
    const std::size_t grade = finding.grade == rows::Grade::major ? 0 : 1;
    ++statuses_.at(static_cast<std::size_t>(finding.status)).at(grade);
    ++clauses_[clause_key(finding.requirement)].at(grade);
    ++changes_[month_of(Date::of(finding.raised_at))].at(grade);
    if (counted.late) {
        ++late_.at(grade);
    }
    if (finding.verified_at) {
        --changes_[month_of(Date::of(*finding.verified_at))].at(grade);
        verified_days_ += counted.days_open;
    } else {
        days_open_max_ = std::max(days_open_max_, counted.days_open);
    }
}

Table NonconformityTally::by_grade(const Messages& say) const {
    Table table{say.text("register.by_status"),
                grade_columns(say, say.text("findings.status"), ColumnKind::text),
                {}};
    for (const rows::FindingStatus status : all_finding_statuses) {
        const Pair& counts = statuses_.at(static_cast<std::size_t>(status));
        table.rows.push_back({say.text("finding_status", to_text(status)),
                              Value(counts.front()),
                              Value(counts.back())});
    }
    return table;
}

Table NonconformityTally::figures(const Messages& say) const {
    Table table{say.text("summary.counts"),
                {{say.text("summary.figure"), ColumnKind::text, name_width},
                 {say.text("summary.number"), ColumnKind::count, number_width}},
                {}};
    std::uint64_t all = 0;
    for (const Pair& counts : statuses_) {
        all += counts.front() + counts.back();
    }
    const Pair& verified = statuses_.at(static_cast<std::size_t>(rows::FindingStatus::verified));
    const std::uint64_t closed = verified.front() + verified.back();
    const auto add = [&](const char* id, std::uint64_t count, Tone tone) {
        table.rows.push_back(
            {say.text("register", id), {Value(count), count > 0 ? tone : Tone::none}});
    };
    add("all", all, Tone::none);
    add("not_verified", all - closed, Tone::partly);
    add("late_majors", late_.front(), Tone::bad);
    add("late_minors", late_.back(), Tone::bad);
    add("oldest", days_open_max_, Tone::none);
    table.rows.push_back(
        {say.text("register.mean_days"),
         closed == 0 ? Cell() : Cell(Value((verified_days_ + closed / 2) / closed))});
    return table;
}

Chart NonconformityTally::by_status(const Messages& say) const {
    Chart chart{ChartKind::doughnut,
                {say.text("register.status_chart"),
                 {{say.text("findings.status"), ColumnKind::text, name_width},
                  {say.text("summary.number"), ColumnKind::count, number_width}},
                 {}},
                {}};
    for (const rows::FindingStatus status : all_finding_statuses) {
        const Pair& counts = statuses_.at(static_cast<std::size_t>(status));
        if (const std::uint64_t both = counts.front() + counts.back(); both > 0) {
            chart.table.rows.push_back({say.text("finding_status", to_text(status)), Value(both)});
            chart.colors.push_back(color_of_status(status));
        }
    }
    return chart;
}

Chart NonconformityTally::by_clause(const Messages& say) const {
    Chart chart{ChartKind::stacked_bar,
                {say.text("register.clause_chart"),
                 grade_columns(say, say.text("chart.clause_name"), ColumnKind::text),
                 {}},
                {major_color, minor_color}};
    for (const auto& [clause, counts] : clauses_) {
        chart.table.rows.push_back({clause.second, Value(counts.front()), Value(counts.back())});
    }
    return chart;
}

Chart NonconformityTally::over_time(const Messages& say) const {
    Chart chart{ChartKind::line,
                {say.text("register.time_chart"),
                 grade_columns(say, say.text("chart.date"), ColumnKind::date),
                 {}},
                {major_color, minor_color}};
    if (changes_.empty()) {
        return chart;
    }
    const int last = month_of(today_);
    const int first =
        std::max(std::min(changes_.begin()->first, last), last - months_shown_max + 1);
    std::array<std::int64_t, 2> open{};
    auto next = changes_.begin();
    for (int month = first; month <= last; ++month) {
        for (; next != changes_.end() && next->first <= month; ++next) {
            open[0] += next->second[0];
            open[1] += next->second[1];
        }
        chart.table.rows.push_back(
            {Value(month == last ? today_ : last_day_of(month)),
             Value(static_cast<std::uint64_t>(std::max<std::int64_t>(open[0], 0))),
             Value(static_cast<std::uint64_t>(std::max<std::int64_t>(open[1], 0)))});
    }
    return chart;
}

void NonconformityTally::write(const Messages& say, ProgressReport& report) const {
    report.path = by_grade(say);
    report.figures = figures(say);
    report.charts = {by_status(say), by_clause(say), over_time(say)};
}

}  // namespace guildmark::reports
