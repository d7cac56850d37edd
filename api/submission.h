#pragma once

#include "api/route.h"

namespace guildmark::api {

/// Puts the key and the expected sequence of the request's headers into the command.
/// Errors: idempotency_key_malformed, if_match_malformed.
[[nodiscard]] Result<void> complete_submission(const Request& request, Command& command);

/// The answer to a command that was carried out: Receipt of openapi.yaml, or what it encodes
/// itself.
[[nodiscard]] Response receipt_response(const Command& command, const Answer& answer);

}  // namespace guildmark::api
