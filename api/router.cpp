#include <algorithm>

#include "api/language.h"
#include "api/route.h"
#include "engine/base/ensure.h"

namespace guildmark::api {
namespace {

/// Takes the first segment, which begins with '/', off a path.
std::string_view take_segment(std::string_view& path) {
    const std::string_view segment = path.substr(1, path.find('/', 1) - 1);
    path.remove_prefix(segment.size() + 1);
    return segment;
}

bool is_parameter(std::string_view segment) {
    return segment.starts_with('{');
}

/// "{index*}", at the end of a pattern, stands for the rest of the path, of whatever segments.
bool is_rest(std::string_view segment) {
    return segment.ends_with("*}");
}

/// Whether `path` is as `pattern` says, whatever its parameters are. Most routes do not fit, so
/// this makes nothing.
bool fits(std::string_view pattern, std::string_view path) {
    while (!pattern.empty() && !path.empty()) {
        const std::string_view wanted = take_segment(pattern);
        const std::string_view given = take_segment(path);
        if (is_parameter(wanted) ? given.empty() : wanted != given) {
            return false;
        }
        if (is_rest(wanted)) {
            return true;
        }
    }
    return pattern.empty() && path.empty();
}

/// None when one of them is not percent-encoded as it should be. REQUIRES: the path fits.
std::optional<NamedTexts> parameters_of(std::string_view pattern, std::string_view path) {
    NamedTexts parameters;
    while (!pattern.empty()) {
        const std::string_view wanted = take_segment(pattern);
        const std::string_view given = is_rest(wanted) ? path.substr(1) : take_segment(path);
        if (!is_parameter(wanted)) {
            continue;
        }
        auto value = percent_decoded(given);
        if (!value) {
            return std::nullopt;
        }
        const std::size_t around = is_rest(wanted) ? 3 : 2;
        parameters.emplace_back(wanted.substr(1, wanted.size() - around), std::move(*value));
    }
    return parameters;
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
        if (!fits(route.pattern, path)) {
            continue;
        }
        auto parameters = parameters_of(route.pattern, path);
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
