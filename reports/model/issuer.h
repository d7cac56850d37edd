#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ports/read_model.h"
#include "engine/xml/diagnostics.h"

namespace guildmark::reports {

/// Under whose accreditation a body certifies to some standards.
struct Accreditation {
    std::vector<std::string> standards;  ///< Ids: "iso-9001".
    std::string by;
    std::string number;
};

/// What a certification body puts on its certificates beside its name (ISO/IEC 17021-1:2015,
/// 8.2.2 g).
struct Issuer {
    std::string organisation;          ///< Its name or its id.
    std::string mark;                  ///< A PNG file's name, beside the file that says so.
    std::vector<std::string> address;  ///< Lines; at least one.
    std::vector<Accreditation> accreditations;

    /// For a standard's key ("iso-9001:2015"); null: none is told.
    [[nodiscard]] const Accreditation* accreditation_for(std::string_view standard) const;
};

/// Reads issuers.xml, see docs/reference/certificates.md. Nothing is returned when `diagnostics`
/// gained an error. Errors, as diagnostics: those of read_xml; element_unknown, attribute_missing,
/// attribute_invalid (a mark that is no plain name of a PNG file), text_missing (no address).
[[nodiscard]] std::optional<std::vector<Issuer>> read_issuers(std::string_view bytes,
                                                              const std::string& file,
                                                              Diagnostics& diagnostics);

/// What `issuers` say of the organisation; null: nothing.
[[nodiscard]] const Issuer* find_issuer(const std::vector<Issuer>& issuers,
                                        const rows::Organisation& organisation);

}  // namespace guildmark::reports
