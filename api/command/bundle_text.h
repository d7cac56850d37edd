#pragma once

#include <optional>

#include "api/command/console.h"
#include "engine/cases/certificate_bundle.h"

namespace guildmark::command {

/// Whether the certificate counted on `day`, by its acts.
[[nodiscard]] bool bundle_counts_on(const bundle::Proven& proven, Date day);

/// Tells what a bundle proves of `day`, as of which time, and what it cannot prove. `earlier`: how
/// the reader had seen the log.
void print_bundle(const bundle::Proven& proven,
                  Date day,
                  const std::optional<Checkpoint>& earlier,
                  Output output);

}  // namespace guildmark::command
