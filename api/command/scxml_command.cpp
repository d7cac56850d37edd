#include "api/command/scxml_command.h"

#include <algorithm>
#include <fstream>
#include <functional>
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

using Load = std::function<Result<std::string>(const std::string& source)>;

/// Tells what happens and keeps what is delayed.
class ConsoleHost final : public scxml::Host {
public:
    ConsoleHost(const scxml::Statechart& chart, Load load, bool is_traced, std::ostream& out)
        : chart_(chart), load_(std::move(load)), is_traced_(is_traced), log_(out) {}

    Instant now() override {
        return {std::chrono::duration_cast<std::chrono::milliseconds>(
                    std::chrono::system_clock::now().time_since_epoch())
                    .count()};
    }

    const Value& facts() override { return facts_; }

    void log(std::string_view label, const Value& value) override {
        log_ << label << (label.empty() ? "" : ": ") << to_json(value) << '\n';
    }

    Result<void> send(const scxml::Outgoing& outgoing) override {
        if (!outgoing.type.empty()) {
            return refused("send_type_unsupported",
                           fmt::format("there is no event processor \"{}\"", outgoing.type));
        }
        if (pending_.size() == limits::pending_sends_max) {
            return too_large(
                "pending_sends_too_many",
                fmt::format("more than {} delayed events wait", limits::pending_sends_max));
        }
        pending_.push_back({Clock::now() + std::chrono::milliseconds(outgoing.delay_ms), outgoing});
        return {};
    }

    void cancel(std::string_view session_id, std::string_view sendid) override {
        std::erase_if(pending_, [&](const Pending& pending) {
            return pending.outgoing.session_id == session_id &&
                   pending.outgoing.event.sendid == sendid;
        });
    }

    void ended(std::string_view session_id) override {
        std::erase_if(pending_, [&](const Pending& pending) {
            return pending.outgoing.session_id == session_id;
        });
    }

    Result<std::string> load(const std::string& source) override { return load_(source); }

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
    std::optional<scxml::Incoming> wait_for_next(Clock::time_point end) {
        const auto next = std::ranges::min_element(pending_, {}, &Pending::due);
        if (next == pending_.end()) {
            return std::nullopt;
        }
        std::this_thread::sleep_until(std::min(next->due, end));
        if (next->due > end) {
            return std::nullopt;
        }
        scxml::Outgoing outgoing = std::move(next->outgoing);
        pending_.erase(next);
        return scxml::Incoming{
            std::move(outgoing.event), std::move(outgoing.session_id), std::move(outgoing.target)};
    }

private:
    struct Pending {
        Clock::time_point due;
        scxml::Outgoing outgoing;
    };

    const scxml::Statechart& chart_;
    Load load_;
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

/// Reads what a document names by `src`, beside the document.
Load load_beside(const std::string& path) {
    return [folder = path.substr(0, path.rfind('/') + 1)](const std::string& source) {
        const std::string name = source.starts_with("file:") ? source.substr(5) : source;
        return read_file(name.starts_with('/') ? name : folder + name);
    };
}

std::optional<scxml::Statechart> compile(const std::string& path, std::ostream& log) {
    const Result<std::string> text = read_file(path);
    if (!text) {
        log << text.error().message << '\n';
        return std::nullopt;
    }
    scxml::CompileOptions options;
    options.load = load_beside(path);
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
    ConsoleHost host(*chart, load_beside(command.file), command.is_traced, log);
    scxml::Interpreter interpreter(*chart, host, scripts);
    scxml::Session session;
    session.session_id = "scxml";
    Result<scxml::RunEnd> ran = interpreter.start(session);
    while (ran && *ran == scxml::RunEnd::stable) {
        std::optional<scxml::Incoming> next = host.wait_for_next(end);
        if (!next) {
            log << "no final state was reached; active:";
            for (const scxml::StateIndex state : session.configuration) {
                log << ' ' << chart->state_id(state);
            }
            log << '\n';
            return exit_timeout;
        }
        host.trace("event", next->event.name);
        ran = interpreter.deliver(session, std::move(*next));
    }
    if (!ran) {
        log << ran.error().code << ": " << ran.error().message << '\n';
        return exit_failed;
    }
    out << chart->state_id(*session.final_state) << '\n';
    return exit_finished;
}

}  // namespace guildmark::api
