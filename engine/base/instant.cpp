#include "engine/base/instant.h"

#include <charconv>
#include <chrono>
#include <optional>

#include <fmt/format.h>

#include "engine/base/text.h"

namespace guildmark {
namespace {

constexpr std::int64_t day_length_ms = 86'400'000;

/// Reads exactly `count` digits and moves past them.
std::optional<int> take_digits(std::string_view& text, std::size_t count) {
    if (text.size() < count) {
        return std::nullopt;
    }
    int value = 0;
    for (const char letter : text.substr(0, count)) {
        if (letter < '0' || letter > '9') {
            return std::nullopt;
        }
        value = value * 10 + (letter - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view& text, char letter) {
    if (text.empty() || text.front() != letter) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

/// Up to three decimals after a point, as milliseconds; nothing when the form is wrong.
std::optional<int> take_fraction(std::string_view& text) {
    if (!take(text, '.')) {
        return 0;
    }
    int value = 0;
    int count = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        if (++count > 3) {
            return std::nullopt;
        }
        value = value * 10 + (text.front() - '0');
        text.remove_prefix(1);
    }
    if (count == 0) {
        return std::nullopt;
    }
    for (; count < 3; ++count) {
        value *= 10;
    }
    return value;
}

/// The zone's offset from UTC in minutes.
std::optional<int> take_offset(std::string_view& text) {
    if (take(text, 'Z')) {
        return 0;
    }
    const int sign = take(text, '+') ? 1 : (take(text, '-') ? -1 : 0);
    const auto hours = take_digits(text, 2);
    const bool colon = take(text, ':');
    const auto minutes = take_digits(text, 2);
    if (sign == 0 || !hours || !colon || !minutes || *hours > 14 || *minutes > 59) {
        return std::nullopt;
    }
    return sign * (*hours * 60 + *minutes);
}

std::optional<Instant> parse_instant(std::string_view text) {
    const auto year = take_digits(text, 4);
    const bool first = take(text, '-');
    const auto month = take_digits(text, 2);
    const bool second = take(text, '-');
    const auto day = take_digits(text, 2);
    if (!year || !first || !month || !second || !day || !take(text, 'T')) {
        return std::nullopt;
    }
    const auto hour = take_digits(text, 2);
    const bool third = take(text, ':');
    const auto minute = take_digits(text, 2);
    const bool fourth = take(text, ':');
    const auto seconds = take_digits(text, 2);
    if (!hour || !third || !minute || !fourth || !seconds || *hour > 23 || *minute > 59 ||
        *seconds > 59) {
        return std::nullopt;
    }
    const auto fraction = take_fraction(text);
    const auto offset = fraction ? take_offset(text) : std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!offset || !text.empty() || !date.ok()) {
        return std::nullopt;
    }
    const std::int64_t days = std::chrono::sys_days{date}.time_since_epoch().count();
    const std::int64_t minutes = (*hour * 60 + *minute) - *offset;
    return Instant{days * day_length_ms + minutes * 60'000 + *seconds * std::int64_t{1'000} +
                   *fraction};
}

}  // namespace

std::string Instant::to_text() const {
    const std::int64_t days = milliseconds >= 0
                                  ? milliseconds / day_length_ms
                                  : -((-milliseconds + day_length_ms - 1) / day_length_ms);
    const std::int64_t rest = milliseconds - days * day_length_ms;
    const std::chrono::year_month_day date{
        std::chrono::sys_days{std::chrono::days{static_cast<int>(days)}}};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
                       static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()),
                       rest / 3'600'000,
                       rest / 60'000 % 60,
                       rest / 1'000 % 60,
                       rest % 1'000);
}

Result<Instant> Instant::parse(std::string_view text) {
    if (const auto instant = parse_instant(text)) {
        return *instant;
    }
    return malformed("instant_malformed",
                     fmt::format("\"{}\" is not a point in time; write it as 2026-03-02T09:00:00Z",
                                 beginning(text, 40)));
}

}  // namespace guildmark
