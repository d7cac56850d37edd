#include "engine/simulation/distribution.h"

#include <algorithm>
#include <cmath>

namespace guildmark::simulation {
namespace {

constexpr double normal_p90 = 1.281'551'565'544'600'5;
constexpr double whole_ms = 1'000;  // Lengths are whole seconds.
constexpr double length_max_ms = 1'000.0 * 366 * 24 * 60 * 60 * 1'000;

/// By the inverse of the distribution function.
double triangular(double least, double likely, double most, double at) {
    const double width = most - least;
    if (width <= 0) {
        return least;
    }
    const double turn = (likely - least) / width;
    return at < turn ? least + std::sqrt(at * width * (likely - least))
                     : most - std::sqrt((1 - at) * width * (most - likely));
}

double lognormal(double median, double p90, Generator& generator) {
    const double deviation = std::log(p90 / median) / normal_p90;
    return median * std::exp(deviation * generator.normal());
}

}  // namespace

std::int64_t Distribution::draw(Generator& generator) const {
    const auto one = static_cast<double>(first);
    const auto two = static_cast<double>(second);
    double length = one;
    switch (kind) {
        case Kind::fixed:
            return first;
        case Kind::triangular:
            length = triangular(one, two, static_cast<double>(third), generator.uniform());
            break;
        case Kind::lognormal:
            length = lognormal(one, two, generator);
            break;
        case Kind::exponential:
            length = -one * std::log(1 - generator.uniform());
            break;
    }
    // What the last bit of a logarithm may do is rounded away.
    return static_cast<std::int64_t>(std::round(std::min(length, length_max_ms) / whole_ms)) *
           1'000;
}

}  // namespace guildmark::simulation
