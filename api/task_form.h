#pragma once

#include "api/fields.h"
#include "api/route.h"
#include "engine/base/value.h"
#include "engine/cases/command.h"

namespace guildmark::api {

/// Form of openapi.yaml.
[[nodiscard]] Value form_value(const Call& call, const workflow::Form& form);

/// "evidence", "answers" ...
[[nodiscard]] const char* gate_kind_name(workflow::GateKind kind);

/// Notes what is wrong with the outcome ("outcome") and with each field ("values.<field>"), so that
/// a page can show every problem beside its field. The engine checks the same again.
void check_completion(Fields& fields,
                      const workflow::Workflow& workflow,
                      const workflow::TaskDefinition& task,
                      const CompleteTask& complete);

}  // namespace guildmark::api
