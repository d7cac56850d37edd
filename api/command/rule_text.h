#pragma once

#include <string>
#include <vector>

#include "api/command/console.h"
#include "engine/audit/sampling.h"

namespace guildmark::command {

/// [{"about", "text"}]
[[nodiscard]] Value doubts_value(const std::vector<audit::Doubt>& doubts);

/// Under a heading, a line each; nothing when there are none.
void print_doubts(const std::vector<audit::Doubt>& doubts);

/// A line that says whether eligibility was tested; nothing when the rule has no questions.
void print_eligibility(const audit::SampleRule& rule, audit::Eligibility eligibility);

/// Says by which questions a sample is refused and what to do instead; gives exit_failed.
int report_refusal(const Error& error,
                   const audit::EligibilityResult& result,
                   const std::string& language,
                   Output output);

/// The answers in a JSON file: an object with true or false for each question's id.
/// Errors: those of read_file and parse_json; answers_malformed.
[[nodiscard]] Result<audit::EligibilityAnswers> read_answers(const std::string& path);

/// The conditions that are met; "effective" is one of them when `is_effective`.
[[nodiscard]] std::vector<std::string> conditions_of(const std::vector<std::string>& named,
                                                     bool is_effective);

}  // namespace guildmark::command
