#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace guildmark::audit {

/// "a, b, c".
[[nodiscard]] std::string listed(const std::vector<std::string>& words);

/// Whether `word` is one of them.
[[nodiscard]] bool holds(const std::vector<std::string>& words, std::string_view word);

}  // namespace guildmark::audit
