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

/// A delayed <send> that waits.
struct PendingSend {
    Instant due;
    Outgoing outgoing;
};

/// A document beside the W3C's tests or ours, named as they do ("file:name"). Errors:
/// file_not_found.
Result<std::string> read_test_document(const std::string& source);

/// A host with a clock that is set by hand. Keeps what it was told as one trace.
class VirtualHost final : public Host {
public:
    explicit VirtualHost(const Statechart& chart) : chart_(chart) {}

    Instant now() override { return now_; }

    const Value& facts() override { return facts_; }

    void log(std::string_view label, const Value& value) override {
        trace.push_back("log " + std::string(label) + " " + to_json_text(value));
    }

    Result<void> send(const Outgoing& outgoing) override {
        if (!outgoing.type.empty()) {
            return refused("send_type_unsupported", "no processor is " + outgoing.type);
        }
        trace.push_back("send " + outgoing.event.name + " " + std::to_string(outgoing.delay_ms));
        pending.push_back({Instant{now_.milliseconds + outgoing.delay_ms}, outgoing});
        return {};
    }

    void cancel(std::string_view session_id, std::string_view sendid) override {
        trace.push_back("cancel " + std::string(sendid));
        std::erase_if(pending, [&](const PendingSend& send) {
            return send.outgoing.session_id == session_id && send.outgoing.event.sendid == sendid;
        });
    }

    void ended(std::string_view session_id) override {
        trace.push_back("ended " + std::string(session_id));
        std::erase_if(pending, [&](const PendingSend& send) {
            return send.outgoing.session_id == session_id;
        });
    }

    void exceeded(std::string_view session_id, const Error& limit) override {
        trace.push_back("exceeded " + std::string(session_id) + " " + limit.code);
    }

    /// A file of the W3C's tests.
    Result<std::string> load(const std::string& source) override {
        return read_test_document(source);
    }

    Result<void> execute(const XmlElement& element, ExpressionScope& scope) override;

    void entered(StateIndex state) override { trace.push_back("+" + chart_.state_id(state)); }

    void left(StateIndex state) override { trace.push_back("-" + chart_.state_id(state)); }

    void taken(TransitionIndex transition) override { transitions.push_back(transition); }

    /// The pending event due first, in the order sent; sets the clock. REQUIRES: one is pending.
    Incoming take_next() {
        const auto next =
            std::min_element(pending.begin(), pending.end(), [](const auto& a, const auto& b) {
                return a.due < b.due;
            });
        now_ = next->due;
        Outgoing outgoing = std::move(next->outgoing);
        pending.erase(next);
        return {std::move(outgoing.event), outgoing.session_id, outgoing.target};
    }

    [[nodiscard]] Value& facts_to_set() { return facts_; }

    std::vector<std::string> trace;
    std::vector<PendingSend> pending;
    std::vector<TransitionIndex> transitions;  ///< Those that were taken, in order.

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
