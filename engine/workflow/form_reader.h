#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/workflow/form.h"
#include "engine/workflow/reading.h"

namespace guildmark::workflow {

/// Reads the root element of a forms.xml. Errors, as diagnostics: element_unknown,
/// attribute_unknown, attribute_missing, attribute_invalid, id_repeated, text_missing,
/// text_repeated, pattern_malformed, pattern_too_large, choice_missing.
[[nodiscard]] std::vector<Form> read_forms(const XmlElement& root, const Reading& reading);

/// The type as forms write it: "long-text".
[[nodiscard]] std::string_view to_text(FieldType type);
[[nodiscard]] std::optional<FieldType> field_type_from(std::string_view text);

/// What a field's `min` and `max` bound.
enum class BoundKind {
    nothing,  ///< No bounds.
    length,   ///< A text's characters.
    count,    ///< How many choices are taken.
    integer,
    decimal,
    amount,
    day,
};

/// What `min` and `max` of a field of that type bound.
[[nodiscard]] BoundKind bound_kind(FieldType type);

}  // namespace guildmark::workflow
