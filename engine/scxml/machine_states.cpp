// Leaving and entering states: the second half of Appendix D.
#include <algorithm>
#include <utility>

#include "engine/scxml/machine.h"

namespace guildmark::scxml {

/// Appendix D, function computeExitSet.
void Machine::compute_exit_set() {
    states_to_exit_.clear();
    for (const TransitionIndex transition : enabled_) {
        const StateIndex domain = get_transition_domain(transition);
        if (domain == none) {
            continue;
        }
        const StateIndex last = chart_.states[domain].last + 1;
        for (StateIndex state = configuration_.next(domain + 1, last); state < last;
             state = configuration_.next(state + 1, last)) {
            states_to_exit_.add(state);
        }
    }
}

/// Appendix D, procedure exitStates.
void Machine::exit_states() {
    compute_exit_set();
    exit_states_to_exit();
}

void Machine::exit_states_to_exit() {
    states_to_exit_.for_each_backward(end_, [this](StateIndex state) { record_history(state); });
    states_to_exit_.for_each_backward(end_, [this](StateIndex state) { exit_state(state); });
}

void Machine::exit_state(StateIndex state) {
    run_.count();
    const Range onexit = chart_.states[state].onexit;
    for (BlockIndex block = onexit.first; block < onexit.last; ++block) {
        executor_.execute(block);
    }
    if (const Range invokes = chart_.states[state].invokes; !invokes.is_empty()) {
        states_to_invoke_.remove(state);
        children_.cancel(invokes.first, invokes.last);
    }
    configuration_.remove(state);
    datamodel_.configuration_changed();
    host_.left(state);
}

void Machine::record_history(StateIndex state) {
    const StateRecord& record = chart_.states[state];
    for (std::uint32_t at = record.histories.first; at < record.histories.last; ++at) {
        const StateIndex history = chart_.child_table[at];
        const auto place = std::ranges::lower_bound(
            history_, history, {}, &std::pair<StateIndex, std::vector<StateIndex>>::first);
        if (place != history_.end() && place->first == history) {
            place->second = present_history(history);
        } else {
            history_.emplace(place, history, present_history(history));
        }
    }
}

/// What the history would remember now: active atomic descendants of its parent, or active
/// children.
std::vector<StateIndex> Machine::present_history(StateIndex history) const {
    const StateIndex parent = chart_.states[history].parent;
    const StateIndex end = chart_.states[parent].last + 1;
    const bool is_deep = chart_.states[history].kind == StateKind::history_deep;
    std::vector<StateIndex> value;
    for (StateIndex active = configuration_.next(parent + 1, end); active < end;
         active = configuration_.next(active + 1, end)) {
        if (is_deep ? chart_.is_atomic(active) : chart_.states[active].parent == parent) {
            value.push_back(active);
        }
    }
    return value;
}

const std::vector<StateIndex>* Machine::history_value(StateIndex state) const {
    const auto place = std::ranges::lower_bound(
        history_, state, {}, &std::pair<StateIndex, std::vector<StateIndex>>::first);
    return place != history_.end() && place->first == state ? &place->second : nullptr;
}

/// Appendix D, function computeEntrySet.
void Machine::compute_entry_set() {
    for (const TransitionIndex at : enabled_) {
        const TransitionRecord& transition = chart_.transitions[at];
        if (transition.targets.is_empty()) {
            continue;
        }
        if (transition.domain == domain_by_history) {
            add_effective_targets(transition, get_transition_domain(at));
        } else {
            add_targets(transition, transition.domain);
        }
    }
}

void Machine::add_effective_targets(const TransitionRecord& transition, StateIndex ancestor) {
    std::vector<StateIndex> effective;
    get_effective_target_states(transition, effective);
    for (std::uint32_t at = transition.targets.first; at < transition.targets.last; ++at) {
        add_descendant_states_to_enter(chart_.target_table[at]);
    }
    for (const StateIndex target : effective) {
        add_ancestor_states_to_enter(target, ancestor);
    }
}

void Machine::add_targets(const TransitionRecord& transition, StateIndex ancestor) {
    const Range targets = transition.targets;
    for (std::uint32_t at = targets.first; at < targets.last; ++at) {
        add_descendant_states_to_enter(chart_.target_table[at]);
    }
    for (std::uint32_t at = targets.first; at < targets.last; ++at) {
        add_ancestor_states_to_enter(chart_.target_table[at], ancestor);
    }
}

/// Appendix D, procedure addDescendantStatesToEnter. Depth is bounded by that of the document.
void Machine::add_descendant_states_to_enter(StateIndex state) {
    if (chart_.is_history(state)) {
        add_history_to_enter(state);
        return;
    }
    states_to_enter_.add(state);
    if (chart_.is_compound(state)) {
        states_for_default_entry_.add(state);
        add_targets(chart_.transitions[chart_.states[state].initial], state);
    } else if (chart_.states[state].kind == StateKind::parallel) {
        add_children_to_enter(state);
    }
}

void Machine::add_history_to_enter(StateIndex state) {
    const StateIndex parent = chart_.states[state].parent;
    if (const std::vector<StateIndex>* value = history_value(state)) {
        for (const StateIndex remembered : *value) {
            add_descendant_states_to_enter(remembered);
        }
        for (const StateIndex remembered : *value) {
            add_ancestor_states_to_enter(remembered, parent);
        }
        return;
    }
    const TransitionRecord& initial = chart_.transitions[chart_.states[state].initial];
    std::erase_if(default_history_content_,
                  [&](const auto& entry) { return entry.first == parent; });
    default_history_content_.emplace_back(parent, initial.content);
    add_targets(initial, parent);
}

void Machine::add_children_to_enter(StateIndex parallel) {
    for_children(parallel, [this](StateIndex child) {
        const StateIndex last = chart_.states[child].last + 1;
        if (states_to_enter_.next(child + 1, last) == last) {
            add_descendant_states_to_enter(child);
        }
    });
}

/// Appendix D, procedure addAncestorStatesToEnter.
void Machine::add_ancestor_states_to_enter(StateIndex state, StateIndex ancestor) {
    for (StateIndex above = chart_.states[state].parent; above != ancestor && above != none;
         above = chart_.states[above].parent) {
        // OPTIMIZATION: the children of one that is entered already are entered, too.
        if (chart_.states[above].kind == StateKind::parallel && !states_to_enter_.has(above)) {
            states_to_enter_.add(above);
            add_children_to_enter(above);
        }
        states_to_enter_.add(above);
    }
}

void Machine::forget_states_to_enter() {
    states_to_enter_.clear();
    states_for_default_entry_.clear();
    default_history_content_.clear();
}

/// Appendix D, procedure enterStates.
void Machine::enter_states() {
    for (StateIndex state = states_to_enter_.next(1, end_); state < end_ && !run_.fatal;
         state = states_to_enter_.next(state + 1, end_)) {
        enter_state(state);
    }
}

void Machine::enter_state(StateIndex state) {
    run_.count();
    configuration_.add(state);
    datamodel_.configuration_changed();
    host_.entered(state);
    if (!chart_.states[state].invokes.is_empty()) {
        states_to_invoke_.add(state);
    }
    if (chart_.binding == Binding::late && !initialized_.has(state)) {
        initialize_datamodel(state);
        initialized_.add(state);
    }
    const Range onentry = chart_.states[state].onentry;
    for (BlockIndex block = onentry.first; block < onentry.last; ++block) {
        executor_.execute(block);
    }
    if (states_for_default_entry_.has(state)) {
        executor_.execute(chart_.transitions[chart_.states[state].initial].content);
    }
    for (const auto& [parent, content] : default_history_content_) {
        if (parent == state) {
            executor_.execute(content);
        }
    }
    if (chart_.states[state].kind == StateKind::final) {
        enter_final_state(state);
    }
}

void Machine::enter_final_state(StateIndex state) {
    const StateIndex parent = chart_.states[state].parent;
    if (parent == 0) {
        running_ = false;
        return;
    }
    raise_done_event(chart_.states[parent].id, executor_.done_data(chart_.states[state].donedata));
    const StateIndex grandparent = chart_.states[parent].parent;
    if (chart_.states[grandparent].kind == StateKind::parallel && is_in_final_state(grandparent)) {
        raise_done_event(chart_.states[grandparent].id, std::nullopt);
    }
}

/// Appendix D, function isInFinalState. Depth is bounded by that of the document.
bool Machine::is_in_final_state(StateIndex state) const {
    const Range range = chart_.states[state].children;
    const auto first = chart_.child_table.begin() + range.first;
    const auto last = chart_.child_table.begin() + range.last;
    if (chart_.states[state].kind == StateKind::parallel) {
        return std::all_of(
            first, last, [this](StateIndex child) { return is_in_final_state(child); });
    }
    return std::any_of(first, last, [this](StateIndex child) {
        return chart_.states[child].kind == StateKind::final && configuration_.has(child);
    });
}

/// Appendix D, function getTransitionDomain. none when there are no targets.
StateIndex Machine::get_transition_domain(TransitionIndex transition) const {
    const TransitionRecord& record = chart_.transitions[transition];
    return record.domain == domain_by_history ? domain_with_history(record) : record.domain;
}

StateIndex Machine::domain_with_history(const TransitionRecord& transition) const {
    std::vector<StateIndex> targets;
    get_effective_target_states(transition, targets);
    const auto holds_all = [&](StateIndex state) {
        return std::ranges::all_of(
            targets, [&](StateIndex target) { return chart_.is_descendant(target, state); });
    };
    if (transition.is_internal && chart_.is_compound(transition.source) &&
        holds_all(transition.source)) {
        return transition.source;
    }
    // findLCCA.
    StateIndex around = chart_.states[transition.source].parent;
    while (around != 0 && (!chart_.is_compound(around) || !holds_all(around))) {
        around = chart_.states[around].parent;
    }
    return around;
}

/// Appendix D, function getEffectiveTargetStates.
void Machine::get_effective_target_states(const TransitionRecord& transition,
                                          std::vector<StateIndex>& targets) const {
    for (std::uint32_t at = transition.targets.first; at < transition.targets.last; ++at) {
        const StateIndex target = chart_.target_table[at];
        if (!chart_.is_history(target)) {
            targets.push_back(target);
        } else if (const std::vector<StateIndex>* value = history_value(target)) {
            targets.insert(targets.end(), value->begin(), value->end());
        } else {
            get_effective_target_states(chart_.transitions[chart_.states[target].initial], targets);
        }
    }
}

}  // namespace guildmark::scxml
