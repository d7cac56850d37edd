#include "engine/simulation/form_values.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "engine/base/ensure.h"
#include "engine/workflow/field_text.h"

namespace guildmark::simulation {
namespace {

using workflow::FieldType;

/// A text as long as the field asks for.
std::string text_of(const workflow::Field& field) {
    std::string text = "Simulated";
    std::size_t least = 0;
    std::from_chars(field.min.data(), field.min.data() + field.min.size(), least);
    while (text.size() < least) {
        text += " text";
    }
    return text;
}

/// The plainest text that a field of this type takes.
std::string plain_text(const workflow::Field& field, Date today, const Standard* standard) {
    const auto least_or = [&field](const char* otherwise) {
        return field.min.empty() ? std::string(otherwise) : field.min;
    };
    switch (field.type) {
        case FieldType::text:
        case FieldType::long_text:
            return text_of(field);
        case FieldType::integer:
        case FieldType::decimal:
            return least_or("1");
        case FieldType::money:
            return least_or("100.00 EUR");
        case FieldType::date:
            return today.to_text();
        case FieldType::boolean:
            return "false";
        case FieldType::choice:
        case FieldType::choices:
            return field.choices.empty() ? std::string() : field.choices.front().value;
        case FieldType::country:
            return "DE";
        case FieldType::region:
            return "DE-BW";
        case FieldType::email:
            return "simulated@example.org";
        case FieldType::requirement:
            return standard == nullptr || standard->requirements.empty()
                       ? std::string()
                       : standard->requirements.front().id;
    }
    ENSURE(false, "a FieldType outside its enumeration");
}

}  // namespace

Result<Value> form_values(const workflow::Workflow& workflow,
                          const TaskAssumption& task,
                          std::string_view outcome,
                          Date today,
                          const Standard* standard) {
    const workflow::TaskDefinition* definition = workflow.find_task(task.task);
    ENSURE(definition != nullptr, "assumptions are about tasks of the workflow");
    const workflow::Form* form = workflow.find_form(definition->form);
    if (form == nullptr) {
        return Value();
    }
    const workflow::Outcome* way = definition->find_outcome(outcome);
    ENSURE(way != nullptr, "assumptions are about outcomes of the task");
    Value values{Value::Object()};
    for (const workflow::Field& field : form->fields) {
        const auto stated = task.values.find(field.id);
        const bool needed =
            field.required || std::ranges::find(way->needs, field.id) != way->needs.end();
        if (stated == task.values.end() && !needed) {
            continue;
        }
        const std::string text = stated == task.values.end()
                                     ? plain_text(field, today, standard)
                                     : TRY(workflow::with_days(stated->second, today));
        values.set(field.id, TRY(workflow::field_value(field, text)));
    }
    const auto problems = workflow::check_form(*form, values, way->needs);
    if (!problems.empty()) {
        const workflow::FieldProblem& first = problems.front();
        return malformed(
            "form_invalid", fmt::format("{}: {}", first.field, first.message), first.field);
    }
    return values;
}

}  // namespace guildmark::simulation
