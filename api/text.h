#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace guildmark::api {

/// Without blanks and tabs at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// ASCII letters in lower case, everything else as it is.
[[nodiscard]] std::string lower_case(std::string_view text);

/// The parts between `separator`, none of them empty.
[[nodiscard]] std::vector<std::string> split(std::string_view text, char separator);

/// Whether `text` is UTF-8 (RFC 3629).
[[nodiscard]] bool is_utf8(std::string_view text);

/// How many characters (code points) a UTF-8 text has.
[[nodiscard]] std::size_t character_count(std::string_view text);

/// The number that `text` writes in decimal digits; -1 when it writes none below 2^53.
[[nodiscard]] std::int64_t number_of(std::string_view text);

/// Escapes everything but letters, digits and -._~ (RFC 3986, RFC 8187).
[[nodiscard]] std::string percent_encoded(std::string_view text);

/// A header value "attachment" with the file's name (RFC 6266), in ASCII and in UTF-8.
[[nodiscard]] std::string attachment_disposition(std::string_view file_name);

}  // namespace guildmark::api
