#include "tests/fuzz/chart_run.h"

#include <algorithm>
#include <memory>

#include "engine/base/ensure.h"
#include "engine/base/json.h"
#include "engine/scxml/session_codec.h"
#include "engine/scxml/session_migration.h"

namespace guildmark::fuzz {

using scxml::Session;
using scxml::StateIndex;
using scxml::StateKind;

ChartRun::ChartRun(const scxml::Statechart& chart) : ChartRun(chart, Session()) {
    session_.session_id = "fuzz";
}

ChartRun::ChartRun(const scxml::Statechart& chart, Session session)
    : chart_(chart),
      host_(chart),
      interpreter_(chart, host_, scripts_),
      session_(std::move(session)) {}

bool ChartRun::start() {
    host_.trace.clear();
    return check(interpreter_.start(session_), text());
}

bool ChartRun::process(const std::string& event) {
    host_.trace.clear();
    const std::string before = text();
    scxml::Event made;
    made.name = event;
    return check(interpreter_.process(session_, std::move(made)), before);
}

bool ChartRun::deliver() {
    host_.trace.clear();
    const std::string before = text();
    return check(interpreter_.deliver(session_, host_.take_next()), before);
}

bool ChartRun::move(const std::vector<StateIndex>& states) {
    host_.trace.clear();
    const std::string before = text();
    return check(interpreter_.move(session_, states), before);
}

void ChartRun::evaluate(const std::string& expression) {
    const std::string before = text();
    static_cast<void>(interpreter_.evaluate(session_, expression));
    ENSURE(text() == before, "what is only asked changes nothing");
}

void ChartRun::write_and_read() {
    const std::string before = text();
    const auto value = parse_json(before);
    ENSURE(value, "a session is JSON");
    auto read = scxml::session_from_value(chart_, *value);
    ENSURE(read, "a session that was written can be read");
    session_ = std::move(read).value();
    ENSURE(text() == before, "and is the same");
}

void ChartRun::migrate() {
    const std::string before = text();
    scxml::SessionMigration migration = scxml::migrate_session(chart_, session_, chart_, {});
    ENSURE(migration.faults.empty(), "a session fits the chart that it has");
    session_ = std::move(migration.session);
    ENSURE(text() == before, "and goes on as it is");
}

std::vector<std::string> ChartRun::active() const {
    std::vector<std::string> ids;
    for (const StateIndex state : session_.configuration) {
        ids.push_back(chart_.state_id(state));
    }
    return ids;
}

std::string ChartRun::text() const {
    return to_json(to_value(chart_, session_));
}

bool ChartRun::check(const Result<scxml::RunEnd>& end, const std::string& before) {
    if (!end) {
        ENSURE(text() == before, "what fails leaves the session as it was");
        return false;
    }
    ENSURE(session_.internal_queue.empty() && session_.external_queue.empty(),
           "nothing waits in a session that rests");
    ENSURE(session_.running == (*end == scxml::RunEnd::stable), "a session runs or is finished");
    ENSURE(session_.running || session_.configuration.empty(), "a finished session has left all");
    if (session_.running) {
        check_configuration();
    }
    return std::ranges::none_of(
        host_.trace, [](const std::string& line) { return line.starts_with("exceeded"); });
}

/// Slow and apart from what the codec does: asks each state of the chart.
void ChartRun::check_configuration() const {
    const auto& active = session_.configuration;
    ENSURE(std::ranges::is_sorted(active) && std::ranges::adjacent_find(active) == active.end(),
           "each active state once, in document order");
    const auto is_active = [&](StateIndex state) {
        return state == 0 || std::ranges::binary_search(active, state);
    };
    std::vector<std::size_t> children(chart_.state_count());
    std::vector<std::size_t> active_children(chart_.state_count());
    for (StateIndex state = 1; state < chart_.state_count(); ++state) {
        const bool is_history = chart_.state_kind(state) == StateKind::history_shallow ||
                                chart_.state_kind(state) == StateKind::history_deep;
        ENSURE(!is_history || !is_active(state), "no history is active");
        ENSURE(!is_active(state) || is_active(chart_.parent(state)), "who is active is within");
        children[chart_.parent(state)] += is_history ? 0U : 1U;
        active_children[chart_.parent(state)] += is_active(state) ? 1U : 0U;
    }
    for (StateIndex state = 0; state < chart_.state_count(); ++state) {
        const StateKind kind = chart_.state_kind(state);
        const bool is_one = kind == StateKind::scxml || kind == StateKind::compound;
        const std::size_t expected = is_one ? 1 : children[state];
        ENSURE(!is_active(state) || active_children[state] == expected,
               "one child of a compound state is active, all of a parallel");
    }
}

scxml::test::Choices choices_of(std::string_view bytes) {
    return [rest = bytes](std::size_t count) mutable {
        std::size_t number = 0;
        for (std::size_t above = count - 1; above > 0 && !rest.empty(); above /= 256) {
            number = number * 256 + static_cast<unsigned char>(rest.front());
            rest.remove_prefix(1);
        }
        return number % count;
    };
}

std::vector<std::string> event_names(const scxml::Statechart& chart) {
    std::vector<std::string> names = {"unheard", "error.execution"};
    for (std::string descriptor : chart.event_descriptors()) {
        while (descriptor.ends_with('*') || descriptor.ends_with('.')) {
            descriptor.pop_back();
        }
        names.push_back(descriptor.empty() ? "any" : std::move(descriptor));
    }
    return names;
}

}  // namespace guildmark::fuzz
