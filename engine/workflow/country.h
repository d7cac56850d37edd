#pragma once

#include <string_view>

namespace guildmark::workflow {

/// Whether `code` is an officially assigned alpha-2 code of ISO 3166-1, or XK, which is in use for
/// Kosovo.
[[nodiscard]] bool is_country(std::string_view code);

/// Whether `code` has the form of a region's code: of ISO 3166-2 ("DE-BW", "FR-ARA", "TR-34") or of
/// NUTS ("DE", "DE1", "DE13", "DE137"). Codes change too often for a list.
[[nodiscard]] bool is_region_form(std::string_view code);

}  // namespace guildmark::workflow
