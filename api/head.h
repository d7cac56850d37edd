#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "api/message.h"

namespace guildmark::api {

/// What a head says beside the answer itself.
struct HeadOptions {
    std::string_view date;  ///< In the form of RFC 9110, section 5.6.7.
    bool keeps_alive = true;
    bool is_https = false;
};

/// The status line and headers of `response`, the blank line included. Control characters in a
/// value become blanks, so that no value can add a header of its own.
[[nodiscard]] std::string format_head(const Response& response, const HeadOptions& options);

/// How many bytes of content follow the head of `response`; not for one with events.
[[nodiscard]] std::uint64_t content_bytes(const Response& response);

/// "Sun, 22 Nov 2026 15:05:55 GMT"
[[nodiscard]] std::string http_date(std::int64_t seconds_since_1970);

/// "Not Found"; empty for a status that we do not send.
[[nodiscard]] std::string_view reason_phrase(int status);

}  // namespace guildmark::api
