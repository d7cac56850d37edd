#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/message.h"
#include "engine/journal/record.h"
#include "engine/ports/store.h"
#include "engine/workflow/workflow.h"

/// Who someone is, and what they may see and do: all of it is decided here.
namespace guildmark::api {

class KeptReads;

inline constexpr std::string_view session_cookie = "guildmark_session";

/// How a request said who sends it.
enum class Credential { bearer, cookie };

/// The member whom a token names: a person, in one organisation, with the roles held there.
struct Caller {
    PersonId person;
    OrganisationId organisation;
    std::string name;
    std::string email;
    std::string organisation_name;
    std::string organisation_kind;
    std::vector<std::string> roles;
    Credential credential = Credential::bearer;

    [[nodiscard]] bool has_role(std::string_view role) const;

    /// In an organisation of kind "operator", with the role "administrator".
    [[nodiscard]] bool is_administrator() const;
};

/// Where what access is decided on is read: from the store, unless the same was read lately and is
/// exact.
struct Source {
    StoreReader& reader;
    KeptReads& kept;
};

/// Tells who sends a request. Errors, in this order: token_missing (neither an Authorization header
/// nor the cookie), token_unknown (also when it is malformed), token_revoked, token_expired,
/// token_unknown (its member is gone); those of the store.
[[nodiscard]] Result<std::shared_ptr<const Caller>> authenticate(const Source& source,
                                                                 const Request& request,
                                                                 Instant now);

/// The member of a token's text. Errors: those of authenticate but token_missing.
[[nodiscard]] Result<Caller> find_caller(StoreReader& reader, std::string_view token, Instant now);

/// A browser sends its cookie with whatever page makes it: a write by cookie must come from our own
/// pages. Errors: cross_site_refused. `public_origin`, such as "https://guildmark.example", may be
/// empty: then the request's own Host is what counts.
/// Source: OWASP ASVS 5.0, V3.5.
[[nodiscard]] Result<void> check_same_site(const Request& request, std::string_view public_origin);

/// The same for a request that carries no cookie yet but asks for one: refused when a browser says
/// that another site sent it.
[[nodiscard]] Result<void> check_not_cross_site(const Request& request,
                                                std::string_view public_origin);

/// How new a row has to be that access is decided on.
enum class Freshness {
    exact,
    for_life,  ///< Only what a case keeps for life counts: see KeptReads::find_former_case.
};

/// A case that the caller's organisation is a party of. Errors: case_not_found (also when it is
/// there, but not for this organisation); those of the store.
[[nodiscard]] Result<std::shared_ptr<const rows::Case>> find_case_of(const Source& source,
                                                                     const Caller& caller,
                                                                     std::string_view id,
                                                                     Freshness freshness);

/// A task of such a case, put into `task`, and the case. Errors: task_not_found; those of the
/// store.
[[nodiscard]] Result<rows::Case> find_case_of_task(StoreReader& reader,
                                                   const Caller& caller,
                                                   std::string_view id,
                                                   rows::Task& task);

/// Whether `organisation` may be named to the caller: one's own, certification bodies and groups;
/// to administrators every one.
[[nodiscard]] bool may_see(const Caller& caller, const rows::Organisation& organisation);

/// Whether its members may be listed to the caller: one's own; to administrators every one.
[[nodiscard]] bool may_see_members(const Caller& caller, const rows::Organisation& organisation);

/// An administrator at work on an organisation.
[[nodiscard]] Actor administrator_actor(const Caller& caller);

/// Errors: administrator_required.
[[nodiscard]] Result<void> check_administrator(const Caller& caller);

/// Roles of `workflow` that the caller holds and whose party is the caller's organisation, in the
/// workflow's order.
[[nodiscard]] std::vector<std::string> roles_in(const Caller& caller,
                                                const workflow::Workflow& workflow,
                                                const std::vector<rows::Party>& parties);

/// The role in which the caller ends `task`: that of the header Guildmark-Role, else the task's.
/// Errors: role_missing.
[[nodiscard]] Result<Actor> actor_of_task(const Caller& caller,
                                          const Request& request,
                                          const rows::Task& task);

/// One of the things that roles and open tasks allow.
using Allowed = bool workflow::Permission::*;

/// What decides in which role somebody acts on a case.
struct CaseRoles {
    const workflow::Workflow& workflow;
    const rows::Case& summary;
    /// Those of the caller's organisation; asked for only when no role allows it of itself.
    std::function<Result<std::vector<rows::Task>>()> open_tasks;
};

/// The role in which the caller does what `allowed` says: that of the header, else the first that
/// allows it of itself, else that of the first open task that allows it, else the first that the
/// caller has here; the engine then refuses it, on record. Errors: role_missing, and those of
/// `open_tasks`.
[[nodiscard]] Result<Actor> actor_of_case(const Caller& caller,
                                          const Request& request,
                                          const CaseRoles& roles,
                                          Allowed allowed);

/// The role in which the caller opens a case. Errors: role_missing.
[[nodiscard]] Result<Actor> actor_of_opening(const Caller& caller,
                                             const Request& request,
                                             const workflow::Workflow& workflow,
                                             const std::vector<rows::Party>& parties);

}  // namespace guildmark::api
