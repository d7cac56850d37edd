#include "reports/model/simulation.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace guildmark::reports {
namespace {

constexpr std::size_t roles_charted_max = 4;
constexpr std::size_t tasks_charted_max = 12;
constexpr std::size_t buckets_max = 36;
constexpr std::size_t months_told_max = 40;
constexpr std::uint32_t good_color = 0x43A047;
constexpr std::array<std::uint32_t, 6> ending_colors{
    good_color, 0x90A4AE, 0xEF6C00, 0xC62828, 0x6A1B9A, 0x1565C0};
constexpr std::array<std::uint32_t, roles_charted_max> line_colors{
    0x1565C0, 0xEF6C00, 0x2E7D32, 0x6A1B9A};
constexpr std::uint32_t waiting_color = 0x90A4AE;
constexpr std::uint32_t queued_color = 0xEF6C00;
constexpr std::uint32_t work_color = 0x1565C0;

Cell decimal(double value) {
    Cell cell;
    cell.value.emplace<double>(value);
    return cell;
}

using simulation::EndKind;
using simulation::Spread;

class Builder {
public:
    Builder(const SimulationInput& input, const Messages& messages)
        : input_(input), result_(input.result), say_(messages) {}

    ProgressReport build() {
        ProgressReport report;
        report.language = say_.language();
        report.font = say_.text("report.font");
        report.title = say_.text("simulation.title");
        report.subject = input_.workflow.title.in(say_.language());
        report.as_of = result_.end;
        report.page = say_.text("report.page");
        report.page_of = say_.text("report.page_of");
        report.page_end = say_.text("report.page_end");
        report.cover_name = say_.text("cover.sheet");
        report.about = say_.text("simulation.about");
        report.cover = cover();
        report.summary_name = say_.text("summary.sheet");
        report.path = time_table();
        report.figures = ending_table();
        report.charts = {ending_chart(), month_chart(), task_chart(), queue_chart(), work_chart()};
        report.tables = {
            task_sheet(), state_sheet(), role_sheet(), month_sheet(), assumption_sheet()};
        return report;
    }

private:
    [[nodiscard]] std::string text(std::string_view id) const {
        return say_.text("simulation", id);
    }

    [[nodiscard]] std::string role_title(const std::string& id) const {
        const workflow::Role* role = input_.workflow.find_role(id);
        return role == nullptr ? id : role->title.in(say_.language());
    }

    [[nodiscard]] std::string task_title(const std::string& id) const {
        const workflow::TaskDefinition* task = input_.workflow.find_task(id);
        return task == nullptr ? id : task->title.in(say_.language());
    }

    [[nodiscard]] std::string state_title(const std::string& id) const {
        const auto state = input_.workflow.chart->find_state(id);
        return state ? input_.workflow.state_title(*state, say_.language()) : id;
    }

    [[nodiscard]] std::string milestone_title(const std::string& id) const {
        const auto& milestones = input_.workflow.milestones;
        const auto found = std::ranges::find(milestones, id, &workflow::Milestone::id);
        return found == milestones.end() ? id : found->title.in(say_.language());
    }

    [[nodiscard]] std::string ending_title(const simulation::Ending& ending) const {
        switch (ending.kind) {
            case EndKind::certified:
                return text("certified");
            case EndKind::ended:
                return state_title(ending.name);
            case EndKind::unfinished:
                return text("unfinished");
            case EndKind::stuck:
                return fmt::format("{}: {}", text("stuck"), ending.name);
        }
        return ending.name;
    }

    [[nodiscard]] std::vector<Fact> cover() const {
        std::vector<Fact> facts;
        facts.push_back({say_.text("cover.workflow"), input_.workflow.title.in(say_.language())});
        facts.push_back({text("version"), input_.workflow.version.to_text()});
        if (!input_.assumptions.standard.empty()) {
            facts.push_back({say_.text("cover.standard"), input_.assumptions.standard});
        }
        facts.push_back({text("cases"), std::to_string(result_.cases)});
        facts.push_back({text("seed"), std::to_string(result_.seed)});
        facts.push_back({text("begin"), Value(result_.begin)});
        facts.push_back({text("end"), Value(result_.end)});
        facts.push_back({text("hours"), fmt::format("{}", input_.assumptions.hours_per_week)});
        facts.push_back({text("assumed_count"), std::to_string(input_.assumptions.assumed.size())});
        return facts;
    }

    [[nodiscard]] Table time_table() const {
        const Spread& spread = result_.certified;
        Table table{
            text("time"),
            {{text("measure"), ColumnKind::text, 36}, {text("days"), ColumnKind::decimal, 12}},
            {}};
        table.rows.push_back({text("mean"), decimal(days_of(spread.mean_ms))});
        table.rows.push_back({text("deviation"), decimal(days_of(spread.deviation_ms))});
        const std::array<std::pair<const char*, std::int64_t>, 8> measures{
            {{"least", spread.least_ms},
             {"p10", spread.p10_ms},
             {"p25", spread.p25_ms},
             {"p50", spread.p50_ms},
             {"p75", spread.p75_ms},
             {"p90", spread.p90_ms},
             {"p95", spread.p95_ms},
             {"most", spread.most_ms}}};
        for (const auto& [id, length] : measures) {
            table.rows.push_back({text(id), decimal(days_of(length))});
        }
        return table;
    }

    [[nodiscard]] Table ending_table() const {
        Table table{text("endings"),
                    {{text("ending"), ColumnKind::text, 36},
                     {text("cases"), ColumnKind::count, 12},
                     {text("percent"), ColumnKind::decimal, 12},
                     {text("median_days"), ColumnKind::decimal, 12},
                     {text("p90_days"), ColumnKind::decimal, 12}},
                    {}};
        for (const simulation::Ending& ending : result_.endings) {
            const double share = 100.0 * static_cast<double>(ending.time.count) /
                                 static_cast<double>(std::max<std::uint64_t>(result_.cases, 1));
            const bool is_wrong =
                ending.kind == EndKind::stuck || ending.kind == EndKind::unfinished;
            table.rows.push_back({{ending_title(ending), is_wrong ? Tone::bad : Tone::none},
                                  Value(ending.time.count),
                                  decimal(rounded(share)),
                                  decimal(days_of(ending.time.p50_ms)),
                                  decimal(days_of(ending.time.p90_ms))});
        }
        return table;
    }

    [[nodiscard]] Chart ending_chart() const {
        Chart chart{
            ChartKind::doughnut,
            {text("endings_chart"),
             {{text("ending"), ColumnKind::text, 36}, {text("cases"), ColumnKind::count, 12}},
             {}},
            {}};
        for (std::size_t index = 0; index < result_.endings.size(); ++index) {
            const simulation::Ending& ending = result_.endings[index];
            chart.table.rows.push_back({ending_title(ending), Value(ending.time.count)});
            chart.colors.push_back(ending_colors[index % ending_colors.size()]);
        }
        return chart;
    }

    /// How many certificates there were after how many months; a last bar for all that took longer.
    [[nodiscard]] Chart month_chart() const {
        Chart chart{ChartKind::stacked_bar,
                    {text("months_chart"),
                     {{text("months_taken"), ColumnKind::text, 36},
                      {text("certificates"), ColumnKind::count, 12}},
                     {}},
                    {good_color}};
        const auto& counts = result_.certified_by_month;
        std::uint64_t later = 0;
        for (std::size_t month = 0; month < counts.size(); ++month) {
            if (month < buckets_max) {
                chart.table.rows.push_back(
                    {fmt::format("{}–{}", month, month + 1), Value(counts[month])});
            } else {
                later += counts[month];
            }
        }
        if (later > 0) {
            chart.table.rows.push_back({fmt::format("{}+", buckets_max), Value(later)});
        }
        return chart;
    }

    /// The tasks that took longest, on average over those that were begun.
    [[nodiscard]] Chart task_chart() const {
        std::vector<const simulation::TaskTimes*> tasks;
        for (const simulation::TaskTimes& task : result_.tasks) {
            if (task.opened > 0) {
                tasks.push_back(&task);
            }
        }
        const auto together = [](const simulation::TaskTimes* task) {
            return task->waiting_ms + task->queued_ms + task->elapsed_ms;
        };
        std::ranges::stable_sort(tasks, std::greater<>(), together);
        tasks.resize(std::min(tasks.size(), tasks_charted_max));
        Chart chart{ChartKind::stacked_bar,
                    {text("tasks_chart"),
                     {{text("task"), ColumnKind::text, 36},
                      {text("waiting"), ColumnKind::decimal, 12},
                      {text("queued"), ColumnKind::decimal, 12},
                      {text("elapsed"), ColumnKind::decimal, 12}},
                     {}},
                    {waiting_color, queued_color, work_color}};
        for (const simulation::TaskTimes* task : tasks) {
            chart.table.rows.push_back({task_title(task->task),
                                        decimal(mean_days(task->waiting_ms, task->opened)),
                                        decimal(mean_days(task->queued_ms, task->opened)),
                                        decimal(mean_days(task->elapsed_ms, task->opened))});
        }
        return chart;
    }

    [[nodiscard]] static double mean_days(std::int64_t together_ms, std::uint64_t count) {
        return count == 0 ? 0
                          : days_of(static_cast<double>(together_ms) / static_cast<double>(count));
    }

    /// The roles that had most of something, at most four, so that lines can be told apart.
    template <typename Measure>
    [[nodiscard]] std::vector<const simulation::RoleLoad*> busiest(const Measure& measure) const {
        std::vector<const simulation::RoleLoad*> roles;
        for (const simulation::RoleLoad& role : result_.roles) {
            if (measure(role) > 0) {
                roles.push_back(&role);
            }
        }
        std::ranges::stable_sort(roles, std::greater<>(), [&](const simulation::RoleLoad* role) {
            return measure(*role);
        });
        roles.resize(std::min(roles.size(), roles_charted_max));
        return roles;
    }

    /// A line for each of `roles`, by month; where there are many months, by the mean of some.
    template <typename Measure>
    [[nodiscard]] Chart lines(std::string_view title,
                              const std::vector<const simulation::RoleLoad*>& roles,
                              const Measure& measure) const {
        Chart chart{
            ChartKind::line, {text(title), {{text("month"), ColumnKind::date, 36}}, {}}, {}};
        for (std::size_t index = 0; index < roles.size(); ++index) {
            chart.table.columns.push_back(
                {role_title(roles[index]->role), ColumnKind::decimal, 12});
            chart.colors.push_back(line_colors[index]);
        }
        const std::size_t step = result_.months.size() / months_told_max + 1;
        for (std::size_t first = 0; !roles.empty() && first < result_.months.size();
             first += step) {
            const std::size_t last = std::min(first + step, result_.months.size());
            std::vector<Cell> row{Value(result_.months[first].first_day)};
            for (const simulation::RoleLoad* role : roles) {
                double sum = 0;
                for (std::size_t month = first; month < last; ++month) {
                    sum += measure(role->months[month], result_.months[month]);
                }
                row.push_back(decimal(rounded(sum / static_cast<double>(last - first))));
            }
            chart.table.rows.push_back(std::move(row));
        }
        return chart;
    }

    [[nodiscard]] Chart queue_chart() const {
        return lines("queue_chart",
                     busiest([](const simulation::RoleLoad& role) {
                         std::int64_t together = 0;
                         for (const simulation::RoleMonth& month : role.months) {
                             together += month.queued_ms;
                         }
                         return together;
                     }),
                     [](const simulation::RoleMonth& role, const simulation::Month& month) {
                         return mean_over(role.queued_ms, month.length_ms);
                     });
    }

    [[nodiscard]] Chart work_chart() const {
        Chart chart = lines("work_chart",
                            busiest([](const simulation::RoleLoad& role) { return role.work_ms; }),
                            [](const simulation::RoleMonth& role, const simulation::Month&) {
                                return hours_of(role.work_ms);
                            });
        return chart;
    }

    [[nodiscard]] Table task_sheet() const {
        Table table{say_.text("simulation_tasks.sheet"),
                    {{text("task"), ColumnKind::wrapped, 40},
                     {text("role"), ColumnKind::wrapped, 26},
                     {text("opened"), ColumnKind::count, 10},
                     {text("done"), ColumnKind::count, 10},
                     {text("waiting_mean"), ColumnKind::decimal, 14},
                     {text("queued_mean"), ColumnKind::decimal, 14},
                     {text("elapsed_mean"), ColumnKind::decimal, 14},
                     {text("waiting_total"), ColumnKind::decimal, 14},
                     {text("queued_total"), ColumnKind::decimal, 14},
                     {text("work_hours"), ColumnKind::decimal, 14}},
                    {}};
        for (const simulation::TaskTimes& task : result_.tasks) {
            table.rows.push_back({task_title(task.task),
                                  role_title(task.role),
                                  Value(task.opened),
                                  Value(task.done),
                                  decimal(mean_days(task.waiting_ms, task.opened)),
                                  decimal(mean_days(task.queued_ms, task.opened)),
                                  decimal(mean_days(task.elapsed_ms, task.opened)),
                                  decimal(days_of(task.waiting_ms)),
                                  decimal(days_of(task.queued_ms)),
                                  decimal(hours_of(task.work_ms))});
        }
        return table;
    }

    void add_stays(Table& table,
                   std::string_view kind,
                   const std::vector<simulation::Stay>& stays,
                   bool are_milestones) const {
        for (const simulation::Stay& stay : stays) {
            const double by_case = static_cast<double>(stay.total_ms) /
                                   static_cast<double>(std::max<std::uint64_t>(result_.cases, 1));
            table.rows.push_back(
                {text(kind),
                 are_milestones ? milestone_title(stay.name) : state_title(stay.name),
                 Value(stay.stays),
                 decimal(mean_days(stay.total_ms, stay.stays)),
                 decimal(days_of(by_case)),
                 decimal(days_of(stay.total_ms))});
        }
    }

    [[nodiscard]] Table state_sheet() const {
        Table table{say_.text("simulation_states.sheet"),
                    {{text("kind"), ColumnKind::text, 16},
                     {text("where"), ColumnKind::wrapped, 44},
                     {text("stays"), ColumnKind::count, 12},
                     {text("days_mean"), ColumnKind::decimal, 16},
                     {text("days_by_case"), ColumnKind::decimal, 16},
                     {text("days_total"), ColumnKind::decimal, 16}},
                    {}};
        add_stays(table, "milestone", result_.milestones, true);
        add_stays(table, "state", result_.states, false);
        return table;
    }

    [[nodiscard]] Table role_sheet() const {
        Table table{say_.text("simulation_roles.sheet"),
                    {{text("role"), ColumnKind::wrapped, 34},
                     {text("people"), ColumnKind::text, 14},
                     {text("done"), ColumnKind::count, 12},
                     {text("tasks_by_month"), ColumnKind::decimal, 16},
                     {text("work_hours"), ColumnKind::decimal, 14},
                     {text("hours_by_month"), ColumnKind::decimal, 16},
                     {text("hours_peak"), ColumnKind::decimal, 16},
                     {text("peak_month"), ColumnKind::text, 14},
                     {text("busy_percent"), ColumnKind::decimal, 14},
                     {text("queue_most"), ColumnKind::count, 14}},
                    {}};
        const double months = std::max(months_of(result_), 1.0);
        for (const simulation::RoleLoad& role : result_.roles) {
            const auto peak = std::ranges::max_element(
                role.months, {}, [](const simulation::RoleMonth& month) { return month.work_ms; });
            const bool has_peak = peak != role.months.end() && peak->work_ms > 0;
            const auto number = static_cast<std::size_t>(peak - role.months.begin());
            table.rows.push_back(
                {role_title(role.role),
                 role.people == 0 ? text("people_any") : std::to_string(role.people),
                 Value(role.done),
                 decimal(rounded(static_cast<double>(role.done) / months)),
                 decimal(hours_of(role.work_ms)),
                 decimal(rounded(hours_of(role.work_ms) / months)),
                 has_peak ? decimal(hours_of(peak->work_ms)) : Cell(),
                 has_peak ? result_.months[number].first_day.to_text().substr(0, 7) : "",
                 role.people == 0 ? Cell() : decimal(busy_percent(role)),
                 Value(role.queue_most)});
        }
        return table;
    }

    /// The share of its people's working time that a role has worked.
    [[nodiscard]] double busy_percent(const simulation::RoleLoad& role) const {
        constexpr double hours_of_a_week = 168;
        const double span =
            static_cast<double>(result_.end.milliseconds - result_.begin.milliseconds);
        const double there =
            span * input_.assumptions.hours_per_week / hours_of_a_week * role.people;
        return there <= 0 ? 0 : rounded(100 * static_cast<double>(role.work_ms) / there);
    }

    [[nodiscard]] Table month_sheet() const {
        Table table{say_.text("simulation_months.sheet"),
                    {{text("month"), ColumnKind::date, 14},
                     {text("role"), ColumnKind::wrapped, 34},
                     {text("done"), ColumnKind::count, 12},
                     {text("work_hours"), ColumnKind::decimal, 14},
                     {text("queue_mean"), ColumnKind::decimal, 16},
                     {text("opened_cases"), ColumnKind::count, 14},
                     {text("certificates"), ColumnKind::count, 14},
                     {text("open_mean"), ColumnKind::decimal, 16}},
                    {}};
        for (std::size_t number = 0; number < result_.months.size(); ++number) {
            const simulation::Month& month = result_.months[number];
            table.rows.push_back({Value(month.first_day),
                                  text("all_cases"),
                                  {},
                                  {},
                                  {},
                                  Value(month.opened),
                                  Value(month.certified),
                                  decimal(mean_over(month.open_ms, month.length_ms))});
            for (const simulation::RoleLoad& role : result_.roles) {
                const simulation::RoleMonth& one = role.months[number];
                if (one.work_ms > 0 || one.queued_ms > 0 || one.done > 0) {
                    table.rows.push_back({Value(month.first_day),
                                          role_title(role.role),
                                          Value(one.done),
                                          decimal(hours_of(one.work_ms)),
                                          decimal(mean_over(one.queued_ms, month.length_ms)),
                                          {},
                                          {},
                                          {}});
                }
            }
        }
        return table;
    }

    [[nodiscard]] std::string subject_title(const simulation::Assumed& assumed) const {
        if (assumed.subject.empty()) {
            return text("all_cases");
        }
        return assumed.what == "people" ? role_title(assumed.subject) : task_title(assumed.subject);
    }

    [[nodiscard]] Table assumption_sheet() const {
        Table table{say_.text("simulation_assumed.sheet"),
                    {{text("what"), ColumnKind::text, 36},
                     {text("about_what"), ColumnKind::wrapped, 44},
                     {text("value"), ColumnKind::text, 24}},
                    {}};
        for (const simulation::Assumed& assumed : input_.assumptions.assumed) {
            table.rows.push_back(
                {say_.text("assumed", assumed.what),
                 subject_title(assumed),
                 assumed.value.empty() ? say_.text("assumed_value", assumed.what) : assumed.value});
        }
        return table;
    }

    const SimulationInput& input_;
    const simulation::SimulationResult& result_;
    const Messages& say_;
};

}  // namespace

ProgressReport build_simulation_report(const SimulationInput& input, const Messages& messages) {
    return Builder(input, messages).build();
}

}  // namespace guildmark::reports
