#include "engine/workflow/field_text.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "engine/base/duration.h"
#include "engine/base/ensure.h"

namespace guildmark::workflow {
namespace {

Error value_malformed(std::string message) {
    return malformed("value_malformed", std::move(message));
}

std::string trim_blank(std::string text) {
    const auto first = text.find_first_not_of(' ');
    return first == std::string::npos ? std::string() : text.substr(first);
}

}  // namespace

Result<std::string> with_days(std::string text, Date today) {
    constexpr std::string_view mark = "{today";
    for (std::size_t begin = text.find(mark); begin != std::string::npos; begin = text.find(mark)) {
        const std::size_t end = text.find('}', begin);
        if (end == std::string::npos) {
            return value_malformed("{today does not end with a brace");
        }
        const std::string shift = text.substr(begin + mark.size(), end - begin - mark.size());
        Date day = today;
        if (!shift.empty()) {
            const Duration by = TRY(Duration::parse(std::string_view(shift).substr(1)));
            const int sign = shift.front() == '-' ? -1 : 1;
            day = today.plus_months(sign * by.months).plus_days(sign * by.days);
        }
        text.replace(begin, end + 1 - begin, day.to_text());
    }
    return text;
}

Result<Value> field_value(const Field& field, const std::string& text) {
    switch (field.type) {
        case FieldType::integer: {
            std::int64_t number = 0;
            const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
            if (read.ec != std::errc() || read.ptr != text.data() + text.size()) {
                return value_malformed(fmt::format("\"{}\" is a whole number", field.id));
            }
            return Value(number);
        }
        case FieldType::boolean:
            if (text != "true" && text != "false") {
                return value_malformed(fmt::format("\"{}\" is true or false", field.id));
            }
            return Value(text == "true");
        case FieldType::choices: {
            Value::Array chosen;
            for (std::size_t begin = 0; begin < text.size();) {
                const std::size_t end = std::min(text.find(',', begin), text.size());
                chosen.emplace_back(trim_blank(text.substr(begin, end - begin)));
                begin = end + 1;
            }
            return Value(std::move(chosen));
        }
        case FieldType::text:
        case FieldType::long_text:
        case FieldType::decimal:
        case FieldType::money:
        case FieldType::date:
        case FieldType::choice:
        case FieldType::country:
        case FieldType::region:
        case FieldType::email:
        case FieldType::requirement:
            return Value(text);
    }
    ENSURE(false, "a FieldType outside its enumeration");
}

}  // namespace guildmark::workflow
