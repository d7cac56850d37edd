#pragma once

#include "engine/base/date.h"
#include "engine/base/duration.h"
#include "engine/base/instant.h"
#include "engine/base/result.h"
#include "engine/base/value.h"

/// Points in time and durations that the expressions of a workflow give as texts.
namespace guildmark {

/// The date that an expression gave, or the day of the instant that it gave.
/// Errors: date_malformed, instant_malformed.
[[nodiscard]] Result<Date> to_date(const Value& value);

/// The point in time that an expression gave: an instant, or the beginning of a date.
/// Errors: as to_date.
[[nodiscard]] Result<Instant> to_instant(const Value& value);

/// Errors: duration_malformed.
[[nodiscard]] Result<Duration> to_duration(const Value& value);

}  // namespace guildmark
