#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/date.h"
#include "engine/base/instant.h"
#include "engine/base/result.h"

namespace guildmark {

/// An ISO 8601 duration such as P3Y, P6M, P14D, PT90M or P1Y2M10DT2H30M. Months and days are kept
/// apart from time, because a month has no fixed length. Never negative.
struct Duration {
    std::int32_t months = 0;
    std::int32_t days = 0;
    std::int64_t milliseconds = 0;

    auto operator<=>(const Duration&) const = default;

    /// The shortest form, such as "P14D"; "PT0S" for none.
    [[nodiscard]] std::string to_text() const;

    /// Reads the form of ISO 8601-1:2019 clause 5.5.2.2 with designators, weeks included; decimals
    /// only in seconds. Errors: duration_malformed, duration_too_long (over 1,000 years).
    [[nodiscard]] static Result<Duration> parse(std::string_view text);

    /// `instant` plus months, then days, then time, in UTC.
    [[nodiscard]] Instant after(Instant instant) const;

    /// `date` plus months, then days; the time part counts by whole days, rounded down.
    [[nodiscard]] Date after(Date date) const;
};

}  // namespace guildmark
