#pragma once

#include <string>

#include "api/installation.h"
#include "api/scenario/world.h"

namespace guildmark {

/// Pulls the documents of `source` that `known` does not have yet, by the rules in the file
/// `rules`: their bytes are in the blob store afterwards, and one command for each waits to be
/// submitted. Errors: source_*, rules_invalid (with the diagnostics), pull_incomplete (a document
/// could not be taken; it is named), those of the blob store.
[[nodiscard]] Result<scenario::PulledDocuments> pull_documents(Installation& installation,
                                                               EvidenceSource& source,
                                                               const std::string& rules,
                                                               const rows::CaseRows& known);

}  // namespace guildmark
