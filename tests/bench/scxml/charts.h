#pragma once

#include <cstddef>
#include <string>

namespace guildmark::bench {

/// Guards of the ring, as they stand in XML: one that needs no script engine, and one that does.
inline constexpr const char* plain_guard = "x &lt; 3";
inline constexpr const char* scripted_guard = "Math.min(x, 9) &lt; 3";

/// A ring of four states that count to five, beside two states with the guard `guard` on the count.
[[nodiscard]] std::string ring_chart(const std::string& guard);

/// So many states in one ring; each "tick" moves on by one.
[[nodiscard]] std::string large_chart(std::size_t states);

/// So many regions of two states in parallel; each "tick" moves all of them.
[[nodiscard]] std::string wide_chart(std::size_t regions);

}  // namespace guildmark::bench
