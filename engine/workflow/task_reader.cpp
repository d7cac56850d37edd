#include "engine/workflow/task_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace guildmark::workflow {
namespace {

constexpr std::array<std::pair<std::string_view, GateKind>, 7> gate_names{{
    {"evidence", GateKind::evidence},
    {"answers", GateKind::answers},
    {"assessment", GateKind::assessment},
    {"findings", GateKind::findings},
    {"condition", GateKind::condition},
    {"members", GateKind::members},
    {"competence", GateKind::competence},
}};

constexpr std::array<std::pair<std::string_view, bool Permission::*>, 7> permission_names{{
    {"evidence", &Permission::add_evidence},
    {"answers", &Permission::answer_requirements},
    {"assessment", &Permission::assess_requirements},
    {"findings", &Permission::raise_findings},
    {"responses", &Permission::respond_to_findings},
    {"judgement", &Permission::judge_findings},
    {"operate", &Permission::operate},
}};

template <typename Table>
std::vector<std::string> names_of(const Table& table) {
    std::vector<std::string> names;
    names.reserve(table.size());
    for (const auto& [name, value] : table) {
        names.emplace_back(name);
    }
    return names;
}

/// The attribute's value, which is one of `allowed`.
std::string require_one_of(const XmlElement& element,
                           std::string_view attribute,
                           const std::vector<std::string>& allowed,
                           const Reading& reading) {
    std::string value = reading.require(element, attribute);
    if (!value.empty() && std::ranges::find(allowed, value) == allowed.end()) {
        reading.invalid(element,
                        attribute,
                        fmt::format("one of {}", fmt::join(allowed, ", ")),
                        suggest(value, allowed));
    }
    return value;
}

GateKind read_gate_kind(const XmlElement& element, const Reading& reading) {
    const std::string name = require_one_of(element, "kind", names_of(gate_names), reading);
    const auto found =
        std::ranges::find(gate_names, name, [](const auto& entry) { return entry.first; });
    return found == gate_names.end() ? GateKind::evidence : found->second;
}

Gate read_gate(const XmlElement& element, const Reading& reading) {
    reading.expect_children(element, {"message"});
    Gate gate;
    gate.place = element.place;
    gate.kind = read_gate_kind(element, reading);
    gate.id = reading.require_name(element, "id");
    gate.message = reading.require_texts(element, "message");
    switch (gate.kind) {
        case GateKind::evidence:
        case GateKind::answers:
        case GateKind::assessment:
            reading.expect_attributes(element, {"id", "kind", "requirements"});
            gate.requirements = words_of(element.attribute_or("requirements", ""));
            break;
        case GateKind::findings:
            reading.expect_attributes(element, {"id", "kind", "grade", "stage"});
            gate.grade = require_one_of(element, "grade", {"major", "minor"}, reading);
            gate.stage = require_one_of(element, "stage", {"accepted", "verified"}, reading);
            break;
        case GateKind::condition:
            reading.expect_attributes(element, {"id", "kind", "cond"});
            gate.condition = reading.require(element, "cond");
            break;
        case GateKind::members:
            reading.expect_attributes(element, {"id", "kind", "people", "role"});
            gate.people = words_of(reading.require(element, "people"));
            gate.role = reading.require(element, "role");
            break;
        case GateKind::competence:
            reading.expect_attributes(element, {"id", "kind", "people", "task", "areas", "on"});
            gate.people = words_of(reading.require(element, "people"));
            gate.task = reading.require(element, "task");
            gate.areas = reading.require(element, "areas");
            gate.on = element.attribute_or("on", "");
            break;
    }
    return gate;
}

std::optional<DecisionKind> read_decision(const XmlElement& element, const Reading& reading) {
    const std::string* name = element.find_attribute("decision");
    if (name == nullptr) {
        return std::nullopt;
    }
    const auto kind = decision_kind_from(*name);
    if (!kind) {
        std::vector<std::string> names;
        names.reserve(all_decision_kinds().size());
        for (const DecisionKind each : all_decision_kinds()) {
            names.emplace_back(to_text(each));
        }
        reading.invalid(element,
                        "decision",
                        fmt::format("one of {}", fmt::join(names, ", ")),
                        suggest(*name, names));
    }
    return kind;
}

bool is_event_name(std::string_view text) {
    return !text.empty() && text.find_first_of(" \t\r\n*") == std::string_view::npos;
}

Outcome read_outcome(const XmlElement& element, const std::string& task, const Reading& reading) {
    reading.expect_attributes(element, {"id", "event", "needs", "decision"});
    reading.expect_children(element, {"title", "gate"});
    Outcome outcome;
    outcome.place = element.place;
    outcome.id = reading.require_name(element, "id");
    outcome.title = reading.require_texts(element, "title");
    outcome.event = element.attribute_or("event", fmt::format("task.{}.{}", task, outcome.id));
    const bool is_given = element.find_attribute("event") != nullptr;
    if (is_given && !is_event_name(outcome.event)) {
        reading.invalid(element, "event", "the name of one event");
    }
    outcome.needs = words_of(element.attribute_or("needs", ""));
    outcome.decision = read_decision(element, reading);
    for (const XmlElement* child : children_of(element, "gate")) {
        outcome.gates.push_back(read_gate(*child, reading));
    }
    return outcome;
}

Escalation read_escalation(const XmlElement& element, const Reading& reading) {
    reading.expect_attributes(element, {"after", "event", "notify"});
    reading.expect_children(element, {});
    Escalation escalation;
    escalation.place = element.place;
    (void)reading.require(element, "after");
    escalation.after = reading.find_duration(element, "after").value_or(Duration{});
    escalation.event = element.attribute_or("event", "");
    if (!escalation.event.empty() && !is_event_name(escalation.event)) {
        reading.invalid(element, "event", "the name of one event");
    }
    escalation.notify = words_of(element.attribute_or("notify", ""));
    if (escalation.event.empty() && escalation.notify.empty()) {
        reading.diagnostics.error(
            element.place,
            "attribute_missing",
            "an escalation that nobody hears of: <escalation> needs \"event\" or \"notify\"");
    }
    return escalation;
}

void read_due(const XmlElement& element, TaskDefinition& task, const Reading& reading) {
    task.due = reading.find_duration(element, "due");
    task.due_expression = element.attribute_or("due-expr", "");
    task.due_from_expression = element.attribute_or("due-from-expr", "");
    const bool has_due = element.find_attribute("due") != nullptr;
    const bool has_expression = !task.due_expression.empty();
    if (has_due && has_expression) {
        reading.diagnostics.error(element.place,
                                  "attribute_conflict",
                                  "<task> has \"due\" and \"due-expr\", which exclude each other");
    }
    const auto needs_due = [&](std::string_view what) {
        reading.diagnostics.error(
            element.place,
            "attribute_missing",
            fmt::format("{} needs a due time: <task> needs \"due\" or \"due-expr\"", what));
    };
    if (!has_due && !has_expression && !task.due_from_expression.empty()) {
        needs_due("\"due-from-expr\"");
    }
    if (!has_due && !has_expression && !task.escalations.empty()) {
        needs_due("an escalation");
    }
    task.overdue = read_overdue(element, reading);
    if (!has_due && !has_expression && task.overdue) {
        needs_due("\"overdue\"");
    }
}

}  // namespace

std::string_view to_text(GateKind kind) {
    return std::ranges::find(gate_names, kind, [](const auto& entry) { return entry.second; })
        ->first;
}

Permission read_permission(const XmlElement& element, const Reading& reading) {
    Permission permission;
    for (const std::string& word : words_of(element.attribute_or("allow", ""))) {
        const auto found = std::ranges::find(
            permission_names, word, [](const auto& entry) { return entry.first; });
        if (found != permission_names.end()) {
            permission.*found->second = true;
            continue;
        }
        const std::vector<std::string> names = names_of(permission_names);
        reading.invalid(element,
                        "allow",
                        fmt::format("a list of {}", fmt::join(names, ", ")),
                        suggest(word, names));
    }
    return permission;
}

TaskDefinition read_task(const XmlElement& element,
                         scxml::StateIndex state,
                         const Reading& reading) {
    reading.expect_attributes(
        element,
        {"id", "role", "form", "due", "due-expr", "due-from-expr", "overdue", "allow", "optional"});
    reading.expect_children(element, {"title", "help", "outcome", "escalation"});
    TaskDefinition task;
    task.place = element.place;
    task.state = state;
    task.id = reading.require_name(element, "id");
    task.role = reading.require_name(element, "role");
    task.title = reading.require_texts(element, "title");
    task.help = reading.texts(element, "help");
    task.form = element.attribute_or("form", "");
    task.allows = read_permission(element, reading);
    task.optional = reading.is_true(element, "optional");
    for (const XmlElement* child : children_of(element, "outcome")) {
        task.outcomes.push_back(read_outcome(*child, task.id, reading));
    }
    for (const XmlElement* child : children_of(element, "escalation")) {
        task.escalations.push_back(read_escalation(*child, reading));
    }
    read_due(element, task, reading);
    return task;
}

}  // namespace guildmark::workflow
