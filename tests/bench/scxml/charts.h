#pragma once

#include <cstddef>
#include <string>

namespace guildmark::bench {

/// A ring of four states that count to five, beside two states with the guard `guard` on the count.
[[nodiscard]] std::string ring_chart(const std::string& guard);

/// So many states in one ring; each "tick" moves on by one.
[[nodiscard]] std::string large_chart(std::size_t states);

/// So many regions of two states in parallel; each "tick" moves all of them.
[[nodiscard]] std::string wide_chart(std::size_t regions);

}  // namespace guildmark::bench
