#include "api/command/sample_request.h"

#include <algorithm>

#include <fmt/format.h>

#include "api/installation.h"
#include "engine/base/json.h"

namespace guildmark::command {

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
