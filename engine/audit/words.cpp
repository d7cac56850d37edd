#include "engine/audit/words.h"

#include <algorithm>

#include <fmt/format.h>

namespace guildmark::audit {

std::string listed(const std::vector<std::string>& words) {
    return fmt::format("{}", fmt::join(words, ", "));
}

bool holds(const std::vector<std::string>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

}  // namespace guildmark::audit
