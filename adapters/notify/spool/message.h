#pragma once

#include <string>
#include <string_view>

#include "engine/base/instant.h"
#include "engine/base/result.h"
#include "engine/ports/notifier.h"

namespace guildmark::spool {

/// Who a message is from.
struct Sender {
    std::string name;
    std::string email;
};

/// True for an address of the plain form: letters, digits and marks that need no quoting, an @, a
/// host.
[[nodiscard]] bool is_plain_address(std::string_view email);

/// The message as RFC 5322 text with CRLF line ends. Whatever the notification holds, it adds no
/// header: control characters in names and subject become spaces, all but plain ASCII is encoded
/// (RFC 2047), and addresses that are not plain are refused.
/// Errors: notifier_refused.
[[nodiscard]] Result<std::string> to_message(const Notification& notification,
                                             const Sender& sender,
                                             Instant date);

}  // namespace guildmark::spool
