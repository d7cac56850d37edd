#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "adapters/script/engine.h"
#include "engine/base/ensure.h"
#include "engine/scxml/interpreter.h"
#include "engine/xml/document.h"

namespace guildmark::bench {

/// A host that does nothing.
class SilentHost final : public scxml::Host {
public:
    Instant now() override { return {}; }

    const Value& facts() override { return facts_; }

    void log(std::string_view, const Value&) override {}

    Result<void> send(const scxml::Outgoing&) override { return {}; }

    void cancel(std::string_view, std::string_view) override {}

    void ended(std::string_view) override {}

    Result<std::string> load(const std::string&) override { return std::string(); }

    Result<void> execute(const XmlElement&, scxml::ExpressionScope&) override { return {}; }

    void entered(scxml::StateIndex) override {}

    void left(scxml::StateIndex) override {}

private:
    Value facts_{Value::Object()};
};

/// A chart that can be run.
class Runner {
public:
    /// With script workers of its own, or with those, which must outlive it.
    explicit Runner(const std::string& text, ScriptEngine* shared = nullptr)
        : chart_(compile(text)),
          interpreter_(chart_, host_, shared == nullptr ? own_scripts_ : *shared) {
        tick_.name = "tick";
    }

    scxml::Session start() {
        scxml::Session session;
        ENSURE(interpreter_.start(session).has_value(), "the chart starts");
        return session;
    }

    void tick(scxml::Session& session) {
        ENSURE(interpreter_.process(session, tick_).has_value(), "the chart takes the event");
    }

private:
    static scxml::Statechart compile(const std::string& text) {
        Diagnostics diagnostics;
        const auto root = read_xml(text, "chart.scxml", diagnostics);
        ENSURE(root.has_value(), "the chart is XML");
        auto chart = scxml::Statechart::compile(*root, diagnostics);
        ENSURE(chart.has_value(), "the chart is sound");
        return std::move(*chart);
    }

    SilentHost host_;
    ScriptWorkers own_scripts_;
    scxml::Statechart chart_;
    scxml::Interpreter interpreter_;
    scxml::Event tick_;
};

}  // namespace guildmark::bench
