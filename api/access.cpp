// Invariant: an organisation learns nothing of a case that it is no party of, not even that it is.
#include "api/access.h"

#include <algorithm>

#include <fmt/format.h>

#include "api/kept_reads.h"
#include "api/text.h"

namespace guildmark::api {
namespace {

constexpr std::string_view role_header = "guildmark-role";

Error unauthorized(std::string code, std::string message) {
    Error error;
    error.kind = ErrorKind::unauthorized;
    error.code = std::move(code);
    error.message = std::move(message);
    return error;
}

Error unknown_token() {
    return unauthorized("token_unknown", "the token is none that this server gave out");
}

Error cross_site() {
    return forbidden("cross_site_refused",
                     "a request that carries the session's cookie must come from Guildmark's own "
                     "pages; programs send the token in the header Authorization");
}

struct FoundToken {
    std::string text;
    Credential credential = Credential::bearer;
};

std::optional<FoundToken> find_token(const Request& request) {
    if (const std::string* header = request.find_header("authorization")) {
        const std::string_view value = *header;
        const std::size_t space = std::min(value.find(' '), value.size());
        const bool is_bearer = lower_case(value.substr(0, space)) == "bearer";
        return FoundToken{is_bearer ? std::string(trimmed(value.substr(space))) : std::string(),
                          Credential::bearer};
    }
    if (auto cookie = cookie_of(request, session_cookie)) {
        return FoundToken{std::move(*cookie), Credential::cookie};
    }
    return std::nullopt;
}

bool is_origin_ours(const Request& request,
                    std::string_view origin,
                    std::string_view public_origin) {
    if (!public_origin.empty() && origin == public_origin) {
        return true;
    }
    const std::string* host = request.find_header("host");
    return host != nullptr && (origin == "http://" + *host || origin == "https://" + *host);
}

bool is_party(const rows::Case& summary, OrganisationId organisation) {
    return std::any_of(summary.parties.begin(), summary.parties.end(), [&](const auto& party) {
        return party.organisation == organisation;
    });
}

/// The case's row; null when there is none.
Result<std::shared_ptr<const rows::Case>> read_case(const Source& source,
                                                    CaseId id,
                                                    Freshness freshness) {
    if (auto kept = freshness == Freshness::exact ? source.kept.find_case(id)
                                                  : source.kept.find_former_case(id)) {
        return kept;
    }
    const std::uint64_t changes_before = source.kept.changes();
    auto row = TRY(source.reader.find_case(id));
    if (!row) {
        return std::shared_ptr<const rows::Case>();
    }
    auto found = std::make_shared<const rows::Case>(*std::move(row));
    source.kept.keep_case(found, changes_before);
    return std::shared_ptr<const rows::Case>(std::move(found));
}

Error role_missing(std::string_view detail) {
    return forbidden("role_missing", std::string(detail), "role");
}

Actor actor(const Caller& caller, std::string_view role) {
    return {caller.person, caller.organisation, std::string(role)};
}

bool contains(const std::vector<std::string>& texts, std::string_view text) {
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

/// The role that the header names, when the caller may take it here; nothing without the header.
Result<std::optional<Actor>> actor_of_header(const Caller& caller,
                                             const Request& request,
                                             const std::vector<std::string>& roles) {
    const std::string* role = request.find_header(role_header);
    if (role == nullptr) {
        return std::optional<Actor>();
    }
    if (!contains(roles, *role)) {
        return role_missing(fmt::format("you do not have the role \"{}\" here", *role));
    }
    return std::optional<Actor>(actor(caller, *role));
}

}  // namespace

bool Caller::has_role(std::string_view role) const {
    return contains(roles, role);
}

bool Caller::is_administrator() const {
    return organisation_kind == "operator" && has_role("administrator");
}

namespace {

/// A caller, and until when the token names one.
struct FoundCaller {
    Caller caller;
    Instant until{INT64_MAX};
};

Result<FoundCaller> find_caller_of(StoreReader& reader, const Digest& token, Instant now) {
    const auto row = TRY(reader.find_token(token));
    if (!row) {
        return unknown_token();
    }
    if (row->revoked) {
        return unauthorized("token_revoked", "the token was revoked; ask an administrator for one");
    }
    if (row->expires_at && *row->expires_at <= now) {
        return unauthorized("token_expired", "the token's time is over; ask for a new one");
    }
    const auto member = TRY(reader.find_member(row->organisation, row->person));
    const auto organisation = TRY(reader.find_organisation(row->organisation));
    if (!member || !organisation) {
        return unknown_token();
    }
    FoundCaller found{{member->person,
                       member->organisation,
                       member->name,
                       member->email,
                       organisation->name,
                       organisation->kind,
                       split(member->roles, ' ')}};
    if (row->expires_at) {
        found.until = Instant{row->expires_at->milliseconds - 1};
    }
    return found;
}

Result<Digest> digest_of(std::string_view token) {
    constexpr std::size_t token_bytes_max = 200;
    if (token.size() > token_bytes_max || !token.starts_with("gm_")) {
        return unknown_token();
    }
    return sha256(token);
}

}  // namespace

Result<Caller> find_caller(StoreReader& reader, std::string_view token, Instant now) {
    return TRY(find_caller_of(reader, TRY(digest_of(token)), now)).caller;
}

Result<std::shared_ptr<const Caller>> authenticate(const Source& source,
                                                   const Request& request,
                                                   Instant now) {
    const auto token = find_token(request);
    if (!token) {
        return unauthorized("token_missing",
                            "say who you are: Authorization: Bearer gm_..., or open a session");
    }
    const Digest digest = TRY(digest_of(token->text));
    if (auto kept = source.kept.find_caller(digest, token->credential, now)) {
        return kept;
    }
    const std::uint64_t changes_before = source.kept.changes();
    FoundCaller found = TRY(find_caller_of(source.reader, digest, now));
    found.caller.credential = token->credential;
    auto caller = std::make_shared<const Caller>(std::move(found.caller));
    source.kept.keep_caller(digest, caller, changes_before, {now, found.until});
    return std::shared_ptr<const Caller>(std::move(caller));
}

Result<void> check_same_site(const Request& request, std::string_view public_origin) {
    if (const std::string* site = request.find_header("sec-fetch-site")) {
        return *site == "same-origin" ? Result<void>() : Result<void>(cross_site());
    }
    const std::string* origin = request.find_header("origin");
    if (origin == nullptr || !is_origin_ours(request, *origin, public_origin)) {
        return cross_site();
    }
    return {};
}

Result<void> check_not_cross_site(const Request& request, std::string_view public_origin) {
    const bool is_from_browser = request.find_header("sec-fetch-site") != nullptr ||
                                 request.find_header("origin") != nullptr;
    return is_from_browser ? check_same_site(request, public_origin) : Result<void>();
}

Result<std::shared_ptr<const rows::Case>> find_case_of(const Source& source,
                                                       const Caller& caller,
                                                       std::string_view id,
                                                       Freshness freshness) {
    const auto case_id = CaseId::parse(id);
    const auto row = case_id ? TRY(read_case(source, *case_id, freshness)) : nullptr;
    if (!row || !is_party(*row, caller.organisation)) {
        return not_found("case_not_found",
                         "there is no such case, or your organisation is no party of it",
                         std::string(id));
    }
    return row;
}

Result<rows::Case> find_case_of_task(StoreReader& reader,
                                     const Caller& caller,
                                     std::string_view id,
                                     rows::Task& task) {
    const auto task_id = TaskId::parse(id);
    auto row = task_id ? TRY(reader.find_task(*task_id)) : std::nullopt;
    auto summary = row ? TRY(reader.find_case(row->case_id)) : std::nullopt;
    if (!row || !summary || !is_party(*summary, caller.organisation)) {
        return not_found("task_not_found",
                         "there is no such task, or your organisation is no party of its case",
                         std::string(id));
    }
    task = std::move(*row);
    return std::move(*summary);
}

bool may_see(const Caller& caller, const rows::Organisation& organisation) {
    return may_see_members(caller, organisation) || organisation.kind == "body" ||
           organisation.kind == "group";
}

bool may_see_members(const Caller& caller, const rows::Organisation& organisation) {
    return caller.is_administrator() || caller.organisation == organisation.id;
}

Result<void> check_administrator(const Caller& caller) {
    if (!caller.is_administrator()) {
        return forbidden("administrator_required", "only an administrator may do this");
    }
    return {};
}

Actor administrator_actor(const Caller& caller) {
    return actor(caller, "administrator");
}

std::vector<std::string> roles_in(const Caller& caller,
                                  const workflow::Workflow& workflow,
                                  const std::vector<rows::Party>& parties) {
    std::vector<std::string> roles;
    for (const workflow::Role& role : workflow.roles) {
        const bool is_ours = std::any_of(parties.begin(), parties.end(), [&](const auto& party) {
            return party.party == role.party && party.organisation == caller.organisation;
        });
        if (is_ours && caller.has_role(role.id)) {
            roles.push_back(role.id);
        }
    }
    return roles;
}

Result<Actor> actor_of_task(const Caller& caller, const Request& request, const rows::Task& task) {
    if (const auto named = TRY(actor_of_header(caller, request, caller.roles))) {
        return *named;
    }
    if (task.organisation != caller.organisation || !caller.has_role(task.role)) {
        return role_missing(
            fmt::format("this task is for the role \"{}\" of another organisation, or you do not "
                        "have that role",
                        task.role));
    }
    return actor(caller, task.role);
}

Result<Actor> actor_of_case(const Caller& caller,
                            const Request& request,
                            const CaseRoles& roles,
                            Allowed allowed) {
    const auto own = roles_in(caller, roles.workflow, roles.summary.parties);
    if (const auto named = TRY(actor_of_header(caller, request, own))) {
        return *named;
    }
    if (own.empty()) {
        return role_missing("you have none of the roles of this case's workflow");
    }
    for (const std::string& role : own) {
        if (roles.workflow.find_role(role)->allows.*allowed) {
            return actor(caller, role);
        }
    }
    for (const rows::Task& task : TRY(roles.open_tasks())) {
        const workflow::TaskDefinition* definition = roles.workflow.find_task(task.task);
        const bool is_ours = task.organisation == caller.organisation && contains(own, task.role);
        if (is_ours && definition != nullptr && definition->allows.*allowed) {
            return actor(caller, task.role);
        }
    }
    return actor(caller, own.front());
}

Result<Actor> actor_of_opening(const Caller& caller,
                               const Request& request,
                               const workflow::Workflow& workflow,
                               const std::vector<rows::Party>& parties) {
    const auto own = roles_in(caller, workflow, parties);
    if (const auto named = TRY(actor_of_header(caller, request, own))) {
        return *named;
    }
    if (own.empty()) {
        return role_missing(
            "name your own organisation as a party, in which you have one of the workflow's roles");
    }
    return actor(caller, own.front());
}

}  // namespace guildmark::api
