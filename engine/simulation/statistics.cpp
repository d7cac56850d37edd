#include "engine/simulation/statistics.h"

#include <algorithm>
#include <cmath>

namespace guildmark::simulation {

Spread spread_of(std::vector<std::int64_t> lengths_ms) {
    Spread spread;
    spread.count = lengths_ms.size();
    if (lengths_ms.empty()) {
        return spread;
    }
    std::ranges::sort(lengths_ms);
    const auto count = static_cast<double>(lengths_ms.size());
    // Whole numbers add up exactly, so the order of the cases does not matter.
    std::int64_t sum = 0;
    for (const std::int64_t length : lengths_ms) {
        sum += length;
    }
    spread.mean_ms = static_cast<double>(sum) / count;
    double squares = 0;
    for (const std::int64_t length : lengths_ms) {
        const double distance = static_cast<double>(length) - spread.mean_ms;
        squares += distance * distance;
    }
    spread.deviation_ms = std::sqrt(squares / count);
    const auto rank = [&](double share) {
        const auto at = static_cast<std::size_t>(std::ceil(share * count));
        return lengths_ms[std::clamp<std::size_t>(at, 1, lengths_ms.size()) - 1];
    };
    spread.least_ms = lengths_ms.front();
    spread.p10_ms = rank(0.10);
    spread.p25_ms = rank(0.25);
    spread.p50_ms = rank(0.50);
    spread.p75_ms = rank(0.75);
    spread.p90_ms = rank(0.90);
    spread.p95_ms = rank(0.95);
    spread.most_ms = lengths_ms.back();
    return spread;
}

Calendar::Calendar(Instant begin) {
    const Date day = Date::of(begin);
    first_ = day.plus_days(1 - static_cast<int>(static_cast<unsigned>(day.day().day())));
}

std::size_t Calendar::month_of(Instant instant) const {
    const auto day = Date::of(instant).day();
    const int months = (static_cast<int>(day.year()) - static_cast<int>(first_.day().year())) * 12 +
                       static_cast<int>(static_cast<unsigned>(day.month())) -
                       static_cast<int>(static_cast<unsigned>(first_.day().month()));
    return static_cast<std::size_t>(std::max(months, 0));
}

Instant Calendar::begin_of(std::size_t month) const {
    return first_.plus_months(static_cast<int>(month)).begin();
}

}  // namespace guildmark::simulation
