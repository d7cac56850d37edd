#pragma once

#include <memory>
#include <string>
#include <vector>

#include "api/route.h"
#include "engine/base/value.h"
#include "engine/workflow/workflow.h"

/// What a workflow says of things that rows and records only name, in the languages asked for.
namespace guildmark::api {

/// The title of a charge of the workflow; `written`, as it was charged, when it has none of that
/// id any more.
[[nodiscard]] std::string charge_title(const workflow::Workflow& workflow,
                                       std::string_view charge,
                                       const std::string& written,
                                       const std::vector<std::string>& languages);

/// The named values of a refusal, for a sentence in the reader's language: `reason`, what the
/// gate, the separation of duties or the bar that refused says of itself; `role`, the title of the
/// role it is about. Members that a code has no use for are left out.
[[nodiscard]] Value::Object refusal_values(const workflow::Workflow& workflow,
                                           const Error& refusal,
                                           const std::vector<std::string>& languages);

/// refusal_values for the answer of a command on a case, which comes when the call is gone.
[[nodiscard]] ExplainRefusal explain_refusal(const Call& call,
                                             std::shared_ptr<const workflow::Workflow> workflow);

}  // namespace guildmark::api
