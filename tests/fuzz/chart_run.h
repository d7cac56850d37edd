#pragma once

#include <string>
#include <vector>

#include "engine/scxml/interpreter.h"
#include "tests/conformance/scxml/random_chart.h"
#include "tests/conformance/scxml/virtual_host.h"

namespace guildmark::fuzz {

/// One chart under the interpreter, looked at after each step: the session rests in a legal
/// configuration (SCXML 3.11), or is over, or is as it was before the step.
class ChartRun {
public:
    /// REQUIRES: `chart` outlives this.
    explicit ChartRun(const scxml::Statechart& chart);

    /// The session as it is.
    explicit ChartRun(const scxml::Statechart& chart, scxml::Session session);

    /// Whether it came to rest without a limit.
    bool start();
    bool process(const std::string& event);

    /// Delivers what was sent with the least delay. REQUIRES: something was.
    bool deliver();
    bool move(const std::vector<scxml::StateIndex>& states);

    /// An expression in the session that rests changes nothing.
    void evaluate(const std::string& expression);

    /// Writes the session down and reads it back, which changes nothing.
    void write_and_read();

    /// Migrates the session to the chart that it has, which changes nothing.
    void migrate();

    [[nodiscard]] const scxml::Session& session() const { return session_; }

    [[nodiscard]] const std::vector<std::string>& trace() const { return host_.trace; }

    [[nodiscard]] bool is_pending() const { return !host_.pending.empty(); }

    [[nodiscard]] std::vector<std::string> active() const;

    /// All of the session.
    [[nodiscard]] std::string text() const;

private:
    bool check(const Result<scxml::RunEnd>& end, const std::string& before);
    void check_configuration() const;

    const scxml::Statechart& chart_;
    scxml::test::VirtualHost host_;
    scxml::test::NoScripts scripts_;
    scxml::Interpreter interpreter_;
    scxml::Session session_;
};

/// Numbers as the bytes say, then zeros.
scxml::test::Choices choices_of(std::string_view bytes);

/// Names of events of which each chart hears some.
std::vector<std::string> event_names(const scxml::Statechart& chart);

}  // namespace guildmark::fuzz
