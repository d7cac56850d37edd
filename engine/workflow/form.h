#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/value.h"
#include "engine/workflow/localized_text.h"

namespace guildmark::workflow {

enum class FieldType {
    text,         ///< One line. JSON text.
    long_text,    ///< Several lines. JSON text.
    integer,      ///< JSON number without decimals.
    decimal,      ///< JSON text such as "1.5": exact, at most 9 decimals.
    money,        ///< JSON text such as "1234.50 EUR".
    date,         ///< JSON text "2026-03-02".
    boolean,      ///< JSON true or false.
    choice,       ///< JSON text: one of the choices' values.
    choices,      ///< JSON array of texts: some of the choices' values, none twice.
    country,      ///< JSON text: ISO 3166-1 alpha-2.
    region,       ///< JSON text: a region code such as DE-BW or DE137.
    email,        ///< JSON text with one @.
    requirement,  ///< JSON text: a requirement's number in the case's standard.
};

struct Choice {
    std::string value;
    LocalizedText label;
};

/// One field of a form. Bounds apply to the number, the text's length in characters, or the date,
/// by type.
struct Field {
    std::string id;
    FieldType type = FieldType::text;
    bool required = false;
    /// ECMAScript-free pattern over the whole text: see docs/reference/forms.md. Empty: none.
    std::string pattern;
    std::string min;
    std::string max;
    LocalizedText label;
    LocalizedText help;
    LocalizedText pattern_message;
    std::vector<Choice> choices;
};

struct Form {
    std::string id;
    LocalizedText title;
    LocalizedText help;
    std::vector<Field> fields;

    [[nodiscard]] const Field* find_field(std::string_view field) const;
};

/// What is wrong with one field of what a person sent.
struct FieldProblem {
    std::string field;
    std::string code;
    std::string message;  ///< In English; clients show their own text for `code`.
};

/// Checks `values` against `form` and gives every problem, in the order of the form's fields.
/// Codes: field_unknown, field_missing, field_type, field_pattern, field_too_small, field_too_large,
/// choice_unknown, requirement_unknown is left to the caller, who knows the standard.
[[nodiscard]] std::vector<FieldProblem> check_form(const Form& form, const Value& values);

}  // namespace guildmark::workflow
