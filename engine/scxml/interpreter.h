#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/instant.h"
#include "engine/scxml/session.h"
#include "engine/scxml/statechart.h"

namespace guildmark {
class ScriptEngine;
}

namespace guildmark::scxml {

/// What an <invoke>-like or executable element of another namespace asks its host.
class ExpressionScope {
public:
    virtual ~ExpressionScope() = default;

    /// The value of an expression in the session's datamodel. Errors: as error.execution.
    virtual Result<Value> evaluate(std::string_view expression) = 0;
    virtual Result<bool> evaluate_condition(std::string_view expression) = 0;
};

/// What a session lives in. Calls arrive in the order of the document's execution; nothing that a
/// host is told has happened yet outside, so a host collects and acts after the commit.
class Host {
public:
    virtual ~Host() = default;

    /// The time of the command that is being decided.
    virtual Instant now() = 0;

    /// Read-only variables that expressions see beside the datamodel: an object of name to value.
    virtual const Value& facts() = 0;

    /// <log>.
    virtual void log(std::string_view label, const Value& value) = 0;

    /// A delayed <send> to this session or one to elsewhere, after its expressions were evaluated.
    /// `delay_ms` is 0 for one without delay to a target that is not this session.
    /// Errors become error.communication or error.execution by their kind.
    virtual Result<void> send(const Event& event,
                              std::string_view target,
                              std::string_view type,
                              std::int64_t delay_ms) = 0;

    /// <cancel>.
    virtual void cancel(std::string_view sendid) = 0;

    /// Executable content of another namespace. Errors become error.execution.
    virtual Result<void> execute(const XmlElement& element, ExpressionScope& scope) = 0;

    /// A state was entered or left, in the order of the algorithm.
    virtual void entered(StateIndex state) = 0;
    virtual void left(StateIndex state) = 0;
};

/// How a run of macrosteps ended.
enum class RunEnd {
    stable,    ///< Nothing is enabled and both queues are empty.
    finished,  ///< A top-level final state was reached; exit handlers have run.
};

/// Runs the W3C algorithm (SCXML 1.0, Appendix D) on a Statechart and a Session.
///
/// Lifetime: chart, host and scripts outlive the interpreter. Thread: one at a time.
class Interpreter {
public:
    Interpreter(const Statechart& chart, Host& host, ScriptEngine& scripts);
    ~Interpreter();
    Interpreter(const Interpreter&) = delete;
    Interpreter& operator=(const Interpreter&) = delete;

    /// Enters the initial configuration and runs until stable.
    /// Errors: session_started (already), limit errors of limits.h (macrosteps, queue, data).
    Result<RunEnd> start(Session& session);

    /// Puts `event` into the external queue and runs until stable.
    /// Errors: session_finished, limit errors. On an error the session is as it was.
    Result<RunEnd> process(Session& session, Event event);

    /// The value of an expression in a session that rests; nothing changes, whatever the expression
    /// tries. Undefined is null. Errors: as error.execution, and script_unavailable.
    Result<Value> evaluate(const Session& session, std::string_view expression);

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace guildmark::scxml
