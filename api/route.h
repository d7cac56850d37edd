#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "api/access.h"
#include "api/event_hub.h"
#include "api/kept_reads.h"
#include "api/message.h"
#include "api/names.h"
#include "api/services.h"
#include "api/shared_log.h"
#include "api/status_lists.h"
#include "engine/workflow/form.h"

namespace guildmark::api {

/// Who may use a route; checked in one place, before the handler runs, see access.h.
enum class Access {
    anyone,
    member,                   ///< Whoever a valid token names.
    party_of_case,            ///< {case}: the member's organisation is a party; else not found.
    party_of_task,            ///< {task}: the same for the task's case.
    sees_organisation,        ///< {organisation}: see may_see; else not found.
    belongs_to_organisation,  ///< {organisation}: one's own; administrators: every one.
    administrator,            ///< A member of an operator with the role "administrator".
};

/// One request on its way through a handler: what was asked, who asks, and what it is about, all
/// of it checked for access.
struct Call {
    const Request& request;
    const NamedTexts& parameters;  ///< Of the path, unescaped.
    const ApiDependencies& services;
    StoreReader& reader;
    Library& library;  ///< The lane's own.
    EventHub& hub;
    SharedLog& log;
    KeptReads& kept;
    std::uint64_t changes_before;  ///< Of what is kept, before anything was read.
    Instant now;
    StatusLists& status_lists;
    const std::string& public_origin;      ///< "https://guildmark.example", or empty.
    std::vector<std::string> languages{};  ///< In order of preference.
    /// Set unless the route is for anyone.
    std::shared_ptr<const Caller> caller{};
    /// Set with party_of_case and party_of_task. In a write with party_of_case it is as the case
    /// once was, so that only what a case keeps for life is exact: who its parties are, its
    /// workflow and its standard.
    std::shared_ptr<const rows::Case> case_row{};
    std::optional<rows::Task> task_row{};                  ///< Set with party_of_task.
    std::optional<rows::Organisation> organisation_row{};  ///< Set when the path names one.
    std::vector<workflow::FieldProblem> problems{};        ///< What was wrong with fields.
    Names names{};

    [[nodiscard]] const std::string& parameter(std::string_view name) const;

    /// The text in the first language asked for that it has, else in its own first one.
    [[nodiscard]] std::string text(const LocalizedText& localized) const;
};

/// The named values of a refusal, for a sentence in the reader's language; see wording.h.
using ExplainRefusal = std::function<Value::Object(const Error&)>;

/// A command that a handler made of a request, and how the answer is told.
struct Command {
    Submission submission;
    int status = 200;
    /// With status 201: the address of what was made, up to its id.
    std::string location{};
    /// When set, in place of the receipt.
    std::function<Response(const Answer&)> encode{};
    ExplainRefusal explain{};  ///< When set, of a refusal's values.
    bool takes_key = true;     ///< Carried out once for each Idempotency-Key.
};

/// What becomes of an upload when its bytes are stored.
struct Upload {
    std::function<Command(const StoredBlob& blob, std::string media_type)> make_command;
    std::string file_name;
};

/// Work that takes too long for the thread of the connections; runs on another, with its reader.
using Job = std::function<Result<Response>(StoreReader& reader)>;

using ReadHandler = Result<Response> (*)(Call&);
using WriteHandler = Result<Command> (*)(Call&);
using UploadHandler = Result<Upload> (*)(Call&);
using JobHandler = Result<Job> (*)(Call&);

/// One line of the table: what is served where, to whom, by which function.
struct Route {
    Method method = Method::get;
    std::string_view pattern;  ///< "/api/v1/cases/{case}"
    Access access = Access::member;
    std::variant<ReadHandler, WriteHandler, UploadHandler, JobHandler> handler;
    /// The route takes a JSON body.
    enum class Body { none, json } body = Body::none;
};

/// Every route of the API.
[[nodiscard]] std::span<const Route> routes();

/// A route, and what its path says.
struct RouteMatch {
    const Route* route = nullptr;
    NamedTexts parameters;
};

/// Why there is no route: the path is unknown, or only the method is.
struct NoRoute {
    std::vector<Method> allowed;  ///< Empty: nothing is at this path.
};

/// Finds the route of a path; HEAD finds that of GET.
[[nodiscard]] std::variant<RouteMatch, NoRoute> find_route(Method method, std::string_view path);

}  // namespace guildmark::api
