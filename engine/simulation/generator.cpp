#include "engine/simulation/generator.h"

#include <cmath>
#include <numbers>
#include <numeric>

namespace guildmark::simulation {
namespace {

std::uint64_t mixed(std::uint64_t value) {
    value = (value ^ (value >> 30u)) * 0xBF58476D1CE4E5B9ull;
    value = (value ^ (value >> 27u)) * 0x94D049BB133111EBull;
    return value ^ (value >> 31u);
}

constexpr double counts_max = 100;

}  // namespace

Generator::Generator(std::uint64_t seed, std::uint64_t number)
    : state_(mixed(mixed(seed + 1) ^ mixed(~number))) {}

std::uint64_t Generator::next() {
    state_ += 0x9E3779B97F4A7C15ull;
    return mixed(state_);
}

double Generator::uniform() {
    constexpr double unit = 1.0 / 9'007'199'254'740'992.0;  // 2^-53
    return static_cast<double>(next() >> 11u) * unit;
}

double Generator::normal() {
    const double distance = std::sqrt(-2 * std::log(1 - uniform()));
    return distance * std::cos(2 * std::numbers::pi * uniform());
}

std::size_t Generator::poisson(double mean) {
    const double end = std::exp(-std::min(mean, counts_max));
    std::size_t count = 0;
    for (double product = uniform(); product > end; product *= uniform()) {
        ++count;
    }
    return count;
}

std::size_t Generator::pick(std::span<const double> weights) {
    double left = uniform() * std::accumulate(weights.begin(), weights.end(), 0.0);
    std::size_t last = 0;
    for (std::size_t index = 0; index < weights.size(); ++index) {
        if (weights[index] <= 0) {
            continue;
        }
        last = index;
        left -= weights[index];
        if (left < 0) {
            return index;
        }
    }
    return last;
}

}  // namespace guildmark::simulation
