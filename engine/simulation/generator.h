#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/ports/clock.h"

namespace guildmark::simulation {

/// Numbers that follow from a seed alone (SplitMix64). The shapes are made here, because those of
/// standard libraries differ from one to the next.
class Generator final : public Random {
public:
    explicit Generator(std::uint64_t seed) : state_(seed) {}

    /// The generator of one of many that share a seed, independent of the others.
    Generator(std::uint64_t seed, std::uint64_t number);

    std::uint64_t next() override;

    /// At least 0, below 1.
    double uniform();

    /// Of mean 0 and deviation 1. Source: Box and Muller, 1958.
    double normal();

    /// How often something happened that happens `mean` times on average; `mean` at most 100.
    /// Source: Knuth, The Art of Computer Programming, 3.4.1.
    std::size_t poisson(double mean);

    /// The index of one of `weights`, each as likely as it is heavy. REQUIRES: their sum is above
    /// 0.
    std::size_t pick(std::span<const double> weights);

private:
    std::uint64_t state_;
};

}  // namespace guildmark::simulation
