// Which transitions are taken: selection, and what preempts what, of Appendix D.
#include <algorithm>
#include <utility>

#include "engine/scxml/machine.h"

namespace guildmark::scxml {
namespace {

bool is_match(std::string_view prefix, std::string_view name) {
    return prefix.empty() || (name.starts_with(prefix) &&
                              (name.size() == prefix.size() || name[prefix.size()] == '.'));
}

}  // namespace

/// The first enabled transition of the atomic state or of what it is in; none when there is none.
template <typename IsEnabled>
TransitionIndex Machine::find_enabled(StateIndex atomic,
                                      Range StateRecord::*range,
                                      IsEnabled is_enabled) {
    for (StateIndex state = atomic; state != 0; state = chart_.states[state].parent) {
        const Range candidates = chart_.states[state].*range;
        for (TransitionIndex at = candidates.first; at < candidates.last; ++at) {
            if (is_enabled(at)) {
                return at;
            }
        }
    }
    return none;
}

template <typename IsEnabled>
void Machine::select(Range StateRecord::*range, IsEnabled is_enabled) {
    enabled_.clear();
    ++selection_;
    for (StateIndex state = configuration_.next(1, end_); state < end_;
         state = configuration_.next(state + 1, end_)) {
        const TransitionIndex found =
            chart_.is_atomic(state) ? find_enabled(state, range, is_enabled) : none;
        // An ordered set: a parallel's transition is found from each of its regions.
        if (found != none && selected_in_[found] != selection_) {
            selected_in_[found] = selection_;
            enabled_.push_back(found);
        }
    }
    remove_conflicting_transitions();
}

/// Appendix D, function selectEventlessTransitions.
void Machine::select_eventless_transitions() {
    if (!chart_.has_eventless || are_eventless_put_off_) {
        enabled_.clear();
        return;
    }
    select(&StateRecord::eventless, [this](TransitionIndex at) {
        return executor_.condition(chart_.transitions[at].condition);
    });
}

/// Appendix D, function selectTransitions.
void Machine::select_transitions(const Event& event) {
    select(&StateRecord::evented, [&](TransitionIndex at) {
        return is_named(at, event.name) && executor_.condition(chart_.transitions[at].condition);
    });
}

/// Whether one of the transition's event descriptors matches the name (3.12.1).
bool Machine::is_named(TransitionIndex transition, std::string_view event_name) const {
    const Range range = chart_.transitions[transition].descriptors;
    for (std::uint32_t at = range.first; at < range.last; ++at) {
        if (is_match(chart_.descriptors[at].prefix, event_name)) {
            return true;
        }
    }
    return false;
}

/// Whether the exit sets of two transitions, told by their domains, have a state in common.
/// OPTIMIZATION: an exit set is all active descendants of its domain and never empty, so two of
/// them have one in common when one domain is, or is inside, the other.
bool Machine::has_intersection(StateIndex first, StateIndex second) const {
    return first != none && second != none &&
           (first == second || chart_.is_descendant(first, second) ||
            chart_.is_descendant(second, first));
}

/// Appendix D, function removeConflictingTransitions.
/// OPTIMIZATION: transitions come in the order of the atomic states that they were found from, and
/// the exit sets of those that are kept have no state in common. So one that comes has states in
/// common with the last kept ones or with none, and can be inside the source of one of them only.
void Machine::remove_conflicting_transitions() {
    if (enabled_.size() < 2) {
        return;
    }
    filtered_.clear();
    kept_.clear();
    for (const TransitionIndex transition : enabled_) {
        const StateIndex domain = get_transition_domain(transition);
        if (domain != none && !make_room(transition, domain)) {
            continue;
        }
        if (domain != none) {
            kept_.push_back({filtered_.size(), domain});
        }
        filtered_.push_back(transition);
    }
    std::erase(filtered_, none);
    std::swap(enabled_, filtered_);
}

/// Takes the kept transition away that this one preempts; false when this one is preempted.
bool Machine::make_room(TransitionIndex transition, StateIndex domain) {
    const auto is_conflicting = [&] {
        return !kept_.empty() && has_intersection(domain, kept_.back().domain);
    };
    if (!is_conflicting()) {
        return true;
    }
    const Kept last = kept_.back();
    const StateIndex other_source = chart_.transitions[filtered_[last.position]].source;
    if (!chart_.is_descendant(chart_.transitions[transition].source, other_source)) {
        return false;
    }
    kept_.pop_back();
    if (is_conflicting()) {
        kept_.push_back(last);
        return false;
    }
    filtered_[last.position] = none;
    return true;
}

}  // namespace guildmark::scxml
