#pragma once

#include <span>
#include <string>
#include <vector>

#include "api/message.h"
#include "engine/base/result.h"
#include "engine/base/value.h"
#include "engine/workflow/form.h"

namespace guildmark::api {

/// A refused request's answer: problem details (RFC 9457) with our code. `problems` are those of
/// single fields, `values` are named, for a sentence in the reader's language. The status follows
/// from the error's kind, but for those that HTTP itself names.
[[nodiscard]] Response problem_response(const Error& error,
                                        std::span<const workflow::FieldProblem> problems = {},
                                        Value::Object values = {});

/// The status of an error.
[[nodiscard]] int status_of(const Error& error);

}  // namespace guildmark::api
