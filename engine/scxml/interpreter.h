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

    /// Further entries of `_ioprocessors` for that session: an object of name to description.
    virtual Value io_processors(std::string_view session_id) {
        static_cast<void>(session_id);
        return Value(Value::Object());
    }

    /// Events that have come from outside, by other event processors, since the last call of this;
    /// asked after each <send> to one, because a session may have sent to itself. Each names its
    /// session.
    virtual std::vector<Incoming> take_arrived() { return {}; }

    /// A <send> that is delayed or of another type than the SCXML event processor's, after its
    /// expressions were evaluated. One of that processor comes back by Interpreter::deliver.
    /// Errors become error.communication or error.execution by their kind.
    virtual Result<void> send(const Outgoing& outgoing) = 0;

    /// <cancel> in that session.
    virtual void cancel(std::string_view session_id, std::string_view sendid) = 0;

    /// An invoked session is over: what it has sent with a delay is not delivered (6.2).
    virtual void ended(std::string_view session_id) = 0;

    /// A session came to a limit of limits.h and goes on with the event error.execution.
    virtual void exceeded(std::string_view session_id, const Error& limit) {
        static_cast<void>(session_id);
        static_cast<void>(limit);
    }

    /// An event error.* came up in that session and no transition took it.
    virtual void unheard(std::string_view session_id, const Event& error) {
        static_cast<void>(session_id);
        static_cast<void>(error);
    }

    /// The text of a document to invoke, by a URI that was found when the chart ran.
    /// Errors become error.communication or error.execution by their kind.
    virtual Result<std::string> load(const std::string& source) = 0;

    /// Executable content of another namespace. Errors become error.execution.
    virtual Result<void> execute(const XmlElement& element, ExpressionScope& scope) = 0;

    /// A state of the chart itself was entered or left, in the order of the algorithm; nothing is
    /// told of those of invoked sessions.
    virtual void entered(StateIndex state) = 0;
    virtual void left(StateIndex state) = 0;

    /// A transition of the chart itself is taken: the states that it leaves were left, and its
    /// content comes next. Initial transitions and defaults of histories are told by what they
    /// enter.
    virtual void taken(TransitionIndex transition) { static_cast<void>(transition); }

    /// A transition of an invoked session is taken.
    virtual void taken_within() {}
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
    /// The first limit of limits.h that a session comes to is the event error.execution: what waits
    /// in it is dropped, and transitions without event are put off until one on an event was taken.
    /// Errors: session_started (already), and the second such limit.
    Result<RunEnd> start(Session& session);

    /// Puts `event` into the external queue and runs until stable.
    /// Errors: session_finished, a second limit. On an error the session is as it was.
    Result<RunEnd> process(Session& session, Event event);

    /// As process, for an event to the session or to one that it invoked. One to a session that is
    /// over is dropped.
    Result<RunEnd> deliver(Session& session, Incoming incoming);

    /// Leaves all states and enters `targets`, as a transition without content from the document's
    /// root would: what is left is left in exit order, with its history and its invocations; what
    /// is entered is entered with its defaults. Then runs until stable.
    /// Errors: session_finished, targets_conflict (none, the root, or two that are not in different
    /// regions of one parallel), a second limit. On an error the session is as it was.
    Result<RunEnd> move(Session& session, const std::vector<StateIndex>& targets);

    /// The value of an expression in a session that rests; nothing changes, whatever the expression
    /// tries. Undefined is null. Errors: as error.execution, and script_unavailable.
    Result<Value> evaluate(const Session& session, std::string_view expression);

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace guildmark::scxml
