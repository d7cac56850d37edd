#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "engine/scxml/chart_reader.h"

namespace guildmark::scxml {

TransitionIndex ChartReader::add_transition(TransitionRecord transition, const SourcePlace& place) {
    chart_.transitions.push_back(transition);
    chart_.transition_places.push_back(place);
    return static_cast<TransitionIndex>(chart_.transitions.size()) - 1;
}

void ChartReader::descriptors(const XmlElement& element, TransitionRecord& transition) {
    transition.descriptors.first = static_cast<std::uint32_t>(chart_.descriptors.size());
    for (const std::string& written : split_words(element.attribute_or("event", ""))) {
        std::string prefix = written == "*" ? std::string() : written;
        if (prefix.ends_with(".*")) {
            prefix.resize(prefix.size() - 2);
        } else if (prefix.ends_with('.')) {
            prefix.pop_back();
        }
        chart_.descriptors.push_back({std::move(prefix), written});
    }
    transition.descriptors.last = static_cast<std::uint32_t>(chart_.descriptors.size());
}

TransitionIndex ChartReader::transition(const XmlElement& element, StateIndex source) {
    elements_.check(element);
    TransitionRecord record;
    record.source = source;
    descriptors(element, record);
    record.condition = elements_.expression(element, "cond");
    const std::string* target = element.find_attribute("target");
    record.targets = targets(target == nullptr ? std::string_view() : *target, element);
    const std::string type = element.attribute_or("type", "external");
    if (type != "external" && type != "internal") {
        diagnostics_.error(
            element.place,
            "attribute_invalid",
            fmt::format("type=\"{}\" of <transition> is neither internal nor external", type));
    }
    record.is_internal = type == "internal";
    if (target != nullptr && split_words(*target).empty()) {
        diagnostics_.error(element.place,
                           "attribute_invalid",
                           "target=\"\" of <transition> names no state",
                           "leave the attribute out for a transition without target");
    }
    if (record.descriptors.is_empty() && element.find_attribute("cond") == nullptr &&
        target == nullptr) {
        diagnostics_.error(
            element.place,
            "transition_empty",
            "<transition> has neither event, cond nor target, so it would be taken for ever");
    }
    if (!element.children.empty()) {
        record.content = contents_.block(element);
    }
    check_targets(record, element.place);
    return add_transition(record, element.place);
}

void ChartReader::transitions(StateIndex state) {
    std::vector<const XmlElement*> eventless;
    std::vector<const XmlElement*> evented;
    for (const XmlElement& child : sources_[state]->children) {
        if (child.is(scxml_namespace, "transition") && state != 0) {
            const bool has_event = !split_words(child.attribute_or("event", "")).empty();
            (has_event ? evented : eventless).push_back(&child);
        }
    }
    const auto read = [&](const std::vector<const XmlElement*>& elements) {
        Range range;
        range.first = static_cast<std::uint32_t>(chart_.transitions.size());
        for (const XmlElement* element : elements) {
            transition(*element, state);
        }
        range.last = static_cast<std::uint32_t>(chart_.transitions.size());
        return range;
    };
    chart_.has_eventless = chart_.has_eventless || !eventless.empty();
    const Range first = read(eventless);
    const Range second = read(evented);
    chart_.states[state].eventless = first;
    chart_.states[state].evented = second;
}

/// The transition of <initial> or <history>: a target and nothing that could keep it from being
/// taken.
TransitionIndex ChartReader::initial_element(const XmlElement& element, StateIndex state) {
    elements_.check(element);
    const bool is_history = chart_.is_history(state);
    for (const std::string_view attribute : {"event", "cond"}) {
        if (element.find_attribute(attribute) != nullptr) {
            diagnostics_.error(element.place,
                               "attribute_unknown",
                               fmt::format("the transition of {} cannot have \"{}\"",
                                           is_history ? "<history>" : "<initial>",
                                           attribute));
        }
    }
    TransitionRecord record;
    record.source = is_history ? chart_.states[state].parent : state;
    record.targets = targets(element.attribute_or("target", ""), element);
    if (split_words(element.attribute_or("target", "")).empty()) {
        diagnostics_.error(element.place,
                           "attribute_missing",
                           fmt::format("the transition of {} needs the attribute \"target\"",
                                       is_history ? "<history>" : "<initial>"));
    }
    if (!element.children.empty()) {
        record.content = contents_.block(element);
    }
    check_targets(record, element.place);
    const bool is_inside =
        std::all_of(chart_.target_table.begin() + record.targets.first,
                    chart_.target_table.begin() + record.targets.last,
                    [&](StateIndex target) {
                        // Two histories of one state could lead to each other for ever.
                        const bool is_sibling = chart_.is_history(target) &&
                                                chart_.states[target].parent == record.source;
                        return chart_.is_descendant(target, record.source) && !is_sibling;
                    });
    if (is_history && !is_inside) {
        diagnostics_.error(element.place,
                           "history_invalid",
                           fmt::format("the default of history \"{}\" is not a state inside \"{}\"",
                                       chart_.states[state].id,
                                       chart_.states[record.source].id));
    }
    return add_transition(record, element.place);
}

void ChartReader::initial(StateIndex state) {
    const XmlElement& element = *sources_[state];
    const std::string* attribute = element.find_attribute("initial");
    const auto is_initial = [](const XmlElement& child) {
        return child.is(scxml_namespace, "initial");
    };
    const auto child = std::ranges::find_if(element.children, is_initial);
    if (child != element.children.end()) {
        elements_.check(*child);
        const bool has_one = child->children.size() == 1 &&
                             child->children.front().is(scxml_namespace, "transition");
        if (attribute != nullptr || !has_one ||
            std::ranges::count_if(element.children, is_initial) > 1) {
            diagnostics_.error(child->place,
                               "initial_invalid",
                               "a state has one initial attribute or one <initial> with one "
                               "<transition>");
            return;
        }
        chart_.states[state].initial = initial_element(child->children.front(), state);
    } else {
        TransitionRecord record;
        record.source = state;
        if (attribute != nullptr) {
            record.targets = targets(*attribute, element);
            check_targets(record, element.place);
        } else if (!chart_.states[state].children.is_empty()) {
            // Without a word on it, the first child in document order.
            record.targets.first = static_cast<std::uint32_t>(chart_.target_table.size());
            chart_.target_table.push_back(chart_.child_table[chart_.states[state].children.first]);
            record.targets.last = record.targets.first + 1;
        }
        chart_.states[state].initial = add_transition(record, element.place);
    }
    check_initial(state, element);
}

void ChartReader::check_initial(StateIndex state, const XmlElement& element) {
    const Range targets = chart_.transitions[chart_.states[state].initial].targets;
    // Without another fault there are no targets only when nothing is written.
    if (targets.is_empty() && !diagnostics_.has_errors()) {
        const bool has_children = !chart_.states[state].children.is_empty();
        diagnostics_.error(
            element.place,
            has_children ? "initial_invalid" : "states_missing",
            has_children ? "initial=\"\" names no state" : "the document has no states");
    }
    for (std::uint32_t at = targets.first; at < targets.last; ++at) {
        const StateIndex target = chart_.target_table[at];
        if (!chart_.is_descendant(target, state)) {
            diagnostics_.error(element.place,
                               "initial_invalid",
                               fmt::format("the initial state \"{}\" is not inside \"{}\"",
                                           chart_.states[target].id,
                                           chart_.states[state].id));
        }
    }
}

void ChartReader::check_targets(const TransitionRecord& transition, const SourcePlace& place) {
    const auto first = chart_.target_table.begin() + transition.targets.first;
    const auto last = chart_.target_table.begin() + transition.targets.last;
    for (auto at = first; at != last; ++at) {
        const auto other = std::find_if(first, at, [&](StateIndex before) {
            return !chart_.may_be_targets_together(before, *at);
        });
        if (other != at) {
            diagnostics_.error(place,
                               "targets_conflict",
                               fmt::format("the targets \"{}\" and \"{}\" are not in different "
                                           "regions of one parallel",
                                           chart_.states[*other].id,
                                           chart_.states[*at].id));
            return;
        }
    }
}

/// getTransitionDomain for a transition whose targets do not depend on history; Appendix D.
StateIndex ChartReader::domain(const TransitionRecord& transition) const {
    if (transition.targets.is_empty()) {
        return none;
    }
    const auto first = chart_.target_table.begin() + transition.targets.first;
    const auto last = chart_.target_table.begin() + transition.targets.last;
    if (std::any_of(first, last, [&](StateIndex target) { return chart_.is_history(target); })) {
        return domain_by_history;
    }
    const auto holds_all = [&](StateIndex state) {
        return std::all_of(
            first, last, [&](StateIndex target) { return chart_.is_descendant(target, state); });
    };
    if (transition.is_internal && chart_.is_compound(transition.source) &&
        holds_all(transition.source)) {
        return transition.source;
    }
    StateIndex around = chart_.states[transition.source].parent;
    while (around != none && (!chart_.is_compound(around) || !holds_all(around))) {
        around = chart_.states[around].parent;
    }
    return around;
}

void ChartReader::domains() {
    for (TransitionRecord& transition : chart_.transitions) {
        transition.domain = domain(transition);
    }
}

}  // namespace guildmark::scxml
