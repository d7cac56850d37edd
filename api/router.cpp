#include <algorithm>

#include "api/language.h"
#include "api/route.h"
#include "engine/base/ensure.h"

namespace guildmark::api {
namespace {

/// The parameters of `path` when it is as `pattern` says.
std::optional<NamedTexts> match(std::string_view pattern, std::string_view path) {
    NamedTexts parameters;
    while (!pattern.empty() && !path.empty()) {
        const std::string_view wanted = pattern.substr(1, pattern.find('/', 1) - 1);
        const std::string_view given = path.substr(1, path.find('/', 1) - 1);
        if (wanted.starts_with('{')) {
            auto value = percent_decoded(given);
            if (!value || value->empty()) {
                return std::nullopt;
            }
            parameters.emplace_back(wanted.substr(1, wanted.size() - 2), std::move(*value));
        } else if (wanted != given) {
            return std::nullopt;
        }
        pattern.remove_prefix(wanted.size() + 1);
        path.remove_prefix(given.size() + 1);
    }
    return pattern.empty() && path.empty() ? std::optional(std::move(parameters)) : std::nullopt;
}

}  // namespace

const std::string& Call::parameter(std::string_view name) const {
    const std::string* value = find_text(parameters, name);
    ENSURE(value != nullptr, "a handler asks for a parameter that its route has");
    return *value;
}

std::string Call::text(const LocalizedText& localized) const {
    return text_in(localized, languages);
}

std::variant<RouteMatch, NoRoute> find_route(Method method, std::string_view path) {
    const Method wanted = method == Method::head ? Method::get : method;
    NoRoute none;
    for (const Route& route : routes()) {
        auto parameters = match(route.pattern, path);
        if (!parameters) {
            continue;
        }
        if (route.method == wanted) {
            return RouteMatch{&route, std::move(*parameters)};
        }
        none.allowed.push_back(route.method);
        if (route.method == Method::get) {
            none.allowed.push_back(Method::head);
        }
    }
    return none;
}

}  // namespace guildmark::api
