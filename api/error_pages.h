#pragma once

#include <optional>
#include <string_view>

namespace guildmark::api {

/// The page docs/errors/<code>.md, carried in the binary; nothing for a code without one.
[[nodiscard]] std::optional<std::string_view> find_error_page(std::string_view code);

}  // namespace guildmark::api
