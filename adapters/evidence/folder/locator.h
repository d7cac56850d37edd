#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace guildmark::folder_source {

/// A file's name, of any bytes, as valid UTF-8 on one line: bytes that are not part of valid UTF-8
/// and control characters become %XX, and so does a % that two upper-case hexadecimal digits
/// follow. All other names, also those with a %, stay as they are.
[[nodiscard]] std::string escape_name(std::string_view name);

/// The name that escape_name was given.
[[nodiscard]] std::string unescape_name(std::string_view escaped);

/// The parts of a path between its slashes; empty parts and "." are left out.
[[nodiscard]] std::vector<std::string> split_path(std::string_view path);

}  // namespace guildmark::folder_source
