#include "engine/workflow/chart_outline.h"

#include <algorithm>

#include "engine/workflow/reading.h"

// Depth is bounded by limits::xml_depth_max in read_xml.

namespace guildmark::workflow {
namespace {

using StateIndex = scxml::StateIndex;

bool is_state(const XmlElement& element) {
    return is_scxml(element, "state") || is_scxml(element, "parallel") ||
           is_scxml(element, "final") || is_scxml(element, "history");
}

/// The targets of an <initial> element's transition.
std::vector<std::string> initial_targets(const XmlElement& initial) {
    return initial.children.empty() ? std::vector<std::string>()
                                    : words_of(initial.children.front().attribute_or("target", ""));
}

/// Which states may be entered, found by following transitions until nothing new is found.
class Reach {
public:
    explicit Reach(const ChartOutline& outline)
        : outline_(outline),
          reached_(outline.states().size()),
          entered_by_default_(outline.states().size()) {}

    std::vector<bool> run() {
        enter_by_default(0);
        bool grows = true;
        while (grows) {
            const std::size_t before = count_;
            follow_transitions();
            grows = count_ > before;
        }
        return reached_;
    }

private:
    void follow_transitions() {
        for (const ChartOutline::Transition& transition : outline_.transitions()) {
            if (reached_[transition.source]) {
                enter(transition.target_states);
            }
        }
    }

    void enter(const std::vector<StateIndex>& targets) {
        for (const StateIndex index : targets) {
            if (index < reached_.size()) {
                enter_by_default(index);
            }
        }
    }

    /// The state, those around it, and those that are entered with it.
    void enter_by_default(StateIndex index) {
        reach(index);
        if (entered_by_default_[index]) {
            return;
        }
        entered_by_default_[index] = true;
        ++count_;
        const ChartOutline::State& state = outline_.states()[index];
        if (is_scxml(*state.element, "parallel") || state.children.empty()) {
            return;
        }
        if (state.initial.empty()) {
            enter_by_default(state.children.front());
        } else {
            enter(outline_.find_all(state.initial));
        }
    }

    /// Marks the state and its ancestors; a parallel state's regions are entered with it.
    void reach(StateIndex index) {
        if (reached_[index]) {
            return;
        }
        reached_[index] = true;
        ++count_;
        const ChartOutline::State& state = outline_.states()[index];
        reach(state.parent);
        if (is_scxml(*state.element, "parallel")) {
            for (const StateIndex child : state.children) {
                enter_by_default(child);
            }
        }
    }

    const ChartOutline& outline_;
    std::vector<bool> reached_;
    std::vector<bool> entered_by_default_;
    std::size_t count_ = 0;
};

}  // namespace

bool is_scxml(const XmlElement& element, std::string_view name) {
    return element.is(scxml_namespace, name);
}

std::string_view event_prefix(std::string_view descriptor) {
    if (descriptor.ends_with(".*")) {
        descriptor.remove_suffix(2);
    } else if (descriptor.ends_with('.')) {
        descriptor.remove_suffix(1);
    }
    return descriptor;
}

bool descriptor_matches(std::string_view descriptor, std::string_view event) {
    const std::string_view prefix = event_prefix(descriptor);
    return prefix == "*" || event == prefix ||
           (event.starts_with(prefix) && event[prefix.size()] == '.');
}

ChartOutline::ChartOutline(const XmlElement& root) {
    add_state(root, 0);
    for (StateIndex index = 0; index < states_.size(); ++index) {
        states_by_id_.try_emplace(states_[index].id, index);
    }
    for (Transition& transition : transitions_) {
        transition.target_states = find_all(transition.targets);
    }
}

void ChartOutline::add_state(const XmlElement& element, StateIndex parent) {
    const auto index = static_cast<StateIndex>(states_.size());
    State& state = states_.emplace_back();
    state.element = &element;
    state.parent = parent;
    state.id = element.attribute_or("id", "");
    state.initial = words_of(element.attribute_or("initial", ""));
    if (index != parent && !is_scxml(element, "history")) {
        states_[parent].children.push_back(index);
    }
    for (const XmlElement& child : element.children) {
        if (is_state(child)) {
            add_state(child, index);
        } else if (is_scxml(child, "transition")) {
            add_transition(child, index);
        } else if (is_scxml(child, "initial")) {
            states_[index].initial = initial_targets(child);
        }
    }
}

void ChartOutline::add_transition(const XmlElement& element, StateIndex source) {
    transitions_.push_back({&element,
                            source,
                            words_of(element.attribute_or("event", "")),
                            words_of(element.attribute_or("target", "")),
                            {}});
}

std::vector<std::string> ChartOutline::ids() const {
    std::vector<std::string> ids;
    for (const State& state : states_) {
        if (!state.id.empty()) {
            ids.push_back(state.id);
        }
    }
    return ids;
}

StateIndex ChartOutline::find(std::string_view id) const {
    const auto found = states_by_id_.find(id);
    return found == states_by_id_.end() ? static_cast<StateIndex>(states_.size()) : found->second;
}

std::vector<StateIndex> ChartOutline::find_all(const std::vector<std::string>& ids) const {
    std::vector<StateIndex> found(ids.size());
    std::ranges::transform(ids, found.begin(), [this](const std::string& id) { return find(id); });
    return found;
}

bool ChartOutline::is_within(StateIndex state, StateIndex ancestor) const {
    while (state > ancestor) {
        state = states_[state].parent;
    }
    return state == ancestor;
}

bool ChartOutline::may_be_active_together(StateIndex one, StateIndex other) const {
    if (is_within(one, other) || is_within(other, one)) {
        return true;
    }
    StateIndex common = one;
    while (!is_within(other, common)) {
        common = states_[common].parent;
    }
    return is_scxml(*states_[common].element, "parallel");
}

bool ChartOutline::hears(StateIndex state, std::string_view event) const {
    return std::ranges::any_of(transitions_, [&](const Transition& transition) {
        return may_be_active_together(transition.source, state) &&
               std::ranges::any_of(transition.descriptors, [&](const std::string& descriptor) {
                   return descriptor_matches(descriptor, event);
               });
    });
}

std::vector<StateIndex> ChartOutline::unreachable() const {
    const std::vector<bool> reached = Reach(*this).run();
    std::vector<StateIndex> lost;
    for (StateIndex index = 0; index < states_.size(); ++index) {
        const bool is_history = is_scxml(*states_[index].element, "history");
        if (!reached[index] && !is_history && reached[states_[index].parent]) {
            lost.push_back(index);
        }
    }
    return lost;
}

}  // namespace guildmark::workflow
