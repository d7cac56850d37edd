#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/fields.h"
#include "engine/ports/lists.h"

/// Which cases are meant, as people say it.
namespace guildmark::api {

/// How a case is, as far as lists tell it apart; failed: something in it waits for somebody.
enum class CaseStatus { running, paused, failed, finished };

constexpr auto names_of(CaseStatus) {
    return std::to_array<std::string_view>({"running", "paused", "failed", "finished"});
}

/// What cases are to meet, all of it; what is empty does not count.
struct CaseSearch {
    std::vector<std::string> states;
    std::vector<std::string> tasks;
    std::vector<std::string> roles;
    NamedTexts data;              ///< What the workflow calls it, and the value.
    OrganisationId organisation;  ///< A party of the case.
    std::string workflow;
    std::optional<CaseStatus> status;
};

/// The cases of `organisation` (none: all) that the search means.
[[nodiscard]] CaseFilter filter_of(const CaseSearch& search, OrganisationId organisation);

/// Reads it from a query: state, task, role and data.NAME may stand more than once.
[[nodiscard]] CaseSearch search_of_query(Fields& fields);

/// Reads it from the members of a JSON object: states, tasks and roles are lists of texts, data is
/// an object of texts, the rest as in a query.
[[nodiscard]] CaseSearch search_of_body(Fields& fields);

}  // namespace guildmark::api
