#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/workflow/localized_text.h"
#include "engine/xml/diagnostics.h"

namespace guildmark::reports {

/// A kind of label, from labels/<id>.xml: what it says, and which certificates carry it.
struct LabelKind {
    std::string id;  ///< "system-statement"
    LocalizedText title;
    LocalizedText where;                 ///< Where it may be shown.
    LocalizedText refusal;               ///< Why other certificates do not carry it.
    LocalizedText text;                  ///< With {holder}, {standard}, {issuer}, {scope}, {group}.
    std::vector<std::string> certifies;  ///< What certificates are about that carry it.
    std::string party;                   ///< A party that the case needs; empty: none.
    std::vector<std::string> instead;    ///< Kinds that may fit where this one does not.
};

/// Reads a kind. Nothing is returned when `diagnostics` gained an error. Errors, as diagnostics:
/// those of read_xml; element_unknown, attribute_missing, text_missing.
[[nodiscard]] std::optional<LabelKind> read_label_kind(std::string_view bytes,
                                                       const std::string& file,
                                                       Diagnostics& diagnostics);

/// Whether a certificate about `certifies` (Standard::certifies), in a case with these parties,
/// carries the label.
[[nodiscard]] bool fits(const LabelKind& kind,
                        std::string_view certifies,
                        const std::vector<std::string>& parties);

/// label_does_not_fit: why, in `language`, and which of `kinds` that it names instead do fit.
[[nodiscard]] Error does_not_fit(const LabelKind& kind,
                                 const std::vector<LabelKind>& kinds,
                                 std::string_view certifies,
                                 const std::vector<std::string>& parties,
                                 std::string_view language);

}  // namespace guildmark::reports
