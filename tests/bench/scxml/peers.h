#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace guildmark::bench {

struct PeerRate {
    std::string name;  ///< With its version.
    double macrosteps_per_second = 0;
};

/// Runs the ring chart on the engines that are installed below `folder`, and on Qt's where that was
/// there when this was built; says on standard error which are not. With `is_scripted` their guard
/// calls a function, as ours does.
[[nodiscard]] std::vector<PeerRate> run_peers(const std::string& folder,
                                              bool is_scripted,
                                              std::size_t events);

}  // namespace guildmark::bench
