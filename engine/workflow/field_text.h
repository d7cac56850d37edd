#pragma once

#include <string>

#include "engine/base/date.h"
#include "engine/base/value.h"
#include "engine/workflow/form.h"

/// Values of forms as people write them in scenarios and in assumptions.
namespace guildmark::workflow {

/// The text with each {today}, {today+P14D} and {today-P1M} in it replaced by that day.
/// Errors: value_malformed, duration_malformed.
[[nodiscard]] Result<std::string> with_days(std::string text, Date today);

/// A field's value from its text, by the field's type: whole numbers, true and false, choices with
/// commas between, all else as it stands. Errors: value_malformed.
[[nodiscard]] Result<Value> field_value(const Field& field, const std::string& text);

}  // namespace guildmark::workflow
