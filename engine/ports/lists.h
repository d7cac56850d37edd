#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "engine/ports/read_model.h"

namespace guildmark {

/// Where a page of a list goes on: the last key of the page before; empty: at the beginning.
struct PageRequest {
    std::string after;
    std::size_t size = 0;  ///< 1 to limits::page_size_max.
};

/// One page of a list.
template <typename Row>
struct Page {
    std::vector<Row> items;
    std::string next;  ///< The key to go on with; empty at the end.
};

/// Which cases a list shows: those that meet all that is set. A page of a search may hold fewer
/// cases than were asked for, even none, and still have a next one: it ends when
/// limits::search_steps_max were looked up, so that it costs no more in a million cases.
struct CaseFilter {
    OrganisationId organisation;  ///< Cases in which it is a party; none: every case.
    std::optional<bool> finished;
    std::string workflow;            ///< Empty: any.
    std::vector<std::string> terms;  ///< It has all of them, see terms.h.
    OrganisationId also;             ///< Another party of the case; none: any.

    /// Whether cases are looked for by more than lists are kept for.
    [[nodiscard]] bool is_search() const { return !terms.empty() || !also.is_none(); }
};

/// Which tasks a list shows: those that meet all that is set.
struct TaskFilter {
    OrganisationId organisation;     ///< None: any.
    std::vector<std::string> roles;  ///< Empty: any.
    CaseId case_id;                  ///< None: any.
    std::optional<rows::TaskStatus> status;
};

/// Which incidents a list shows: those that meet all that is set.
struct IncidentFilter {
    OrganisationId organisation;  ///< Whose people mend them; none: any.
    CaseId case_id;               ///< None: any.
    std::optional<rows::IncidentStatus> status;
};

/// Which certificates a register shows: those that meet all that is set; of each number the newest.
struct CertificateFilter {
    std::string holder;    ///< Part of the holder's name; ASCII letters of either case. Empty: any.
    std::string standard;  ///< "iso-9001" for every edition, or "iso-9001:2015"; empty: any.
    std::string country;   ///< The holder's, ISO 3166-1 alpha-2; empty: any.
    std::string region;    ///< The beginning of the holder's NUTS code; empty: any.
};

}  // namespace guildmark
