#pragma once

#include <string>

#include "engine/ports/clock.h"

namespace guildmark::api {

/// A new token: "gm_" and 256 random bits in 52 characters of lower-case base32 (RFC 4648). Only
/// its SHA-256 is ever stored; with so many random bits a slow hash would add nothing.
[[nodiscard]] std::string new_token(Random& random);

}  // namespace guildmark::api
