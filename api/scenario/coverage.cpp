#include "api/scenario/coverage.h"

#include <algorithm>

#include "engine/base/ensure.h"

namespace guildmark::scenario {
namespace {

using workflow::ChartOutline;

using Key = std::tuple<std::string, unsigned, unsigned>;

Key key_of(const SourcePlace& place) {
    return {place.file, place.line, place.column};
}

bool is_history(const ChartOutline& outline, scxml::StateIndex state) {
    return workflow::is_scxml(*outline.states()[state].element, "history");
}

}  // namespace

Coverage::Coverage(std::shared_ptr<const workflow::Workflow> workflow)
    : workflow_(std::move(workflow)),
      root_(workflow::chart_of(workflow_->files)),
      outline_(root_),
      states_(outline_.states().size()),
      transitions_(outline_.transitions().size()) {
    for (std::size_t index = 0; index < outline_.transitions().size(); ++index) {
        transitions_by_place_.emplace(key_of(outline_.transitions()[index].element->place), index);
    }
}

void Coverage::note(const ChartStep& step) {
    if (step.workflow.version != workflow_->version) {
        return;
    }
    const scxml::Statechart& chart = *step.workflow.chart;
    for (const CaseEvent& event : step.events) {
        const auto* advanced = std::get_if<events::ChartAdvanced>(&event);
        for (std::size_t at = 0; advanced != nullptr && at < advanced->entered.size(); ++at) {
            if (const auto state = chart.find_state(advanced->entered[at])) {
                states_[*state] = true;
            }
        }
    }
    for (const scxml::TransitionIndex transition : step.taken) {
        const auto found = transitions_by_place_.find(key_of(chart.transition_place(transition)));
        ENSURE(found != transitions_by_place_.end(), "a transition that is not in the document");
        transitions_[found->second] = true;
    }
}

std::size_t Coverage::invocations() const {
    std::size_t count = 0;
    for (const ChartOutline::State& state : outline_.states()) {
        for (const XmlElement& child : state.element->children) {
            count += workflow::is_scxml(child, "invoke") ? std::size_t{1} : std::size_t{0};
        }
    }
    return count;
}

Share Coverage::states() const {
    Share share;
    for (scxml::StateIndex state = 1; state < outline_.states().size(); ++state) {
        if (is_history(outline_, state)) {
            continue;
        }
        ++share.all;
        if (states_[state]) {
            ++share.reached;
        } else {
            const SourcePlace& place = outline_.states()[state].element->place;
            share.missed.push_back({place, workflow_->chart->state_id(state), {}, {}});
        }
    }
    return share;
}

Share Coverage::transitions() const {
    Share share;
    for (std::size_t index = 0; index < outline_.transitions().size(); ++index) {
        const ChartOutline::Transition& transition = outline_.transitions()[index];
        if (is_history(outline_, transition.source)) {
            continue;
        }
        ++share.all;
        if (transitions_[index]) {
            ++share.reached;
        } else {
            share.missed.push_back({transition.element->place,
                                    workflow_->chart->state_id(transition.source),
                                    transition.descriptors,
                                    transition.targets});
        }
    }
    return share;
}

}  // namespace guildmark::scenario
