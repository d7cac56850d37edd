#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace guildmark {

/// A point in time, in whole milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
struct Instant {
    std::int64_t milliseconds = 0;

    constexpr auto operator<=>(const Instant&) const = default;

    /// "2026-03-02T09:00:00.000Z": always UTC, always three decimals, so that text sorts as time.
    [[nodiscard]] std::string to_text() const;

    /// Reads "2026-03-02T09:00:00Z", with or without up to three decimals, with Z or an offset such
    /// as +01:00. Errors: instant_malformed.
    [[nodiscard]] static Result<Instant> parse(std::string_view text);
};

}  // namespace guildmark
