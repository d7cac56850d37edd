#include <algorithm>
#include <set>

#include "api/encode.h"
#include "api/permissions.h"
#include "api/resource/handlers.h"
#include "api/task_form.h"
#include "engine/scxml/statechart.h"

namespace guildmark::api {
namespace {

Value text_values(const std::vector<std::string>& texts) {
    Value::Array values;
    for (const std::string& text : texts) {
        values.emplace_back(text);
    }
    return values;
}

/// Keys of the known standards that the workflow serves.
Value standard_values(const Call& call, const workflow::Workflow& workflow) {
    Value::Array values;
    for (const auto& standard : call.library.standards()) {
        if (std::find(workflow.standards.begin(), workflow.standards.end(), standard->id) !=
            workflow.standards.end()) {
            values.emplace_back(standard->key());
        }
    }
    return values;
}

/// Every party that a role names, once, in the order of the roles.
Value party_values(const Call& call, const workflow::Workflow& workflow) {
    Value::Array values;
    std::set<std::string> seen;
    for (const workflow::Role& role : workflow.roles) {
        if (!seen.insert(role.party).second) {
            continue;
        }
        const auto declared =
            std::find_if(workflow.parties.begin(), workflow.parties.end(), [&](const auto& party) {
                return party.id == role.party;
            });
        const bool is_declared = declared != workflow.parties.end();
        values.push_back(titled(role.party, is_declared ? call.text(declared->title) : role.party));
    }
    return values;
}

Value summary_value(const Call& call, const workflow::Workflow& workflow) {
    return Value::Object{{"id", workflow.id},
                         {"version", workflow.version.to_text()},
                         {"title", call.text(workflow.title)},
                         {"summary", call.text(workflow.summary)},
                         {"languages", text_values(workflow.languages)},
                         {"standards", standard_values(call, workflow)},
                         {"parties", party_values(call, workflow)}};
}

Value role_values(const Call& call, const workflow::Workflow& workflow) {
    Value::Array values;
    for (const workflow::Role& role : workflow.roles) {
        Value value = titled(role.id, call.text(role.title));
        value.set("party", role.party);
        value.set("allows", permission_names(role.allows));
        values.push_back(std::move(value));
    }
    return values;
}

Value milestone_values(const Call& call, const workflow::Workflow& workflow) {
    Value::Array values;
    for (const workflow::Milestone& milestone : workflow.milestones) {
        Value value = titled(milestone.id, call.text(milestone.title));
        value.set("help", call.text(milestone.help));
        Value::Array states;
        for (const scxml::StateIndex state : milestone.states) {
            states.emplace_back(workflow.chart->state_id(state));
        }
        value.set("states", std::move(states));
        values.push_back(std::move(value));
    }
    return values;
}

Value task_values(const Call& call, const workflow::Workflow& workflow) {
    Value::Array values;
    for (const workflow::TaskDefinition& task : workflow.tasks) {
        Value::Array outcomes;
        for (const workflow::Outcome& outcome : task.outcomes) {
            outcomes.push_back(titled(outcome.id, call.text(outcome.title)));
        }
        values.emplace_back(
            Value::Object{{"id", task.id},
                          {"title", call.text(task.title)},
                          {"help", call.text(task.help)},
                          {"role", task.role},
                          {"state", workflow.chart->state_id(task.state)},
                          {"optional", task.optional},
                          {"due", task.due ? Value(task.due->to_text()) : Value()},
                          {"overdue", to_name(task.overdue.value_or(workflow.overdue))},
                          {"outcomes", std::move(outcomes)}});
    }
    return values;
}

Value separation_values(const Call& call, const workflow::Workflow& workflow) {
    Value::Array values;
    for (const workflow::Separation& separation : workflow.separations) {
        values.emplace_back(Value::Object{{"id", separation.id},
                                          {"first", text_values(separation.first)},
                                          {"second", text_values(separation.second)},
                                          {"reason", call.text(separation.reason)},
                                          {"source", separation.source}});
    }
    return values;
}

/// By what cases are searched.
Value search_values(const Call& call, const workflow::Workflow& workflow) {
    Value::Array values;
    for (const workflow::SearchValue& value : workflow.search_values) {
        values.push_back(titled(value.id, call.text(workflow.title_of(value))));
    }
    return values;
}

Value signal_values(const Call& call, const workflow::Workflow& workflow) {
    Value::Array values;
    for (const workflow::Signal& signal : workflow.signals) {
        const workflow::Form* form = workflow.find_form(signal.form);
        values.emplace_back(
            Value::Object{{"id", signal.id},
                          {"title", call.text(signal.title)},
                          {"help", call.text(signal.help)},
                          {"form", form != nullptr ? form_value(call, *form) : Value()}});
    }
    return values;
}

const char* state_kind_name(scxml::StateKind kind) {
    using enum scxml::StateKind;
    switch (kind) {
        case atomic:
            return "atomic";
        case parallel:
            return "parallel";
        case final:
            return "final";
        case history_shallow:
        case history_deep:
            return "history";
        case scxml:
        case compound:
            return "compound";
    }
    return "atomic";
}

Value state_values(const Call& call, const workflow::Workflow& workflow) {
    const scxml::Statechart& chart = *workflow.chart;
    Value::Array values;
    for (scxml::StateIndex state = 1; state < chart.state_count(); ++state) {
        const scxml::StateIndex parent = chart.parent(state);
        values.emplace_back(
            Value::Object{{"id", chart.state_id(state)},
                          {"title", state_title(call.languages, workflow, state)},
                          {"parent", parent == 0 ? Value() : Value(chart.state_id(parent))},
                          {"kind", state_kind_name(chart.state_kind(state))}});
    }
    return values;
}

/// Workflow
Value workflow_value(const Call& call, const workflow::Workflow& workflow) {
    Value value = summary_value(call, workflow);
    value.set("overdue", to_name(workflow.overdue));
    value.set("roles", role_values(call, workflow));
    value.set("milestones", milestone_values(call, workflow));
    value.set("tasks", task_values(call, workflow));
    value.set("separations", separation_values(call, workflow));
    value.set("states", state_values(call, workflow));
    value.set("signals", signal_values(call, workflow));
    value.set("search", search_values(call, workflow));
    return value;
}

Result<std::shared_ptr<const workflow::Workflow>> workflow_of_path(const Call& call) {
    auto workflow = call.library.find_workflow(call.parameter("workflow"));
    if (!workflow) {
        return not_found(
            "workflow_not_found", "there is no workflow of this id", call.parameter("workflow"));
    }
    return workflow;
}

}  // namespace

Response chart_response(const workflow::Workflow& workflow) {
    Response response;
    response.content_type = "application/scxml+xml";
    response.body = workflow::chart_text(workflow.files);
    return response;
}

Result<Response> list_workflows(Call& call) {
    Value::Array items;
    for (const auto& workflow : call.library.workflows()) {
        items.push_back(summary_value(call, *workflow));
    }
    return json_response(Value::Object{{"items", std::move(items)}});
}

Result<Response> get_workflow(Call& call) {
    return json_response(workflow_value(call, *TRY(workflow_of_path(call))));
}

Result<Response> get_case_workflow(Call& call) {
    return json_response(workflow_value(call, *TRY(workflow_of_case(call, *call.case_row))));
}

Result<Response> get_workflow_chart(Call& call) {
    return chart_response(*TRY(workflow_of_path(call)));
}

}  // namespace guildmark::api
