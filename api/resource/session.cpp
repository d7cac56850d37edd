#include <algorithm>

#include "api/encode.h"
#include "api/fields.h"
#include "api/resource/handlers.h"

namespace guildmark::api {
namespace {

constexpr std::string_view cookie_attributes = "; Path=/; HttpOnly; SameSite=Strict";

/// Whether a workflow lets one of the caller's roles operate cases.
bool operates(const Library& library, const Caller& caller) {
    return std::ranges::any_of(library.workflows(), [&](const auto& workflow) {
        return std::ranges::any_of(workflow->roles, [&](const workflow::Role& role) {
            return role.allows.operate && caller.has_role(role.id);
        });
    });
}

Value me_value(const Call& call, const Caller& caller) {
    Value::Array roles;
    for (const std::string& role : caller.roles) {
        roles.emplace_back(role);
    }
    return Value::Object{{"person", caller.person.to_text()},
                         {"name", caller.name},
                         {"email", caller.email},
                         {"organisation",
                          Value::Object{{"id", caller.organisation.to_text()},
                                        {"name", caller.organisation_name},
                                        {"kind", caller.organisation_kind}}},
                         {"roles", std::move(roles)},
                         {"is_administrator", caller.is_administrator()},
                         {"operates", operates(call.library, caller)}};
}

/// The cookie goes by https alone when that is how people reach the server.
std::string cookie_text(const Call& call, std::string_view value, std::string_view life) {
    std::string cookie(session_cookie);
    cookie.append("=").append(value).append(cookie_attributes).append(life);
    const std::string* scheme = call.request.find_header("x-forwarded-proto");
    const bool is_https =
        call.public_origin.starts_with("https://") || (scheme != nullptr && *scheme == "https");
    return is_https ? cookie + "; Secure" : cookie;
}

}  // namespace

Result<Response> get_me(Call& call) {
    return json_response(me_value(call, *call.caller));
}

Result<Response> open_session(Call& call) {
    TRY(check_not_cross_site(call.request, call.public_origin));
    Fields fields = TRY(Fields::of_body(call));
    const std::string token = fields.text("token", Need::required, limits::name_bytes_max);
    TRY(fields.finish());
    const Caller caller = TRY(find_caller(call.reader, token, call.now));
    Response response = json_response(me_value(call, caller));
    // It lives as long as the browser's session; what ends it on our side is the token's own end.
    response.set_header("Set-Cookie", cookie_text(call, token, ""));
    return response;
}

Result<Response> close_session(Call& call) {
    TRY(check_not_cross_site(call.request, call.public_origin));
    Response response;
    response.status = 204;
    response.set_header("Set-Cookie", cookie_text(call, "", "; Max-Age=0"));
    return response;
}

}  // namespace guildmark::api
