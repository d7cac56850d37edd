#pragma once

#include <string>
#include <vector>

#include "engine/audit/rule_book.h"
#include "engine/base/result.h"
#include "engine/evidence/crosswalk.h"
#include "engine/runtime/library.h"
#include "engine/standard/standard.h"
#include "engine/workflow/source_file.h"
#include "engine/xml/diagnostics.h"

namespace guildmark {

/// Reads every workflow (<folder>/workflows/<name>/) and standard (<folder>/standards/<name>/*.xml)
/// into `library`. Problems are diagnostics; what is sound is added all the same.
/// Errors: library_not_found (no such folder).
[[nodiscard]] Result<void> load_library(const std::string& folder,
                                        Library& library,
                                        Diagnostics& diagnostics);

/// Reads every rule (<folder>/standards/rules/<name>/*.xml) into `rules`, in order of path.
/// Problems are diagnostics; what is sound is added all the same. Errors: library_not_found.
[[nodiscard]] Result<void> load_rules(const std::string& folder,
                                      audit::RuleBook& rules,
                                      Diagnostics& diagnostics);

/// Reads every crosswalk (<folder>/standards/crosswalks/*.xml), in order of path. Problems are
/// diagnostics; what is sound is given all the same. Errors: library_not_found.
[[nodiscard]] Result<std::vector<evidence::Crosswalk>> load_crosswalks(const std::string& folder,
                                                                       Diagnostics& diagnostics);

/// Reads every catalogue (<folder>/standards/<name>/*.xml), in order of path. Problems are
/// diagnostics; what is sound is given all the same. Errors: library_not_found.
[[nodiscard]] Result<std::vector<Standard>> load_standards(const std::string& folder,
                                                           Diagnostics& diagnostics);

/// The files in `folder` that make a workflow, and those that they include. Errors:
/// file_unreadable, file_too_large.
[[nodiscard]] Result<std::vector<workflow::SourceFile>> workflow_files(const std::string& folder);

/// Where workflows and standards lie when nobody says: beside the source the program was built in,
/// or in share/guildmark beside its bin folder; empty when in neither.
[[nodiscard]] std::string default_library_folder();

/// A whole file. Errors: file_unreadable, file_too_large (over limits::xml_bytes_max).
[[nodiscard]] Result<std::string> read_file(const std::string& path);

}  // namespace guildmark
