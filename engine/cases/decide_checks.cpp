#include "engine/cases/decide_checks.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/base/text.h"
#include "engine/workflow/form.h"

namespace guildmark::checks {

Result<void> text_present(std::string_view text, std::string_view field, std::size_t bytes_max) {
    if (text.empty()) {
        return malformed(
            "field_missing", fmt::format("\"{}\" is required", field), std::string(field));
    }
    return text_short_enough(text, field, bytes_max);
}

Result<void> text_short_enough(std::string_view text,
                               std::string_view field,
                               std::size_t bytes_max) {
    if (text.size() > bytes_max) {
        return malformed(
            "field_too_long",
            fmt::format("\"{}\" has {} bytes; at most {} are kept", field, text.size(), bytes_max),
            std::string(field));
    }
    return {};
}

Result<void> requirement_known(const Case& subject, std::string_view number) {
    if (subject.find_requirement(number) == nullptr) {
        return malformed(
            "requirement_unknown",
            fmt::format("\"{}\" is not a requirement of {}; write its number, such as {}",
                        beginning(number, 40),
                        subject.summary.standard,
                        subject.requirements.empty() ? std::string("none")
                                                     : subject.requirements.front().requirement),
            std::string(beginning(number, 40)));
    }
    return {};
}

Result<std::vector<std::string>> in_order(const Case& subject,
                                          const std::vector<std::string>& numbers) {
    if (numbers.size() > limits::requirements_per_match_max) {
        return malformed("requirements_too_many",
                         fmt::format("one document serves at most {} requirements",
                                     limits::requirements_per_match_max));
    }
    for (const std::string& number : numbers) {
        TRY(requirement_known(subject, number));
    }
    std::vector<std::string> ordered;
    for (const rows::Requirement& requirement : subject.requirements) {
        if (std::ranges::find(numbers, requirement.requirement) != numbers.end()) {
            ordered.push_back(requirement.requirement);
        }
    }
    return ordered;
}

Result<void> values_fit(const workflow::Form* form, const Value& values, std::string_view whose) {
    if (form == nullptr) {
        if (values.is_null() || (values.is_object() && values.as_object().empty())) {
            return {};
        }
        return malformed("form_invalid",
                         fmt::format("{} has no form, so it takes no values", whose));
    }
    const auto problems = workflow::check_form(*form, values);
    if (problems.empty()) {
        return {};
    }
    std::string all;
    for (const workflow::FieldProblem& problem : problems) {
        all += fmt::format("{}{}: {}", all.empty() ? "" : "; ", problem.field, problem.message);
    }
    return malformed("form_invalid", std::move(all), problems.front().field);
}

Result<void> allowed(const Case& subject,
                     const CaseContext& context,
                     bool workflow::Permission::*permission,
                     std::string_view what) {
    const workflow::Role* role = context.workflow.find_role(context.actor.role);
    if (role != nullptr && role->allows.*permission) {
        return {};
    }
    for (const TaskId id : subject.open_tasks) {
        const rows::Task& task = subject.tasks.at(id);
        const auto* definition = context.workflow.find_task(task.task);
        if (task.role == context.actor.role && definition != nullptr &&
            definition->allows.*permission) {
            return {};
        }
    }
    return conflict(
        "not_allowed_now",
        fmt::format("the workflow does not let a {} {} at this point", context.actor.role, what),
        context.actor.role);
}

}  // namespace guildmark::checks
