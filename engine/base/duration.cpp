#include "engine/base/duration.h"

#include <optional>

#include <fmt/format.h>

#include "engine/base/text.h"

namespace guildmark {
namespace {

constexpr std::int64_t months_max = 12'000;
constexpr std::int64_t days_max = 366'000;
constexpr std::int64_t day_ms = 86'400'000;

struct Part {
    std::int64_t whole = 0;
    std::int64_t thousandths = 0;
    char designator = '\0';
};

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

/// A number of at most nine digits, up to three decimals, and the letter behind it.
std::optional<Part> take_part(std::string_view& text) {
    Part part;
    std::size_t index = 0;
    while (index < text.size() && index <= 9 && is_digit(text[index])) {
        part.whole = part.whole * 10 + (text[index++] - '0');
    }
    if (index == 0 || index > 9) {
        return std::nullopt;
    }
    if (index < text.size() && text[index] == '.') {
        std::int64_t scale = 100;
        const std::size_t first = ++index;
        while (index < text.size() && index - first <= 3 && is_digit(text[index])) {
            part.thousandths += (text[index++] - '0') * scale;
            scale /= 10;
        }
        if (index == first || index - first > 3) {
            return std::nullopt;
        }
    }
    if (index == text.size()) {
        return std::nullopt;
    }
    part.designator = text[index];
    text.remove_prefix(index + 1);
    return part;
}

struct Sums {
    std::int64_t months = 0;
    std::int64_t days = 0;
    std::int64_t milliseconds = 0;
};

/// Adds one part; false when its designator does not stand at this place.
bool add_part(Sums& sums, const Part& part, bool in_time, std::string_view& left) {
    const auto place = left.find(part.designator);
    const bool decimals_allowed = in_time && part.designator == 'S';
    if (place == std::string_view::npos || (part.thousandths != 0 && !decimals_allowed)) {
        return false;
    }
    left.remove_prefix(place + 1);
    switch (part.designator) {
        case 'Y':
            sums.months += part.whole * 12;
            return true;
        case 'W':
            sums.days += part.whole * 7;
            return true;
        case 'D':
            sums.days += part.whole;
            return true;
        case 'H':
            sums.milliseconds += part.whole * 3'600'000;
            return true;
        case 'S':
            sums.milliseconds += part.whole * 1'000 + part.thousandths;
            return true;
        default:
            (in_time ? sums.milliseconds : sums.months) +=
                in_time ? part.whole * 60'000 : part.whole;
            return true;
    }
}

std::optional<Sums> parse_sums(std::string_view text) {
    if (text.empty() || text.front() != 'P') {
        return std::nullopt;
    }
    text.remove_prefix(1);
    Sums sums;
    bool in_time = false;
    bool any = false;
    std::string_view left = "YMWD";
    while (!text.empty()) {
        if (!in_time && text.front() == 'T') {
            in_time = true;
            any = false;
            left = "HMS";
            text.remove_prefix(1);
            continue;
        }
        const auto part = take_part(text);
        if (!part || !add_part(sums, *part, in_time, left)) {
            return std::nullopt;
        }
        any = true;
    }
    return any ? std::optional<Sums>(sums) : std::nullopt;
}

}  // namespace

Result<Duration> Duration::parse(std::string_view text) {
    const auto sums = parse_sums(text);
    if (!sums) {
        return malformed("duration_malformed",
                         fmt::format("\"{}\" is not a duration; write it as P14D, P6M or PT2H",
                                     beginning(text, 40)));
    }
    if (sums->months > months_max || sums->days > days_max ||
        sums->milliseconds > days_max * day_ms) {
        return malformed("duration_too_long",
                         fmt::format("\"{}\" is longer than 1,000 years", beginning(text, 40)));
    }
    return Duration{static_cast<std::int32_t>(sums->months),
                    static_cast<std::int32_t>(sums->days),
                    sums->milliseconds};
}

std::string Duration::to_text() const {
    std::string text = "P";
    const auto add = [&text](std::int64_t count, char designator) {
        if (count != 0) {
            text += fmt::format("{}{}", count, designator);
        }
    };
    add(months / 12, 'Y');
    add(months % 12, 'M');
    add(days, 'D');
    if (milliseconds != 0) {
        text += 'T';
        add(milliseconds / 3'600'000, 'H');
        add(milliseconds / 60'000 % 60, 'M');
        const std::int64_t rest = milliseconds % 60'000;
        if (rest % 1'000 != 0) {
            text += fmt::format("{}.{:03}S", rest / 1'000, rest % 1'000);
        } else {
            add(rest / 1'000, 'S');
        }
    }
    return text == "P" ? "PT0S" : text;
}

Instant Duration::after(Instant instant) const {
    const Date day = Date::of(instant);
    const std::int64_t time_of_day = instant.milliseconds - day.begin().milliseconds;
    const Date moved = day.plus_months(months).plus_days(days);
    return Instant{moved.begin().milliseconds + time_of_day + milliseconds};
}

Date Duration::after(Date date) const {
    return date.plus_months(months).plus_days(days + static_cast<int>(milliseconds / day_ms));
}

}  // namespace guildmark
