#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/date.h"
#include "engine/standard/transition.h"
#include "engine/workflow/localized_text.h"
#include "engine/xml/document.h"

namespace guildmark {

/// A document or record that a small firm would show for a requirement.
struct TypicalEvidence {
    std::string id;
    LocalizedText title;
};

/// What a standard asks for under one number, in our own words.
struct Requirement {
    std::string id;       ///< The clause number: "7.1.5.2".
    std::string section;  ///< The innermost section's number: "7.1.5".
    LocalizedText title;
    LocalizedText guidance;
    std::vector<TypicalEvidence> evidence;
    bool may_be_not_applicable = false;
    bool documented = false;
};

/// A heading that groups requirements; not assessed itself.
struct StandardSection {
    std::string id;
    std::string parent;  ///< Empty at the top.
    LocalizedText title;
};

/// One edition of a standard, from standards/<id>/<edition>.xml; immutable.
struct Standard {
    std::string id;           ///< "iso-9001"
    std::string edition;      ///< "2015"
    std::string issuer;       ///< "ISO"
    std::string designation;  ///< "ISO 9001:2015"
    /// What a certificate to it is about: "management-system", "product", "group" ... By it labels
    /// are allowed (docs/reference/labels.md). Empty: nothing is said, and no label fits.
    std::string certifies;
    Date published;
    std::optional<Transition> transition;  ///< None: no next edition is known.
    LocalizedText title;
    std::vector<std::string> languages;
    std::vector<StandardSection> sections;  ///< In document order.
    std::vector<Requirement> requirements;  ///< In document order.

    /// "iso-9001:2015"
    [[nodiscard]] std::string key() const { return id + ":" + edition; }

    [[nodiscard]] const Requirement* find_requirement(std::string_view number) const;

    /// Numbers of the requirements that equal `prefix` or lie under it ("7.1" holds "7.1.5.2", not
    /// "7.10"), in document order.
    [[nodiscard]] std::vector<std::string> requirements_under(std::string_view prefix) const;
};

/// Reads a catalogue in the form of standards/schema/standard.xsd. Nothing is returned when
/// `diagnostics` gained an error. Codes: standards/README.md.
[[nodiscard]] std::optional<Standard> read_standard(std::string_view bytes,
                                                    const std::string& file,
                                                    Diagnostics& diagnostics);

}  // namespace guildmark
