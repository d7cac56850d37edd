#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace guildmark {

/// An exact rational number in lowest terms, for rules that say "a third" or "2.5 days" and round
/// only at the end. No floating point anywhere.
class Fraction {
public:
    Fraction() = default;

    Fraction(std::int64_t whole)  // NOLINT(google-explicit-constructor): a whole number is one
        : numerator_(whole) {}

    /// Errors: fraction_malformed (`denominator` 0), fraction_overflow.
    [[nodiscard]] static Result<Fraction> make(std::int64_t numerator, std::int64_t denominator);

    /// Reads "4", "-12.5" and "2/3": at most 9 digits on each side of the point or of the slash.
    /// Errors: fraction_malformed.
    [[nodiscard]] static Result<Fraction> parse(std::string_view text);

    [[nodiscard]] std::int64_t numerator() const { return numerator_; }

    /// At least 1.
    [[nodiscard]] std::int64_t denominator() const { return denominator_; }

    /// Errors of each: fraction_overflow (a part beyond 64 bits); of the last also
    /// fraction_malformed (`other` is 0).
    [[nodiscard]] Result<Fraction> plus(const Fraction& other) const;
    [[nodiscard]] Result<Fraction> times(const Fraction& other) const;
    [[nodiscard]] Result<Fraction> divided_by(const Fraction& other) const;

    /// The largest whole number that is not larger, and the smallest that is not smaller.
    [[nodiscard]] std::int64_t floor() const;
    [[nodiscard]] std::int64_t ceiling() const;

    /// The nearest multiple of `step`, the upper one of two that are equally near.
    /// REQUIRES: `step` above 0. Errors: fraction_overflow.
    [[nodiscard]] Result<Fraction> rounded_to(const Fraction& step) const;

    /// "4.48" where the number ends within 18 decimals and fits, else "2/3".
    [[nodiscard]] std::string to_text() const;

    /// The nearest double; for a number of at most 15 digits its shortest text is to_text().
    [[nodiscard]] double to_double() const;

    bool operator==(const Fraction&) const = default;
    std::strong_ordering operator<=>(const Fraction& other) const;

private:
    std::int64_t numerator_ = 0;
    std::int64_t denominator_ = 1;
};

}  // namespace guildmark
