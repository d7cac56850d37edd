#include "api/problem.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "api/head.h"
#include "engine/base/json.h"
#include "engine/base/value.h"

namespace guildmark::api {
namespace {

struct CodeStatus {
    std::string_view code;
    int status;
};

/// Codes whose status is HTTP's own, not that of their kind.
constexpr std::array code_statuses{
    CodeStatus{"method_not_allowed", 405},
    CodeStatus{"request_timeout", 408},
    CodeStatus{"precondition_failed", 412},
    CodeStatus{"target_too_long", 414},
    CodeStatus{"media_type_unsupported", 415},
    CodeStatus{"expectation_failed", 417},
    CodeStatus{"headers_too_large", 431},
    CodeStatus{"transfer_coding_unsupported", 501},
    CodeStatus{"http_version_unsupported", 505},
};

int status_of_kind(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::malformed:
            return 400;
        case ErrorKind::unauthorized:
            return 401;
        case ErrorKind::forbidden:
            return 403;
        case ErrorKind::not_found:
            return 404;
        case ErrorKind::conflict:
            return 409;
        case ErrorKind::too_large:
            return 413;
        case ErrorKind::refused:
            return 422;
        case ErrorKind::unavailable:
            return 503;
        case ErrorKind::corrupted:
        case ErrorKind::failed:
            return 500;
    }
    return 500;
}

/// "token_expired" as people write it: "Token expired".
std::string title_of(std::string_view code) {
    std::string title(code);
    std::replace(title.begin(), title.end(), '_', ' ');
    if (!title.empty() && title[0] >= 'a' && title[0] <= 'z') {
        title[0] = static_cast<char>(title[0] - 'a' + 'A');
    }
    return title;
}

Value problems_value(std::span<const workflow::FieldProblem> problems) {
    Value::Array items;
    for (const workflow::FieldProblem& problem : problems) {
        items.emplace_back(Value::Object{
            {"field", problem.field}, {"code", problem.code}, {"message", problem.message}});
    }
    return items;
}

}  // namespace

int status_of(const Error& error) {
    const auto* const found =
        std::find_if(code_statuses.begin(), code_statuses.end(), [&](const CodeStatus& entry) {
            return entry.code == error.code;
        });
    return found != code_statuses.end() ? found->status : status_of_kind(error.kind);
}

Response problem_response(const Error& error,
                          std::span<const workflow::FieldProblem> problems,
                          Value::Object values) {
    Response response;
    response.status = status_of(error);
    response.content_type = "application/problem+json";
    Value::Object members{{"type", "/errors/" + error.code},
                          {"title", title_of(error.code)},
                          {"status", response.status},
                          {"code", error.code},
                          {"detail", error.message},
                          {"subject", error.subject}};
    if (error.retry != Retry::never) {
        const auto seconds = error.retry == Retry::after ? error.retry_after.count() : 1;
        members.emplace_back("retry_after_seconds", static_cast<std::int64_t>(seconds));
        response.set_header("Retry-After", fmt::to_string(seconds));
    }
    members.emplace_back("problems", problems_value(problems));
    members.emplace_back("values", std::move(values));
    if (response.status == 401) {
        response.set_header("WWW-Authenticate", "Bearer realm=\"guildmark\"");
    }
    append_json(response.body, Value(std::move(members)));
    return response;
}

}  // namespace guildmark::api
