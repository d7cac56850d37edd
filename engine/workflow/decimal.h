#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace guildmark::workflow {

/// An exact decimal number: at most 15 digits before the point and 9 behind it.
struct Decimal {
    std::int64_t whole = 0;  ///< Towards minus infinity: -0.5 is whole -1 and 500,000,000 parts.
    std::int64_t billionths = 0;  ///< 0 to 999,999,999.

    auto operator<=>(const Decimal&) const = default;

    /// Reads "12", "-0.50". No exponent, no grouping, no sign "+", a digit on both sides of a
    /// point.
    [[nodiscard]] static std::optional<Decimal> parse(std::string_view text);
};

}  // namespace guildmark::workflow
