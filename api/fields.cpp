#include "api/fields.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "api/text.h"
#include "engine/base/json.h"

namespace guildmark::api {
namespace {

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

Result<Fields> Fields::of_body(Call& call) {
    Value body = TRY(parse_json(call.request.body));
    if (!body.is_object()) {
        return malformed("json_malformed", "the body must be a JSON object");
    }
    return Fields(call, std::move(body));
}

Fields Fields::of_query(Call& call) {
    Value object{Value::Object()};
    for (const auto& [name, value] : call.request.query) {
        object.set(name, value);
    }
    Fields fields(call, std::move(object));
    fields.asked_.emplace_back("language");  // It is read with Accept-Language.
    return fields;
}

const Value* Fields::take(std::string_view name) {
    asked_.emplace_back(name);
    const Value* member = object_.find(name);
    return member == nullptr || member->is_null() ? nullptr : member;
}

void Fields::note(std::string_view name, std::string code, std::string message) {
    call_.problems.push_back({std::string(name), std::move(code), std::move(message)});
}

std::string Fields::text(std::string_view name, Need need, std::size_t bytes_max) {
    const Value* member = take(name);
    if (member == nullptr || (member->is_text() && is_blank(member->as_text()))) {
        if (need == Need::required) {
            note(name, "field_missing", "this must be given");
        }
        return {};
    }
    if (!member->is_text()) {
        note(name, "field_type", "this must be a text");
        return {};
    }
    if (member->as_text().size() > bytes_max) {
        note(name, "field_too_long", fmt::format("at most {} bytes are taken", bytes_max));
        return {};
    }
    return member->as_text();
}

std::optional<Date> Fields::date(std::string_view name) {
    const std::string written = text(name, Need::optional, limits::name_bytes_max);
    if (written.empty()) {
        return std::nullopt;
    }
    auto date = Date::parse(written);
    if (!date) {
        note(name, date.error().code, date.error().message);
        return std::nullopt;
    }
    return *date;
}

std::optional<Instant> Fields::instant(std::string_view name) {
    const std::string written = text(name, Need::optional, limits::name_bytes_max);
    if (written.empty()) {
        return std::nullopt;
    }
    auto instant = Instant::parse(written);
    if (!instant) {
        note(name, instant.error().code, instant.error().message);
        return std::nullopt;
    }
    return *instant;
}

std::vector<std::string> Fields::texts(std::string_view name, Need need, std::size_t count_max) {
    const Value* member = take(name);
    if (member == nullptr) {
        if (need == Need::required) {
            note(name, "field_missing", "this must be given");
        }
        return {};
    }
    const bool is_list =
        member->is_array() &&
        std::all_of(member->as_array().begin(), member->as_array().end(), [](const Value& item) {
            return item.is_text() && item.as_text().size() <= limits::name_bytes_max;
        });
    if (!is_list) {
        note(name, "field_type", "this must be a list of short texts");
        return {};
    }
    if (member->as_array().size() > count_max) {
        note(name, "field_too_long", fmt::format("at most {} are taken", count_max));
        return {};
    }
    std::vector<std::string> items;
    for (const Value& item : member->as_array()) {
        items.push_back(item.as_text());
    }
    return items;
}

std::optional<bool> Fields::boolean(std::string_view name) {
    const Value* member = take(name);
    if (member == nullptr) {
        return std::nullopt;
    }
    if (member->is_bool()) {
        return member->as_bool();
    }
    if (*member == Value("true") || *member == Value("false")) {
        return *member == Value("true");
    }
    note(name, "field_type", "this must be true or false");
    return std::nullopt;
}

std::int64_t Fields::number(std::string_view name,
                            std::int64_t min,
                            std::int64_t max,
                            std::int64_t otherwise) {
    const Value* member = take(name);
    if (member == nullptr) {
        return otherwise;
    }
    const bool is_whole = member->is_number() &&
                          member->as_number() == std::floor(member->as_number()) &&
                          std::fabs(member->as_number()) < 9e15;
    const std::int64_t number = member->is_text() ? number_of(member->as_text())
                                : is_whole        ? static_cast<std::int64_t>(member->as_number())
                                                  : -1;
    if (number < min || number > max) {
        note(
            name, "field_type", fmt::format("this must be a whole number from {} to {}", min, max));
        return otherwise;
    }
    return number;
}

std::vector<std::string> Fields::each(std::string_view name) {
    asked_.emplace_back(name);
    std::vector<std::string> values;
    for (const auto& [other, value] : call_.request.query) {
        if (other == name) {
            values.push_back(value);
        }
    }
    return values;
}

NamedTexts Fields::each_beginning(std::string_view beginning) {
    NamedTexts values;
    for (const auto& [name, value] : call_.request.query) {
        if (name.starts_with(beginning)) {
            asked_.push_back(name);
            values.emplace_back(name.substr(beginning.size()), value);
        }
    }
    return values;
}

Value Fields::value(std::string_view name) {
    const Value* member = take(name);
    return member == nullptr ? Value() : *member;
}

Result<void> Fields::finish() {
    for (const auto& [name, member] : object_.as_object()) {
        if (std::find(asked_.begin(), asked_.end(), name) == asked_.end()) {
            note(name, "field_unknown", "there is no such field here");
        }
    }
    if (call_.problems.empty()) {
        return {};
    }
    const workflow::FieldProblem& first = call_.problems.front();
    return malformed("fields_invalid",
                     fmt::format("{} {}; first, {}: {}",
                                 call_.problems.size(),
                                 call_.problems.size() == 1 ? "field is wrong" : "fields are wrong",
                                 first.field,
                                 first.message),
                     first.field);
}

Result<PageRequest> page_of(Call& call) {
    Fields fields = Fields::of_query(call);
    return page_of(fields);
}

Result<PageRequest> page_of(Fields& fields) {
    PageRequest page;
    page.after = fields.text("after", Need::optional, limits::name_bytes_max);
    page.size = static_cast<std::size_t>(fields.number(
        "size", 1, limits::page_size_max, static_cast<std::int64_t>(limits::page_size_default)));
    TRY(fields.finish());
    return page;
}

}  // namespace guildmark::api
