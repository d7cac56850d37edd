#pragma once

#include "engine/ports/lists.h"

/// Which rows a list of a MemoryStore shows.
namespace guildmark::tests {

[[nodiscard]] bool matches(const CaseFilter& filter, const rows::Case& row);
[[nodiscard]] bool matches(const TaskFilter& filter, const rows::Task& row);
[[nodiscard]] bool matches(const CertificateFilter& filter,
                           const rows::Certificate& row,
                           const rows::Organisation& holder);

}  // namespace guildmark::tests
