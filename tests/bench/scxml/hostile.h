#pragma once

#include <vector>

#include "tests/bench/figures.h"

namespace guildmark::bench {

/// For each kind of hostile script, from the event that runs it until error.execution was taken, by
/// the clock; and the rate of another session of the same script workers meanwhile.
void measure_hostile_scripts(std::vector<Figure>& figures);

}  // namespace guildmark::bench
