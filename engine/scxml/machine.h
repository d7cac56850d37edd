#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/scxml/children.h"
#include "engine/scxml/compiled.h"
#include "engine/scxml/datamodel.h"
#include "engine/scxml/executor.h"
#include "engine/scxml/interpreter.h"
#include "engine/scxml/run.h"
#include "engine/scxml/state_set.h"

namespace guildmark::scxml {

/// The algorithm of SCXML 1.0 (REC 2015-09-01), Appendix D. Functions are named as there.
///
/// OPTIMIZATION: a set of states is one bit a state, and the exit set of a transition is the active
/// part of one range of the document order, so that sets are neither built nor compared. A
/// session's configuration, queues and history are held here while it runs and written back by
/// commit().
class Machine final : private Router {
public:
    /// With a parent: of the session that its <invoke> of that id started.
    Machine(const Statechart& chart,
            Host& host,
            ScriptEngine& scripts,
            Machine* parent = nullptr,
            std::string invokeid = {});
    ~Machine() override = default;
    Machine(const Machine&) = delete;
    Machine& operator=(const Machine&) = delete;

    Result<RunEnd> start(Session& session);
    Result<RunEnd> process(Session& session, Event&& event);
    Result<RunEnd> deliver(Session& session, Incoming incoming);
    Result<RunEnd> move(Session& session, const std::vector<StateIndex>& targets);
    Result<Value> evaluate(Session session, std::string_view expression);

    /// Processes what is in the session's queues, and in those of the sessions it invoked.
    Result<RunEnd> resume(Session& session);

    /// Leaves all states, as one whose <invoke> is cancelled.
    Result<void> stop(Session& session);

    // For the sessions that this one has invoked, while it runs.

    [[nodiscard]] Children& children() { return children_; }

    [[nodiscard]] std::size_t depth() const {
        return parent_ == nullptr ? 0 : parent_->depth() + 1;
    }

    [[nodiscard]] Machine& root();
    [[nodiscard]] std::string new_session_id();
    Result<void> receive_own(Event event);
    Result<bool> receive(std::string_view session_id, const Event& event);
    void fail(Error error);

    void raise_error(Error error) { run_.raise_error(std::move(error)); }

private:
    using Transitions = std::vector<TransitionIndex>;
    using History = std::vector<std::pair<StateIndex, std::vector<StateIndex>>>;

    /// A transition in filtered_ that leaves states.
    struct Kept {
        std::size_t position;
        StateIndex domain;
    };

    void begin(Session& session);
    Result<RunEnd> end(Session& session);
    void commit(Session& session);
    void rollback(Session& session);

    void interpret();
    void initialize_datamodel(StateIndex state);
    Result<void> initialize(const DataRecord& data);
    void main_event_loop();
    void macrostep();
    void take_transitions_on_event();
    void tell_exceeded();
    void tell_unheard(const Event& event);
    void exit_interpreter();
    void select_eventless_transitions();
    void select_transitions(const Event& event);
    template <typename IsEnabled>
    TransitionIndex find_enabled(StateIndex atomic,
                                 Range StateRecord::*range,
                                 IsEnabled is_enabled);
    template <typename IsEnabled>
    void select(Range StateRecord::*range, IsEnabled is_enabled);
    void remove_conflicting_transitions();
    bool make_room(TransitionIndex transition, StateIndex domain);
    [[nodiscard]] bool has_intersection(StateIndex first, StateIndex second) const;
    void microstep();
    [[nodiscard]] Result<void> check_targets(const std::vector<StateIndex>& targets) const;
    void move_states(const std::vector<StateIndex>& targets);
    void exit_states();
    void exit_states_to_exit();
    void exit_state(StateIndex state);
    void compute_exit_set();
    void record_history(StateIndex state);
    [[nodiscard]] std::vector<StateIndex> present_history(StateIndex history) const;
    void execute_transition_content();
    void forget_states_to_enter();
    void enter_states();
    void enter_state(StateIndex state);
    void compute_entry_set();
    void add_targets(const TransitionRecord& transition, StateIndex ancestor);
    void add_effective_targets(const TransitionRecord& transition, StateIndex ancestor);
    void add_descendant_states_to_enter(StateIndex state);
    void add_history_to_enter(StateIndex state);
    void add_children_to_enter(StateIndex parallel);
    void add_ancestor_states_to_enter(StateIndex state, StateIndex ancestor);
    void enter_final_state(StateIndex state);
    [[nodiscard]] bool is_in_final_state(StateIndex state) const;
    [[nodiscard]] StateIndex get_transition_domain(TransitionIndex transition) const;
    [[nodiscard]] StateIndex domain_with_history(const TransitionRecord& transition) const;
    void get_effective_target_states(const TransitionRecord& transition,
                                     std::vector<StateIndex>& targets) const;
    [[nodiscard]] const std::vector<StateIndex>* history_value(StateIndex state) const;

    [[nodiscard]] bool is_named(TransitionIndex transition, std::string_view event_name) const;
    void take_event(EventQueue& queue);
    void raise_done_event(const std::string& id, std::optional<Value> data);
    void count_microstep();

    Result<void> route(std::string_view target, Event event) override;
    Result<bool> send_to_invoked(std::string_view invokeid, const Event& event);
    [[nodiscard]] static Error unknown_target(std::string_view target);
    void start_invocations();
    void start_invocation(std::uint32_t invoke);
    void finalize_and_forward(const Event& event);
    [[nodiscard]] bool take_next_event(std::size_t& macrosteps);

    template <typename Function>
    void for_children(StateIndex state, Function function) const {
        const Range children = chart_.states[state].children;
        for (std::uint32_t at = children.first; at < children.last; ++at) {
            function(chart_.child_table[at]);
        }
    }

    const Statechart::Compiled& chart_;
    Host& host_;
    Run run_;
    Datamodel datamodel_;
    Executor executor_;
    Machine* const parent_;
    const std::string invokeid_;
    Children children_;
    Session* session_ = nullptr;
    bool is_stopped_ = false;
    bool are_eventless_put_off_ = false;
    const StateIndex end_;  ///< One after the last state.

    StateSet configuration_;
    StateSet initialized_;
    StateSet states_to_exit_;
    StateSet states_to_enter_;
    StateSet states_for_default_entry_;
    StateSet states_to_invoke_;
    std::vector<std::pair<StateIndex, BlockIndex>> default_history_content_;
    History history_;
    Transitions enabled_;
    Transitions filtered_;
    std::vector<Kept> kept_;
    std::vector<std::uint64_t> selected_in_;  ///< By transition: the selection that found it last.
    std::uint64_t selection_ = 0;
    Event event_;
    bool running_ = false;
    std::optional<StateIndex> final_state_;
    std::optional<Value> returned_data_;
    std::size_t microsteps_ = 0;
};

}  // namespace guildmark::scxml
