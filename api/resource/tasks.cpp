#include <fmt/format.h>

#include "api/encode.h"
#include "api/fields.h"
#include "api/permissions.h"
#include "api/resource/handlers.h"
#include "api/task_form.h"
#include "api/wording.h"
#include "engine/base/json.h"
#include "engine/cases/describe_rows.h"
#include "engine/cases/gate.h"

namespace guildmark::api {
namespace {

/// One page of tasks; cases and workflows that occur again are looked up once.
Result<Response> task_page(Call& call, const Page<rows::Task>& page) {
    std::map<CaseId, rows::Case> cases;
    Value::Array items;
    for (const rows::Task& task : page.items) {
        auto known = cases.find(task.case_id);
        if (known == cases.end()) {
            auto summary = TRY(call.reader.find_case(task.case_id));
            if (!summary) {
                return corrupted("case_missing", "a task's case is not there", task.id.to_text());
            }
            known = cases.emplace(task.case_id, std::move(*summary)).first;
        }
        items.push_back(TRY(task_summary(call, TRY(view_of(call, known->second)), task)));
    }
    return json_response(page_value(std::move(items), page.next));
}

Value gate_values(const Call& call, const workflow::Outcome& outcome, const GateView& view) {
    Value::Array values;
    for (const workflow::Gate& gate : outcome.gates) {
        Value::Array missing;
        for (std::string& text : missing_for(gate, view)) {
            missing.emplace_back(std::move(text));
        }
        const bool is_unknown = workflow::needs_values(gate.kind);
        const char* state = is_unknown ? "unknown" : missing.empty() ? "met" : "unmet";
        values.emplace_back(Value::Object{{"id", gate.id},
                                          {"kind", gate_kind_name(gate.kind)},
                                          {"message", call.text(gate.message)},
                                          {"state", state},
                                          {"missing", std::move(missing)}});
    }
    return values;
}

Value outcome_values(const Call& call, const workflow::TaskDefinition& task, const GateView& view) {
    Value::Array values;
    for (const workflow::Outcome& outcome : task.outcomes) {
        Value::Array needs;
        for (const std::string& field : outcome.needs) {
            needs.emplace_back(field);
        }
        values.emplace_back(Value::Object{
            {"id", outcome.id},
            {"title", call.text(outcome.title)},
            {"needs", std::move(needs)},
            {"decision", outcome.decision ? Value(workflow::to_text(*outcome.decision)) : Value()},
            {"gates", gate_values(call, outcome, view)}});
    }
    return values;
}

Value escalation_values(const workflow::TaskDefinition& task) {
    Value::Array values;
    for (const workflow::Escalation& escalation : task.escalations) {
        Value::Array notify;
        for (const std::string& role : escalation.notify) {
            notify.emplace_back(role);
        }
        values.emplace_back(
            Value::Object{{"after", escalation.after.to_text()}, {"notify", std::move(notify)}});
    }
    return values;
}

const workflow::TaskDefinition* definition_of(const Call& call,
                                              const workflow::Workflow& workflow) {
    return workflow.find_task(call.task_row->task);
}

Error definition_missing(const Call& call) {
    return corrupted(
        "definition_missing", "the case's workflow has no task of this name", call.task_row->task);
}

}  // namespace

Result<Response> list_my_tasks(Call& call) {
    const PageRequest page = TRY(page_of(call));
    TaskFilter filter;
    filter.organisation = call.caller->organisation;
    filter.roles = call.caller->roles;
    filter.status = rows::TaskStatus::open;
    if (filter.roles.empty()) {
        return json_response(page_value({}, {}));  // No role in a filter would mean any.
    }
    return task_page(call, TRY(call.reader.tasks(filter, page)));
}

Result<Response> list_case_tasks(Call& call) {
    Fields fields = Fields::of_query(call);
    TaskFilter filter;
    filter.case_id = call.case_row->id;
    filter.status = fields.optional_choice<rows::TaskStatus>("status");
    const PageRequest page = TRY(page_of(fields));
    return task_page(call, TRY(call.reader.tasks(filter, page)));
}

Result<Response> get_task(Call& call) {
    const CaseView view = TRY(view_of(call, *call.case_row));
    const workflow::TaskDefinition* task = definition_of(call, *view.workflow);
    if (task == nullptr) {
        return definition_missing(call);
    }
    const auto rows = TRY(call.reader.gate_rows(call.case_row->id, Date::of(call.now)));
    const GateView gates = gate_view(rows);
    const workflow::Form* form = view.workflow->find_form(task->form);
    Value value = TRY(task_summary(call, view, *call.task_row));
    value.set("help", call.text(task->help));
    value.set("form", form != nullptr ? form_value(call, *form) : Value());
    value.set("outcomes", outcome_values(call, *task, gates));
    value.set("allows", permission_names(task->allows));
    value.set("values",
              call.task_row->values.empty() ? Value() : TRY(parse_json(call.task_row->values)));
    value.set("escalations", escalation_values(*task));
    return json_response(value);
}

Result<Command> complete_task(Call& call) {
    Fields fields = TRY(Fields::of_body(call));
    CompleteTask complete;
    complete.task = call.task_row->id;
    complete.outcome = fields.text("outcome", Need::required, limits::name_bytes_max);
    complete.values = fields.value("values");
    const auto workflow = TRY(workflow_of_case(call, *call.case_row));
    const workflow::TaskDefinition* task = definition_of(call, *workflow);
    if (task == nullptr) {
        return definition_missing(call);
    }
    check_completion(fields, *workflow, *task, complete);
    TRY(fields.finish());
    Command command;
    command.submission.actor = TRY(actor_of_task(*call.caller, call.request, *call.task_row));
    command.submission.stream = stream_of(call.case_row->id);
    command.submission.command = CaseCommand(std::move(complete));
    command.explain = explain_refusal(call, workflow);
    return command;
}

}  // namespace guildmark::api
