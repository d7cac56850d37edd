#include "api/command/scxml_command.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <ostream>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "api/command/basic_http.h"
#include "api/library_folder.h"
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

    /// OPTIMIZATION: the server is started when a session asks where it is.
    Value io_processors(std::string_view session_id) override {
        Value entries{Value::Object()};
        if (!http_) {
            Result<std::unique_ptr<BasicHttp>> started = BasicHttp::start();
            if (!started) {
                log_ << started.error().message << '\n';
                return entries;
            }
            http_ = std::move(started).value();
        }
        Value entry;
        entry.set("location", http_->location(session_id));
        entries.set("basichttp", entry);
        entries.set(scxml::basic_http_processor, std::move(entry));
        return entries;
    }

    std::vector<scxml::Incoming> take_arrived() override {
        return http_ ? http_->take() : std::vector<scxml::Incoming>();
    }

    Result<void> send(const scxml::Outgoing& outgoing) override {
        const bool is_http = BasicHttp::is_type(outgoing.type);
        if (!outgoing.type.empty() && !is_http) {
            return refused("send_type_unsupported",
                           fmt::format("there is no event processor \"{}\"", outgoing.type));
        }
        if (is_http && outgoing.delay_ms == 0) {
            return BasicHttp::send(outgoing);
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

    void exceeded(std::string_view, const Error& limit) override {
        log_ << limit.code << ": " << limit.message << '\n';
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

    /// Waits for the event that is due or comes next; nothing when there is none before `end`.
    std::optional<scxml::Incoming> wait_for_next(Clock::time_point end) {
        while (Clock::now() < end) {
            if (arrived_.empty()) {
                std::ranges::move(take_arrived(), std::back_inserter(arrived_));
            }
            if (!arrived_.empty()) {
                scxml::Incoming first = std::move(arrived_.front());
                arrived_.erase(arrived_.begin());
                return first;
            }
            const auto next = std::ranges::min_element(pending_, {}, &Pending::due);
            if (next == pending_.end() && !http_) {
                return std::nullopt;
            }
            const Clock::time_point due = next == pending_.end() ? end : next->due;
            if (wait(std::min(due, end)) || due > end || next == pending_.end()) {
                continue;
            }
            scxml::Outgoing outgoing = std::move(next->outgoing);
            pending_.erase(next);
            if (auto incoming = deliver(std::move(outgoing))) {
                return incoming;
            }
        }
        return std::nullopt;
    }

private:
    struct Pending {
        Clock::time_point due;
        scxml::Outgoing outgoing;
    };

    /// Whether something came before that time.
    bool wait(Clock::time_point time) {
        if (http_) {
            return http_->wait_until(time);
        }
        std::this_thread::sleep_until(time);
        return false;
    }

    /// What the sessions get of an event that is due: it, or an error, or nothing when it went out.
    static std::optional<scxml::Incoming> deliver(scxml::Outgoing outgoing) {
        scxml::Incoming incoming;
        incoming.session_id = outgoing.session_id;
        if (outgoing.type.empty()) {
            incoming.event = std::move(outgoing.event);
            incoming.target = std::move(outgoing.target);
            return incoming;
        }
        const Result<void> sent = BasicHttp::send(outgoing);
        if (sent) {
            return std::nullopt;
        }
        incoming.event.name = "error.communication";
        incoming.event.type = scxml::EventType::platform;
        incoming.event.sendid = std::move(outgoing.event.sendid);
        incoming.event.data = Value();
        incoming.event.data->set("code", sent.error().code);
        incoming.event.data->set("message", sent.error().message);
        return incoming;
    }

    const scxml::Statechart& chart_;
    Load load_;
    bool is_traced_;
    std::ostream& log_;
    Value facts_{Value::Object()};
    std::vector<Pending> pending_;
    std::vector<scxml::Incoming> arrived_;
    std::unique_ptr<BasicHttp> http_;
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
