#pragma once

#include <chrono>
#include <compare>
#include <string>
#include <string_view>

#include "engine/base/instant.h"
#include "engine/base/result.h"

namespace guildmark {

/// A day of the Gregorian calendar, years 1900 to 9999, without a time zone.
class Date {
public:
    Date() = default;

    /// REQUIRES: `day` is a valid date of the years 1900 to 9999.
    explicit Date(std::chrono::year_month_day day);

    [[nodiscard]] std::chrono::year_month_day day() const { return day_; }

    /// "2026-03-02".
    [[nodiscard]] std::string to_text() const;

    /// Errors: date_malformed (form), date_invalid (no such day).
    [[nodiscard]] static Result<Date> parse(std::string_view text);

    /// The day on which `instant` falls in UTC.
    [[nodiscard]] static Date of(Instant instant);

    /// Midnight UTC at which the day begins.
    [[nodiscard]] Instant begin() const;

    /// The same day `months` later (negative: earlier); where that month is shorter, its last day.
    [[nodiscard]] Date plus_months(int months) const;

    [[nodiscard]] Date plus_days(int days) const;

    /// Whole days from `earlier` to this day; negative when it is later.
    [[nodiscard]] int days_since(const Date& earlier) const;

    auto operator<=>(const Date&) const = default;

private:
    std::chrono::year_month_day day_{
        std::chrono::year{1970}, std::chrono::January, std::chrono::day{1}};
};

}  // namespace guildmark
