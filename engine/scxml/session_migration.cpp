#include "engine/scxml/session_migration.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/scxml/compiled.h"
#include "engine/scxml/session_codec.h"

namespace guildmark::scxml {
namespace {

std::set<std::string> declared_in(const Statechart& chart) {
    std::set<std::string> names;
    for (const DataRecord& data : chart.compiled().data) {
        names.insert(chart.compiled().symbols.name(data.symbol));
    }
    return names;
}

const std::string& mapped(const std::map<std::string, std::string>& names,
                          const std::string& name) {
    const auto found = names.find(name);
    return found == names.end() ? name : found->second;
}

class Migration {
public:
    Migration(const Statechart& from,
              const Session& session,
              const Statechart& to,
              const SessionMapping& mapping)
        : from_(from), old_(session), to_(to), mapping_(mapping) {}

    SessionMigration run() {
        Session& made = result_.session;
        made.session_id = old_.session_id;
        made.running = old_.running;
        made.next_sendid = old_.next_sendid;
        made.internal_queue = old_.internal_queue;
        made.external_queue = old_.external_queue;
        take_configuration();
        take_history();
        take_initialized();
        take_variables();
        take_invocations();
        check_whole();
        return std::move(result_);
    }

private:
    void fault(std::string code, std::string message, std::string subject) {
        result_.faults.push_back(conflict(std::move(code), std::move(message), std::move(subject)));
    }

    /// The state of the new chart; a fault when there is none. An id that the chart was given by
    /// its reader is a number in disguise and says nothing about another chart.
    std::optional<StateIndex> map_state(StateIndex state, std::string_view what) {
        const std::string& id = from_.state_id(state);
        const std::string& name = mapped(mapping_.states, id);
        const bool is_made = id.starts_with("_state") && !mapping_.states.contains(id);
        auto found = to_.find_state(name);
        if (!found || is_made) {
            fault("state_unmapped",
                  fmt::format("{} \"{}\" is no state of the new version{}",
                              what,
                              name,
                              name == id ? "" : fmt::format(" (it was \"{}\")", id)),
                  id);
            return std::nullopt;
        }
        return found;
    }

    void take_configuration() {
        std::set<StateIndex> active;
        for (const StateIndex state : old_.configuration) {
            if (!from_.compiled().is_atomic(state)) {
                continue;
            }
            const auto found = map_state(state, "the active state");
            for (StateIndex at = found.value_or(0); at != 0; at = to_.parent(at)) {
                active.insert(at);
            }
        }
        result_.session.configuration.assign(active.begin(), active.end());
    }

    void take_history() {
        for (const auto& [history, states] : old_.history) {
            const auto found = map_state(history, "the history");
            std::vector<StateIndex> held;
            for (const StateIndex state : states) {
                if (const auto one = map_state(state, "a history holds what")) {
                    held.push_back(*one);
                }
            }
            if (!found) {
                continue;
            }
            const auto is_outside = [&](StateIndex state) {
                return !to_.compiled().is_descendant(state, to_.parent(*found));
            };
            if (!to_.compiled().is_history(*found) || std::ranges::any_of(held, is_outside)) {
                fault(
                    "state_unmapped",
                    fmt::format("\"{}\" of the new version is no history that can hold what \"{}\" "
                                "holds",
                                to_.state_id(*found),
                                from_.state_id(history)),
                    from_.state_id(history));
                continue;
            }
            std::ranges::sort(held);
            result_.session.history.emplace_back(*found, std::move(held));
        }
        std::ranges::sort(result_.session.history);
    }

    /// Whether a state was entered before only matters where it is still there.
    void take_initialized() {
        for (const StateIndex state : old_.initialized) {
            if (state == 0) {
                result_.session.initialized.push_back(0);
            } else if (const auto found =
                           to_.find_state(mapped(mapping_.states, from_.state_id(state)))) {
                result_.session.initialized.push_back(*found);
            }
        }
        std::ranges::sort(result_.session.initialized);
    }

    void take_variables() {
        const std::set<std::string> before = declared_in(from_);
        const std::set<std::string> after = declared_in(to_);
        Session& made = result_.session;
        std::set<std::string> there;
        for (const std::string& name : before) {
            const std::string& now = mapped(mapping_.variables, name);
            if (mapping_.variables_dropped.contains(name)) {
                continue;
            }
            there.insert(now);
            if (!after.contains(now) && !mapping_.variables_set.contains(name)) {
                fault("variable_unmapped",
                      fmt::format("the new version has no variable \"{}\"", now),
                      name);
            }
        }
        for (const std::string& name : after) {
            if (!there.contains(name) && !mapping_.variables_set.contains(name)) {
                fault("variable_missing",
                      fmt::format("the new version has a variable \"{}\", and the case has none",
                                  name),
                      name);
            }
        }
        if (old_.data.is_object()) {
            made.data = Value(Value::Object());
            for (const auto& [name, value] : old_.data.as_object()) {
                if (!mapping_.variables_dropped.contains(name)) {
                    made.data.set(mapped(mapping_.variables, name), value);
                }
            }
        }
        for (const auto& [name, value] : mapping_.variables_set) {
            made.data.set(name, value);
        }
        made.functions = take_names(old_.functions);
        std::ranges::sort(made.functions);
        for (const std::vector<std::string>& group : old_.aliases) {
            // An object under one name only is no group any more.
            if (auto names = take_names(group); names.size() > 1) {
                made.aliases.push_back(std::move(names));
            }
        }
    }

    [[nodiscard]] std::vector<std::string> take_names(const std::vector<std::string>& names) const {
        std::vector<std::string> taken;
        for (const std::string& name : names) {
            const std::string& now = mapped(mapping_.variables, name);
            if (!mapping_.variables_dropped.contains(name) &&
                !mapping_.variables_set.contains(now)) {
                taken.push_back(now);
            }
        }
        return taken;
    }

    void take_invocations() {
        for (const Invocation& invocation : old_.invocations) {
            const InvokeRecord& record = from_.compiled().invokes[invocation.invoke];
            const auto state =
                to_.find_state(mapped(mapping_.states, from_.state_id(record.state)));
            const Range before = from_.compiled().states[record.state].invokes;
            const std::uint32_t place = invocation.invoke - before.first;
            const Range after = state ? to_.compiled().states[*state].invokes : Range{};
            if (place >= after.last - after.first ||
                to_.compiled().invokes[after.first + place].id != record.id) {
                fault("invocation_unmapped",
                      fmt::format("what \"{}\" has invoked as \"{}\" has no <invoke> at the same "
                                  "place in the new version",
                                  from_.state_id(record.state),
                                  invocation.invokeid),
                      from_.state_id(record.state));
                continue;
            }
            take_invocation(invocation, after.first + place);
        }
    }

    void take_invocation(const Invocation& invocation, std::uint32_t invoke) {
        Invocation made = invocation;
        made.invoke = invoke;
        // What came from a document of its own goes on with that.
        if (invocation.is_active && invocation.document.empty()) {
            made.chart = to_.compiled().invokes[invoke].chart;
            auto session = made.chart == nullptr
                               ? Result<Session>(conflict("invocation_unmapped", "no document"))
                               : session_from_value(
                                     *made.chart, to_value(*invocation.chart, invocation.session));
            if (!session) {
                fault("invocation_unmapped",
                      fmt::format("what was invoked as \"{}\" does not fit the new version: {}",
                                  invocation.invokeid,
                                  session.error().message),
                      invocation.invokeid);
                return;
            }
            made.session = std::move(*session);
        }
        result_.session.invocations.push_back(std::move(made));
    }

    /// As the codec does when the session is read again.
    void check_whole() {
        const bool is_state_missing = std::ranges::any_of(
            result_.faults, [](const Error& error) { return error.code == "state_unmapped"; });
        if (is_state_missing) {
            return;
        }
        const auto read = session_from_value(to_, to_value(to_, result_.session));
        if (!read && result_.faults.empty()) {
            result_.faults.push_back(read.error());
        } else if (!read && read.error().code == "session_configuration_invalid") {
            result_.faults.insert(result_.faults.begin(), read.error());
        }
    }

    const Statechart& from_;
    const Session& old_;
    const Statechart& to_;
    const SessionMapping& mapping_;
    SessionMigration result_;
};

}  // namespace

SessionMigration migrate_session(const Statechart& from,
                                 const Session& session,
                                 const Statechart& to,
                                 const SessionMapping& mapping) {
    return Migration(from, session, to, mapping).run();
}

}  // namespace guildmark::scxml
