#pragma once

#include <string_view>

namespace guildmark::workflow {

/// The extension namespace, described in workflows/schema/workflow.xsd and
/// docs/reference/workflow.md.
inline constexpr std::string_view extension_namespace = "urn:guildmark:workflow:1";

}  // namespace guildmark::workflow
