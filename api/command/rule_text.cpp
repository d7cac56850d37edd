#include "api/command/rule_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "api/library_folder.h"
#include "engine/base/json.h"

namespace guildmark::command {
namespace {

template <typename Items>
Value texts_value(const Items& items, const std::string& language) {
    Value::Array values;
    for (const auto* item : items) {
        Value one;
        one.set("id", item->id);
        one.set("text", item->text.in(language));
        values.push_back(std::move(one));
    }
    return Value(std::move(values));
}

}  // namespace

Value doubts_value(const std::vector<audit::Doubt>& doubts) {
    Value::Array values;
    for (const audit::Doubt& doubt : doubts) {
        Value one;
        one.set("about", doubt.about);
        one.set("text", doubt.text);
        values.push_back(std::move(one));
    }
    return Value(std::move(values));
}

void print_doubts(const std::vector<audit::Doubt>& doubts) {
    if (!doubts.empty()) {
        print("\nNot certain of this:");
    }
    for (const audit::Doubt& doubt : doubts) {
        print(fmt::format("  {}{}", doubt.about.empty() ? "" : doubt.about + ": ", doubt.text));
    }
}

void print_eligibility(const audit::SampleRule& rule, audit::Eligibility eligibility) {
    switch (eligibility) {
        case audit::Eligibility::not_asked:
            return;
        case audit::Eligibility::not_tested:
            print(fmt::format(
                "\nEligibility was not tested: {} questions say whether a sample may be "
                "taken here at all.\nSee them with guildmark sample-size --rule {} --questions, "
                "and "
                "answer them with --eligibility FILE.",
                rule.questions.size(),
                rule.head.id));
            return;
        case audit::Eligibility::met:
            print("\nEligibility: every question was answered so that a sample may be taken.");
            return;
    }
}

int report_refusal(const Error& error,
                   const audit::EligibilityResult& result,
                   const std::string& language,
                   Output output) {
    if (output == Output::json) {
        Value value;
        value.set("error", error.code);
        value.set("message", error.message);
        value.set("subject", error.subject);
        value.set("failed", texts_value(result.failed, language));
        value.set("alternatives", texts_value(result.alternatives, language));
        print_json(value);
        return exit_failed;
    }
    print_error(fmt::format("guildmark: {}: {}", error.code, error.message));
    for (const audit::EligibilityQuestion* question : result.failed) {
        print_error(fmt::format(
            "  answered {}: {}", question->expected ? "no" : "yes", question->text.in(language)));
    }
    for (const audit::SampleAlternative* alternative : result.alternatives) {
        print_error(
            fmt::format("  instead, {}: {}", alternative->id, alternative->text.in(language)));
    }
    return exit_failed;
}

Result<audit::EligibilityAnswers> read_answers(const std::string& path) {
    const Value value = TRY_CONTEXT(parse_json(TRY(read_file(path))), path);
    if (!value.is_object()) {
        return malformed("answers_malformed",
                         fmt::format("{} holds an object with true or false for each question, "
                                     "such as {{\"one-system\": true}}",
                                     path),
                         path);
    }
    audit::EligibilityAnswers answers;
    for (const auto& [id, answer] : value.as_object()) {
        if (!answer.is_bool()) {
            return malformed("answers_malformed",
                             fmt::format("{}: the answer to \"{}\" is true or false", path, id),
                             id);
        }
        answers.emplace(id, answer.as_bool());
    }
    return answers;
}

std::vector<std::string> conditions_of(const std::vector<std::string>& named, bool is_effective) {
    std::vector<std::string> conditions = named;
    if (is_effective && std::ranges::find(conditions, "effective") == conditions.end()) {
        conditions.emplace_back("effective");
    }
    return conditions;
}

}  // namespace guildmark::command
