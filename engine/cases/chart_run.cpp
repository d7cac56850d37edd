#include "engine/cases/chart_run.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/base/json.h"
#include "engine/base/limits.h"
#include "engine/cases/acts.h"
#include "engine/cases/expression_value.h"
#include "engine/cases/gate.h"
#include "engine/cases/incidents.h"
#include "engine/cases/search_values.h"
#include "engine/scxml/interpreter.h"
#include "engine/scxml/session_codec.h"

namespace guildmark {
namespace {

using scxml::StateIndex;

/// The ids of `states`, in their order.
std::vector<std::string> ids_of(const scxml::Statechart& chart,
                                const std::vector<StateIndex>& states) {
    std::vector<std::string> ids;
    ids.reserve(states.size());
    for (const StateIndex state : states) {
        ids.push_back(chart.state_id(state));
    }
    return ids;
}

bool is_leaf(const scxml::Statechart& chart, StateIndex state) {
    const scxml::StateKind kind = chart.state_kind(state);
    return kind == scxml::StateKind::atomic || kind == scxml::StateKind::final;
}

/// What the chart of a case lives in: facts to read, events to emit.
class CaseHost : public scxml::Host {
public:
    explicit CaseHost(WorkingCase& working) : working_(working) {}

    Instant now() override { return context().now; }

    const Value& facts() override {
        // Built when first asked and whenever an event was emitted since.
        const std::uint64_t sequence = working_.subject().head.sequence;
        if (facts_.is_null() || facts_sequence_ != sequence) {
            facts_ = build_facts(working_.subject(), context().now, context().organisation_name);
            facts_sequence_ = sequence;
        }
        return facts_;
    }

    void log(std::string_view label, const Value& value) override {
        lines.push_back(label.empty() ? to_json(value)
                                      : fmt::format("{}: {}", label, to_json(value)));
    }

    Result<void> send(const scxml::Outgoing& outgoing) override {
        if (!outgoing.type.empty()) {
            return refused("send_type_unsupported",
                           fmt::format("there is no event processor \"{}\"", outgoing.type));
        }
        if (working_.subject().timers.size() >= limits::pending_sends_max) {
            return too_large("pending_sends_too_many",
                             fmt::format("{} timers wait in the case, as many as may",
                                         limits::pending_sends_max));
        }
        const scxml::Event& event = outgoing.event;
        events::TimerSet timer;
        timer.id = working_.draw<TimerId>();
        timer.due = Instant{now().milliseconds + outgoing.delay_ms};
        timer.session = outgoing.session_id;
        timer.target = outgoing.target;
        timer.sendid = event.sendid;
        timer.event = event.name;
        timer.has_data = event.data.has_value();
        timer.data = event.data.value_or(Value());
        if (outgoing.place != nullptr) {
            timer.overdue = context().workflow.find_overdue(*outgoing.place);
        }
        working_.emit(std::move(timer));
        return {};
    }

    void cancel(std::string_view session_id, std::string_view sendid) override {
        cancel_timers(working_, [&](const PendingTimer& timer) {
            return timer.task.is_none() && timer.sendid == sendid &&
                   session_of(timer) == session_id;
        });
    }

    void ended(std::string_view session_id) override {
        cancel_timers(working_,
                      [&](const PendingTimer& timer) { return timer.session == session_id; });
    }

    /// What a case may run was stored when it began.
    Result<std::string> load(const std::string& source) override {
        return refused("source_unsupported",
                       fmt::format("\"{}\": nothing is fetched for a case", source));
    }

    Result<void> execute(const XmlElement& element, scxml::ExpressionScope& scope) override {
        const workflow::Action* action = context().workflow.find_action(element.place);
        if (action == nullptr) {
            return malformed("action_unknown",
                             fmt::format("<{}> is not an action of a workflow", element.name));
        }
        return carry_out(working_, *action, scope);
    }

    void entered(StateIndex state) override { entered_states.push_back(state); }

    void left(StateIndex state) override { left_states.push_back(state); }

    void taken(scxml::TransitionIndex transition) override {
        ++transitions_taken;
        if (context().taken != nullptr) {
            context().taken->push_back(transition);
        }
    }

    void taken_within() override { ++transitions_taken; }

    void exceeded(std::string_view, const Error& limit) override { limits_.insert(limit.code); }

    void unheard(std::string_view, const scxml::Event& error) override {
        Unheard found{rows::IncidentKind::script,
                      error.data ? error.data->text_or("code", "") : std::string(),
                      error.data ? error.data->text_or("message", "") : std::string()};
        if (limits_.contains(found.code)) {
            found.kind = rows::IncidentKind::chart;
        }
        if (errors.size() < limits::incidents_per_run_max &&
            std::ranges::find(errors, found) == errors.end()) {
            errors.push_back(std::move(found));
        }
    }

    std::vector<Unheard> errors;
    std::vector<StateIndex> entered_states;
    std::vector<StateIndex> left_states;
    std::vector<std::string> lines;
    std::size_t transitions_taken = 0;

private:
    [[nodiscard]] const CaseContext& context() const { return working_.context(); }

    /// A timer from before charts could invoke others names no session: it is the case's own.
    [[nodiscard]] std::string session_of(const PendingTimer& timer) const {
        return timer.session.empty() ? working_.subject().summary.id.to_text() : timer.session;
    }

    WorkingCase& working_;
    std::set<std::string> limits_;  ///< Codes of those that the chart came to.
    Value facts_;
    std::uint64_t facts_sequence_ = 0;
};

/// The point in time that an expression gave: an instant, a date, or a duration after `from`; of a
/// list of them the earliest.
Result<Instant> due_after(Instant from, const Value& given) {
    if (!given.is_array() || given.as_array().empty()) {
        return given.is_text() && given.as_text().starts_with('P')
                   ? Result<Instant>(TRY(to_duration(given)).after(from))
                   : to_instant(given);
    }
    std::optional<Instant> earliest;
    for (const Value& one : given.as_array()) {
        if (one.is_array()) {
            return malformed("instant_malformed", "a list of points in time holds a list");
        }
        const Instant due = TRY(due_after(from, one));
        earliest = std::min(earliest.value_or(due), due);
    }
    return *earliest;
}

/// When a task that opens now is due; nothing when its definition does not say.
Result<std::optional<Instant>> due_of(const WorkingCase& working,
                                      const workflow::TaskDefinition& definition) {
    if (!definition.due && definition.due_expression.empty()) {
        return std::optional<Instant>();
    }
    Instant from = working.context().now;
    if (!definition.due_from_expression.empty()) {
        from = TRY(to_instant(TRY(evaluate(working, definition.due_from_expression))));
    }
    if (definition.due) {
        return std::optional(definition.due->after(from));
    }
    const Value given = TRY(evaluate(working, definition.due_expression));
    return std::optional(TRY(due_after(from, given)));
}

/// Opens `definition` for the organisation whose people fill its role, with its timers.
Result<void> open_task(WorkingCase& working, const workflow::TaskDefinition& definition) {
    if (working.subject().tasks.size() >= limits::tasks_per_case_max) {
        return too_large(
            "tasks_too_many",
            fmt::format("a case has at most {} tasks in its life", limits::tasks_per_case_max));
    }
    const CaseContext& context = working.context();
    const workflow::Role* role = context.workflow.find_role(definition.role);
    events::TaskOpened opened;
    opened.id = working.draw<TaskId>();
    opened.task = definition.id;
    opened.role = definition.role;
    opened.organisation = role == nullptr ? OrganisationId() : working.subject().party(role->party);
    opened.optional = definition.optional;
    opened.due = TRY(due_of(working, definition));
    const auto due = opened.due;
    const TaskId id = opened.id;
    working.emit(std::move(opened));
    for (std::uint32_t index = 0; due && index < definition.escalations.size(); ++index) {
        const workflow::Escalation& escalation = definition.escalations[index];
        events::TimerSet timer;
        timer.id = working.draw<TimerId>();
        timer.due = escalation.after.after(*due);
        timer.event = escalation.event;
        timer.task = id;
        timer.escalation = index;
        working.emit(std::move(timer));
    }
    return {};
}

/// Tasks follow their states, as invocations do: withdrawn when the state is left, opened when it
/// was entered and is still active.
Result<void> update_tasks(WorkingCase& working,
                          const CaseHost& host,
                          const scxml::Session& session) {
    const workflow::Workflow& workflow = working.context().workflow;
    const auto holds = [](const std::vector<StateIndex>& states, StateIndex state) {
        return std::ranges::find(states, state) != states.end();
    };
    const std::vector<TaskId> open(working.subject().open_tasks.begin(),
                                   working.subject().open_tasks.end());
    for (const TaskId id : open) {
        const auto* definition = workflow.find_task(working.subject().tasks.at(id).task);
        if (definition == nullptr || holds(host.left_states, definition->state)) {
            working.emit(events::TaskWithdrawn{id});
        }
    }
    for (const workflow::TaskDefinition& definition : workflow.tasks) {
        if (holds(host.entered_states, definition.state) &&
            holds(session.configuration, definition.state)) {
            TRY(open_task(working, definition));
        }
    }
    return {};
}

/// What may pass, such as a script engine that is not there, is no matter of the workflow's.
Error chart_failed(const Error& why) {
    if (why.retry != Retry::never) {
        return why;
    }
    return conflict(
        "chart_failed", fmt::format("the workflow could not go on: {}", why.message), why.code);
}

Result<scxml::RunEnd> run(scxml::Interpreter& interpreter,
                          scxml::Session& session,
                          ChartInput input) {
    if (auto* incoming = std::get_if<scxml::Incoming>(&input)) {
        return interpreter.deliver(session, std::move(*incoming));
    }
    if (const auto* move = std::get_if<ChartMove>(&input)) {
        return interpreter.move(session, move->targets);
    }
    return interpreter.start(session);
}

}  // namespace

PathPosition position_of(const workflow::Workflow& workflow,
                         const scxml::Session& session,
                         const rows::Case& before) {
    std::string done;
    for (const workflow::Milestone& milestone : workflow.milestones) {
        const bool current = std::ranges::any_of(milestone.states, [&](StateIndex state) {
            return std::ranges::find(session.configuration, state) != session.configuration.end();
        });
        if (current) {
            return {milestone.id, done};
        }
        done += done.empty() ? milestone.id : " " + milestone.id;
    }
    // Off the path (declined, refused ...): what was reached stays reached.
    return {"", before.milestones_done};
}

std::string innermost_states(const scxml::Statechart& chart, const scxml::Session& session) {
    std::vector<StateIndex> leaves;
    std::ranges::copy_if(session.configuration, std::back_inserter(leaves), [&](StateIndex state) {
        return is_leaf(chart, state);
    });
    return join_words(ids_of(chart, leaves));
}

Result<scxml::Session> read_session_of(const WorkingCase& working) {
    if (working.subject().session.is_null()) {
        return scxml::Session{};
    }
    auto session =
        scxml::session_from_value(*working.context().workflow.chart, working.subject().session);
    if (!session) {
        // Nobody sent it: it was stored, and does not fit its own chart.
        return corrupted(session.error().code, session.error().message, session.error().subject);
    }
    return session;
}

void WorkingCase::emit(CaseEvent event) {
    Record record;
    record.stream = StreamId(case_.summary.id.value());
    record.sequence = case_.head.sequence + 1;
    record.at = context_.now;
    record.actor = context_.actor;
    Touched touched;
    apply(case_, event, record, touched);
    events_.push_back(std::move(event));
}

std::vector<CaseEvent> WorkingCase::take_events() {
    auto values = search_values_of(case_, context_.workflow);
    if (values != case_.search_values) {
        emit(events::SearchValuesChanged{std::move(values)});
    }
    return std::move(events_);
}

void cancel_timers(WorkingCase& working,
                   const std::function<bool(const PendingTimer& timer)>& is_meant) {
    std::vector<TimerId> cancelled;
    for (const auto& [id, timer] : working.subject().timers) {
        if (is_meant(timer)) {
            cancelled.push_back(id);
        }
    }
    for (const TimerId id : cancelled) {
        working.emit(events::TimerCancelled{id});
    }
}

Result<std::size_t> run_chart(WorkingCase& working, ChartInput input) {
    const workflow::Workflow& workflow = working.context().workflow;
    const scxml::Statechart& chart = *workflow.chart;
    scxml::Session session = TRY(read_session_of(working));
    CaseHost host(working);
    scxml::Interpreter interpreter(chart, host, working.context().scripts);
    const auto* incoming = std::get_if<scxml::Incoming>(&input);
    const std::string trigger = incoming == nullptr ? std::string() : incoming->event.name;
    if (std::holds_alternative<ChartStart>(input)) {
        session.session_id = working.subject().summary.id.to_text();
    }
    const events::Retry retry = incoming == nullptr ? events::Retry() : retry_of(*incoming);
    const auto end = run(interpreter, session, std::move(input));
    if (!end) {
        return chart_failed(end.error());
    }
    const PathPosition position = position_of(workflow, session, working.subject().summary);
    events::ChartAdvanced advanced;
    advanced.trigger = trigger;
    advanced.left = ids_of(chart, host.left_states);
    advanced.entered = ids_of(chart, host.entered_states);
    advanced.session = scxml::to_value(chart, session);
    advanced.states = *end == scxml::RunEnd::finished && session.final_state
                          ? chart.state_id(*session.final_state)
                          : innermost_states(chart, session);
    advanced.finished = *end == scxml::RunEnd::finished;
    advanced.milestone = position.current;
    advanced.milestones_done = position.done;
    advanced.log = host.lines;
    const bool finished = advanced.finished;
    const std::string states = advanced.states;
    working.emit(std::move(advanced));
    if (finished) {
        // Nothing is due in a case that has ended.
        cancel_timers(working, [](const PendingTimer&) { return true; });
    }
    if (auto updated = update_tasks(working, host, session); !updated) {
        return chart_failed(updated.error());
    }
    for (const Unheard& error : host.errors) {
        open_incident(working, error, trigger.empty() ? states : trigger, retry);
    }
    return host.transitions_taken;
}

Result<Value> evaluate(const WorkingCase& working, std::string_view expression) {
    WorkingCase copy = working;
    CaseHost host(copy);
    const scxml::Statechart& chart = *working.context().workflow.chart;
    const scxml::Session session = TRY(read_session_of(working));
    auto value =
        scxml::Interpreter(chart, host, working.context().scripts).evaluate(session, expression);
    if (!value && value.error().retry != Retry::never) {
        return value;
    }
    if (!value) {
        return conflict("expression_failed",
                        fmt::format("\"{}\": {}", expression, value.error().message));
    }
    return value;
}

void request_notification(WorkingCase& working,
                          const std::vector<std::string>& roles,
                          std::string_view subject,
                          std::string_view body) {
    Value payload;
    payload.set("roles", to_value(roles));
    payload.set("subject", subject);
    payload.set("body", body);
    working.emit(events::EffectRequested{working.draw<EffectId>(), "notify", std::move(payload)});
}

}  // namespace guildmark
