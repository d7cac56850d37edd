#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/json.h"
#include "tests/conformance/scxml/virtual_host.h"

namespace guildmark::scxml::test {

/// A chart, its host and one session.
struct Running {
    explicit Running(const std::string& body,
                     const std::string& attributes = "datamodel='ecmascript' name='n'")
        : Running(no_scripts(), body, attributes) {}

    Running(ScriptEngine& scripts,
            const std::string& body,
            const std::string& attributes = "datamodel='ecmascript' name='n'")
        : chart(*compile_text("<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0' "
                              "xmlns:g='urn:test' " +
                              attributes + ">" + body + "</scxml>")),
          host(chart),
          interpreter(chart, host, scripts) {
        session.session_id = "s1";
    }

    std::string start() { return code(interpreter.start(session)); }

    std::string process(const std::string& name, std::optional<Value> data = std::nullopt) {
        Event event;
        event.name = name;
        event.data = std::move(data);
        return code(interpreter.process(session, std::move(event)));
    }

    std::string move(const std::vector<std::string>& states) {
        std::vector<StateIndex> targets;
        for (const std::string& state : states) {
            targets.push_back(*chart.find_state(state));
        }
        return code(interpreter.move(session, targets));
    }

    static std::string code(const Result<RunEnd>& end) {
        if (!end) {
            return end.error().code;
        }
        return *end == RunEnd::finished ? "finished" : "";
    }

    [[nodiscard]] std::string data() const { return to_json(session.data); }

    [[nodiscard]] std::string active() const {
        std::string ids;
        for (const StateIndex state : session.configuration) {
            ids += (ids.empty() ? "" : " ") + chart.state_id(state);
        }
        return ids;
    }

    std::string take_trace() {
        std::string joined;
        for (const std::string& line : host.trace) {
            joined += (joined.empty() ? "" : "; ") + line;
        }
        host.trace.clear();
        return joined;
    }

    static NoScripts& no_scripts() {
        static NoScripts none;
        return none;
    }

    Statechart chart;
    VirtualHost host;
    Interpreter interpreter;
    Session session;
};

}  // namespace guildmark::scxml::test
