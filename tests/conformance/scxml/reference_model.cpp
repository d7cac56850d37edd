#include "tests/conformance/scxml/reference_model.h"

#include <algorithm>

namespace guildmark::scxml::test {
namespace {

using Kind = ReferenceState::Kind;

bool is_history(const ReferenceState* state) {
    return state->kind == Kind::shallow || state->kind == Kind::deep;
}

std::vector<ReferenceState*> child_states(const ReferenceState* state) {
    std::vector<ReferenceState*> out;
    for (const auto& child : state->children) {
        if (!is_history(child.get())) {
            out.push_back(child.get());
        }
    }
    return out;
}

bool is_compound(const ReferenceState* state) {
    return state->kind == Kind::state && !child_states(state).empty();
}

bool is_atomic(const ReferenceState* state) {
    return state->kind == Kind::final ||
           (state->kind == Kind::state && child_states(state).empty());
}

bool is_descendant(const ReferenceState* state, const ReferenceState* ancestor) {
    for (const ReferenceState* above = state->parent; above != nullptr; above = above->parent) {
        if (above == ancestor) {
            return true;
        }
    }
    return false;
}

/// getProperAncestors(state1, state2).
std::vector<ReferenceState*> proper_ancestors(const ReferenceState* state,
                                              const ReferenceState* stop) {
    std::vector<ReferenceState*> out;
    for (ReferenceState* above = state->parent; above != nullptr && above != stop;
         above = above->parent) {
        out.push_back(above);
    }
    return out;
}

bool matches(const std::string& descriptor, const std::string& event) {
    std::string prefix = descriptor;
    if (prefix == "*") {
        return true;
    }
    if (prefix.size() > 2 && prefix.substr(prefix.size() - 2) == ".*") {
        prefix.resize(prefix.size() - 2);
    }
    return event == prefix || event.rfind(prefix + ".", 0) == 0;
}

}  // namespace

ReferenceModel::ReferenceModel(ReferenceState& root) : root_(root) {
    index(root);
}

void ReferenceModel::index(ReferenceState& state) {
    state.order = by_id_.size();
    by_id_[state.id] = &state;
    for (ReferenceTransition& transition : state.transitions) {
        transition.source = &state;
    }
    for (const auto& child : state.children) {
        child->parent = &state;
        index(*child);
    }
}

std::vector<std::string> ReferenceModel::active() const {
    std::vector<std::string> ids;
    for (const ReferenceState* state : configuration_) {
        ids.push_back(state->id);
    }
    return ids;
}

bool ReferenceModel::in(const std::string& id) const {
    return configuration_.count(find(id)) > 0;
}

void ReferenceModel::raise(const std::string& event) {
    internal_.push_back(event);
    waiting_max = std::max(waiting_max, internal_.size());
}

void ReferenceModel::run(const Actions& actions) {
    for (const Action& action : actions) {
        switch (action.kind) {
            case Action::Kind::log:
                trace.push_back("log " + action.text + " null");
                break;
            case Action::Kind::raise:
                raise(action.text);
                break;
            case Action::Kind::increment:
                variables[action.text] = (variables[action.text] + 1) % 3;
                break;
            case Action::Kind::raise_if_in:
                if (in(action.state)) {
                    raise(action.text);
                }
                break;
        }
    }
}

void ReferenceModel::start() {
    steps = 0;
    ReferenceTransition initial = root_.initial;
    initial.source = &root_;
    to_enter_.clear();
    default_entry_.clear();
    default_history_.clear();
    for (const std::string& target : initial.targets) {
        add_descendants(find(target));
    }
    for (ReferenceState* target : effective_targets(initial)) {
        add_ancestors(target, &root_);
    }
    for (ReferenceState* state : States(to_enter_)) {
        enter_one(state);
    }
    main_event_loop();
}

void ReferenceModel::process(const std::string& event) {
    steps = 0;
    const Transitions enabled = select(&event);
    if (!enabled.empty()) {
        microstep(enabled);
    }
    main_event_loop();
}

void ReferenceModel::main_event_loop() {
    while (running && steps < steps_max) {
        Transitions enabled = select(nullptr);
        if (enabled.empty()) {
            if (internal_.empty()) {
                break;
            }
            const std::string event = internal_.front();
            internal_.pop_front();
            ++steps;
            enabled = select(&event);
        }
        if (!enabled.empty()) {
            microstep(enabled);
        }
    }
    if (running) {
        return;
    }
    // exitInterpreter.
    while (!configuration_.empty()) {
        ReferenceState* state = *configuration_.rbegin();
        for (const Actions& actions : state->onexit) {
            run(actions);
        }
        configuration_.erase(state);
        trace.push_back("-" + state->id);
        if (state->kind == Kind::final && state->parent == &root_) {
            final_state = state->id;
        }
    }
}

bool ReferenceModel::is_enabled(const ReferenceTransition& transition,
                                const std::string* event) const {
    if (event == nullptr) {
        if (!transition.events.empty()) {
            return false;
        }
    } else if (std::none_of(
                   transition.events.begin(),
                   transition.events.end(),
                   [&](const std::string& descriptor) { return matches(descriptor, *event); })) {
        return false;
    }
    if (!transition.in.empty() && !in(transition.in)) {
        return false;
    }
    return transition.variable.empty() ||
           (variables.count(transition.variable) > 0 && variables.at(transition.variable) == 1);
}

ReferenceModel::Transitions ReferenceModel::select(const std::string* event) {
    Transitions enabled;
    for (ReferenceState* atomic : configuration_) {
        if (!is_atomic(atomic)) {
            continue;
        }
        std::vector<ReferenceState*> chain = {atomic};
        for (ReferenceState* above : proper_ancestors(atomic, nullptr)) {
            chain.push_back(above);
        }
        bool found = false;
        for (ReferenceState* state : chain) {
            for (ReferenceTransition& transition : state->transitions) {
                if (!found && is_enabled(transition, event)) {
                    found = true;
                    if (std::find(enabled.begin(), enabled.end(), &transition) == enabled.end()) {
                        enabled.push_back(&transition);
                    }
                }
            }
        }
    }
    return remove_conflicting(enabled);
}

ReferenceModel::Transitions ReferenceModel::remove_conflicting(const Transitions& enabled) {
    Transitions filtered;
    for (ReferenceTransition* first : enabled) {
        bool is_preempted = false;
        Transitions to_remove;
        for (ReferenceTransition* second : filtered) {
            const States left = exit_set({first});
            const States right = exit_set({second});
            const bool has_intersection =
                std::any_of(left.begin(), left.end(), [&](ReferenceState* state) {
                    return right.count(state) > 0;
                });
            if (has_intersection) {
                if (is_descendant(first->source, second->source)) {
                    to_remove.push_back(second);
                } else {
                    is_preempted = true;
                    break;
                }
            }
        }
        if (!is_preempted) {
            for (ReferenceTransition* removed : to_remove) {
                filtered.erase(std::find(filtered.begin(), filtered.end(), removed));
            }
            filtered.push_back(first);
        }
    }
    return filtered;
}

std::vector<ReferenceState*> ReferenceModel::effective_targets(
    const ReferenceTransition& transition) {
    std::vector<ReferenceState*> out;
    for (const std::string& id : transition.targets) {
        ReferenceState* target = find(id);
        if (!is_history(target)) {
            out.push_back(target);
        } else if (history_.count(target) > 0) {
            out.insert(out.end(), history_[target].begin(), history_[target].end());
        } else {
            for (ReferenceState* deeper : effective_targets(target->initial)) {
                out.push_back(deeper);
            }
        }
    }
    return out;
}

ReferenceState* ReferenceModel::domain(const ReferenceTransition& transition) {
    const std::vector<ReferenceState*> targets = effective_targets(transition);
    if (targets.empty()) {
        return nullptr;
    }
    const auto holds_all = [&](ReferenceState* state) {
        return std::all_of(targets.begin(), targets.end(), [&](ReferenceState* target) {
            return is_descendant(target, state);
        });
    };
    if (transition.is_internal && is_compound(transition.source) && holds_all(transition.source)) {
        return transition.source;
    }
    for (ReferenceState* above : proper_ancestors(transition.source, nullptr)) {
        if ((is_compound(above) || above == &root_) && holds_all(above)) {
            return above;
        }
    }
    return &root_;
}

ReferenceModel::States ReferenceModel::exit_set(const Transitions& transitions) {
    States out;
    for (ReferenceTransition* transition : transitions) {
        if (transition->targets.empty()) {
            continue;
        }
        ReferenceState* around = domain(*transition);
        for (ReferenceState* state : configuration_) {
            if (is_descendant(state, around)) {
                out.insert(state);
            }
        }
    }
    return out;
}

void ReferenceModel::microstep(const Transitions& enabled) {
    ++steps;
    const States to_exit = exit_set(enabled);
    for (ReferenceState* state : to_exit) {
        for (const auto& child : state->children) {
            if (!is_history(child.get())) {
                continue;
            }
            States value;
            for (ReferenceState* active : configuration_) {
                if (child->kind == Kind::deep ? is_atomic(active) && is_descendant(active, state)
                                              : active->parent == state) {
                    value.insert(active);
                }
            }
            history_[child.get()] = value;
        }
    }
    for (auto at = to_exit.rbegin(); at != to_exit.rend(); ++at) {
        for (const Actions& actions : (*at)->onexit) {
            run(actions);
        }
        configuration_.erase(*at);
        trace.push_back("-" + (*at)->id);
    }
    for (const ReferenceTransition* transition : enabled) {
        run(transition->actions);
    }
    enter(enabled);
}

void ReferenceModel::enter(const Transitions& transitions) {
    to_enter_.clear();
    default_entry_.clear();
    default_history_.clear();
    for (ReferenceTransition* transition : transitions) {
        for (const std::string& target : transition->targets) {
            add_descendants(find(target));
        }
        ReferenceState* around = domain(*transition);
        for (ReferenceState* target : effective_targets(*transition)) {
            add_ancestors(target, around);
        }
    }
    for (ReferenceState* state : States(to_enter_)) {
        enter_one(state);
    }
}

void ReferenceModel::enter_one(ReferenceState* state) {
    configuration_.insert(state);
    trace.push_back("+" + state->id);
    for (const Actions& actions : state->onentry) {
        run(actions);
    }
    if (default_entry_.count(state) > 0) {
        run(state->initial.actions);
    }
    if (default_history_.count(state) > 0) {
        run(default_history_[state]);
    }
    if (state->kind != Kind::final) {
        return;
    }
    if (state->parent == &root_) {
        running = false;
        return;
    }
    raise("done.state." + state->parent->id);
    ReferenceState* grandparent = state->parent->parent;
    if (grandparent->kind == Kind::parallel) {
        const std::vector<ReferenceState*> regions = child_states(grandparent);
        if (std::all_of(regions.begin(), regions.end(), [this](ReferenceState* region) {
                return is_in_final(region);
            })) {
            raise("done.state." + grandparent->id);
        }
    }
}

bool ReferenceModel::is_in_final(ReferenceState* state) const {
    const std::vector<ReferenceState*> children = child_states(state);
    if (is_compound(state)) {
        return std::any_of(children.begin(), children.end(), [this](ReferenceState* child) {
            return child->kind == Kind::final && configuration_.count(child) > 0;
        });
    }
    return state->kind == Kind::parallel &&
           std::all_of(children.begin(), children.end(), [this](ReferenceState* child) {
               return is_in_final(child);
           });
}

void ReferenceModel::add_descendants(ReferenceState* state) {
    if (is_history(state)) {
        if (history_.count(state) > 0) {
            for (ReferenceState* remembered : history_[state]) {
                add_descendants(remembered);
            }
            for (ReferenceState* remembered : history_[state]) {
                add_ancestors(remembered, state->parent);
            }
        } else {
            default_history_[state->parent] = state->initial.actions;
            for (const std::string& target : state->initial.targets) {
                add_descendants(find(target));
            }
            for (const std::string& target : state->initial.targets) {
                add_ancestors(find(target), state->parent);
            }
        }
        return;
    }
    to_enter_.insert(state);
    if (is_compound(state)) {
        default_entry_.insert(state);
        for (const std::string& target : state->initial.targets) {
            add_descendants(find(target));
        }
        for (const std::string& target : state->initial.targets) {
            add_ancestors(find(target), state);
        }
    } else if (state->kind == Kind::parallel) {
        add_regions(state);
    }
}

void ReferenceModel::add_regions(ReferenceState* parallel) {
    for (ReferenceState* child : child_states(parallel)) {
        if (std::none_of(to_enter_.begin(), to_enter_.end(), [&](ReferenceState* state) {
                return is_descendant(state, child);
            })) {
            add_descendants(child);
        }
    }
}

void ReferenceModel::add_ancestors(ReferenceState* state, ReferenceState* ancestor) {
    for (ReferenceState* above : proper_ancestors(state, ancestor)) {
        to_enter_.insert(above);
        if (above->kind == Kind::parallel) {
            add_regions(above);
        }
    }
}

}  // namespace guildmark::scxml::test
