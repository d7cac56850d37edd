#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/value.h"
#include "engine/workflow/localized_text.h"
#include "engine/xml/diagnostics.h"

namespace guildmark::workflow {

/// What a field takes, and how it stands in JSON.
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

/// One of the values of a field that offers some.
struct Choice {
    std::string value;
    LocalizedText label;
};

/// One field of a form. `min` and `max` bound the number, amount or date itself, a text's length in
/// characters, or how many choices are taken, by type; empty: none.
struct Field {
    std::string id;
    FieldType type = FieldType::text;
    bool required = false;
    /// Text fields: a pattern over the whole text, see pattern.h. Empty: none.
    std::string pattern;
    std::string min;
    std::string max;
    LocalizedText label;
    LocalizedText help;
    LocalizedText pattern_message;
    std::vector<Choice> choices;
    SourcePlace place{};
};

/// What a person is asked to fill in.
struct Form {
    std::string id;
    LocalizedText title;
    LocalizedText help;
    std::vector<Field> fields;
    SourcePlace place{};

    [[nodiscard]] const Field* find_field(std::string_view field) const;
};

/// What is wrong with one field of what a person sent.
struct FieldProblem {
    std::string field;
    std::string code;
    std::string message;  ///< In English; clients show their own text for `code`.
};

/// Checks `values` (an object of field id to value, or null for none) against `form` and gives
/// every problem: first those of the form's fields in their order, then fields that the form does
/// not have. `needs` are fields that must be filled although the form does not require them: an
/// outcome's.
///
/// Codes, tested in this order for each field: field_missing, field_type, choice_unknown,
/// field_too_small, field_too_large, field_pattern; at the end field_unknown. An absent field,
/// null, blank text and an empty list count as not filled. That a number names a requirement of the
/// standard is left to the caller, who knows the standard.
[[nodiscard]] std::vector<FieldProblem> check_form(const Form& form,
                                                   const Value& values,
                                                   std::span<const std::string> needs = {});

}  // namespace guildmark::workflow
