#include "engine/cases/id_source.h"

#include <algorithm>

namespace guildmark {

namespace {

constexpr std::int64_t epoch_ms = 1'577'836'800'000;  // 2020-01-01T00:00:00Z
constexpr unsigned random_bits = 22;
constexpr std::uint64_t random_mask = (1ull << random_bits) - 1;
/// Of a step within one millisecond: many enough to be unguessable and not drawn again by an engine
/// that starts within the same one, few enough for sixteen ids a millisecond.
constexpr std::uint64_t step_mask = (1ull << 18u) - 1;

std::uint64_t first_of(Instant now) {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(0, now.milliseconds - epoch_ms))
           << random_bits;
}

}  // namespace

std::uint64_t IdSource::draw(Instant now) {
    const std::uint64_t drawn = first_of(now) | (random_.next() & random_mask);
    // Within one millisecond a random step of at least one keeps them apart and unguessable.
    last_ = drawn > last_ ? drawn : last_ + 1 + (random_.next() & step_mask);
    return last_;
}

std::uint64_t IdSource::last_of(Instant now) {
    return first_of(now) | random_mask;
}

}  // namespace guildmark
