#pragma once

#include <string>

#include "engine/base/result.h"

namespace guildmark {

/// A message to one person.
struct Notification {
    std::string
        key;  ///< The effect's idempotency key and the receiver: the same message twice has one.
    std::string to_name;
    std::string to_email;
    std::string subject;
    std::string body;
};

/// Carries messages to people. Delivery is at least once; `key` lets a carrier leave out a
/// repetition.
class Notifier {
public:
    virtual ~Notifier() = default;

    /// Errors: notifier_unavailable (Retry::later), notifier_refused (for good).
    virtual Result<void> deliver(const Notification& notification) = 0;
};

}  // namespace guildmark
