#pragma once

#include <functional>
#include <variant>
#include <vector>

#include "engine/cases/decide.h"
#include "engine/scxml/session.h"

namespace guildmark {

/// A case while it is being decided: events are applied to a copy as they are emitted, so that what
/// follows sees them, and the case itself stays as it is.
class WorkingCase {
public:
    WorkingCase(const Case& subject, const CaseContext& context)
        : case_(subject), context_(context) {}

    void emit(CaseEvent event);

    [[nodiscard]] const Case& subject() const { return case_; }

    [[nodiscard]] const CaseContext& context() const { return context_; }

    /// A new id of the kind T.
    template <typename T>
    [[nodiscard]] T draw() const {
        return context_.ids.draw_new<T>(context_.now, case_);
    }

    /// All that was emitted, and behind it what the case is found by, where that has changed.
    [[nodiscard]] std::vector<CaseEvent> take_events();

private:
    Case case_;
    const CaseContext& context_;
    std::vector<CaseEvent> events_;
};

/// The chart begins.
struct ChartStart {};

/// The chart is moved to other states by hand.
struct ChartMove {
    std::vector<scxml::StateIndex> targets;
};

/// What a chart runs on.
using ChartInput = std::variant<ChartStart, scxml::Incoming, ChartMove>;

/// Runs the case's chart, and emits all that follows: what its content did, the chart's new state,
/// tasks withdrawn and opened, timers.
/// Errors: session_malformed and its like (corrupted), chart_failed with the interpreter's reason,
/// script_unavailable. Tells how many transitions the case's chart and the sessions that it invoked
/// took.
Result<std::size_t> run_chart(WorkingCase& working, ChartInput input);

/// Where a case is on the path that people see.
struct PathPosition {
    std::string current;
    std::string done;
};

/// Where a case is that has this session; `before`: as it was until now.
[[nodiscard]] PathPosition position_of(const workflow::Workflow& workflow,
                                       const scxml::Session& session,
                                       const rows::Case& before);

/// The innermost active states, as a case's summary has them.
[[nodiscard]] std::string innermost_states(const scxml::Statechart& chart,
                                           const scxml::Session& session);

/// The session of a case that is started. Errors: session_malformed and its like (corrupted).
[[nodiscard]] Result<scxml::Session> read_session_of(const WorkingCase& working);

/// What a timer that was due gives to the chart. REQUIRES: it has an event.
[[nodiscard]] scxml::Incoming incoming_of(const PendingTimer& timer);

/// The value of an expression in the case's datamodel and facts. Errors: expression_failed,
/// script_unavailable.
[[nodiscard]] Result<Value> evaluate(const WorkingCase& working, std::string_view expression);

/// Cancels the timers that are meant.
void cancel_timers(WorkingCase& working,
                   const std::function<bool(const PendingTimer& timer)>& is_meant);

/// Asks for a message to the people of `roles` in the case's parties.
void request_notification(WorkingCase& working,
                          const std::vector<std::string>& roles,
                          std::string_view subject,
                          std::string_view body);

}  // namespace guildmark
