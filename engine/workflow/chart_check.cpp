#include "engine/workflow/chart_check.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "engine/workflow/reading.h"

namespace guildmark::workflow {
namespace {

using StateIndex = scxml::StateIndex;
using Transition = ChartOutline::Transition;

/// Calls `visit` with the element and all within it, but not with what another session runs.
template <typename Visit>
void visit_all(const XmlElement& element, const Visit& visit) {
    visit(element);
    for (const XmlElement& child : element.children) {
        if (!is_scxml(child, "content")) {
            visit_all(child, visit);
        }
    }
}

/// From which states a final state of the chart can be reached. A transition counts for every state
/// that may be active together with its source, whatever its event and guard are.
class Ends {
public:
    explicit Ends(const ChartOutline& outline)
        : outline_(outline),
          can_end_(outline.states().size()),
          is_spread_(outline.states().size()),
          leading_(outline.states().size()) {}

    std::vector<bool> run() {
        for (const Transition& transition : outline_.transitions()) {
            note_targets(transition);
        }
        for (const StateIndex child : outline_.states().front().children) {
            if (is_scxml(*outline_.states()[child].element, "final")) {
                mark(child);
            }
        }
        while (!waiting_.empty()) {
            const StateIndex state = waiting_.back();
            waiting_.pop_back();
            for (const StateIndex source : leading_[state]) {
                spread(source);
            }
        }
        return std::move(can_end_);
    }

private:
    /// A history stands for states of its parent. A target that is not there is told elsewhere.
    void note_targets(const Transition& transition) {
        for (const StateIndex target : transition.target_states) {
            if (target >= can_end_.size()) {
                spread(transition.source);
                continue;
            }
            const ChartOutline::State& state = outline_.states()[target];
            leading_[is_scxml(*state.element, "history") ? state.parent : target].push_back(
                transition.source);
        }
    }

    void mark(StateIndex state) {
        if (!can_end_[state]) {
            can_end_[state] = true;
            waiting_.push_back(state);
        }
    }

    /// Marks the source of a transition that leads to an end, and all that may be active with it.
    void spread(StateIndex source) {
        StateIndex top = source;
        for (StateIndex state = source; state != 0; state = outline_.states()[state].parent) {
            if (is_scxml(*outline_.states()[state].element, "parallel")) {
                top = state;
            }
            mark(state);
        }
        spread_within(top);
    }

    void spread_within(StateIndex top) {
        if (is_spread_[top]) {
            return;
        }
        is_spread_[top] = true;
        for (const StateIndex child : outline_.states()[top].children) {
            mark(child);
            spread_within(child);
        }
    }

    const ChartOutline& outline_;
    std::vector<bool> can_end_;
    std::vector<bool> is_spread_;                   ///< All within it are marked.
    std::vector<std::vector<StateIndex>> leading_;  ///< Sources of transitions to each state.
    std::vector<StateIndex> waiting_;               ///< Marked, and not yet looked behind.
};

/// Whether every event that `later` waits for is one that `earlier` waits for.
bool covers(const Transition& earlier, const Transition& later) {
    if (later.descriptors.empty()) {
        return earlier.descriptors.empty();
    }
    return std::ranges::all_of(later.descriptors, [&](const std::string& descriptor) {
        return std::ranges::any_of(earlier.descriptors, [&](const std::string& wider) {
            return wider == "*" || descriptor_matches(wider, event_prefix(descriptor));
        });
    });
}

std::string condition_of(const Transition& transition) {
    return transition.element->attribute_or("cond", "");
}

/// Whether `earlier` is taken whenever `later` could be.
bool always_wins(const Transition& earlier, const Transition& later) {
    return covers(earlier, later) &&
           (condition_of(earlier).empty() || condition_of(earlier) == condition_of(later));
}

class ChartChecker {
public:
    ChartChecker(const ChartOutline& outline, const Workflow* workflow, Diagnostics& diagnostics)
        : outline_(outline),
          workflow_(workflow),
          diagnostics_(diagnostics),
          own_(outline.states().size()) {
        for (const Transition& transition : outline.transitions()) {
            own_[transition.source].push_back(&transition);
        }
    }

    void check() {
        check_reach();
        check_ends();
        check_shadows();
        if (workflow_ != nullptr) {
            check_events();
        }
    }

private:
    void warn(const XmlElement& element,
              std::string code,
              std::string message,
              std::string suggestion = {}) const {
        diagnostics_.warning(
            element.place, std::move(code), std::move(message), std::move(suggestion));
    }

    void check_reach() {
        const std::vector<StateIndex> lost = outline_.unreachable();
        for (const StateIndex index : lost) {
            const ChartOutline::State& state = outline_.states()[index];
            warn(*state.element,
                 "state_unreachable",
                 fmt::format("no transition leads to the state \"{}\"", state.id));
        }
        lost_.insert(lost.begin(), lost.end());
    }

    /// Tells the states in which cases get stuck; from those before them there is no way to an end
    /// either, which is told when there are no others.
    void check_ends() const {
        const std::vector<StateIndex> endless = endless_states();
        const std::vector<bool> is_left = left_states();
        bool is_told = false;
        for (const StateIndex index : endless) {
            if (!is_left[index]) {
                warn_endless(index);
                is_told = true;
            }
        }
        if (!is_told && !endless.empty()) {
            warn_endless(endless.front());
        }
    }

    /// The outermost of those from which there is no way to an end.
    [[nodiscard]] std::vector<StateIndex> endless_states() const {
        const std::vector<bool> can_end = Ends(outline_).run();
        std::vector<StateIndex> endless;
        for (StateIndex index = 1; index < can_end.size(); ++index) {
            const ChartOutline::State& state = outline_.states()[index];
            const bool is_outermost = state.parent == 0 || can_end[state.parent];
            const bool counts = !is_scxml(*state.element, "history") && !lost_.contains(index);
            if (!can_end[index] && is_outermost && counts) {
                endless.push_back(index);
            }
        }
        return endless;
    }

    /// From which states, or from within which, a transition leads to another one.
    [[nodiscard]] std::vector<bool> left_states() const {
        std::vector<bool> is_left(outline_.states().size());
        for (const Transition& transition : outline_.transitions()) {
            for (const StateIndex target : transition.target_states) {
                if (target >= is_left.size()) {
                    continue;
                }
                StateIndex state = transition.source;
                while (state != 0 && !outline_.is_within(target, state)) {
                    is_left[state] = true;
                    state = outline_.states()[state].parent;
                }
            }
        }
        return is_left;
    }

    void warn_endless(StateIndex index) const {
        const ChartOutline::State& state = outline_.states()[index];
        warn(*state.element,
             "final_unreachable",
             fmt::format("from the state \"{}\" no case can come to an end", state.id),
             "add a transition towards a <final> of the chart");
    }

    void check_shadows() const {
        for (const Transition& transition : outline_.transitions()) {
            if (const Transition* winner = find_winner(transition); winner != nullptr) {
                warn(*transition.element,
                     "transition_shadowed",
                     fmt::format("it is never taken: the transition in line {} always is, in its "
                                 "place",
                                 winner->element->place.line));
            } else if (is_handled_within(transition.source, transition)) {
                warn(*transition.element,
                     "transition_shadowed",
                     "it is never taken: every state within this one has a transition of its own "
                     "that always is");
            }
        }
    }

    /// The earlier transition of the same state that is always taken in its place; or null.
    [[nodiscard]] const Transition* find_winner(const Transition& later) const {
        for (const Transition* earlier : own_[later.source]) {
            if (earlier == &later) {
                return nullptr;
            }
            if (always_wins(*earlier, later)) {
                return earlier;
            }
        }
        return nullptr;
    }

    /// Whether in every state within `state` something is taken before `outer` is looked at.
    [[nodiscard]] bool is_handled_within(StateIndex state, const Transition& outer) const {
        const auto& children = outline_.states()[state].children;
        return !children.empty() && std::ranges::all_of(children, [&](StateIndex child) {
            return std::ranges::any_of(
                       own_[child],
                       [&](const Transition* inner) { return always_wins(*inner, outer); }) ||
                   is_handled_within(child, outer);
        });
    }

    void check_events() {
        if (!gather_events()) {
            return;
        }
        const std::vector<std::string> raised(raised_.begin(), raised_.end());
        for (const Transition& transition : outline_.transitions()) {
            for (const std::string& descriptor : transition.descriptors) {
                if (!is_raised(descriptor)) {
                    warn(*transition.element,
                         "event_unraised",
                         fmt::format("nothing raises the event \"{}\"", descriptor),
                         suggest(descriptor, raised));
                }
            }
        }
    }

    /// False when not all events can be told: some have names that are computed.
    bool gather_events() {
        bool all_are_known = true;
        for (const TaskDefinition& task : workflow_->tasks) {
            for (const Outcome& outcome : task.outcomes) {
                raised_.insert(outcome.event);
            }
            for (const Escalation& escalation : task.escalations) {
                raised_.insert(escalation.event);
            }
        }
        for (const Signal& signal : workflow_->signals) {
            raised_.insert(signal.event());
        }
        for (const PlacedAction& placed : workflow_->actions) {
            if (std::holds_alternative<CertificateAction>(placed.action)) {
                raised_.insert(expiry_event);
            }
        }
        visit_all(*outline_.states().front().element, [&](const XmlElement& element) {
            const bool sends = is_scxml(element, "send");
            if (sends || is_scxml(element, "raise")) {
                raised_.insert(std::string(element.attribute_or("event", "")));
            }
            const bool is_computed = sends && element.find_attribute("eventexpr") != nullptr;
            all_are_known = all_are_known && !is_computed && !is_scxml(element, "invoke");
        });
        for (const ChartOutline::State& state : outline_.states()) {
            if (!state.children.empty()) {
                raised_.insert("done.state." + state.id);
            }
        }
        return all_are_known;
    }

    /// Errors come from anywhere.
    [[nodiscard]] bool is_raised(const std::string& descriptor) const {
        const std::string prefix(event_prefix(descriptor));
        const auto within = raised_.lower_bound(prefix + ".");
        return prefix == "*" || prefix == "error" || prefix.starts_with("error.") ||
               raised_.contains(prefix) ||
               (within != raised_.end() && within->starts_with(prefix + "."));
    }

    const ChartOutline& outline_;
    const Workflow* workflow_;
    Diagnostics& diagnostics_;
    std::vector<std::vector<const Transition*>> own_;  ///< Of each state, in document order.
    std::set<StateIndex> lost_;
    std::set<std::string> raised_;
};

}  // namespace

void check_chart(const ChartOutline& outline, const Workflow* workflow, Diagnostics& diagnostics) {
    ChartChecker(outline, workflow, diagnostics).check();
}

bool is_plain_chart(const XmlElement& root) {
    bool is_plain = is_scxml(root, "scxml");
    visit_all(root, [&is_plain](const XmlElement& element) {
        is_plain = is_plain && element.namespace_uri != extension_namespace;
    });
    return is_plain;
}

void check_plain_chart(const XmlElement& root, Diagnostics& diagnostics) {
    static_cast<void>(scxml::Statechart::compile(root, diagnostics));
    check_chart(ChartOutline(root), nullptr, diagnostics);
}

}  // namespace guildmark::workflow
