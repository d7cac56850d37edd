// States are numbered in document order before anything that refers to them is read. Descendants of
// a state are therefore the numbers after its own, up to StateRecord::last.
#include "engine/scxml/chart_reader.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "engine/base/limits.h"
#include "engine/base/text.h"
#include "engine/scxml/pure.h"

namespace guildmark::scxml {
namespace {

bool is_state_element(const XmlElement& element) {
    return element.namespace_uri == scxml_namespace &&
           (element.name == "state" || element.name == "parallel" || element.name == "final" ||
            element.name == "history");
}

StateKind kind_of(const XmlElement& element) {
    if (element.name == "parallel") {
        return StateKind::parallel;
    }
    if (element.name == "final") {
        return StateKind::final;
    }
    if (element.name == "history") {
        return element.attribute_or("type", "shallow") == "deep" ? StateKind::history_deep
                                                                 : StateKind::history_shallow;
    }
    const bool has_children = std::ranges::any_of(element.children, [](const XmlElement& child) {
        return is_state_element(child) && child.name != "history";
    });
    return has_children ? StateKind::compound : StateKind::atomic;
}

std::string described(const XmlElement& element) {
    if (element.name == "transition") {
        const std::string* event = element.find_attribute("event");
        return event == nullptr ? "transition" : fmt::format("transition on \"{}\"", *event);
    }
    return fmt::format("<{}>", element.name);
}

}  // namespace

void ChartReader::read(const XmlElement& root) {
    if (!root.is(scxml_namespace, "scxml")) {
        diagnostics_.error(
            root.place,
            "scxml_expected",
            fmt::format(
                "the document is <{}> of the namespace \"{}\"", root.name, root.namespace_uri),
            fmt::format("<scxml xmlns=\"{}\"> is read here", scxml_namespace));
        return;
    }
    root_attributes(root);
    collect(root, none, 0);
    if (chart_.states.size() > limits::states_max) {
        diagnostics_.error(root.place,
                           "states_too_many",
                           fmt::format("the document has more than {} states", limits::states_max));
        return;
    }
    index_ids();
    link_children();
    for (StateIndex index = 0; index < chart_.states.size(); ++index) {
        state(index);
    }
    if (chart_.transitions.size() > limits::transitions_max) {
        diagnostics_.error(
            root.place,
            "transitions_too_many",
            fmt::format("the document has more than {} transitions", limits::transitions_max));
        return;
    }
    if (!diagnostics_.has_errors()) {
        domains();
        join_scripts();
    }
}

void ChartReader::join_scripts() {
    for (const BlockIndex block : chart_.scripts) {
        chart_.script_text += chart_.texts[chart_.operations[chart_.blocks[block].first].first];
        chart_.script_text += '\n';
    }
    chart_.script_words = find_script_words(chart_.script_text);
}

void ChartReader::root_attributes(const XmlElement& root) {
    const auto check = [&](std::string_view attribute,
                           std::string_view otherwise,
                           std::vector<std::string> known) {
        std::string value = root.attribute_or(attribute, otherwise);
        if (std::ranges::find(known, value) == known.end()) {
            diagnostics_.error(root.place,
                               "attribute_invalid",
                               fmt::format("{}=\"{}\" of <scxml> is not known here; it may be {}",
                                           attribute,
                                           value,
                                           fmt::join(known, " or ")),
                               suggest(value, known));
        }
        return value;
    };
    check("version", "1.0", {"1.0"});
    const std::string datamodel = check("datamodel", "null", {"null", "ecmascript"});
    const std::string binding = check("binding", "early", {"early", "late"});
    chart_.name = root.attribute_or("name", "");
    chart_.datamodel = datamodel == "ecmascript" ? DatamodelKind::ecmascript : DatamodelKind::null;
    chart_.binding = binding == "late" ? Binding::late : Binding::early;
}

StateIndex ChartReader::add_state(const XmlElement& element, StateIndex parent) {
    const auto index = static_cast<StateIndex>(chart_.states.size());
    StateRecord record;
    record.kind = parent == none ? StateKind::scxml : kind_of(element);
    record.id = parent == none ? std::string() : element.attribute_or("id", "");
    record.parent = parent;
    record.place = element.place;
    chart_.states.push_back(std::move(record));
    sources_.push_back(&element);
    return index;
}

void ChartReader::collect(const XmlElement& element, StateIndex parent, std::size_t depth) {
    if (depth > limits::state_depth_max) {
        diagnostics_.error(
            element.place,
            "state_too_deep",
            fmt::format("states are nested more than {} deep", limits::state_depth_max));
        return;
    }
    const StateIndex index = add_state(element, parent);
    elements_.check(element);
    for (const XmlElement& child : element.children) {
        if (is_state_element(child) && chart_.states.size() <= limits::states_max) {
            collect(child, index, depth + 1);
        } else if (child.namespace_uri != scxml_namespace) {
            chart_.extensions.push_back({index, child});
        }
    }
    chart_.states[index].last = static_cast<StateIndex>(chart_.states.size()) - 1;
}

void ChartReader::index_ids() {
    for (StateIndex state = 1; state < chart_.states.size(); ++state) {
        if (!chart_.states[state].id.empty()) {
            ids_.push_back(chart_.states[state].id);
            chart_.states_by_id.emplace_back(chart_.states[state].id, state);
        }
    }
    std::ranges::sort(chart_.states_by_id);
    for (std::size_t at = 1; at < chart_.states_by_id.size(); ++at) {
        const auto& [id, state] = chart_.states_by_id[at];
        const auto& [before, first] = chart_.states_by_id[at - 1];
        if (id == before) {
            diagnostics_.error(chart_.states[state].place,
                               "state_id_repeated",
                               fmt::format("the id \"{}\" is that of the state at line {}, too",
                                           id,
                                           chart_.states[first].place.line));
        }
    }
    std::vector<std::pair<std::string, StateIndex>> made;
    for (StateIndex state = 1; state < chart_.states.size(); ++state) {
        std::string& id = chart_.states[state].id;
        if (id.find_first_of(" \t\r\n") != std::string::npos ||
            id.size() > limits::name_bytes_max) {
            diagnostics_.error(chart_.states[state].place,
                               "attribute_invalid",
                               fmt::format("id=\"{}\" is not one word of at most {} bytes",
                                           beginning(id, 80),
                                           limits::name_bytes_max));
        }
        if (id.empty()) {
            made.emplace_back(made_id(state), state);
            id = made.back().first;
        }
    }
    chart_.states_by_id.insert(chart_.states_by_id.end(), made.begin(), made.end());
    std::ranges::sort(chart_.states_by_id);
}

/// An id for a state that has none: no other state's, and another one for each.
std::string ChartReader::made_id(StateIndex state) const {
    std::size_t number = state;
    std::string id;
    do {
        id = fmt::format("_state{}", number);
        number += chart_.states.size();
    } while (find_state(id) != none);
    return id;
}

StateIndex ChartReader::find_state(std::string_view id) const {
    const auto found = std::ranges::lower_bound(chart_.states_by_id, id, {}, [](const auto& entry) {
        return std::string_view(entry.first);
    });
    return found != chart_.states_by_id.end() && found->first == id ? found->second : none;
}

void ChartReader::link_children() {
    for (StateIndex index = 0; index < chart_.states.size(); ++index) {
        StateRecord& record = chart_.states[index];
        std::vector<StateIndex> children;
        std::vector<StateIndex> histories;
        for (StateIndex child = index + 1; child <= record.last;
             child = chart_.states[child].last + 1) {
            (chart_.is_history(child) ? histories : children).push_back(child);
        }
        std::vector<StateIndex>& table = chart_.child_table;
        record.children.first = static_cast<std::uint32_t>(table.size());
        table.insert(table.end(), children.begin(), children.end());
        record.children.last = static_cast<std::uint32_t>(table.size());
        record.histories.first = record.children.last;
        table.insert(table.end(), histories.begin(), histories.end());
        record.histories.last = static_cast<std::uint32_t>(table.size());
    }
}

void ChartReader::state(StateIndex state) {
    if (chart_.is_history(state)) {
        history(state);
        return;
    }
    handlers(state);
    invokes(state);
    transitions(state);
    chart_.states[state].data.first = static_cast<std::uint32_t>(chart_.data.size());
    for (const XmlElement& child : sources_[state]->children) {
        if (child.is(scxml_namespace, "datamodel")) {
            datamodel(child, state);
        } else if (child.is(scxml_namespace, "donedata")) {
            donedata(child, state);
        } else if (child.is(scxml_namespace, "script") && state == 0) {
            elements_.check(child);
            chart_.scripts.push_back(contents_.script_block(child));
        }
    }
    chart_.states[state].data.last = static_cast<std::uint32_t>(chart_.data.size());
    if (chart_.is_compound(state)) {
        initial(state);
    } else if (sources_[state]->find_attribute("initial") != nullptr) {
        diagnostics_.error(sources_[state]->place,
                           "initial_invalid",
                           fmt::format("state \"{}\" has an initial state but no states in it",
                                       chart_.states[state].id));
    }
    if (chart_.states[state].kind == StateKind::parallel &&
        chart_.states[state].children.is_empty()) {
        diagnostics_.warning(sources_[state]->place,
                             "parallel_empty",
                             fmt::format("parallel \"{}\" has no states in it, so it is never done",
                                         chart_.states[state].id));
    }
}

void ChartReader::handlers(StateIndex state) {
    const Range onentry = blocks(state, "onentry");
    const Range onexit = blocks(state, "onexit");
    chart_.states[state].onentry = onentry;
    chart_.states[state].onexit = onexit;
}

Range ChartReader::blocks(StateIndex state, std::string_view name) {
    Range range;
    range.first = static_cast<std::uint32_t>(chart_.blocks.size());
    for (const XmlElement& child : sources_[state]->children) {
        if (child.is(scxml_namespace, name)) {
            elements_.check(child);
            contents_.block(child);
        }
    }
    range.last = static_cast<std::uint32_t>(chart_.blocks.size());
    return range;
}

void ChartReader::datamodel(const XmlElement& element, StateIndex state) {
    elements_.check(element);
    for (const XmlElement& child : element.children) {
        if (child.is(scxml_namespace, "data")) {
            elements_.require_ecmascript(child);
            elements_.check(child);
            data(child, state);
        }
    }
}

void ChartReader::data(const XmlElement& element, StateIndex state) {
    DataRecord record;
    const std::string id = element.attribute_or("id", "");
    if (!is_variable_name(id)) {
        diagnostics_.error(element.place,
                           "data_id_invalid",
                           fmt::format("id=\"{}\" cannot be the name of a variable", id));
        return;
    }
    record.symbol = chart_.symbols.intern(id);
    record.state = state;
    record.place = element.place;
    declared_.resize(chart_.symbols.size());
    if (declared_[record.symbol]) {
        diagnostics_.error(element.place,
                           "data_id_repeated",
                           fmt::format("the variable \"{}\" is declared more than once", id));
    }
    declared_[record.symbol] = true;
    elements_.check_exclusive(element, "src", "expr");
    record.expression = elements_.expression(element, "expr");
    record.value = elements_.inline_value(element);
    const bool has_source = element.find_attribute("src") != nullptr;
    if (record.value != none && (record.expression != none || has_source)) {
        diagnostics_.error(element.place,
                           "attribute_conflict",
                           "<data> has content beside \"expr\" or \"src\"; only one may stand");
    } else if (has_source) {
        const auto content = elements_.load(element);
        record.value = content ? elements_.value_of_text(*content) : none;
    }
    chart_.data.push_back(std::move(record));
}

void ChartReader::donedata(const XmlElement& element, StateIndex state) {
    elements_.check(element);
    chart_.states[state].donedata = elements_.payload(element);
    if (chart_.states[state].donedata == none) {
        diagnostics_.warning(
            element.place, "element_empty", "<donedata> holds neither <content> nor <param>");
    }
}

void ChartReader::history(StateIndex state) {
    const XmlElement& element = *sources_[state];
    const std::string type = element.attribute_or("type", "shallow");
    if (type != "shallow" && type != "deep") {
        diagnostics_.error(
            element.place,
            "attribute_invalid",
            fmt::format("type=\"{}\" of <history> is neither shallow nor deep", type));
    }
    const XmlElement* found = nullptr;
    std::size_t count = 0;
    for (const XmlElement& child : element.children) {
        if (child.is(scxml_namespace, "transition")) {
            found = &child;
            ++count;
        }
    }
    if (count != 1) {
        diagnostics_.error(
            element.place,
            "history_invalid",
            fmt::format("history \"{}\" has {} transitions; it needs one, its default",
                        chart_.states[state].id,
                        count));
        return;
    }
    chart_.states[state].initial = initial_element(*found, state);
}

std::string ChartReader::target_message(const XmlElement& element, std::string_view target) const {
    return fmt::format(
        "{} targets \"{}\", which is not a state of this document", described(element), target);
}

Range ChartReader::targets(std::string_view list, const XmlElement& element) {
    Range range;
    range.first = static_cast<std::uint32_t>(chart_.target_table.size());
    for (const std::string& target : split_words(list)) {
        if (const StateIndex state = find_state(target); state != none) {
            chart_.target_table.push_back(state);
        } else {
            diagnostics_.error(element.place,
                               "transition_target_unknown",
                               target_message(element, target),
                               // Of more errors than are kept nobody reads the suggestion.
                               diagnostics_.left_out() > 0 ? "" : suggest(target, ids_));
        }
    }
    range.last = static_cast<std::uint32_t>(chart_.target_table.size());
    return range;
}

}  // namespace guildmark::scxml
