// A session moved by hand: a microstep of Appendix D without a transition of the document.
#include <algorithm>

#include <fmt/format.h>

#include "engine/scxml/machine.h"

namespace guildmark::scxml {

Result<RunEnd> Machine::move(Session& session, const std::vector<StateIndex>& targets) {
    if (!session.running) {
        return conflict("session_finished",
                        fmt::format("a session is to be moved that {}",
                                    session.final_state ? "is finished" : "was not started"));
    }
    TRY(check_targets(targets));
    begin(session);
    running_ = true;
    enabled_.clear();
    count_microstep();
    move_states(targets);
    main_event_loop();
    return end(session);
}

Result<void> Machine::check_targets(const std::vector<StateIndex>& targets) const {
    if (targets.empty() || std::ranges::find(targets, StateIndex{0}) != targets.end()) {
        return malformed("targets_conflict", "a session is moved to states inside its document");
    }
    for (auto at = targets.begin(); at != targets.end(); ++at) {
        const auto other = std::find_if(targets.begin(), at, [&](StateIndex before) {
            return !chart_.may_be_targets_together(before, *at);
        });
        if (other != at) {
            return malformed("targets_conflict",
                             fmt::format("\"{}\" and \"{}\" are not in different regions of one "
                                         "parallel",
                                         chart_.states[*other].id,
                                         chart_.states[*at].id));
        }
    }
    return {};
}

/// exitStates and enterStates, with the root as the domain.
void Machine::move_states(const std::vector<StateIndex>& targets) {
    states_to_exit_.clear();
    for (StateIndex state = configuration_.next(1, end_); state < end_;
         state = configuration_.next(state + 1, end_)) {
        states_to_exit_.add(state);
    }
    exit_states_to_exit();
    forget_states_to_enter();
    for (const StateIndex target : targets) {
        add_descendant_states_to_enter(target);
    }
    for (const StateIndex target : targets) {
        add_ancestor_states_to_enter(target, 0);
    }
    enter_states();
}

}  // namespace guildmark::scxml
