#include "api/command/simulation_text.h"

#include <cmath>

#include <fmt/format.h>

#include "api/command/console.h"

namespace guildmark::command {
namespace {

using reports::days_of;
using reports::hours_of;
using simulation::EndKind;

std::string to_name(EndKind kind) {
    switch (kind) {
        case EndKind::certified:
            return "certified";
        case EndKind::ended:
            return "ended";
        case EndKind::unfinished:
            return "unfinished";
        case EndKind::stuck:
            return "stuck";
    }
    return {};
}

Value count(std::uint64_t number) {
    return Value(number);
}

Value spread_value(const simulation::Spread& spread) {
    Value value;
    value.set("count", count(spread.count));
    value.set("mean", days_of(spread.mean_ms));
    value.set("deviation", days_of(spread.deviation_ms));
    value.set("least", days_of(spread.least_ms));
    value.set("p10", days_of(spread.p10_ms));
    value.set("p25", days_of(spread.p25_ms));
    value.set("p50", days_of(spread.p50_ms));
    value.set("p75", days_of(spread.p75_ms));
    value.set("p90", days_of(spread.p90_ms));
    value.set("p95", days_of(spread.p95_ms));
    value.set("most", days_of(spread.most_ms));
    return value;
}

template <typename Items, typename Make>
Value list_of(const Items& items, const Make& make) {
    Value::Array values;
    for (const auto& item : items) {
        values.push_back(make(item));
    }
    return Value(std::move(values));
}

Value stay_value(const simulation::Stay& stay) {
    Value value;
    value.set("id", stay.name);
    value.set("stays", count(stay.stays));
    value.set("days", days_of(stay.total_ms));
    return value;
}

Value task_value(const simulation::TaskTimes& task) {
    Value value;
    value.set("task", task.task);
    value.set("role", task.role);
    value.set("opened", count(task.opened));
    value.set("done", count(task.done));
    value.set("waiting_days", days_of(task.waiting_ms));
    value.set("queued_days", days_of(task.queued_ms));
    value.set("elapsed_days", days_of(task.elapsed_ms));
    value.set("work_hours", hours_of(task.work_ms));
    return value;
}

Value role_value(const simulation::RoleLoad& role, const simulation::SimulationResult& result) {
    Value value;
    value.set("role", role.role);
    value.set("people", role.people == 0 ? Value() : count(role.people));
    value.set("done", count(role.done));
    value.set("work_hours", hours_of(role.work_ms));
    value.set("queue_most", count(role.queue_most));
    Value::Array months;
    for (std::size_t number = 0; number < role.months.size(); ++number) {
        const simulation::RoleMonth& month = role.months[number];
        Value one;
        one.set("month", result.months[number].first_day.to_text().substr(0, 7));
        one.set("done", count(month.done));
        one.set("work_hours", hours_of(month.work_ms));
        one.set("queue", reports::mean_over(month.queued_ms, result.months[number].length_ms));
        months.push_back(std::move(one));
    }
    value.set("months", Value(std::move(months)));
    return value;
}

Value month_value(const simulation::Month& month) {
    Value value;
    value.set("month", month.first_day.to_text().substr(0, 7));
    value.set("opened", count(month.opened));
    value.set("certified", count(month.certified));
    value.set("open", reports::mean_over(month.open_ms, month.length_ms));
    return value;
}

}  // namespace

void print_simulation(const reports::SimulationInput& input, const std::string& workbook) {
    const simulation::SimulationResult& result = input.result;
    print(fmt::format("{} cases of {} from seed {}, {} commands decided",
                      result.cases,
                      input.workflow.id,
                      result.seed,
                      result.commands));
    const simulation::Spread& spread = result.certified;
    print(
        fmt::format("time to certificate in days: median {:.1f}, mean {:.1f}, deviation {:.1f}, "
                    "p10 {:.1f}, p90 {:.1f}",
                    days_of(spread.p50_ms),
                    days_of(spread.mean_ms),
                    days_of(spread.deviation_ms),
                    days_of(spread.p10_ms),
                    days_of(spread.p90_ms)));
    for (const simulation::Ending& ending : result.endings) {
        print(fmt::format(
            "{}{}{}: {} cases ({:.1f} %), median {:.1f} days",
            to_name(ending.kind),
            ending.name.empty() ? "" : " ",
            ending.name,
            ending.time.count,
            100.0 * static_cast<double>(ending.time.count) / static_cast<double>(result.cases),
            days_of(ending.time.p50_ms)));
    }
    for (const simulation::RoleLoad& role : result.roles) {
        const double months = std::max(reports::months_of(result), 1.0);
        print(fmt::format("{}: {:.1f} hours and {:.1f} tasks a month, longest queue {}",
                          role.role,
                          hours_of(role.work_ms) / months,
                          static_cast<double>(role.done) / months,
                          role.queue_most));
    }
    print(fmt::format("{} things were not stated and assumed", input.assumptions.assumed.size()));
    if (!workbook.empty()) {
        print(fmt::format("report written to {}", workbook));
    }
}

Value simulation_value(const reports::SimulationInput& input, const std::string& workbook) {
    const simulation::SimulationResult& result = input.result;
    Value value;
    value.set("workflow", input.workflow.id);
    value.set("version", input.workflow.version.to_text());
    value.set("cases", count(result.cases));
    value.set("seed", count(result.seed));
    value.set("commands", count(result.commands));
    value.set("gates_shut", count(result.gates_shut));
    value.set("begin", result.begin.to_text());
    value.set("end", result.end.to_text());
    value.set("certified", spread_value(result.certified));
    value.set("endings", list_of(result.endings, [](const simulation::Ending& ending) {
                  Value one;
                  one.set("kind", to_name(ending.kind));
                  one.set("name", ending.name);
                  one.set("time", spread_value(ending.time));
                  return one;
              }));
    value.set("states", list_of(result.states, stay_value));
    value.set("milestones", list_of(result.milestones, stay_value));
    value.set("tasks", list_of(result.tasks, task_value));
    value.set("roles", list_of(result.roles, [&result](const simulation::RoleLoad& role) {
                  return role_value(role, result);
              }));
    value.set("months", list_of(result.months, month_value));
    value.set("assumed", list_of(input.assumptions.assumed, [](const simulation::Assumed& one) {
                  Value assumed;
                  assumed.set("what", one.what);
                  assumed.set("subject", one.subject);
                  assumed.set("value", one.value);
                  return assumed;
              }));
    value.set("report", workbook);
    return value;
}

}  // namespace guildmark::command
