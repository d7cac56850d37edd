#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/cases/decide.h"

/// Checks that several commands share.
namespace guildmark::checks {

/// Errors: field_missing (empty), field_too_long (over `bytes_max`).
[[nodiscard]] Result<void> text_present(std::string_view text,
                                        std::string_view field,
                                        std::size_t bytes_max = limits::text_field_bytes_max);

/// Errors: field_too_long.
[[nodiscard]] Result<void> text_short_enough(std::string_view text,
                                             std::string_view field,
                                             std::size_t bytes_max = limits::text_field_bytes_max);

/// Errors: requirement_unknown.
[[nodiscard]] Result<void> requirement_known(const Case& subject, std::string_view number);

/// The numbers in the standard's order, each once. Errors: requirement_unknown,
/// requirements_too_many.
[[nodiscard]] Result<std::vector<std::string>> in_order(const Case& subject,
                                                        const std::vector<std::string>& numbers);

/// Whether `values` are what the form takes; null: there is none. Errors: form_invalid.
[[nodiscard]] Result<void> values_fit(const workflow::Form* form,
                                      const Value& values,
                                      std::string_view whose);

/// Whether the actor's role may do now what `permission` names: always, or by an open task of it.
/// Errors: not_allowed_now.
[[nodiscard]] Result<void> allowed(const Case& subject,
                                   const CaseContext& context,
                                   bool workflow::Permission::*permission,
                                   std::string_view what);

}  // namespace guildmark::checks
