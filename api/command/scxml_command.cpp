#include "api/command/scxml_command.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <ostream>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "engine/base/json.h"
#include "engine/base/limits.h"
#include "engine/ports/script_engine.h"
#include "engine/scxml/interpreter.h"
#include "engine/xml/document.h"

namespace guildmark::api {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int exit_finished = 0;
constexpr int exit_failed = 1;
constexpr int exit_invalid = 2;
constexpr int exit_timeout = 3;

/// Tells what happens and keeps what is delayed.
class ConsoleHost final : public scxml::Host {
public:
    ConsoleHost(const scxml::Statechart& chart, bool is_traced, std::ostream& out)
        : chart_(chart), is_traced_(is_traced), log_(out) {}

    Instant now() override {
        return {std::chrono::duration_cast<std::chrono::milliseconds>(
                    std::chrono::system_clock::now().time_since_epoch())
                    .count()};
    }

    const Value& facts() override { return facts_; }

    void log(std::string_view label, const Value& value) override {
        log_ << label << (label.empty() ? "" : ": ") << to_json(value) << '\n';
    }

    Result<void> send(const scxml::Event& event,
                      std::string_view target,
                      std::string_view type,
                      std::int64_t delay_ms) override {
        const bool is_scxml =
            type.empty() || type == "scxml" || type.starts_with("http://www.w3.org/TR/scxml");
        if (!is_scxml) {
            return refused("send_type_unsupported",
                           fmt::format("there is no event processor \"{}\"", type));
        }
        if (!target.empty()) {
            return not_found("send_target_unknown", fmt::format("nothing is at \"{}\"", target));
        }
        if (pending_.size() == limits::pending_sends_max) {
            return too_large(
                "pending_sends_too_many",
                fmt::format("more than {} delayed events wait", limits::pending_sends_max));
        }
        pending_.push_back({Clock::now() + std::chrono::milliseconds(delay_ms), event});
        return {};
    }

    void cancel(std::string_view sendid) override {
        std::erase_if(pending_,
                      [&](const Pending& pending) { return pending.event.sendid == sendid; });
    }

    Result<void> execute(const XmlElement& element, scxml::ExpressionScope&) override {
        return refused("element_unsupported",
                       fmt::format("<{}> of \"{}\" means nothing to a plain run",
                                   element.name,
                                   element.namespace_uri));
    }

    void entered(scxml::StateIndex state) override { trace("enter", chart_.state_id(state)); }

    void left(scxml::StateIndex state) override { trace("leave", chart_.state_id(state)); }

    void trace(std::string_view what, const std::string& name) {
        if (is_traced_) {
            log_ << what << ' ' << name << '\n';
        }
    }

    /// Waits for the event that is due next; nothing when there is none before `end`.
    std::optional<scxml::Event> wait_for_next(Clock::time_point end) {
        const auto next = std::ranges::min_element(pending_, {}, &Pending::due);
        if (next == pending_.end()) {
            return std::nullopt;
        }
        std::this_thread::sleep_until(std::min(next->due, end));
        if (next->due > end) {
            return std::nullopt;
        }
        scxml::Event event = std::move(next->event);
        pending_.erase(next);
        return event;
    }

private:
    struct Pending {
        Clock::time_point due;
        scxml::Event event;
    };

    const scxml::Statechart& chart_;
    bool is_traced_;
    std::ostream& log_;
    Value facts_{Value::Object()};
    std::vector<Pending> pending_;
};

Result<std::string> read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return not_found("file_not_found", fmt::format("{} cannot be opened", path), path);
    }
    std::string content{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (file.bad()) {
        return failed("file_unreadable", fmt::format("{} cannot be read", path), path);
    }
    return content;
}

std::optional<scxml::Statechart> compile(const std::string& path, std::ostream& log) {
    const Result<std::string> text = read_file(path);
    if (!text) {
        log << text.error().message << '\n';
        return std::nullopt;
    }
    scxml::CompileOptions options;
    options.load = [&path](const std::string& source) {
        const std::string name = source.starts_with("file:") ? source.substr(5) : source;
        const std::string folder = path.substr(0, path.rfind('/') + 1);
        return read_file(name.starts_with('/') ? name : folder + name);
    };
    Diagnostics diagnostics;
    std::optional<scxml::Statechart> chart;
    if (const auto root = read_xml(*text, path, diagnostics)) {
        chart = scxml::Statechart::compile(*root, options, diagnostics);
    }
    log << diagnostics.to_text();
    return chart;
}

}  // namespace

int run_scxml_file(const ScxmlCommand& command,
                   ScriptEngine& scripts,
                   std::ostream& out,
                   std::ostream& log) {
    const std::optional<scxml::Statechart> chart = compile(command.file, log);
    if (!chart) {
        return exit_invalid;
    }
    const Clock::time_point end = Clock::now() + command.timeout;
    ConsoleHost host(*chart, command.is_traced, log);
    scxml::Interpreter interpreter(*chart, host, scripts);
    scxml::Session session;
    session.session_id = "scxml";
    Result<scxml::RunEnd> ran = interpreter.start(session);
    while (ran && *ran == scxml::RunEnd::stable) {
        std::optional<scxml::Event> event = host.wait_for_next(end);
        if (!event) {
            log << "no final state was reached; active:";
            for (const scxml::StateIndex state : session.configuration) {
                log << ' ' << chart->state_id(state);
            }
            log << '\n';
            return exit_timeout;
        }
        host.trace("event", event->name);
        ran = interpreter.process(session, std::move(*event));
    }
    if (!ran) {
        log << ran.error().code << ": " << ran.error().message << '\n';
        return exit_failed;
    }
    out << chart->state_id(*session.final_state) << '\n';
    return exit_finished;
}

}  // namespace guildmark::api
