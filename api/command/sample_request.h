#pragma once

#include <string>
#include <vector>

#include "engine/audit/sampling.h"

namespace guildmark::command {

/// The answers in a JSON file: an object with true or false for each question's id.
/// Errors: those of read_file and parse_json; answers_malformed.
[[nodiscard]] Result<audit::EligibilityAnswers> read_answers(const std::string& path);

/// The conditions that are met; "effective" is one of them when `is_effective`.
[[nodiscard]] std::vector<std::string> conditions_of(const std::vector<std::string>& named,
                                                     bool is_effective);

}  // namespace guildmark::command
