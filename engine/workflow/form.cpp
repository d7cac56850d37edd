#include "engine/workflow/form.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "engine/base/date.h"
#include "engine/base/limits.h"
#include "engine/base/money.h"
#include "engine/workflow/characters.h"
#include "engine/workflow/country.h"
#include "engine/workflow/decimal.h"
#include "engine/workflow/form_reader.h"
#include "engine/workflow/pattern.h"

namespace guildmark::workflow {
namespace {

constexpr double whole_number_max = 9007199254740992.0;  // 2^53: exact as an IEEE 754 double.
constexpr std::size_t email_bytes_max = 254;             // RFC 5321, 4.5.3.1.3, as corrected.

/// A code and a message; the field is added by the caller.
struct Fault {
    std::string code;
    std::string message;
};

using Found = std::optional<Fault>;

Found wrong_type(std::string_view expected) {
    return Fault{"field_type", fmt::format("here stands {}", expected)};
}

bool is_filled(const Value* value) {
    if (value == nullptr || value->is_null()) {
        return false;
    }
    if (value->is_text()) {
        return value->as_text().find_first_not_of(" \t\r\n") != std::string::npos;
    }
    return !value->is_array() || !value->as_array().empty();
}

template <typename Number>
Found check_bounds(const Number& number,
                   const std::optional<Number>& min,
                   const std::optional<Number>& max,
                   const Field& field) {
    if (min && number < *min) {
        return Fault{"field_too_small", fmt::format("at least {} is asked for", field.min)};
    }
    if (max && *max < number) {
        return Fault{"field_too_large", fmt::format("at most {} is allowed", field.max)};
    }
    return std::nullopt;
}

std::optional<Decimal> decimal_bound(const std::string& bound) {
    return bound.empty() ? std::nullopt : Decimal::parse(bound);
}

Found check_count(std::size_t count, const Field& field) {
    return check_bounds(Decimal{static_cast<std::int64_t>(count), 0},
                        decimal_bound(field.min),
                        decimal_bound(field.max),
                        field);
}

Found check_text(const std::string& text, const Field& field) {
    const std::string_view refused = field.type == FieldType::text ? "\n\r" : "";
    const bool control = std::ranges::any_of(text, [&](char letter) {
        const bool allowed = letter == '\n' || letter == '\r' || letter == '\t';
        return (static_cast<unsigned char>(letter) < 0x20 && !allowed) ||
               refused.find(letter) != std::string_view::npos;
    });
    if (control) {
        return wrong_type(refused.empty() ? "text without control characters" : "one line of text");
    }
    if (text.size() > limits::text_field_bytes_max) {
        return Fault{"field_too_large",
                     fmt::format("at most {} bytes are taken", limits::text_field_bytes_max)};
    }
    if (Found fault = check_count(to_characters(text).size(), field)) {
        return fault;
    }
    if (!field.pattern.empty()) {
        const auto pattern = Pattern::compile(field.pattern);
        if (!pattern || !pattern->matches(text)) {
            return Fault{"field_pattern", field.pattern_message.in("en")};
        }
    }
    return std::nullopt;
}

Found check_integer(const Value& value, const Field& field) {
    if (!value.is_number() || std::trunc(value.as_number()) != value.as_number() ||
        std::abs(value.as_number()) > whole_number_max) {
        return wrong_type("a whole number");
    }
    return check_bounds(Decimal{static_cast<std::int64_t>(value.as_number()), 0},
                        decimal_bound(field.min),
                        decimal_bound(field.max),
                        field);
}

Found check_decimal(const std::string& text, const Field& field) {
    const auto number = Decimal::parse(text);
    if (!number) {
        return wrong_type("a number such as \"12.5\", with at most 9 decimals");
    }
    return check_bounds(*number, decimal_bound(field.min), decimal_bound(field.max), field);
}

/// The bound in minor units; nothing when there is none or it is in another currency, for then the
/// two cannot be compared.
std::optional<std::int64_t> money_bound(const std::string& bound, const Currency& currency) {
    const auto amount = Money::parse(bound);
    return amount && amount->currency() == currency ? std::optional(amount->minor_units())
                                                    : std::nullopt;
}

Found check_money(const std::string& text, const Field& field) {
    const auto amount = Money::parse(text);
    if (!amount) {
        return wrong_type("an amount such as \"1234.50 EUR\"");
    }
    const Currency& currency = amount->currency();
    for (const std::string& bound : {field.min, field.max}) {
        const auto other = Money::parse(bound);
        if (other && other->currency() != currency) {
            return wrong_type("an amount in " + other->currency().code);
        }
    }
    return check_bounds(amount->minor_units(),
                        money_bound(field.min, currency),
                        money_bound(field.max, currency),
                        field);
}

std::optional<Date> date_bound(const std::string& bound) {
    auto date = Date::parse(bound);
    return date ? std::optional(*date) : std::nullopt;
}

Found check_date(const std::string& text, const Field& field) {
    const auto date = Date::parse(text);
    if (!date) {
        return wrong_type("a date such as \"2026-03-02\"");
    }
    return check_bounds(*date, date_bound(field.min), date_bound(field.max), field);
}

bool is_email(const std::string& text) {
    const auto sign = text.find('@');
    return sign != std::string::npos && sign > 0 && sign + 1 < text.size() &&
           text.find('@', sign + 1) == std::string::npos && text.size() <= email_bytes_max &&
           std::ranges::none_of(text, [](char letter) {
               return static_cast<unsigned char>(letter) <= 0x20 || letter == ',' ||
                      letter == ';' || letter == '<' || letter == '>';
           });
}

bool is_requirement_form(const std::string& text) {
    return !text.empty() && text.size() <= 32 && std::ranges::all_of(text, [](char letter) {
        return (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') ||
               letter == '.';
    });
}

Found check_choice(const Value& value, const Field& field) {
    if (!value.is_text()) {
        return wrong_type("one of the choices, as text");
    }
    if (std::ranges::find(field.choices, value.as_text(), &Choice::value) == field.choices.end()) {
        return Fault{"choice_unknown",
                     fmt::format("\"{}\" is not one of the choices", value.as_text())};
    }
    return std::nullopt;
}

Found check_choices(const Value& value, const Field& field) {
    if (!value.is_array()) {
        return wrong_type("a list of choices");
    }
    std::set<std::string> taken;
    for (const Value& item : value.as_array()) {
        if (Found fault = check_choice(item, field)) {
            return fault;
        }
        if (!taken.insert(item.as_text()).second) {
            return wrong_type("a list that names each choice once");
        }
    }
    return check_count(taken.size(), field);
}

/// Types whose values are JSON texts.
Found check_text_type(const std::string& text, const Field& field) {
    switch (field.type) {
        case FieldType::text:
        case FieldType::long_text:
            return check_text(text, field);
        case FieldType::decimal:
            return check_decimal(text, field);
        case FieldType::money:
            return check_money(text, field);
        case FieldType::date:
            return check_date(text, field);
        case FieldType::country:
            return is_country(text) ? std::nullopt : wrong_type("a country's code such as \"DE\"");
        case FieldType::region:
            return is_region_form(text)
                       ? std::nullopt
                       : wrong_type("a region's code such as \"DE-BW\" or \"DE137\"");
        case FieldType::email:
            return is_email(text) ? std::nullopt : wrong_type("one e-mail address");
        case FieldType::requirement:
            return is_requirement_form(text)
                       ? std::nullopt
                       : wrong_type("a requirement's number such as \"7.1.5\"");
        case FieldType::integer:
        case FieldType::boolean:
        case FieldType::choice:
        case FieldType::choices:
            break;
    }
    return std::nullopt;
}

Found check_value(const Value& value, const Field& field) {
    switch (field.type) {
        case FieldType::integer:
            return check_integer(value, field);
        case FieldType::boolean:
            return value.is_bool() ? std::nullopt : wrong_type("true or false");
        case FieldType::choice:
            return check_choice(value, field);
        case FieldType::choices:
            return check_choices(value, field);
        case FieldType::text:
        case FieldType::long_text:
        case FieldType::decimal:
        case FieldType::money:
        case FieldType::date:
        case FieldType::country:
        case FieldType::region:
        case FieldType::email:
        case FieldType::requirement:
            break;
    }
    return value.is_text() ? check_text_type(value.as_text(), field) : wrong_type("text");
}

}  // namespace

const Field* Form::find_field(std::string_view field) const {
    const auto found = std::ranges::find(fields, field, &Field::id);
    return found == fields.end() ? nullptr : &*found;
}

std::vector<FieldProblem> check_form(const Form& form,
                                     const Value& values,
                                     std::span<const std::string> needs) {
    std::vector<FieldProblem> problems;
    if (!values.is_null() && !values.is_object()) {
        return {{"", "field_type", "a form's values are an object of field to value"}};
    }
    for (const Field& field : form.fields) {
        const Value* value = values.find(field.id);
        const bool needed = field.required || std::ranges::find(needs, field.id) != needs.end();
        if (!is_filled(value)) {
            if (needed) {
                problems.push_back({field.id, "field_missing", "this field must be filled"});
            }
        } else if (Found fault = check_value(*value, field)) {
            problems.push_back({field.id, std::move(fault->code), std::move(fault->message)});
        }
    }
    if (values.is_null()) {
        return problems;
    }
    for (const auto& [name, value] : values.as_object()) {
        if (form.find_field(name) == nullptr) {
            problems.push_back(
                {name, "field_unknown", fmt::format("the form \"{}\" has no such field", form.id)});
        }
    }
    return problems;
}

}  // namespace guildmark::workflow
