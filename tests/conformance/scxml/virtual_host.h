#pragma once

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/ports/script_engine.h"
#include "engine/scxml/interpreter.h"

namespace guildmark::scxml::test {

/// An engine for charts that need none: every script is unavailable.
class NoScripts final : public ScriptEngine {
public:
    Result<std::unique_ptr<ScriptContext>> open() override {
        return unavailable("script_unavailable", "this test has no script engine");
    }
};

/// A host with a clock that is set by hand. Keeps what it was told as one trace.
class VirtualHost final : public Host {
public:
    explicit VirtualHost(const Statechart& chart) : chart_(chart) {}

    Instant now() override { return now_; }

    const Value& facts() override { return facts_; }

    void log(std::string_view label, const Value& value) override {
        trace.push_back("log " + std::string(label) + " " + to_json_text(value));
    }

    Result<void> send(const Event& event,
                      std::string_view target,
                      std::string_view type,
                      std::int64_t delay_ms) override {
        if (!target.empty()) {
            return unavailable("target_unreachable", "nothing is at " + std::string(target));
        }
        if (!type.empty() && !type.starts_with("http://www.w3.org/TR/scxml") && type != "scxml") {
            return refused("send_type_unsupported", "no processor is " + std::string(type));
        }
        trace.push_back("send " + event.name + " " + std::to_string(delay_ms));
        pending.push_back({event.sendid, Instant{now_.milliseconds + delay_ms}, event});
        return {};
    }

    void cancel(std::string_view sendid) override {
        trace.push_back("cancel " + std::string(sendid));
        std::erase_if(pending, [&](const PendingSend& send) { return send.sendid == sendid; });
    }

    Result<void> execute(const XmlElement& element, ExpressionScope& scope) override;

    void entered(StateIndex state) override { trace.push_back("+" + chart_.state_id(state)); }

    void left(StateIndex state) override { trace.push_back("-" + chart_.state_id(state)); }

    /// The pending event due first, in the order sent; sets the clock. REQUIRES: one is pending.
    Event take_next() {
        const auto next =
            std::min_element(pending.begin(), pending.end(), [](const auto& a, const auto& b) {
                return a.due < b.due;
            });
        now_ = next->due;
        Event event = std::move(next->event);
        pending.erase(next);
        return event;
    }

    [[nodiscard]] Value& facts_to_set() { return facts_; }

    std::vector<std::string> trace;
    std::vector<PendingSend> pending;

private:
    static std::string to_json_text(const Value& value);

    const Statechart& chart_;
    Instant now_;
    Value facts_{Value::Object()};
};

/// A chart of the text; fails the test and gives nothing when it does not compile.
std::optional<Statechart> compile_text(std::string_view xml, const CompileOptions& options = {});

/// The content of a file below the source directory.
std::string read_source_file(const std::string& path);

}  // namespace guildmark::scxml::test
