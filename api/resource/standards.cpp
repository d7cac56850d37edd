#include "api/encode.h"
#include "api/resource/handlers.h"

namespace guildmark::api {
namespace {

Value summary_value(const Call& call, const Standard& standard) {
    Value::Array languages;
    for (const std::string& language : standard.languages) {
        languages.emplace_back(language);
    }
    return Value::Object{{"key", standard.key()},
                         {"id", standard.id},
                         {"edition", standard.edition},
                         {"issuer", standard.issuer},
                         {"designation", standard.designation},
                         {"title", call.text(standard.title)},
                         {"languages", std::move(languages)},
                         {"requirements_total", std::uint64_t{standard.requirements.size()}}};
}

}  // namespace

Result<Response> list_standards(Call& call) {
    Value::Array items;
    for (const auto& standard : call.library.standards()) {
        items.push_back(summary_value(call, *standard));
    }
    return json_response(Value::Object{{"items", std::move(items)}});
}

Result<Response> get_standard(Call& call) {
    const auto standard = call.library.find_standard(call.parameter("standard"));
    if (!standard) {
        return not_found(
            "standard_not_found", "there is no standard of this key", call.parameter("standard"));
    }
    Value::Array requirements;
    for (const Requirement& requirement : standard->requirements) {
        requirements.emplace_back(catalogue_requirement(call, requirement));
    }
    Value value = summary_value(call, *standard);
    value.set("sections", section_values(call, *standard));
    value.set("requirements", std::move(requirements));
    return json_response(value);
}

}  // namespace guildmark::api
