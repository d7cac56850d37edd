#include "api/task_form.h"

#include "api/encode.h"

namespace guildmark::api {
namespace {

const char* field_type_name(workflow::FieldType type) {
    using enum workflow::FieldType;
    switch (type) {
        case text:
            return "text";
        case long_text:
            return "long_text";
        case integer:
            return "integer";
        case decimal:
            return "decimal";
        case money:
            return "money";
        case date:
            return "date";
        case boolean:
            return "boolean";
        case choice:
            return "choice";
        case choices:
            return "choices";
        case country:
            return "country";
        case region:
            return "region";
        case email:
            return "email";
        case requirement:
            return "requirement";
    }
    return "text";
}

Value field_value(const Call& call, const workflow::Field& field) {
    Value::Array choices;
    for (const workflow::Choice& choice : field.choices) {
        choices.emplace_back(
            Value::Object{{"value", choice.value}, {"label", call.text(choice.label)}});
    }
    return Value::Object{{"id", field.id},
                         {"type", field_type_name(field.type)},
                         {"required", field.required},
                         {"pattern", text_or_null(field.pattern)},
                         {"pattern_message", call.text(field.pattern_message)},
                         {"min", text_or_null(field.min)},
                         {"max", text_or_null(field.max)},
                         {"label", call.text(field.label)},
                         {"help", call.text(field.help)},
                         {"choices", std::move(choices)}};
}

}  // namespace

Value form_value(const Call& call, const workflow::Form& form) {
    Value::Array fields;
    for (const workflow::Field& field : form.fields) {
        fields.push_back(field_value(call, field));
    }
    return Value::Object{{"id", form.id},
                         {"title", call.text(form.title)},
                         {"help", call.text(form.help)},
                         {"fields", std::move(fields)}};
}

const char* gate_kind_name(workflow::GateKind kind) {
    using enum workflow::GateKind;
    switch (kind) {
        case evidence:
            return "evidence";
        case answers:
            return "answers";
        case assessment:
            return "assessment";
        case findings:
            return "findings";
        case condition:
            return "condition";
        case members:
            return "members";
        case competence:
            return "competence";
    }
    return "condition";
}

void check_completion(Fields& fields,
                      const workflow::Workflow& workflow,
                      const workflow::TaskDefinition& task,
                      const CompleteTask& complete) {
    if (complete.outcome.empty()) {
        return;  // It was noted as missing.
    }
    const workflow::Outcome* outcome = task.find_outcome(complete.outcome);
    if (outcome == nullptr) {
        fields.note(
            "outcome", "value_unknown", "the task has no outcome \"" + complete.outcome + "\"");
        return;
    }
    const workflow::Form* form = workflow.find_form(task.form);
    if (form == nullptr) {
        if (!complete.values.is_null() && complete.values != Value(Value::Object())) {
            fields.note("values", "field_unknown", "the task has no form");
        }
        return;
    }
    if (!complete.values.is_null() && !complete.values.is_object()) {
        fields.note("values", "field_type", "this must be an object of fields");
        return;
    }
    for (const auto& problem : workflow::check_form(*form, complete.values, outcome->needs)) {
        fields.note("values." + problem.field, problem.code, problem.message);
    }
}

}  // namespace guildmark::api
