#pragma once

#include "engine/runtime/engine.h"

namespace guildmark {

/// The digest behind an idempotency key: what is asked, of which stream.
[[nodiscard]] Digest request_digest(const Submission& submission);

/// An answer as the store keeps it under its key.
[[nodiscard]] std::string write_answer(const Answer& answer);

/// What was answered before, marked as repeated. Errors: idempotency_key_reused (`request` is
/// another one), json_malformed.
[[nodiscard]] Result<Answer> read_answer(const KeyedAnswer& kept, const Digest& request);

}  // namespace guildmark
