#pragma once

#include <cstddef>
#include <cstdint>

/// What rules for audit time and samples are held to, beside engine/base/limits.h.
namespace guildmark::limits {

inline constexpr std::uint64_t audited_count_max = 1'000'000'000;  // People, sites, members.
inline constexpr std::size_t time_factors_max = 100;
inline constexpr std::size_t sample_units_max = 100'000;  // In a list that a sample is drawn from.
inline constexpr std::size_t sample_fields_max = 64;

}  // namespace guildmark::limits
