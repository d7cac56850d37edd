#include <set>

#include "engine/base/limits.h"
#include "tests/contract/store/store_contract.h"

namespace guildmark::tests {
namespace {

constexpr OrganisationId client(11);
constexpr OrganisationId other_client(12);
constexpr OrganisationId body(22);

template <typename Row>
std::vector<std::uint64_t> ids_of(const std::vector<Row>& rows) {
    std::vector<std::uint64_t> ids;
    for (const auto& row : rows) {
        ids.push_back(row.id.value());
    }
    return ids;
}

using Ids = std::vector<std::uint64_t>;

/// All ids of a list, read `size` at a time; every page but the last must be full.
template <typename Read>
Ids ids_by_page(std::size_t size, Read read) {
    Ids ids;
    PageRequest request{"", size};
    while (true) {
        const auto page = value_of(read(request));
        EXPECT_LE(page.items.size(), size);
        for (const std::uint64_t id : ids_of(page.items)) {
            ids.push_back(id);
        }
        if (page.next.empty() || ids.size() > 1'000) {
            return ids;
        }
        EXPECT_EQ(page.items.size(), size);
        request.after = page.next;
    }
}

TEST_P(StoreLists, refuse_a_page_key_of_another_list) {
    for (const std::string key : {"x", "0000000000000", "10", "zzzzzzzzzzzzzzzz", "ü"}) {
        const PageRequest page{key, 10};
        EXPECT_EQ(code_of(reader().cases({}, page)), "page_key_malformed") << key;
        EXPECT_EQ(code_of(reader().tasks({}, page)), "page_key_malformed") << key;
        EXPECT_EQ(code_of(reader().organisations(page)), "page_key_malformed") << key;
        EXPECT_EQ(code_of(reader().evidence(CaseId(1), page)), "page_key_malformed") << key;
    }
    const std::string id = EvidenceId(7).to_text();
    for (const std::string& key : {id, id + ".", id + ".x", id + ".1.2", id + ".99999999999"}) {
        EXPECT_EQ(code_of(reader().evidence(CaseId(1), {key, 10})), "page_key_malformed") << key;
    }
}

TEST_P(StoreLists, of_an_empty_store_are_empty) {
    const PageRequest page{"", limits::page_size_max};
    EXPECT_TRUE(value_of(reader().cases({}, page)).items.empty());
    EXPECT_TRUE(value_of(reader().tasks({}, page)).items.empty());
    EXPECT_TRUE(value_of(reader().organisations(page)).items.empty());
    EXPECT_TRUE(value_of(reader().evidence(CaseId(1), page)).items.empty());
    EXPECT_TRUE(value_of(reader().requirements(CaseId(1))).empty());
    EXPECT_TRUE(value_of(reader().findings(CaseId(1))).empty());
    EXPECT_EQ(value_of(reader().count_cases({})), 0u);
    EXPECT_FALSE(value_of(reader().find_case(CaseId(1))));
    EXPECT_FALSE(value_of(reader().find_case_rows(CaseId(1))));
    EXPECT_FALSE(value_of(reader().find_case_overview(CaseId(1), Date(), 1)));
    EXPECT_FALSE(value_of(reader().find_evidence(CaseId(1), EvidenceId(1), std::nullopt)));
    EXPECT_FALSE(value_of(reader().find_task(TaskId(1))));
    EXPECT_FALSE(value_of(reader().find_certificate("GM-1")));
    EXPECT_FALSE(value_of(reader().find_organisation(client)));
    EXPECT_FALSE(value_of(reader().find_organisation_rows(client)));
    EXPECT_FALSE(value_of(reader().find_member(client, PersonId(1))));
    EXPECT_FALSE(value_of(reader().find_token(Digest{})));
}

TEST_P(StoreLists, give_every_field_of_a_case_back) {
    const rows::CaseRows rows = sample_case_rows(CaseId(100));
    commit({.rows = changes_of(rows)});
    commit({.rows = changes_of(sample_case_rows(CaseId(200)))});
    reopen();

    EXPECT_EQ(value_of(reader().find_case_rows(CaseId(100))), rows);
    EXPECT_EQ(value_of(reader().find_case(CaseId(100))), rows.summary);
    EXPECT_EQ(value_of(reader().requirements(CaseId(100))), rows.requirements);
    EXPECT_EQ(value_of(reader().findings(CaseId(100))), rows.findings);
    EXPECT_EQ(value_of(reader().evidence(CaseId(100), {"", 10})).items, rows.evidence);
    EXPECT_EQ(value_of(reader().find_task(rows.tasks[1].id)), rows.tasks[1]);
    EXPECT_EQ(value_of(reader().find_certificate("GM-1000")), rows.certificates[0]);
}

TEST_P(StoreLists, show_a_row_as_it_was_written_last) {
    rows::CaseRows rows = sample_case_rows(CaseId(100));
    commit({.rows = changes_of(rows)});
    rows.summary.title = "Renamed";
    rows.summary.next_due = std::nullopt;
    rows.tasks[0].status = rows::TaskStatus::withdrawn;
    rows.requirements[1].answer = rows::Answer::not_applicable;
    rows.evidence[1].status = rows::EvidenceStatus::withdrawn;
    rows.findings[0].status = rows::FindingStatus::accepted;
    rows.certificates[0].status = rows::CertificateStatus::withdrawn;
    commit({.rows = changes_of(rows)});
    reopen();

    EXPECT_EQ(value_of(reader().find_case_rows(CaseId(100))), rows);
}

TEST_P(StoreLists, give_what_of_a_case_asks_for_attention) {
    const CaseId id(100);
    rows::CaseRows rows = sample_case_rows(id);
    rows.findings.push_back(sample_finding(FindingId(1'001), id));
    rows.findings[1].status = rows::FindingStatus::responded;
    rows.evidence.clear();
    const Date first_day = Date::of(rows.summary.opened_at);
    const int days_left[] = {30, 20, 10, 31};
    for (std::uint64_t index = 0; index < 4; ++index) {
        rows.evidence.push_back(sample_evidence(EvidenceId(1'000 + index), id, 2));
        rows.evidence[index].status = rows::EvidenceStatus::current;
        rows.evidence[index].valid_until = first_day.plus_days(days_left[index]);
    }
    for (const rows::EvidenceStatus status :
         {rows::EvidenceStatus::superseded, rows::EvidenceStatus::withdrawn}) {
        rows.evidence.push_back(rows.evidence[2]);
        rows.evidence.back().id = EvidenceId(2'000 + static_cast<std::uint64_t>(status));
        rows.evidence.back().status = status;
    }
    rows.evidence.push_back(rows.evidence[0]);
    rows.evidence.back().id = EvidenceId(3'000);
    rows.evidence.back().valid_until = std::nullopt;
    commit({.rows = changes_of(rows)});
    commit({.rows = changes_of(sample_case_rows(CaseId(200)))});
    reopen();

    rows::CaseOverview expected{rows.summary,
                                {rows.tasks[0]},
                                {rows.requirements[0]},
                                {rows.evidence[2], rows.evidence[1], rows.evidence[0]},
                                {rows.findings[1]},
                                rows.decisions,
                                rows.certificates,
                                rows.charges};
    EXPECT_FALSE(value_of(reader().find_case_overview(CaseId(300), first_day.plus_days(30), 9)));
    EXPECT_EQ(value_of(reader().find_case_overview(id, first_day.plus_days(30), 9)), expected);
    expected.evidence.pop_back();
    EXPECT_EQ(value_of(reader().find_case_overview(id, first_day.plus_days(30), 2)), expected);
    EXPECT_EQ(value_of(reader().find_case_overview(id, first_day.plus_days(29), 9)), expected);

    // A document without a last day never expires, and on its last day one still counts.
    EXPECT_EQ(value_of(reader().gate_rows(id, first_day.plus_days(20))),
              (rows::GateRows{rows.requirements, {rows.evidence[2]}, rows.findings}));
    EXPECT_EQ(value_of(reader().gate_rows(CaseId(300), first_day.plus_days(20))), rows::GateRows());
}

TEST_P(StoreLists, find_one_revision_of_a_document) {
    const CaseId id(7);
    std::vector<rows::Evidence> rows;
    for (const std::uint32_t revision : {1u, 2u, 10u}) {
        rows.push_back(sample_evidence(EvidenceId(4), id, revision));
    }
    rows.push_back(sample_evidence(EvidenceId(5), id, 11));
    commit({.rows = {.evidence = rows}});

    EXPECT_FALSE(value_of(reader().find_evidence(CaseId(8), EvidenceId(4), std::nullopt)));
    EXPECT_FALSE(value_of(reader().find_evidence(id, EvidenceId(6), std::nullopt)));
    EXPECT_FALSE(value_of(reader().find_evidence(id, EvidenceId(4), 3)));
    EXPECT_EQ(value_of(reader().find_evidence(id, EvidenceId(4), 2)), rows[1]);
    EXPECT_EQ(value_of(reader().find_evidence(id, EvidenceId(4), std::nullopt)), rows[2]);
}

TEST_P(StoreLists, give_every_field_of_an_organisation_back) {
    rows::Changes changes;
    changes.organisations = {sample_organisation(client), sample_organisation(body)};
    changes.members = {sample_member(client, PersonId(31)),
                       sample_member(client, PersonId(32)),
                       sample_member(body, PersonId(31))};
    changes.tokens = {sample_token(client, TokenId(1)), sample_token(body, TokenId(2))};
    changes.tokens[1].expires_at = std::nullopt;
    changes.competences = {sample_competence(client, PersonId(31)),
                           sample_competence(client, PersonId(32)),
                           sample_competence(body, PersonId(31))};
    changes.competences[1].until = std::nullopt;
    changes.competences[1].ended = std::nullopt;
    commit({.rows = changes});
    reopen();

    const auto rows = value_of(reader().find_organisation_rows(client));
    ASSERT_TRUE(rows);
    EXPECT_EQ(rows->summary, changes.organisations[0]);
    EXPECT_EQ(rows->members, (std::vector<rows::Member>{changes.members[0], changes.members[1]}));
    EXPECT_EQ(rows->tokens, std::vector<rows::Token>{changes.tokens[0]});
    EXPECT_EQ(rows->competences,
              (std::vector<rows::Competence>{changes.competences[0], changes.competences[1]}));
    EXPECT_EQ(value_of(reader().find_organisation(body)), changes.organisations[1]);
    EXPECT_EQ(value_of(reader().find_member(body, PersonId(31))), changes.members[2]);
    EXPECT_FALSE(value_of(reader().find_member(body, PersonId(32))));
    EXPECT_EQ(value_of(reader().find_token(changes.tokens[1].hash)), changes.tokens[1]);
    EXPECT_FALSE(value_of(reader().find_token(sha256("another"))));
}

TEST_P(StoreLists, page_through_cases_newest_first) {
    for (std::uint64_t id = 1; id <= 7; ++id) {
        rows::Case row = sample_case(CaseId(id), id % 2 == 0 ? client : other_client, body);
        row.finished = id >= 3 && id <= 5;
        row.workflow = id == 4 ? "group" : "product";
        commit({.rows = {.cases = {row}}});
    }
    const auto cases = [&](CaseFilter filter) {
        return [this, filter](const PageRequest& page) { return reader().cases(filter, page); };
    };
    for (const std::size_t size : {1u, 2u, 3u, 7u, 200u}) {
        EXPECT_EQ(ids_by_page(size, cases({})), (Ids{7, 6, 5, 4, 3, 2, 1}));
        EXPECT_EQ(ids_by_page(size, cases({.organisation = body})), (Ids{7, 6, 5, 4, 3, 2, 1}));
        EXPECT_EQ(ids_by_page(size, cases({.organisation = client})), (Ids{6, 4, 2}));
        EXPECT_EQ(ids_by_page(size, cases({.organisation = client, .finished = false})),
                  (Ids{6, 2}));
        EXPECT_EQ(ids_by_page(size, cases({.finished = true})), (Ids{5, 4, 3}));
        EXPECT_EQ(ids_by_page(size, cases({.workflow = "group"})), (Ids{4}));
        EXPECT_EQ(ids_by_page(size, cases({.organisation = OrganisationId(99)})), Ids{});
    }
}

TEST_P(StoreLists, count_the_cases_that_a_filter_leaves) {
    rows::Case row = sample_case(CaseId(1), client, body);
    commit({.rows = {.cases = {row, sample_case(CaseId(2), other_client, body)}}});
    row.finished = true;
    commit({.rows = {.cases = {row}}});

    EXPECT_EQ(value_of(reader().count_cases({})), 2u);
    EXPECT_EQ(value_of(reader().count_cases({.finished = true})), 1u);
    EXPECT_EQ(value_of(reader().count_cases({.organisation = client, .finished = false})), 0u);
    EXPECT_EQ(value_of(reader().count_cases({.organisation = body})), 2u);
    EXPECT_EQ(value_of(reader().count_cases({.workflow = "product"})), 2u);
    EXPECT_EQ(value_of(reader().count_cases({.workflow = "group"})), 0u);
}

TEST_P(StoreLists, find_cases_by_what_they_have_now) {
    const auto found = [&](std::vector<std::string> terms, CaseFilter filter = {}) {
        filter.terms = std::move(terms);
        return ids_by_page(1,
                           [&](const PageRequest& page) { return reader().cases(filter, page); });
    };
    for (std::uint64_t id = 1; id <= 6; ++id) {
        rows::Case row = sample_case(CaseId(id), id % 2 == 0 ? client : other_client, body);
        row.terms = {"data/region=" + std::string(id < 4 ? "DE-BW" : "DE"), "state/review"};
        row.finished = id == 6;
        row.workflow = id == 5 ? "group" : "product";
        commit({.rows = {.cases = {row}}});
    }
    EXPECT_EQ(found({"state/revie"}), Ids{});
    EXPECT_EQ(found({"state/review", "role/decider"}), Ids{});
    EXPECT_EQ(found({"state/review"}), (Ids{6, 5, 4, 3, 2, 1}));
    EXPECT_EQ(found({"data/region=DE", "state/review"}), (Ids{6, 5, 4}));
    EXPECT_EQ(found({"data/region=DE"}, {.finished = false}), (Ids{5, 4}));
    EXPECT_EQ(found({"data/region=DE"}, {.workflow = "product"}), (Ids{6, 4}));
    EXPECT_EQ(found({"state/review"}, {.organisation = client}), (Ids{6, 4, 2}));
    EXPECT_EQ(found({}, {.organisation = body, .also = client}), (Ids{6, 4, 2}));
    EXPECT_EQ(found({}, {.organisation = other_client, .also = client}), Ids{});

    rows::Case moved = sample_case(CaseId(2), client, body);
    moved.terms = {"data/region=DE-BW", "paused", "state/audit"};
    commit({.rows = {.cases = {moved}}});
    EXPECT_EQ(found({"state/review"}, {.organisation = client}), (Ids{6, 4}));
    EXPECT_EQ(found({"paused", "state/audit"}), Ids{2});
    EXPECT_EQ(value_of(reader().find_case(CaseId(2))), moved);
    EXPECT_EQ(first_fault(store()), "");
}

TEST_P(StoreLists, find_cases_by_a_value_with_any_letters) {
    rows::Case row = sample_case(CaseId(1), client, body);
    row.terms = {"data/a=3:x", "data/a=Öl; 'x' = 1", "data/b="};
    commit({.rows = {.cases = {row}}});
    for (const std::string& term : row.terms) {
        const CaseFilter filter{.terms = {term}};
        EXPECT_EQ(value_of(reader().cases(filter, {"", 10})).items, std::vector<rows::Case>{row});
    }
}

TEST_P(StoreLists, follow_a_case_to_its_new_parties) {
    rows::Case row = sample_case(CaseId(1), client, body);
    commit({.rows = {.cases = {row}}});
    row.parties = {{"body", body}, {"client", other_client}, {"holder", other_client}};
    commit({.rows = {.cases = {row}}});

    const PageRequest page{"", 10};
    EXPECT_TRUE(value_of(reader().cases({.organisation = client}, page)).items.empty());
    EXPECT_EQ(value_of(reader().cases({.organisation = other_client}, page)).items,
              std::vector<rows::Case>{row});
    EXPECT_EQ(value_of(reader().count_cases({.organisation = client})), 0u);
    EXPECT_EQ(value_of(reader().count_cases({.organisation = other_client})), 1u);
    EXPECT_EQ(first_fault(store()), "");
}

TEST_P(StoreLists, keep_a_party_whose_name_has_marks_in_it) {
    rows::Case row = sample_case(CaseId(1), client, body);
    row.parties = {{"", client}, {"3:a;b 4", body}};
    commit({.rows = {.cases = {row}}});
    EXPECT_EQ(value_of(reader().find_case(CaseId(1))), row);
}

TEST_P(StoreLists, page_through_tasks_in_order_of_their_ids) {
    std::vector<rows::Task> tasks;
    for (std::uint64_t id = 1; id <= 8; ++id) {
        tasks.push_back(sample_task(TaskId(id), CaseId(id % 3 + 1), id < 7 ? client : body));
        tasks.back().role = id % 2 == 0 ? "auditor" : "applicant";
        tasks.back().status = id == 3 ? rows::TaskStatus::done : rows::TaskStatus::open;
    }
    commit({.rows = {.tasks = tasks}});
    const auto open = rows::TaskStatus::open;
    const auto list = [&](TaskFilter filter) {
        return [this, filter](const PageRequest& page) { return reader().tasks(filter, page); };
    };
    for (const std::size_t size : {1u, 2u, 5u, 200u}) {
        EXPECT_EQ(ids_by_page(size, list({})), (Ids{1, 2, 3, 4, 5, 6, 7, 8}));
        EXPECT_EQ(ids_by_page(size, list({.organisation = client, .status = open})),
                  (Ids{1, 2, 4, 5, 6}));
        EXPECT_EQ(ids_by_page(
                      size, list({.organisation = client, .roles = {"applicant"}, .status = open})),
                  (Ids{1, 5}));
        EXPECT_EQ(ids_by_page(size,
                              list({.organisation = client,
                                    .roles = {"auditor", "applicant", "auditor", "other"},
                                    .status = open})),
                  (Ids{1, 2, 4, 5, 6}));
        EXPECT_EQ(ids_by_page(size, list({.organisation = client, .roles = {"applicant"}})),
                  (Ids{1, 3, 5}));
        EXPECT_EQ(ids_by_page(size, list({.case_id = CaseId(1)})), (Ids{3, 6}));
        EXPECT_EQ(ids_by_page(size, list({.case_id = CaseId(1), .status = open})), (Ids{6}));
        EXPECT_EQ(ids_by_page(size, list({.roles = {"auditor"}, .status = open})),
                  (Ids{2, 4, 6, 8}));
        EXPECT_EQ(ids_by_page(size, list({.status = rows::TaskStatus::withdrawn})), Ids{});
    }
}

TEST_P(StoreLists, no_longer_show_a_task_among_the_open_ones_when_it_is_done) {
    rows::Task task = sample_task(TaskId(5), CaseId(1), client);
    commit({.rows = {.tasks = {task}}});
    task.status = rows::TaskStatus::done;
    commit({.rows = {.tasks = {task}}});
    const TaskFilter open{.organisation = client, .status = rows::TaskStatus::open};
    EXPECT_TRUE(value_of(reader().tasks(open, {"", 10})).items.empty());
    EXPECT_EQ(value_of(reader().find_task(task.id)), task);
}

TEST_P(StoreLists, page_through_the_revisions_of_evidence) {
    std::vector<rows::Evidence> rows;
    for (const std::uint64_t id : {4u, 9u}) {
        for (std::uint32_t revision = 1; revision <= 11; ++revision) {
            rows.push_back(sample_evidence(EvidenceId(id), CaseId(1), revision));
        }
    }
    commit({.rows = {.evidence = rows}});
    for (const std::size_t size : {1u, 5u, 11u, 22u, 23u}) {
        std::vector<rows::Evidence> read;
        PageRequest request{"", size};
        do {
            const auto page = value_of(reader().evidence(CaseId(1), request));
            read.insert(read.end(), page.items.begin(), page.items.end());
            request.after = page.next;
        } while (!request.after.empty() && read.size() < 100);
        EXPECT_EQ(read, rows);
    }
}

TEST_P(StoreLists, page_through_organisations) {
    rows::Changes changes;
    for (std::uint64_t id = 1; id <= 5; ++id) {
        changes.organisations.push_back(sample_organisation(OrganisationId(id)));
    }
    commit({.rows = changes});
    EXPECT_EQ(ids_by_page(2, [&](const PageRequest& page) { return reader().organisations(page); }),
              (Ids{1, 2, 3, 4, 5}));
}

TEST_P(StoreLists, give_the_newest_certificate_of_a_number) {
    commit({.rows = {.certificates = {sample_certificate(CertificateId(5), CaseId(9), "GM-1"),
                                      sample_certificate(CertificateId(6), CaseId(2), "GM-1")}}});
    EXPECT_EQ(value_of(reader().find_certificate("GM-1"))->id, CertificateId(6));
    EXPECT_FALSE(value_of(reader().find_certificate("gm-1")));
}

}  // namespace

/// The ids that a filter finds, two on a page.
static std::vector<IncidentId> incident_ids(StoreReader& reader, const IncidentFilter& filter) {
    std::vector<IncidentId> ids;
    PageRequest page{"", 2};
    do {
        const auto found = value_of(reader.incidents(filter, page));
        for (const rows::Incident& row : found.items) {
            ids.push_back(row.id);
        }
        page.after = found.next;
    } while (!page.after.empty());
    return ids;
}

TEST_P(StoreLists, finds_incidents_by_case_organisation_and_status) {
    Commit all;
    for (std::uint64_t id = 1; id <= 9; ++id) {
        rows::Incident row = sample_incident(IncidentId(id), CaseId(100 + id % 2));
        row.organisation = OrganisationId(id % 3 == 0 ? 33 : 22);
        row.status = id % 4 == 0 ? rows::IncidentStatus::open : rows::IncidentStatus::resolved;
        all.rows.incidents.push_back(row);
    }
    commit(all);
    reopen();
    using Ids = std::vector<IncidentId>;
    const auto open = rows::IncidentStatus::open;
    const auto resolved = rows::IncidentStatus::resolved;
    const auto id = [](std::uint64_t value) { return IncidentId(value); };
    EXPECT_EQ(incident_ids(reader(), {{}, CaseId(101), {}}),
              (Ids{id(1), id(3), id(5), id(7), id(9)}));
    EXPECT_EQ(incident_ids(reader(), {{}, CaseId(100), open}), (Ids{id(4), id(8)}));
    EXPECT_EQ(incident_ids(reader(), {OrganisationId(33), {}, {}}), (Ids{id(3), id(6), id(9)}));
    EXPECT_EQ(incident_ids(reader(), {OrganisationId(22), {}, open}), (Ids{id(4), id(8)}));
    EXPECT_EQ(incident_ids(reader(), {OrganisationId(22), {}, {}}),
              (Ids{id(1), id(2), id(4), id(5), id(7), id(8)}));
    EXPECT_EQ(incident_ids(reader(), {OrganisationId(33), CaseId(100), resolved}), (Ids{id(6)}));
    EXPECT_EQ(incident_ids(reader(), {{}, {}, open}), (Ids{id(4), id(8)}));
    EXPECT_EQ(code_of(reader().incidents({}, {"moon", 2})), "page_key_malformed");
}

}  // namespace guildmark::tests
