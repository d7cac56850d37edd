// Lists by page. A page begins behind a key and never counts rows, so that the last page of a
// million costs what the first does.
#include <algorithm>
#include <charconv>
#include <limits>
#include <set>

#include <fmt/format.h>

#include "adapters/store/sqlite/case_search.h"
#include "adapters/store/sqlite/paging.h"
#include "adapters/store/sqlite/reader.h"
#include "engine/base/limits.h"

namespace guildmark::sqlite {
namespace {

Error page_key_malformed() {
    return malformed("page_key_malformed",
                     "the key to go on with is none of this list; begin without one",
                     "after");
}

/// The id that a list goes on behind; `first` when it begins.
template <typename Key>
Result<Key> after_id(const PageRequest& page, Key first) {
    if (page.after.empty()) {
        return first;
    }
    const auto id = Key::parse(page.after);
    return id ? Result<Key>(*id) : page_key_malformed();
}

struct TaskKey {
    TaskId id;
    CaseId case_id;

    auto operator<=>(const TaskKey&) const = default;
};

bool matches(const TaskFilter& filter, const rows::Task& row) {
    return (filter.organisation.is_none() || row.organisation == filter.organisation) &&
           (filter.case_id.is_none() || row.case_id == filter.case_id) &&
           (!filter.status || row.status == *filter.status) &&
           (filter.roles.empty() ||
            std::ranges::find(filter.roles, row.role) != filter.roles.end());
}

/// Roles for which the organisation has open tasks: one step in the index for each.
Result<std::set<std::string>> roles_with_open_tasks(Connection& connection,
                                                    OrganisationId organisation) {
    std::set<std::string> roles;
    std::string last;
    while (true) {
        Query query = TRY(connection.query(
            roles.empty() ? "SELECT role FROM task INDEXED BY task_open WHERE status=0 AND "
                            "organisation=?1 AND role>=?2 ORDER BY role LIMIT 1"
                          : "SELECT role FROM task INDEXED BY task_open WHERE status=0 AND "
                            "organisation=?1 AND role>?2 ORDER BY role LIMIT 1"));
        query.bind(organisation, last);
        if (!TRY(query.step())) {
            return roles;
        }
        last = query.text(0);
        roles.insert(last);
    }
}

/// Open tasks of an organisation by (organisation, role, id), the roles' lists merged.
Result<std::vector<rows::Task>> open_tasks(Connection& connection,
                                           const TaskFilter& filter,
                                           TaskId after,
                                           std::size_t count_max) {
    const std::set<std::string> roles =
        filter.roles.empty() ? TRY(roles_with_open_tasks(connection, filter.organisation))
                             : std::set<std::string>(filter.roles.begin(), filter.roles.end());
    std::set<TaskKey> keys;
    for (const std::string& role : roles) {
        Query query = TRY(connection.query(
            "SELECT id, case_id FROM task INDEXED BY task_open WHERE status=0 AND organisation=?1 "
            "AND role=?2 AND id>?3 ORDER BY id LIMIT ?4"));
        query.bind(filter.organisation, role, after, count_max);
        while (TRY(query.step())) {
            keys.insert({TaskId(static_cast<std::uint64_t>(query.number(0))),
                         CaseId(static_cast<std::uint64_t>(query.number(1)))});
        }
    }
    std::vector<rows::Task> rows;
    for (auto key = keys.begin(); key != keys.end() && rows.size() < count_max; ++key) {
        auto row = TRY(
            find_row<rows::Task>(connection, "WHERE case_id=?1 AND id=?2", key->case_id, key->id));
        if (!row) {
            return corrupted("store_corrupted",
                             "the index of open tasks names one that is not there");
        }
        rows.push_back(*std::move(row));
    }
    return rows;
}

/// Tasks in the order that `tail` selects, as far as they match.
template <typename... Values>
Result<std::vector<rows::Task>> filtered_tasks(Connection& connection,
                                               const TaskFilter& filter,
                                               std::size_t count_max,
                                               std::string_view tail,
                                               const Values&... values) {
    Query query = TRY(connection.query(select_sql<rows::Task>(tail)));
    query.bind(values...);
    std::vector<rows::Task> rows;
    while (rows.size() < count_max && TRY(query.step())) {
        rows::Task row = TRY(query.row<rows::Task>());
        if (matches(filter, row)) {
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

/// Ids of one half of the list, finished or not, newest first.
Result<void> add_case_ids(Connection& connection,
                          const CaseFilter& filter,
                          bool finished,
                          std::pair<CaseId, std::size_t> before_and_count,
                          std::vector<CaseId>& ids) {
    Query query = TRY(connection.query(
        "SELECT case_id FROM case_index WHERE organisation=?1 AND finished=?2 AND case_id<?3 AND "
        "(?4='' OR workflow=?4) ORDER BY case_id DESC LIMIT ?5"));
    const auto [before, count_max] = before_and_count;
    query.bind(filter.organisation, finished, before, filter.workflow, count_max);
    while (TRY(query.step())) {
        ids.emplace_back(static_cast<std::uint64_t>(query.number(0)));
    }
    return {};
}

Result<FoundCases> listed_cases(Connection& connection,
                                const CaseFilter& filter,
                                CaseId before,
                                std::size_t count_max) {
    FoundCases found;
    for (const bool finished : {false, true}) {
        if (!filter.finished || *filter.finished == finished) {
            TRY(add_case_ids(connection, filter, finished, {before, count_max}, found.ids));
        }
    }
    std::ranges::sort(found.ids, std::ranges::greater());
    found.ids.resize(std::min(found.ids.size(), count_max));
    return found;
}

struct EvidenceKey {
    EvidenceId id;
    std::uint32_t revision = 0;
};

/// "<id>.<revision>".
Result<EvidenceKey> after_evidence(const PageRequest& page) {
    if (page.after.empty()) {
        return EvidenceKey{};
    }
    const std::size_t point = page.after.find('.');
    const auto id = EvidenceId::parse(std::string_view(page.after).substr(0, point));
    if (!id || point == std::string::npos) {
        return page_key_malformed();
    }
    std::uint32_t revision = 0;
    const char* const end = page.after.data() + page.after.size();
    const auto [rest, error] = std::from_chars(page.after.data() + point + 1, end, revision);
    return rest == end && error == std::errc() ? Result<EvidenceKey>(EvidenceKey{*id, revision})
                                               : page_key_malformed();
}

}  // namespace

Result<Page<rows::Case>> Reader::cases(const CaseFilter& filter, const PageRequest& page) {
    Connection& connection = *TRY(source_());
    const std::size_t count_max = probe_size(page);
    constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    const CaseId before = TRY(after_id(page, CaseId(largest)));
    const Transaction one_state = TRY(Transaction::begin_read(connection));
    const FoundCases found = filter.is_search()
                                 ? TRY(search_cases(connection, filter, before, count_max))
                                 : TRY(listed_cases(connection, filter, before, count_max));
    std::vector<rows::Case> rows;
    for (const CaseId id : found.ids) {
        auto row = TRY(find_case(id));
        if (!row) {
            return corrupted("store_corrupted", "the index of cases names one that is not there");
        }
        rows.push_back(*std::move(row));
    }
    auto listed =
        page_of(std::move(rows), page, [](const rows::Case& row) { return row.id.to_text(); });
    if (listed.next.empty() && found.looked_until) {
        listed.next = found.looked_until->to_text();
    }
    return listed;
}

Result<std::uint64_t> Reader::count_cases(const CaseFilter& filter) {
    ENSURE(!filter.is_search(), "what a search finds is not counted");
    Connection& connection = *TRY(source_());
    Query query = TRY(
        connection.query("SELECT coalesce(sum(count), 0) FROM case_count WHERE organisation=?1 AND "
                         "(?2 IS NULL OR finished=?2) AND (?3='' OR workflow=?3)"));
    query.bind(filter.organisation, filter.finished, filter.workflow);
    ENSURE(TRY(query.step()), "a sum has one row");
    return static_cast<std::uint64_t>(query.number(0));
}

Result<Page<rows::Task>> Reader::tasks(const TaskFilter& filter, const PageRequest& page) {
    Connection& connection = *TRY(source_());
    const std::size_t count_max = probe_size(page);
    const TaskId after = TRY(after_id(page, TaskId()));
    const Transaction one_state = TRY(Transaction::begin_read(connection));
    std::vector<rows::Task> rows;
    if (!filter.case_id.is_none()) {
        rows = TRY(filtered_tasks(connection,
                                  filter,
                                  count_max,
                                  "WHERE case_id=?1 AND id>?2 AND (?3 IS NULL OR status=?3) "
                                  "ORDER BY id",
                                  filter.case_id,
                                  after,
                                  filter.status));
    } else if (!filter.organisation.is_none() && filter.status == rows::TaskStatus::open) {
        rows = TRY(open_tasks(connection, filter, after, count_max));
    } else {
        rows = TRY(filtered_tasks(connection, filter, count_max, "WHERE id>?1 ORDER BY id", after));
    }
    return page_of(std::move(rows), page, [](const rows::Task& row) { return row.id.to_text(); });
}

Result<Page<rows::Incident>> Reader::incidents(const IncidentFilter& filter,
                                               const PageRequest& page) {
    Connection& connection = *TRY(source_());
    const std::size_t count_max = probe_size(page);
    const IncidentId after = TRY(after_id(page, IncidentId()));
    const Transaction one_state = TRY(Transaction::begin_read(connection));
    std::vector<rows::Incident> rows;
    if (!filter.case_id.is_none()) {
        rows = TRY(all_rows<rows::Incident>(
            connection,
            "WHERE case_id=?1 AND id>?2 AND (?3 IS NULL OR status=?3) AND (?4=0 OR "
            "organisation=?4) ORDER BY id LIMIT ?5",
            filter.case_id,
            after,
            filter.status,
            filter.organisation,
            count_max));
    } else if (filter.organisation.is_none()) {
        rows = TRY(all_rows<rows::Incident>(
            connection,
            "WHERE id>?1 AND (?2 IS NULL OR status=?2) ORDER BY id LIMIT ?3",
            after,
            filter.status,
            count_max));
    } else {
        for (const auto status : {rows::IncidentStatus::open, rows::IncidentStatus::resolved}) {
            const bool is_asked = !filter.status || *filter.status == status;
            const auto part = TRY(all_rows<rows::Incident>(
                connection,
                "INDEXED BY incident_by_organisation WHERE organisation=?1 AND status=?2 AND "
                "id>?3 ORDER BY id LIMIT ?4",
                filter.organisation,
                status,
                after,
                is_asked ? count_max : 0));
            rows.insert(rows.end(), part.begin(), part.end());
        }
        std::ranges::sort(rows, {}, &rows::Incident::id);
        rows.resize(std::min(rows.size(), count_max));
    }
    return page_of(
        std::move(rows), page, [](const rows::Incident& row) { return row.id.to_text(); });
}

Result<Page<rows::Evidence>> Reader::evidence(CaseId id, const PageRequest& page) {
    Connection& connection = *TRY(source_());
    const std::size_t count_max = probe_size(page);
    const EvidenceKey after = TRY(after_evidence(page));
    auto rows = TRY(all_rows<rows::Evidence>(
        connection,
        "WHERE case_id=?1 AND (id, revision) > (?2, ?3) ORDER BY id, revision LIMIT ?4",
        id,
        after.id,
        after.revision,
        count_max));
    return page_of(std::move(rows), page, [](const rows::Evidence& row) {
        return fmt::format("{}.{}", row.id.to_text(), row.revision);
    });
}

Result<Page<rows::Organisation>> Reader::organisations(const PageRequest& page) {
    Connection& connection = *TRY(source_());
    const std::size_t count_max = probe_size(page);
    const OrganisationId after = TRY(after_id(page, OrganisationId()));
    auto rows = TRY(all_rows<rows::Organisation>(
        connection, "WHERE id>?1 ORDER BY id LIMIT ?2", after, count_max));
    return page_of(
        std::move(rows), page, [](const rows::Organisation& row) { return row.id.to_text(); });
}

}  // namespace guildmark::sqlite
