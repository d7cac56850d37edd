#include "reports/drawing/chart_drawing.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "reports/drawing/graph.h"
#include "reports/messages/messages.h"

namespace guildmark::reports {
namespace {

using scxml::StateIndex;
using workflow::ChartOutline;
using workflow::is_scxml;
using Shape = BoxStyle::Shape;

constexpr std::size_t condition_letters_max = 60;

/// At most so many letters of UTF-8.
std::string shortened(std::string_view text, std::size_t letters_max) {
    std::size_t letters = 0;
    for (std::size_t index = 0; index < text.size(); ++index) {
        const bool begins_letter = (static_cast<unsigned char>(text[index]) & 0xc0u) != 0x80u;
        if (begins_letter && letters++ == letters_max) {
            return std::string(text.substr(0, index)) + "…";
        }
    }
    return std::string(text);
}

class Drawer {
public:
    explicit Drawer(const ChartDrawing& drawing)
        : drawing_(drawing),
          states_(drawing.outline.states()),
          messages_(messages_in(drawing.language)),
          places_(states_.size()),
          is_active_(states_.size()) {}

    Result<std::string> draw() {
        mark_active();
        gather_inner_transitions();
        for (const StateIndex child : states_.front().children) {
            add_state(child, Graph::outside);
        }
        add_begin(0, Graph::outside);
        add_histories();
        add_arrows();
        return graph_.to_svg(title(), drawing_.reach == nullptr ? "" : drawing_.reach->caption);
    }

private:
    /// Where arrows to and from a state are fastened: at its box, or at the frame around the states
    /// in it.
    struct Place {
        Graph::Frame frame = Graph::outside;
        Graph::Box first = 0;  ///< What arrows to it lead to, and those from it to states inside.
        Graph::Box last = 0;   ///< What the others come from, so that they lead downwards.
    };

    [[nodiscard]] std::string title() const {
        return drawing_.workflow != nullptr
                   ? drawing_.workflow->title.in(drawing_.language)
                   : states_.front().element->attribute_or("name", "SCXML");
    }

    void mark_active() {
        for (const std::string& id : drawing_.active) {
            StateIndex state = drawing_.outline.find(id);
            while (state < states_.size() && !is_active_[state]) {
                is_active_[state] = true;
                state = states_[state].parent;
            }
        }
    }

    [[nodiscard]] Mark mark_of(StateIndex state) const {
        if (drawing_.reach != nullptr) {
            return drawing_.reach->states[state] ? Mark::reached : Mark::missed;
        }
        return is_active_[state] ? Mark::active : Mark::none;
    }

    [[nodiscard]] Mark mark_of_transition(std::size_t index) const {
        if (drawing_.reach == nullptr) {
            return Mark::none;
        }
        return drawing_.reach->transitions[index] ? Mark::reached : Mark::missed;
    }

    /// What a missed thing is called, so that it can be told without dots and colors.
    [[nodiscard]] std::string missed_word(Mark mark, std::string_view message) const {
        return mark == Mark::missed ? fmt::format(" ({})", messages_.text(message)) : "";
    }

    /// Transitions without a target are written into their state.
    void gather_inner_transitions() {
        const auto& transitions = drawing_.outline.transitions();
        for (std::size_t index = 0; index < transitions.size(); ++index) {
            if (transitions[index].targets.empty()) {
                inner_[transitions[index].source] += "\n↻ " + words_of(index);
            }
        }
    }

    [[nodiscard]] std::string text_of(StateIndex state) const {
        const workflow::Workflow* workflow = drawing_.workflow;
        std::string text = workflow == nullptr ? states_[state].id
                                               : workflow->state_title(state, drawing_.language);
        text += missed_word(mark_of(state), "drawing.state_missed");
        if (workflow != nullptr) {
            for (const workflow::TaskDefinition& task : workflow->tasks) {
                if (task.state == state) {
                    text += "\n• " + text_of(task);
                }
            }
        }
        const auto inner = inner_.find(state);
        return inner == inner_.end() ? text : text + inner->second;
    }

    [[nodiscard]] std::string text_of(const workflow::TaskDefinition& task) const {
        const workflow::Role* role = drawing_.workflow->find_role(task.role);
        const std::string& title = task.title.in(drawing_.language);
        return role == nullptr ? title
                               : fmt::format("{} ({})", title, role->title.in(drawing_.language));
    }

    void add_state(StateIndex index, Graph::Frame parent) {
        const ChartOutline::State& state = states_[index];
        if (state.children.empty()) {
            const Shape shape = is_scxml(*state.element, "final") ? Shape::end : Shape::box;
            const Graph::Box box = graph_.add_box(parent, text_of(index), {shape, mark_of(index)});
            places_[index] = {Graph::outside, box, box};
            return;
        }
        const bool is_region = is_scxml(*states_[state.parent].element, "parallel");
        const Graph::Frame frame =
            graph_.add_frame(parent, text_of(index), {is_region, mark_of(index)});
        for (const StateIndex child : state.children) {
            add_state(child, frame);
        }
        places_[index] = {
            frame, places_[state.children.front()].first, places_[state.children.back()].last};
        if (!is_scxml(*state.element, "parallel")) {
            places_[index].first = add_begin(index, frame);
        }
    }

    /// The dot from which arrows lead to the states that are entered by default.
    Graph::Box add_begin(StateIndex index, Graph::Frame frame) {
        const ChartOutline::State& state = states_[index];
        const Graph::Box begin = graph_.add_box(frame, "", {Shape::begin, Mark::none});
        std::vector<std::string> initial = state.initial;
        if (initial.empty() && !state.children.empty()) {
            add_arrow({begin, Graph::outside, {}, {}, {}}, state.children.front());
        }
        for (const std::string& target : initial) {
            add_arrow({begin, Graph::outside, {}, {}, {}}, drawing_.outline.find(target));
        }
        return begin;
    }

    void add_histories() {
        for (StateIndex index = 1; index < states_.size(); ++index) {
            const XmlElement& element = *states_[index].element;
            if (is_scxml(element, "history")) {
                const bool is_deep = element.attribute_or("type", "shallow") == "deep";
                const Graph::Box box = graph_.add_box(places_[states_[index].parent].frame,
                                                      is_deep ? "H*" : "H",
                                                      {Shape::mark, Mark::none});
                places_[index] = {Graph::outside, box, box};
            }
        }
    }

    /// One arrow for all transitions between the same two states that are marked alike.
    void add_arrows() {
        std::map<std::tuple<StateIndex, std::string, Mark>, std::string> texts;
        const auto& transitions = drawing_.outline.transitions();
        for (std::size_t index = 0; index < transitions.size(); ++index) {
            const StateIndex source = transitions[index].source;
            const bool is_default = is_scxml(*states_[source].element, "history");
            for (const std::string& target : transitions[index].targets) {
                std::string& text =
                    texts[{source, target, is_default ? Mark::none : mark_of_transition(index)}];
                text += (text.empty() ? "" : "\n") + words_of(index);
            }
        }
        for (const auto& [arrow, text] : texts) {
            const auto& [source, id, mark] = arrow;
            const Place& from = places_[source];
            const StateIndex target = drawing_.outline.find(id);
            const bool is_inside = drawing_.outline.is_within(target, source);
            add_arrow({is_inside ? from.first : from.last,
                       is_inside ? Graph::outside : from.frame,
                       {},
                       {},
                       text,
                       mark},
                      target);
        }
    }

    /// Fastens the arrow to its target, if there is one.
    void add_arrow(Graph::Arrow arrow, StateIndex target) {
        if (target < states_.size()) {
            arrow.to = places_[target].first;
            arrow.to_border = places_[target].frame;
            graph_.add_arrow(arrow);
        }
    }

    [[nodiscard]] std::string words_of(std::size_t index) const {
        const ChartOutline::Transition& transition = drawing_.outline.transitions()[index];
        const bool is_default = is_scxml(*states_[transition.source].element, "history");
        std::string words;
        for (const std::string& descriptor : transition.descriptors) {
            words += (words.empty() ? "" : ", ") + title_of_event(descriptor);
        }
        const std::string condition = transition.element->attribute_or("cond", "");
        if (!condition.empty()) {
            words +=
                (words.empty() ? "[" : " [") + shortened(condition, condition_letters_max) + "]";
        }
        if (!is_default) {
            words += missed_word(mark_of_transition(index), "drawing.transition_missed");
        }
        return words;
    }

    /// What a person does to raise it, or the event itself.
    [[nodiscard]] std::string title_of_event(const std::string& descriptor) const {
        if (drawing_.workflow != nullptr) {
            for (const workflow::TaskDefinition& task : drawing_.workflow->tasks) {
                for (const workflow::Outcome& outcome : task.outcomes) {
                    if (outcome.event == descriptor) {
                        return outcome.title.in(drawing_.language);
                    }
                }
            }
        }
        return descriptor;
    }

    const ChartDrawing& drawing_;
    const std::vector<ChartOutline::State>& states_;
    const Messages messages_;
    std::vector<Place> places_;
    std::vector<bool> is_active_;
    std::map<StateIndex, std::string> inner_;
    Graph graph_;
};

}  // namespace

Result<std::string> draw_chart(const ChartDrawing& drawing) {
    const std::size_t states = drawing.outline.states().size();
    if (states > states_drawn_max) {
        return malformed("chart_too_large",
                         fmt::format("the chart has {} states; at most {} are drawn, because "
                                     "nobody could read more",
                                     states,
                                     states_drawn_max));
    }
    return Drawer(drawing).draw();
}

}  // namespace guildmark::reports
