#include "engine/base/date.h"

#include <fmt/format.h>

#include "engine/base/text.h"

namespace guildmark {
namespace {

using std::chrono::year_month_day;

bool is_in_range(year_month_day day) {
    return day.ok() && static_cast<int>(day.year()) >= 1900 && static_cast<int>(day.year()) <= 9999;
}

bool has_date_form(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
        return false;
    }
    for (const std::size_t index : {0u, 1u, 2u, 3u, 5u, 6u, 8u, 9u}) {
        if (text[index] < '0' || text[index] > '9') {
            return false;
        }
    }
    return true;
}

int digits(std::string_view text) {
    int value = 0;
    for (const char letter : text) {
        value = value * 10 + (letter - '0');
    }
    return value;
}

}  // namespace

Date::Date(year_month_day day) : day_(day) {
    ENSURE(is_in_range(day), "a Date outside the years 1900 to 9999");
}

std::string Date::to_text() const {
    return fmt::format("{:04}-{:02}-{:02}",
                       static_cast<int>(day_.year()),
                       static_cast<unsigned>(day_.month()),
                       static_cast<unsigned>(day_.day()));
}

Result<Date> Date::parse(std::string_view text) {
    if (!has_date_form(text)) {
        return malformed(
            "date_malformed",
            fmt::format("\"{}\" is not a date; write it as 2026-03-02", beginning(text, 40)));
    }
    const year_month_day day{std::chrono::year{digits(text.substr(0, 4))},
                             std::chrono::month{static_cast<unsigned>(digits(text.substr(5, 2)))},
                             std::chrono::day{static_cast<unsigned>(digits(text.substr(8, 2)))}};
    if (!is_in_range(day)) {
        return malformed("date_invalid",
                         fmt::format("there is no day {} in the years 1900 to 9999", text));
    }
    return Date(day);
}

Date Date::of(Instant instant) {
    const auto days =
        std::chrono::floor<std::chrono::days>(std::chrono::sys_time<std::chrono::milliseconds>(
            std::chrono::milliseconds(instant.milliseconds)));
    return Date(year_month_day{days});
}

Instant Date::begin() const {
    return Instant{std::chrono::sys_days{day_}.time_since_epoch().count() *
                   std::int64_t{86'400'000}};
}

Date Date::plus_months(int months) const {
    auto moved = day_ + std::chrono::months{months};
    if (!moved.ok()) {
        moved = year_month_day{moved.year() / moved.month() / std::chrono::last};
    }
    return Date(moved);
}

Date Date::plus_days(int days) const {
    return Date(year_month_day{std::chrono::sys_days{day_} + std::chrono::days{days}});
}

int Date::days_since(const Date& earlier) const {
    return static_cast<int>(
        (std::chrono::sys_days{day_} - std::chrono::sys_days{earlier.day_}).count());
}

}  // namespace guildmark
