#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/xml/diagnostics.h"

namespace guildmark::reports {

/// What is known of a certificate, by name: "number", "status", "standard" ...
using ExportedCertificate = std::map<std::string, std::string, std::less<>>;

/// One element of a row.
struct ExportField {
    std::string element;
    std::string from;      ///< One of export_sources().
    std::size_t most = 0;  ///< Characters that it may have; 0: any number.
    bool is_required = false;
    std::map<std::string, std::string> words;  ///< Ours to theirs; empty: as it is.
};

/// How another register takes certificates in: one XML element for each, in the words of that
/// register. A file of standards/exports/; immutable.
struct ExportForm {
    std::string id;
    std::string designation;
    std::string root;
    std::string row;
    std::vector<ExportField> fields;
    std::vector<std::string> doubts;
};

/// The names that a field may take its value from.
[[nodiscard]] const std::vector<std::string>& export_sources();

/// Reads a form as standards/schema/export.xsd has it. Nothing is returned when `diagnostics`
/// gained an error. Errors, as diagnostics: those of read_xml; element_unknown, element_missing,
/// attribute_unknown, attribute_missing, attribute_invalid, id_repeated.
[[nodiscard]] std::optional<ExportForm> read_export_form(std::string_view bytes,
                                                         const std::string& file,
                                                         Diagnostics& diagnostics);

/// What stands before the rows, one row, and what stands behind them. Errors: export_value_missing
/// (a required value is empty), export_word_missing (the form has no word for it),
/// export_value_too_long; the subject is the certificate's number and the element.
[[nodiscard]] std::string export_head(const ExportForm& form);
[[nodiscard]] Result<std::string> export_row(const ExportForm& form,
                                             const ExportedCertificate& certificate);
[[nodiscard]] std::string export_foot(const ExportForm& form);

}  // namespace guildmark::reports
