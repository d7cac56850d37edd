#include "engine/workflow/form_reader.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "engine/base/date.h"
#include "engine/base/money.h"
#include "engine/workflow/decimal.h"
#include "engine/workflow/pattern.h"

namespace guildmark::workflow {
namespace {

constexpr std::array<std::pair<std::string_view, FieldType>, 13> type_names{{
    {"text", FieldType::text},
    {"long-text", FieldType::long_text},
    {"integer", FieldType::integer},
    {"decimal", FieldType::decimal},
    {"money", FieldType::money},
    {"date", FieldType::date},
    {"boolean", FieldType::boolean},
    {"choice", FieldType::choice},
    {"choices", FieldType::choices},
    {"country", FieldType::country},
    {"region", FieldType::region},
    {"email", FieldType::email},
    {"requirement", FieldType::requirement},
}};

std::vector<std::string> all_type_names() {
    std::vector<std::string> names;
    names.reserve(type_names.size());
    for (const auto& [name, type] : type_names) {
        names.emplace_back(name);
    }
    return names;
}

/// What a bound of that kind must look like; empty when `bound` is such a one.
std::string_view bound_fault(BoundKind kind, std::string_view bound) {
    const auto number = Decimal::parse(bound);
    const bool whole = number && number->billionths == 0;
    switch (kind) {
        case BoundKind::nothing:
            return "allowed: fields of this type have no bounds";
        case BoundKind::length:
        case BoundKind::count:
            return whole && number->whole >= 0 ? "" : "a whole number from 0";
        case BoundKind::integer:
            return whole ? "" : "a whole number";
        case BoundKind::decimal:
            return number ? "" : "a number such as 0.5";
        case BoundKind::amount:
            return Money::parse(bound) ? "" : "an amount such as 100.00 EUR";
        case BoundKind::day:
            return Date::parse(bound) ? "" : "a date such as 2026-03-02";
    }
    return "";
}

std::string read_bound(const XmlElement& element,
                       std::string_view attribute,
                       BoundKind kind,
                       const Reading& reading) {
    const std::string* bound = element.find_attribute(attribute);
    if (bound == nullptr) {
        return {};
    }
    if (const std::string_view fault = bound_fault(kind, *bound); !fault.empty()) {
        reading.invalid(element, attribute, fault);
        return {};
    }
    return *bound;
}

/// Whether no value can keep both bounds. REQUIRES: each fits `kind` or is empty.
bool bounds_cross(BoundKind kind, const std::string& min, const std::string& max) {
    if (min.empty() || max.empty()) {
        return false;
    }
    if (kind == BoundKind::day) {
        return *Date::parse(max) < *Date::parse(min);
    }
    if (kind == BoundKind::amount) {
        const auto difference = Money::parse(max)->minus(*Money::parse(min));
        return !difference || difference->minor_units() < 0;
    }
    return *Decimal::parse(max) < *Decimal::parse(min);
}

void read_bounds(const XmlElement& element, Field& field, const Reading& reading) {
    const BoundKind kind = bound_kind(field.type);
    field.min = read_bound(element, "min", kind, reading);
    field.max = read_bound(element, "max", kind, reading);
    if (bounds_cross(kind, field.min, field.max)) {
        reading.invalid(element, "max", fmt::format("at least the minimum, \"{}\"", field.min));
    }
}

void read_pattern(const XmlElement& element, Field& field, const Reading& reading) {
    field.pattern = element.attribute_or("pattern", "");
    field.pattern_message = reading.texts(element, "pattern-message");
    if (field.pattern.empty()) {
        return;
    }
    if (bound_kind(field.type) != BoundKind::length) {
        reading.invalid(element, "pattern", "allowed: only fields of text have a pattern");
        return;
    }
    if (const auto pattern = Pattern::compile(field.pattern); !pattern) {
        reading.diagnostics.error(element.place, pattern.error().code, pattern.error().message);
    }
    if (!field.pattern_message.has(reading.language)) {
        reading.diagnostics.error(
            element.place,
            "text_missing",
            "a field with a pattern needs a <pattern-message> that says what to "
            "write, with an example");
    }
}

void read_choices(const XmlElement& element, Field& field, const Reading& reading) {
    std::set<std::string> values;
    for (const XmlElement* child : children_of(element, "choice")) {
        reading.expect_attributes(*child, {"value"});
        reading.expect_children(*child, {"label"});
        Choice choice{reading.require_name(*child, "value"),
                      reading.require_texts(*child, "label")};
        if (!choice.value.empty() && !values.insert(choice.value).second) {
            reading.diagnostics.error(
                child->place,
                "id_repeated",
                fmt::format("the field \"{}\" has a second choice \"{}\"", field.id, choice.value));
        }
        field.choices.push_back(std::move(choice));
    }
    const bool wants = field.type == FieldType::choice || field.type == FieldType::choices;
    if (wants && field.choices.empty()) {
        reading.diagnostics.error(
            element.place,
            "choice_missing",
            fmt::format("the field \"{}\" offers nothing to choose", field.id),
            "add <choice value=\"…\"><label>…</label></choice>");
    }
    if (!wants && !field.choices.empty()) {
        reading.diagnostics.error(
            element.place,
            "element_unknown",
            fmt::format("the field \"{}\" of type {} has choices", field.id, to_text(field.type)),
            "only choice and choices have them");
    }
}

FieldType read_type(const XmlElement& element, const Reading& reading) {
    const std::string name = reading.require(element, "type");
    const auto type = field_type_from(name);
    if (!name.empty() && !type) {
        const std::vector<std::string> names = all_type_names();
        reading.invalid(element,
                        "type",
                        fmt::format("a type of field; there are {}", fmt::join(names, ", ")),
                        suggest(name, names));
    }
    return type.value_or(FieldType::text);
}

Field read_field(const XmlElement& element, const Reading& reading) {
    reading.expect_attributes(element, {"id", "type", "required", "pattern", "min", "max"});
    reading.expect_children(element, {"label", "help", "pattern-message", "choice"});
    Field field;
    field.place = element.place;
    field.id = reading.require_name(element, "id");
    field.type = read_type(element, reading);
    field.required = reading.is_true(element, "required");
    read_bounds(element, field, reading);
    field.label = reading.require_texts(element, "label");
    field.help = reading.texts(element, "help");
    read_pattern(element, field, reading);
    read_choices(element, field, reading);
    return field;
}

Form read_form(const XmlElement& element, const Reading& reading) {
    reading.expect_attributes(element, {"id"});
    reading.expect_children(element, {"title", "help", "field"});
    Form form;
    form.place = element.place;
    form.id = reading.require_name(element, "id");
    form.title = reading.require_texts(element, "title");
    form.help = reading.texts(element, "help");
    for (const XmlElement* child : children_of(element, "field")) {
        Field field = read_field(*child, reading);
        if (!field.id.empty() && form.find_field(field.id) != nullptr) {
            reading.diagnostics.error(
                child->place,
                "id_repeated",
                fmt::format("the form \"{}\" has a second field \"{}\"", form.id, field.id));
        }
        form.fields.push_back(std::move(field));
    }
    return form;
}

}  // namespace

std::string_view to_text(FieldType type) {
    return std::ranges::find(type_names, type, [](const auto& entry) { return entry.second; })
        ->first;
}

std::optional<FieldType> field_type_from(std::string_view text) {
    const auto found =
        std::ranges::find(type_names, text, [](const auto& entry) { return entry.first; });
    return found == type_names.end() ? std::nullopt : std::optional(found->second);
}

BoundKind bound_kind(FieldType type) {
    switch (type) {
        case FieldType::text:
        case FieldType::long_text:
            return BoundKind::length;
        case FieldType::integer:
            return BoundKind::integer;
        case FieldType::decimal:
            return BoundKind::decimal;
        case FieldType::money:
            return BoundKind::amount;
        case FieldType::date:
            return BoundKind::day;
        case FieldType::choices:
            return BoundKind::count;
        case FieldType::boolean:
        case FieldType::choice:
        case FieldType::country:
        case FieldType::region:
        case FieldType::email:
        case FieldType::requirement:
            return BoundKind::nothing;
    }
    return BoundKind::nothing;
}

std::vector<Form> read_forms(const XmlElement& root, const Reading& reading) {
    reading.expect_attributes(root, {});
    reading.expect_children(root, {"form"});
    std::vector<Form> forms;
    for (const XmlElement* child : children_of(root, "form")) {
        Form form = read_form(*child, reading);
        const bool repeated = std::ranges::find(forms, form.id, &Form::id) != forms.end();
        if (repeated && !form.id.empty()) {
            reading.diagnostics.error(
                child->place, "id_repeated", fmt::format("there is a second form \"{}\"", form.id));
        }
        forms.push_back(std::move(form));
    }
    return forms;
}

}  // namespace guildmark::workflow
