#pragma once

#include <vector>

#include "adapters/store/sqlite/store.h"
#include "tests/bench/figures.h"

namespace guildmark::bench {

/// Reads the whole journal and checks every chain, beside SHA-256 alone of as many bytes in as many
/// pieces.
void measure_verification(SqliteStore& store, std::vector<Figure>& figures);

}  // namespace guildmark::bench
