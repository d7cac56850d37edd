#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/cases/organisation.h"
#include "engine/workflow/task.h"

namespace guildmark {

/// The entries of a list of people or codes, with commas, semicolons or line ends between them,
/// without the blanks around each; empty ones are left out.
[[nodiscard]] std::vector<std::string_view> listed_in(std::string_view text);

/// Whether the entry is the whole name or the whole address, with A to Z in either case.
[[nodiscard]] bool is_called(std::string_view entry, std::string_view name, std::string_view email);

/// Whether it can be an area of competence: 1 to 64 small letters, digits, points and hyphens.
[[nodiscard]] bool is_competence_area(std::string_view area);

/// Of the entries of `fields`, those that name no member who may fill `role`, as they are written.
[[nodiscard]] std::vector<std::string> without_role(const Organisation& organisation,
                                                    const Value& values,
                                                    const std::vector<std::string>& fields,
                                                    std::string_view role);

/// Of the areas that `needed` lists, those in which nobody is competent on `day` of the members
/// whom `fields` name.
[[nodiscard]] std::vector<std::string> uncovered_areas(const Organisation& organisation,
                                                       const Value& values,
                                                       const std::vector<std::string>& fields,
                                                       std::string_view needed,
                                                       Date day);

}  // namespace guildmark
