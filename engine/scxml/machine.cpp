#include "engine/scxml/machine.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "engine/base/ensure.h"
#include "engine/base/limits.h"

namespace guildmark::scxml {

Machine::Machine(const Statechart& chart,
                 Host& host,
                 ScriptEngine& scripts,
                 Machine* parent,
                 std::string invokeid)
    : chart_(chart.compiled()),
      host_(host),
      datamodel_(chart, host, scripts),
      executor_(chart_, host, datamodel_, run_, *this),
      parent_(parent),
      invokeid_(std::move(invokeid)),
      children_(*this, host, scripts),
      end_(static_cast<StateIndex>(chart_.states.size())),
      configuration_(end_),
      initialized_(end_),
      states_to_exit_(end_),
      states_to_enter_(end_),
      states_for_default_entry_(end_),
      states_to_invoke_(end_),
      selected_in_(chart_.transitions.size()) {}

// Between a Session and the working state.

void Machine::begin(Session& session) {
    session_ = &session;
    children_.begin(session);
    states_to_invoke_.clear();
    configuration_.clear();
    for (const StateIndex state : session.configuration) {
        ENSURE(state < end_, "the session is of another chart");
        configuration_.add(state);
    }
    if (chart_.binding == Binding::late) {
        initialized_.clear();
        for (const StateIndex state : session.initialized) {
            ENSURE(state < end_, "the session is of another chart");
            initialized_.add(state);
        }
    }
    history_ = session.history;
    run_.internal_queue.clear();
    run_.external_queue.clear();
    for (const Event& event : session.internal_queue) {
        run_.internal_queue.push(event);
    }
    for (const Event& event : session.external_queue) {
        run_.external_queue.push(event);
    }
    run_.fatal.reset();
    run_.exceeded.reset();
    are_eventless_put_off_ = false;
    run_.next_sendid = session.next_sendid;
    // What invoked sessions do is done for the same event.
    run_.operations = parent_ == nullptr ? 0 : parent_->run_.operations;
    run_.has_exceeded = parent_ != nullptr && parent_->run_.has_exceeded;
    microsteps_ = 0;
    final_state_.reset();
    returned_data_.reset();
    datamodel_.begin(session, configuration_);
    executor_.begin(session);
}

Result<RunEnd> Machine::end(Session& session) {
    if (parent_ != nullptr) {
        parent_->run_.operations = run_.operations;
        parent_->run_.has_exceeded = run_.has_exceeded;
    }
    if (run_.fatal) {
        datamodel_.rollback();
        children_.rollback();
        return std::move(*run_.fatal);
    }
    commit(session);
    return running_ ? RunEnd::stable : RunEnd::finished;
}

void Machine::commit(Session& session) {
    datamodel_.commit();
    children_.commit();
    session.configuration.clear();
    for (StateIndex state = configuration_.next(1, end_); state < end_;
         state = configuration_.next(state + 1, end_)) {
        session.configuration.push_back(state);
    }
    if (chart_.binding == Binding::late) {
        session.initialized.clear();
        for (StateIndex state = initialized_.next(0, end_); state < end_;
             state = initialized_.next(state + 1, end_)) {
            session.initialized.push_back(state);
        }
    }
    session.history = std::move(history_);
    session.internal_queue.clear();
    session.external_queue.clear();
    session.next_sendid = run_.next_sendid;
    session.running = running_;
    if (!running_) {
        session.final_state = final_state_;
        session.done_data = std::move(returned_data_);
    }
}

Result<RunEnd> Machine::start(Session& session) {
    if (session.running || session.final_state) {
        return conflict("session_started", "the session was started before");
    }
    begin(session);
    running_ = true;
    interpret();
    return end(session);
}

Result<RunEnd> Machine::process(Session& session, Event&& event) {
    if (!session.running) {
        return conflict("session_finished",
                        fmt::format("the event \"{}\" comes to a session that {}",
                                    event.name,
                                    session.final_state ? "is finished" : "was not started"));
    }
    begin(session);
    running_ = true;
    run_.external_queue.push(std::move(event));
    main_event_loop();
    return end(session);
}

Result<Value> Machine::evaluate(Session session, std::string_view expression) {
    begin(session);
    auto value = datamodel_.evaluate(datamodel_.dynamic_expression(expression));
    datamodel_.rollback();
    if (!value) {
        return std::move(value).error();
    }
    return *value ? std::move(**value) : Value();
}

// The algorithm.

/// Appendix D, procedure interpret. The document was checked when it was compiled.
void Machine::interpret() {
    datamodel_.forget_document_scripts();
    if (chart_.binding == Binding::early) {
        for (StateIndex state = 0; state < end_; ++state) {
            initialize_datamodel(state);
        }
    } else {
        // Late binding: <scxml> itself is entered now.
        initialize_datamodel(0);
        initialized_.add(0);
    }
    for (const BlockIndex script : chart_.scripts) {
        executor_.execute_document_script(script);
    }
    datamodel_.set_document_scripts_ran();
    forget_states_to_enter();
    add_effective_targets(chart_.transitions[chart_.states[0].initial], 0);
    enter_states();
    main_event_loop();
}

/// Clause 5.3.3. What the document's own data have already came from whoever started the session
/// and stands before the document's values (6.4).
void Machine::initialize_datamodel(StateIndex state) {
    const Range range = chart_.states[state].data;
    for (std::uint32_t at = range.first; at < range.last && !run_.fatal; ++at) {
        const DataRecord& data = chart_.data[at];
        if (state == 0 && datamodel_.has_value(data.symbol)) {
            continue;
        }
        if (Result<void> set = initialize(data); !set) {
            run_.raise_error(std::move(set).error());
        }
    }
}

Result<void> Machine::initialize(const DataRecord& data) {
    if (data.expression != none) {
        return datamodel_.initialize(data.symbol, chart_.expressions[data.expression]);
    }
    return datamodel_.initialize(
        data.symbol,
        data.value == none ? std::optional<Value>() : std::optional(chart_.values[data.value]));
}

/// Appendix D, procedure mainEventLoop. It returns, and does not block, when the external queue is
/// empty.
void Machine::main_event_loop() {
    std::size_t macrosteps = 0;
    while (running_ && !run_.fatal) {
        macrostep();
        if (!running_ || run_.fatal) {
            break;
        }
        start_invocations();
        if (run_.exceeded || !run_.internal_queue.is_empty()) {
            continue;
        }
        if (run_.external_queue.is_empty() && !children_.run_waiting()) {
            break;
        }
        if (!take_next_event(macrosteps)) {
            continue;
        }
        finalize_and_forward(event_);
        take_transitions_on_event();
    }
    if (!running_ && !run_.fatal) {
        // Nobody is left to hear of a limit; what the states do when they are left is still done.
        run_.exceeded.reset();
        exit_interpreter();
        while (!run_.internal_queue.is_empty()) {
            run_.internal_queue.pop(event_);
            tell_unheard(event_);
        }
    }
}

void Machine::tell_unheard(const Event& event) {
    if (event.type == EventType::platform && event.name.starts_with("error.")) {
        host_.unheard(session_->session_id, event);
    }
}

/// False when the external queue is empty, or when there were too many macrosteps.
bool Machine::take_next_event(std::size_t& macrosteps) {
    if (++macrosteps > limits::macrosteps_per_event_max) {
        macrosteps = 0;
        run_.external_queue.clear();
        run_.exceed(
            too_large("macrosteps_too_many",
                      fmt::format("the session or those that it invoked send events for ever: no "
                                  "rest after {} macrosteps",
                                  limits::macrosteps_per_event_max)));
    }
    if (run_.is_stopped() || run_.external_queue.is_empty()) {
        return false;
    }
    microsteps_ = 0;
    take_event(run_.external_queue);
    return true;
}

/// The inner loop of mainEventLoop: all that follows without a further external event.
void Machine::macrostep() {
    while (running_ && !run_.fatal) {
        tell_exceeded();
        select_eventless_transitions();
        if (enabled_.empty() && !run_.exceeded) {
            if (run_.internal_queue.is_empty()) {
                return;
            }
            take_event(run_.internal_queue);
            count_microstep();
            take_transitions_on_event();
            if (enabled_.empty()) {
                tell_unheard(event_);
            }
        } else if (!run_.exceeded) {
            microstep();
        }
    }
}

void Machine::take_transitions_on_event() {
    select_transitions(event_);
    if (!enabled_.empty() && !run_.is_stopped()) {
        are_eventless_put_off_ = false;
        microstep();
    }
}

/// A limit was exceeded. What waits in the session is dropped, and it hears of it; transitions
/// without event, which may be what goes on for ever, wait until one on an event was taken.
void Machine::tell_exceeded() {
    if (!run_.exceeded) {
        return;
    }
    Error error = std::move(*run_.exceeded);
    run_.exceeded.reset();
    run_.operations = 0;
    run_.internal_queue.clear();
    microsteps_ = 0;
    are_eventless_put_off_ = true;
    host_.exceeded(session_->session_id, error);
    run_.raise_error(std::move(error));
}

/// Appendix D, procedure exitInterpreter.
void Machine::exit_interpreter() {
    configuration_.for_each_backward(end_, [this](StateIndex state) {
        const bool is_top_final =
            chart_.states[state].kind == StateKind::final && chart_.states[state].parent == 0;
        exit_state(state);
        if (is_top_final) {
            final_state_ = state;
            returned_data_ = executor_.done_data(chart_.states[state].donedata);
        }
    });
}

void Machine::count_microstep() {
    run_.count();
    if (++microsteps_ > limits::microsteps_per_macrostep_max) {
        run_.exceed(too_large(
            "microsteps_too_many",
            fmt::format(
                "the chart does not come to rest: {} microsteps after the last external event",
                limits::microsteps_per_macrostep_max)));
    }
}

/// Appendix D, procedure microstep.
void Machine::microstep() {
    count_microstep();
    if (run_.is_stopped()) {
        return;
    }
    exit_states();
    execute_transition_content();
    forget_states_to_enter();
    compute_entry_set();
    enter_states();
}

/// Appendix D, procedure executeTransitionContent.
void Machine::execute_transition_content() {
    for (const TransitionIndex transition : enabled_) {
        host_.taken(transition);
        executor_.execute(chart_.transitions[transition].content);
    }
}

void Machine::take_event(EventQueue& queue) {
    queue.pop(event_);
    datamodel_.set_event(event_);
}

void Machine::raise_done_event(const std::string& id, std::optional<Value> data) {
    Event event;
    event.name = "done.state." + id;
    event.type = EventType::platform;
    event.data = std::move(data);
    run_.raise(std::move(event));
}

}  // namespace guildmark::scxml
