#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace guildmark::api {

/// A message to somewhere else.
struct HttpMessage {
    std::string url;  ///< "http://host:port/path?query"; port and what follows may be left out.
    std::string content_type;
    std::string body;
};

/// Sends a POST and waits for the answer, at most for `patience`.
/// Errors: message_undeliverable (no such address, nobody there, no answer, or one that is not
/// 2xx).
[[nodiscard]] Result<void> http_post(const HttpMessage& message,
                                     std::chrono::milliseconds patience);

}  // namespace guildmark::api
