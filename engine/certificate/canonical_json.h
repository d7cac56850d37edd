#pragma once

#include <string>

#include "engine/base/result.h"
#include "engine/base/value.h"

namespace guildmark {

/// The JSON Canonicalization Scheme (RFC 8785): members by their names' UTF-16 code units, no white
/// space, no needless escapes. Numbers that are not whole, or beyond 2^53, do not occur in what is
/// signed here and are refused, so that no two writers of numbers can differ.
/// Errors: number_not_canonical.
[[nodiscard]] Result<std::string> canonical_json(const Value& value);

}  // namespace guildmark
