#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/xml/diagnostics.h"

namespace guildmark::audit {

/// A site or member that a sample may be drawn from.
struct SampleUnit {
    std::string id;
    std::map<std::string, std::string, std::less<>> fields;  ///< What the list says of it, as text.
    SourcePlace place;
};

/// All sites or members of one certificate, in the list's order; ids are unique.
struct SampleUnits {
    std::vector<std::string> fields;  ///< What the list has columns for, without the id.
    std::vector<SampleUnit> units;

    [[nodiscard]] bool has_field(std::string_view name) const;
};

/// Reads a list: CSV (RFC 4180, UTF-8) whose first line names the columns, one of them "id"; or a
/// JSON array of objects with a text "id", told by its first character. Nothing is returned when
/// `diagnostics` gained an error. Errors, as diagnostics: encoding_invalid, list_malformed,
/// list_too_large (over limits::sample_units_max or limits::sample_fields_max), id_missing,
/// id_invalid (over 200 bytes, or with control characters), id_repeated.
[[nodiscard]] std::optional<SampleUnits> read_sample_units(std::string_view bytes,
                                                           const std::string& file,
                                                           Diagnostics& diagnostics);

}  // namespace guildmark::audit
