#include "engine/scxml/session_codec.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "engine/base/limits.h"
#include "engine/scxml/compiled.h"

namespace guildmark::scxml {
namespace {

constexpr std::array<std::string_view, 3> event_types = {"platform", "internal", "external"};

/// Of an event's texts, name and type left out.
constexpr std::array<std::pair<std::string_view, std::string Event::*>, 5> event_texts = {{
    {"sendid", &Event::sendid},
    {"origin", &Event::origin},
    {"origintype", &Event::origintype},
    {"invokeid", &Event::invokeid},
    {"raw", &Event::raw},
}};

Error malformed_member(std::string_view member, std::string_view expected) {
    return malformed("session_malformed",
                     fmt::format("\"{}\" is not {}", member, expected),
                     std::string(member));
}

Value ids(const Statechart& chart, const std::vector<StateIndex>& states) {
    Value::Array out;
    for (const StateIndex state : states) {
        out.emplace_back(chart.state_id(state));
    }
    return out;
}

Result<StateIndex> read_state(const Statechart& chart,
                              std::string_view member,
                              const Value& value) {
    if (!value.is_text()) {
        return malformed_member(member, "a list of state ids");
    }
    if (value.as_text().empty()) {
        return StateIndex{0};
    }
    const auto state = chart.find_state(value.as_text());
    if (!state) {
        return conflict("session_state_unknown",
                        fmt::format("the chart has no state \"{}\"", value.as_text()),
                        value.as_text());
    }
    return *state;
}

Result<std::vector<StateIndex>> read_states(const Statechart& chart,
                                            std::string_view member,
                                            const Value& value) {
    if (!value.is_array()) {
        return malformed_member(member, "a list of state ids");
    }
    std::vector<StateIndex> states;
    for (const Value& item : value.as_array()) {
        states.push_back(TRY(read_state(chart, member, item)));
    }
    std::ranges::sort(states);
    return states;
}

Result<std::vector<Event>> read_events(std::string_view member, const Value& value) {
    if (!value.is_array() || value.as_array().size() > limits::event_queue_max) {
        return malformed_member(member, "a list of events");
    }
    std::vector<Event> events;
    for (const Value& item : value.as_array()) {
        events.push_back(TRY(event_from_value(item)));
    }
    return events;
}

Value events(const std::vector<Event>& queue) {
    Value::Array out;
    for (const Event& event : queue) {
        out.push_back(to_value(event));
    }
    return out;
}

/// Whether `states` are a legal configuration (3.11): exactly the ancestors with the atomic ones,
/// one child of each compound state and every child of each parallel.
bool is_legal(const Statechart::Compiled& chart, const std::vector<StateIndex>& states) {
    const auto is_active = [&](StateIndex state) {
        return state == 0 || std::ranges::binary_search(states, state);
    };
    const auto is_whole = [&](StateIndex state) {
        if (chart.is_history(state) || (state != 0 && !is_active(chart.states[state].parent))) {
            return false;
        }
        const Range range = chart.states[state].children;
        const auto active = std::count_if(chart.child_table.begin() + range.first,
                                          chart.child_table.begin() + range.last,
                                          is_active);
        const auto all = static_cast<std::ptrdiff_t>(range.last - range.first);
        return chart.is_compound(state) ? active == 1 : active == all;
    };
    return is_whole(0) && std::ranges::all_of(states, is_whole);
}

Result<void> read_history(const Statechart& chart, const Value& value, Session& session) {
    if (!value.is_object()) {
        return malformed_member("history", "an object");
    }
    for (const auto& [name, states] : value.as_object()) {
        const StateIndex history = TRY(read_state(chart, "history", Value(name)));
        if (!chart.compiled().is_history(history)) {
            return malformed_member("history", "an object of history states");
        }
        std::vector<StateIndex> active = TRY(read_states(chart, "history", states));
        for (const StateIndex state : active) {
            if (!chart.compiled().is_descendant(state, chart.parent(history)) ||
                chart.compiled().is_history(state)) {
                return conflict(
                    "session_state_unknown",
                    fmt::format("history \"{}\" cannot hold \"{}\"", name, chart.state_id(state)),
                    name);
            }
        }
        session.history.emplace_back(history, std::move(active));
    }
    std::ranges::sort(session.history);
    return {};
}

Value to_value(const Statechart& chart, const Invocation& invocation) {
    const InvokeRecord& record = chart.compiled().invokes[invocation.invoke];
    Value value;
    value.set("invokeid", invocation.invokeid);
    value.set("state", chart.state_id(record.state));
    const std::uint32_t place =
        invocation.invoke - chart.compiled().states[record.state].invokes.first;
    value.set("invoke", static_cast<double>(place));
    if (!invocation.is_active) {
        value.set("session_id", invocation.session.session_id);
        return value;
    }
    if (!invocation.document.empty()) {
        value.set("document", invocation.document);
    }
    value.set("session", to_value(*invocation.chart, invocation.session));
    return value;
}

/// Which <invoke> of the chart it is.
Result<std::uint32_t> read_invoke(const Statechart& chart, const Value& value) {
    const StateIndex state = TRY(read_state(chart, "state", Value(value.text_or("state", ""))));
    const Range invokes = chart.compiled().states[state].invokes;
    const double place = value.number_or("invoke", 0);
    if (!(place >= 0 && place < invokes.last - invokes.first)) {
        return conflict("session_state_unknown",
                        fmt::format("the state \"{}\" of the chart has no such <invoke>",
                                    chart.state_id(state)),
                        chart.state_id(state));
    }
    return invokes.first + static_cast<std::uint32_t>(place);
}

Result<Invocation> read_invocation(const Statechart& chart, const Value& value) {
    Invocation invocation;
    invocation.invokeid = value.text_or("invokeid", "");
    invocation.invoke = TRY(read_invoke(chart, value));
    const Value* session = value.find("session");
    invocation.is_active = session != nullptr;
    if (session == nullptr) {
        invocation.session.session_id = value.text_or("session_id", "");
        return invocation;
    }
    invocation.document = value.text_or("document", "");
    invocation.chart = invocation.document.empty()
                           ? chart.compiled().invokes[invocation.invoke].chart
                           : TRY(compile_document(invocation.document));
    if (!invocation.chart) {
        return malformed_member("document", "the document that was invoked");
    }
    invocation.session = TRY(session_from_value(*invocation.chart, *session));
    return invocation;
}

Value names(const std::vector<std::string>& texts) {
    return Value(Value::Array(texts.begin(), texts.end()));
}

Result<std::vector<std::string>> read_names(std::string_view member, const Value& value) {
    std::vector<std::string> texts;
    if (value.is_array()) {
        for (const Value& item : value.as_array()) {
            if (!item.is_text()) {
                return malformed_member(member, "made of names of variables");
            }
            texts.push_back(item.as_text());
        }
    }
    return texts;
}

/// What the variables are besides their values: functions, and one object under several names.
void put_marks(const Session& session, Value& value) {
    if (!session.functions.empty()) {
        value.set("functions", names(session.functions));
    }
    if (!session.aliases.empty()) {
        Value::Array groups;
        for (const std::vector<std::string>& group : session.aliases) {
            groups.push_back(names(group));
        }
        value.set("aliases", std::move(groups));
    }
}

Result<void> read_marks(const Value& value, Session& session) {
    if (const Value* functions = value.find("functions")) {
        session.functions = TRY(read_names("functions", *functions));
        std::ranges::sort(session.functions);
    }
    const Value* groups = value.find("aliases");
    if (groups != nullptr && groups->is_array()) {
        for (const Value& group : groups->as_array()) {
            session.aliases.push_back(TRY(read_names("aliases", group)));
        }
    }
    return {};
}

Result<void> read_end(const Statechart& chart, const Value& value, Session& session) {
    if (const Value* state = value.find("final_state")) {
        session.final_state = TRY(read_state(chart, "final_state", *state));
    }
    if (const Value* data = value.find("done_data")) {
        session.done_data = *data;
    }
    const double next = value.number_or("next_sendid", 1);
    if (!(next >= 1 && next <= 9e15) ||
        next != static_cast<double>(static_cast<std::uint64_t>(next))) {
        return malformed_member("next_sendid", "a whole number of at least 1");
    }
    session.next_sendid = static_cast<std::uint64_t>(next);
    session.running = value.bool_or("running", false);
    return {};
}

}  // namespace

Value to_value(const Event& event) {
    Value value;
    value.set("name", event.name);
    value.set("type", event_types[static_cast<std::size_t>(event.type)]);
    for (const auto& [name, member] : event_texts) {
        if (!(event.*member).empty()) {
            value.set(name, event.*member);
        }
    }
    if (event.data) {
        value.set("data", *event.data);
    }
    return value;
}

Result<Event> event_from_value(const Value& value) {
    Event event;
    const Value* name = value.find("name");
    if (name == nullptr || !name->is_text()) {
        return malformed_member("name", "the name of an event");
    }
    event.name = name->as_text();
    const std::string type = value.text_or("type", "external");
    const auto* found = std::ranges::find(event_types, type);
    if (found == event_types.end()) {
        return malformed_member("type", "platform, internal or external");
    }
    event.type = static_cast<EventType>(found - event_types.begin());
    for (const auto& [member_name, member] : event_texts) {
        event.*member = value.text_or(member_name, "");
    }
    if (const Value* data = value.find("data")) {
        event.data = *data;
    }
    return event;
}

Value to_value(const Statechart& chart, const Session& session) {
    Value value;
    value.set("session_id", session.session_id);
    value.set("running", session.running);
    value.set("configuration", ids(chart, session.configuration));
    if (!session.history.empty()) {
        Value history{Value::Object()};
        for (const auto& [state, active] : session.history) {
            history.set(chart.state_id(state), ids(chart, active));
        }
        value.set("history", std::move(history));
    }
    value.set("data", session.data);
    put_marks(session, value);
    if (!session.initialized.empty()) {
        value.set("initialized", ids(chart, session.initialized));
    }
    if (!session.internal_queue.empty()) {
        value.set("internal_queue", events(session.internal_queue));
    }
    if (!session.external_queue.empty()) {
        value.set("external_queue", events(session.external_queue));
    }
    if (session.final_state) {
        value.set("final_state", chart.state_id(*session.final_state));
    }
    if (session.done_data) {
        value.set("done_data", *session.done_data);
    }
    value.set("next_sendid", session.next_sendid);
    if (!session.invocations.empty()) {
        Value::Array invocations;
        for (const Invocation& invocation : session.invocations) {
            invocations.push_back(to_value(chart, invocation));
        }
        value.set("invocations", std::move(invocations));
    }
    return value;
}

Result<Session> session_from_value(const Statechart& chart, const Value& value) {
    if (!value.is_object()) {
        return malformed("session_malformed", "a session is an object");
    }
    Session session;
    session.session_id = value.text_or("session_id", "");
    const Value* configuration = value.find("configuration");
    session.configuration = TRY(
        read_states(chart, "configuration", configuration == nullptr ? Value() : *configuration));
    if (const Value* history = value.find("history")) {
        TRY(read_history(chart, *history, session));
    }
    if (const Value* data = value.find("data")) {
        session.data = *data;
    }
    if (!session.data.is_null() && !session.data.is_object()) {
        return malformed_member("data", "an object");
    }
    TRY(read_marks(value, session));
    if (const Value* initialized = value.find("initialized")) {
        session.initialized = TRY(read_states(chart, "initialized", *initialized));
    }
    if (const Value* queue = value.find("internal_queue")) {
        session.internal_queue = TRY(read_events("internal_queue", *queue));
    }
    if (const Value* queue = value.find("external_queue")) {
        session.external_queue = TRY(read_events("external_queue", *queue));
    }
    if (const Value* invocations = value.find("invocations")) {
        if (!invocations->is_array()) {
            return malformed_member("invocations", "a list of invocations");
        }
        for (const Value& item : invocations->as_array()) {
            session.invocations.push_back(TRY(read_invocation(chart, item)));
        }
    }
    TRY(read_end(chart, value, session));
    if (session.running && !is_legal(chart.compiled(), session.configuration)) {
        return conflict("session_configuration_invalid",
                        "the active states are no legal configuration of the chart");
    }
    return session;
}

}  // namespace guildmark::scxml
