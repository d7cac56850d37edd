#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What each target of this folder defines. The entry has libFuzzer's form; with g++ the driver
/// calls it instead (driver.cpp).

/// Tries one input and aborts when anything is not as it must be. Always 0.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace guildmark::fuzz {

/// Inputs that mutations begin with; at least one, none of them empty, in the same order each time.
std::vector<std::string> seeds();

/// Words that mutations put in; at least one.
std::vector<std::string> words();

/// How far inputs must come for the run to mean anything.
struct Goal {
    std::string_view name;         ///< As given to reached().
    std::size_t per_thousand = 0;  ///< At least so many of a thousand inputs reach it.
};

std::vector<Goal> goals();

/// Counts that the input has come this far.
void reached(std::string_view name);

/// How many inputs have come there.
std::size_t count_reached(std::string_view name);

}  // namespace guildmark::fuzz
