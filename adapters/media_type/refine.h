#pragma once

#include <string>
#include <string_view>

namespace guildmark::media_type {

/// The registered media type for what libmagic told of the bytes, where `name` decides among the
/// types that share a form: a .docx is a ZIP archive, a .csv is text, a .doc is a compound file. A
/// name never makes an archive of a picture. What libmagic did not know ("") is
/// application/octet-stream.
[[nodiscard]] std::string refine(std::string_view told, std::string_view name);

}  // namespace guildmark::media_type
