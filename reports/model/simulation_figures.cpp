#include <cmath>

#include "reports/model/simulation.h"

namespace guildmark::reports {
namespace {

constexpr double day_ms = 24.0 * 60 * 60 * 1'000;
constexpr double hour_ms = 60.0 * 60 * 1'000;
constexpr double days_of_month = 30;

}  // namespace

double rounded(double value) {
    return std::round(value * 100) / 100;
}

double days_of(double length_ms) {
    return rounded(length_ms / day_ms);
}

double days_of(std::int64_t length_ms) {
    return rounded(static_cast<double>(length_ms) / day_ms);
}

double hours_of(std::int64_t length_ms) {
    return rounded(static_cast<double>(length_ms) / hour_ms);
}

double mean_over(std::int64_t together_ms, std::int64_t length_ms) {
    return length_ms == 0
               ? 0
               : rounded(static_cast<double>(together_ms) / static_cast<double>(length_ms));
}

double months_of(const simulation::SimulationResult& result) {
    return static_cast<double>(result.end.milliseconds - result.begin.milliseconds) /
           (days_of_month * day_ms);
}

}  // namespace guildmark::reports
