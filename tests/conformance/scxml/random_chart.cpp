#include "tests/conformance/scxml/random_chart.h"

#include <array>
#include <utility>

namespace guildmark::scxml::test {
namespace {

using Kind = ReferenceState::Kind;

/// Makes a chart as a tree.
class ChartGenerator {
public:
    explicit ChartGenerator(Choices choices) : choices_(std::move(choices)) {}

    std::unique_ptr<ReferenceState> chart() {
        auto root = std::make_unique<ReferenceState>();
        add_children(*root, 0);
        fill(*root);
        return root;
    }

private:
    std::size_t pick(std::size_t count) { return choices_(count); }

    bool chance(std::size_t percent) { return pick(100) < percent; }

    void add_children(ReferenceState& state, int depth) {
        const std::size_t count = 2 + pick(2);
        for (std::size_t at = 0; at < count; ++at) {
            auto child = std::make_unique<ReferenceState>();
            child->parent = &state;
            child->id = "s" + std::to_string(next_id_++);
            ReferenceState& made = *child;
            all_.push_back(&made);
            state.children.push_back(std::move(child));
            const bool may_be_final = state.kind != Kind::parallel && at > 0;
            if (may_be_final && chance(20)) {
                made.kind = Kind::final;
            } else if (depth < 3 && chance(depth == 0 ? 75 : 45)) {
                made.kind = chance(40) ? Kind::parallel : Kind::state;
                add_children(made, depth + 1);
                add_histories(made);
            }
        }
    }

    void add_histories(ReferenceState& state) {
        for (const Kind kind : {Kind::shallow, Kind::deep}) {
            if (chance(35)) {
                auto history = std::make_unique<ReferenceState>();
                history->kind = kind;
                history->parent = &state;
                history->id = "h" + std::to_string(next_id_++);
                history->initial.targets = {inside(state, Histories::without)->id};
                history->initial.actions = actions(30);
                all_.push_back(history.get());
                state.children.push_back(std::move(history));
            }
        }
    }

    enum class Histories { with, without };

    /// Any state below `state`.
    ReferenceState* inside(ReferenceState& state, Histories histories) {
        std::vector<ReferenceState*> found;
        for (ReferenceState* candidate : all_) {
            const bool is_history =
                candidate->kind == Kind::shallow || candidate->kind == Kind::deep;
            for (ReferenceState* above = candidate->parent; above != nullptr;
                 above = above->parent) {
                if (above == &state && (histories == Histories::with || !is_history)) {
                    found.push_back(candidate);
                }
            }
        }
        return found[pick(found.size())];
    }

    void fill(ReferenceState& state) {
        const bool is_history = state.kind == Kind::shallow || state.kind == Kind::deep;
        if (state.kind == Kind::state && !state.children.empty()) {
            ReferenceState* initial =
                chance(60) ? state.children.front().get() : inside(state, Histories::with);
            state.initial.targets = {initial->id};
            state.has_initial_element = state.parent != nullptr && chance(30);
            if (state.has_initial_element) {
                state.initial.actions = actions(60);
            }
        }
        if (!is_history && state.parent != nullptr) {
            for (auto* handlers : {&state.onentry, &state.onexit}) {
                for (std::size_t at = pick(3); at > 0; --at) {
                    handlers->push_back(actions(60));
                }
            }
            for (std::size_t at = state.kind == Kind::final ? 0 : pick(4); at > 0; --at) {
                state.transitions.push_back(transition(state));
            }
        }
        for (const auto& child : state.children) {
            fill(*child);
        }
    }

    ReferenceTransition transition(ReferenceState&) {
        static constexpr std::array<const char*, 8> descriptors = {
            "a", "b", "c", "a.x", "*", "a.*", "done.state", "r"};
        ReferenceTransition made;
        const bool is_eventless = chance(12);
        if (!is_eventless) {
            made.events.emplace_back(descriptors[pick(descriptors.size())]);
            if (chance(25)) {
                made.events.emplace_back(descriptors[pick(descriptors.size())]);
            }
        }
        if (chance(20)) {
            made.in = active_state()->id;
        }
        if (chance(20) || (is_eventless && made.in.empty())) {
            made.variable = chance(50) ? "v" : "w";
        }
        if (!chance(15)) {
            made.targets = targets();
        }
        made.is_internal = chance(30);
        made.actions = actions(50);
        return made;
    }

    std::vector<std::string> targets() {
        ReferenceState* first = all_[pick(all_.size())];
        // Two regions of one parallel, now and then.
        for (ReferenceState* above = first; above != nullptr && chance(50); above = above->parent) {
            const bool is_region = above->kind != Kind::shallow && above->kind != Kind::deep;
            if (above->parent == nullptr || above->parent->kind != Kind::parallel || !is_region) {
                continue;
            }
            for (const auto& sibling : above->parent->children) {
                if (sibling.get() != above && sibling->kind == Kind::state &&
                    !sibling->children.empty()) {
                    return {first->id, inside(*sibling, Histories::with)->id};
                }
            }
        }
        return {first->id};
    }

    ReferenceState* active_state() {
        while (true) {
            ReferenceState* state = all_[pick(all_.size())];
            if (state->kind != Kind::shallow && state->kind != Kind::deep) {
                return state;
            }
        }
    }

    Actions actions(std::size_t percent) {
        Actions made;
        while (chance(percent) && made.size() < 3) {
            Action action;
            switch (pick(5)) {
                case 0:
                    action = {Action::Kind::raise, chance(70) ? "r" : "a", {}};
                    break;
                case 1:
                case 2:
                    action = {Action::Kind::increment, chance(50) ? "v" : "w", {}};
                    break;
                case 3:
                    action = {Action::Kind::raise_if_in, "b", active_state()->id};
                    break;
                default:
                    action = {Action::Kind::log, "l" + std::to_string(pick(100)), {}};
            }
            made.push_back(action);
        }
        return made;
    }

    Choices choices_;
    int next_id_ = 0;
    std::vector<ReferenceState*> all_;
};

// The same tree as an SCXML document.

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) {
        out += (out.empty() ? "" : " ") + word;
    }
    return out;
}

std::string xml(const Actions& actions) {
    std::string out;
    for (const Action& action : actions) {
        switch (action.kind) {
            case Action::Kind::log:
                out += "<log label='" + action.text + "'/>";
                break;
            case Action::Kind::raise:
                out += "<raise event='" + action.text + "'/>";
                break;
            case Action::Kind::increment:
                out +=
                    "<assign location='" + action.text + "' expr='(" + action.text + " + 1) % 3'/>";
                break;
            case Action::Kind::raise_if_in:
                out += "<if cond=\"In('" + action.state + "')\"><raise event='" + action.text +
                       "'/></if>";
                break;
        }
    }
    return out;
}

std::string xml(const ReferenceTransition& transition) {
    std::string condition;
    if (!transition.in.empty()) {
        condition = "In('" + transition.in + "')";
    }
    if (!transition.variable.empty()) {
        condition += (condition.empty() ? "" : " &amp;&amp; ") + transition.variable + " == 1";
    }
    std::string out = "<transition";
    out += transition.events.empty() ? "" : " event='" + joined(transition.events) + "'";
    out += transition.targets.empty() ? "" : " target='" + joined(transition.targets) + "'";
    out += condition.empty() ? "" : " cond=\"" + condition + "\"";
    out += transition.is_internal ? " type='internal'>" : ">";
    return out + xml(transition.actions) + "</transition>";
}

std::string xml(const ReferenceState& state) {
    static constexpr std::array<const char*, 5> names = {
        "state", "parallel", "final", "history", "history"};
    const std::string name = names[static_cast<std::size_t>(state.kind)];
    std::string out = "<" + name + " id='" + state.id + "'";
    if (state.kind == Kind::shallow || state.kind == Kind::deep) {
        return out + (state.kind == Kind::deep ? " type='deep'>" : ">") + xml(state.initial) +
               "</history>";
    }
    const bool has_initial = state.kind == Kind::state && !state.children.empty();
    if (has_initial && !state.has_initial_element) {
        out += " initial='" + joined(state.initial.targets) + "'";
    }
    out += ">";
    if (has_initial && state.has_initial_element) {
        out += "<initial>" + xml(state.initial) + "</initial>";
    }
    for (const Actions& actions : state.onentry) {
        out += "<onentry>" + xml(actions) + "</onentry>";
    }
    for (const Actions& actions : state.onexit) {
        out += "<onexit>" + xml(actions) + "</onexit>";
    }
    for (const ReferenceTransition& transition : state.transitions) {
        out += xml(transition);
    }
    for (const auto& child : state.children) {
        out += xml(*child);
    }
    return out + "</" + name + ">";
}

}  // namespace

std::unique_ptr<ReferenceState> random_chart(Choices choices) {
    return ChartGenerator(std::move(choices)).chart();
}

std::string document(const ReferenceState& root) {
    std::string out =
        "<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0' "
        "datamodel='ecmascript' initial='" +
        joined(root.initial.targets) +
        "'><datamodel><data id='v' expr='0'/><data id='w' expr='0'/></datamodel>";
    for (const auto& child : root.children) {
        out += xml(*child);
    }
    return out + "</scxml>";
}

}  // namespace guildmark::scxml::test
