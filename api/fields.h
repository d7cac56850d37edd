#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/route.h"
#include "engine/base/date.h"
#include "engine/base/describe.h"
#include "engine/base/limits.h"
#include "engine/base/value.h"

namespace guildmark::api {

/// Whether a field must be given.
enum class Need { required, optional };

/// Reads the fields of a JSON body or of a query one after another, and notes every one that is
/// wrong, in the order in which they are read; finish() tells whether any was.
///
/// Codes of a field, in this order: field_missing (absent, null, or blank where a text is
/// required), field_type, field_too_long, value_unknown or the code of the value's own form. At the
/// end, for every field that was not asked for: field_unknown.
class Fields {
public:
    /// Of the request's body. A body that is no JSON object has every required field missing.
    static Result<Fields> of_body(Call& call);

    /// Of the request's query.
    static Fields of_query(Call& call);

    [[nodiscard]] std::string text(std::string_view name,
                                   Need need,
                                   std::size_t bytes_max = limits::text_field_bytes_max);
    [[nodiscard]] std::optional<Date> date(std::string_view name);
    [[nodiscard]] std::optional<Instant> instant(std::string_view name);
    [[nodiscard]] std::vector<std::string> texts(std::string_view name,
                                                 Need need,
                                                 std::size_t count_max);
    [[nodiscard]] std::optional<bool> boolean(std::string_view name);
    [[nodiscard]] std::int64_t number(std::string_view name,
                                      std::int64_t min,
                                      std::int64_t max,
                                      std::int64_t otherwise);

    /// Every value of that name in the query, in the order sent.
    [[nodiscard]] std::vector<std::string> each(std::string_view name);

    /// Every name in the query that begins so, without its beginning, and its value.
    [[nodiscard]] NamedTexts each_beginning(std::string_view beginning);

    /// The member as it is; null when absent.
    [[nodiscard]] Value value(std::string_view name);

    template <typename IdType>
    [[nodiscard]] IdType id(std::string_view name, Need need) {
        const std::string written = text(name, need, limits::name_bytes_max);
        const auto parsed = IdType::parse(written);
        if (!written.empty() && !parsed) {
            note(name, "id_malformed", "this is no id of thirteen characters");
        }
        return parsed.value_or(IdType());
    }

    /// One of an enumeration's names.
    template <typename Enum>
    [[nodiscard]] Enum choice(std::string_view name) {
        const std::string written = text(name, Need::required, limits::name_bytes_max);
        const auto known = from_name<Enum>(written);
        if (!written.empty() && !known) {
            note(name, "value_unknown", "\"" + written + "\" is none of the values it may have");
        }
        return known.value_or(Enum{});
    }

    /// The same; nothing when it is absent.
    template <typename Enum>
    [[nodiscard]] std::optional<Enum> optional_choice(std::string_view name) {
        const std::string written = text(name, Need::optional, limits::name_bytes_max);
        const auto known = from_name<Enum>(written);
        if (!written.empty() && !known) {
            note(name, "value_unknown", "\"" + written + "\" is none of the values it may have");
        }
        return known;
    }

    void note(std::string_view name, std::string code, std::string message);

    /// Errors: fields_invalid, with every problem in the call.
    [[nodiscard]] Result<void> finish();

private:
    Fields(Call& call, Value object) : call_(call), object_(std::move(object)) {}

    const Value* take(std::string_view name);

    Call& call_;
    Value object_;
    std::vector<std::string> asked_;
};

/// `after` and `size` of a list. Errors: fields_invalid.
[[nodiscard]] Result<PageRequest> page_of(Call& call);

/// The same behind other fields of the query, which are finished with it.
[[nodiscard]] Result<PageRequest> page_of(Fields& fields);

}  // namespace guildmark::api
