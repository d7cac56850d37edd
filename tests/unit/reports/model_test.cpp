#include <algorithm>

#include <gtest/gtest.h>

#include "reports/model/status.h"
#include "tests/unit/reports/brenner_case.h"

namespace guildmark::reports {
namespace {

std::string text_of(const Cell& cell) {
    const auto* text = std::get_if<std::string>(&cell.value);
    return text == nullptr ? std::string() : *text;
}

std::uint64_t count_of(const Cell& cell) {
    return std::get<std::uint64_t>(cell.value);
}

const std::vector<Cell>& row_of(const Table& table, const std::string& first) {
    const auto found = std::ranges::find_if(
        table.rows, [&](const std::vector<Cell>& row) { return text_of(row.front()) == first; });
    ENSURE(found != table.rows.end(), "the test looks for a row that is there");
    return *found;
}

constexpr const char* today = "2026-06-15T10:30:00Z";

RequirementStatus status(rows::Answer answer,
                         rows::Verdict verdict,
                         std::vector<std::optional<Date>> documents_until) {
    rows::Requirement requirement;
    requirement.answer = answer;
    requirement.verdict = verdict;
    std::vector<rows::Evidence> documents;
    for (const auto& until : documents_until) {
        documents.push_back({});
        documents.back().valid_until = until;
    }
    std::vector<const rows::Evidence*> pointers;
    for (const rows::Evidence& document : documents) {
        pointers.push_back(&document);
    }
    return status_of(requirement, pointers, Instant::parse(today).value());
}

TEST(RequirementStatus, follows_the_auditor_before_the_firm) {
    using enum rows::Answer;
    EXPECT_EQ(status(not_yet, rows::Verdict::conforming, {}), RequirementStatus::conforming);
    EXPECT_EQ(status(in_place, rows::Verdict::nonconforming, {std::nullopt}),
              RequirementStatus::nonconforming);
    EXPECT_EQ(status(not_applicable, rows::Verdict::nonconforming, {}),
              RequirementStatus::nonconforming);
    EXPECT_EQ(status(in_place, rows::Verdict::not_applicable, {}),
              RequirementStatus::not_applicable);
}

TEST(RequirementStatus, tells_what_is_missing_when_no_auditor_has_said) {
    using enum rows::Answer;
    const auto verdict = rows::Verdict::none;
    const Date yesterday = Date::parse("2026-06-14").value();
    const Date last_day = Date::parse("2026-06-15").value();
    EXPECT_EQ(status(none, verdict, {std::nullopt}), RequirementStatus::unanswered);
    EXPECT_EQ(status(not_yet, verdict, {}), RequirementStatus::not_yet);
    EXPECT_EQ(status(partly, verdict, {std::nullopt}), RequirementStatus::partly);
    EXPECT_EQ(status(not_applicable, verdict, {}), RequirementStatus::not_applicable);
    EXPECT_EQ(status(in_place, verdict, {}), RequirementStatus::missing);
    EXPECT_EQ(status(in_place, verdict, {yesterday}), RequirementStatus::expired);
    EXPECT_EQ(status(in_place, verdict, {last_day}), RequirementStatus::ready);
    EXPECT_EQ(status(in_place, verdict, {yesterday, std::nullopt}), RequirementStatus::ready);
}

TEST(ProgressReport, names_parties_standard_and_certificate_on_its_cover) {
    BrennerCase brenner;
    ProgressReport report = brenner.report("en");
    EXPECT_EQ(report.cover.front().label, "Firm");
    EXPECT_EQ(text_of(report.cover.front().cell), "Brenner Feinwerk GmbH");
    EXPECT_EQ(text_of(report.cover.back().cell), "None was issued in this case");
    rows::Certificate certificate;
    certificate.number = "NM-2026-0001";
    certificate.valid_from = Date::parse("2026-06-20").value();
    certificate.valid_until = Date::parse("2029-06-19").value();
    brenner.rows.certificates = {certificate};
    report = brenner.report("en");
    EXPECT_EQ(report.cover.back().label, "Valid until");
    EXPECT_EQ(std::get<Date>(report.cover.back().cell.value), certificate.valid_until);
}

TEST(ProgressReport, shows_the_path_with_what_is_done_now_and_ahead) {
    const Table path = BrennerCase().report("en").path;
    EXPECT_EQ(text_of(path.rows.front().at(1)), "done");
    EXPECT_EQ(text_of(row_of(path, "Findings").at(1)), "now");
    EXPECT_EQ(text_of(path.rows.back().at(1)), "ahead");
}

TEST(ProgressReport, counts_each_requirement_in_one_status) {
    const BrennerCase brenner;
    const ProgressReport report = brenner.report("en");
    std::uint64_t total = 0;
    for (const auto& row : report.charts.at(0).table.rows) {
        EXPECT_GT(count_of(row.at(1)), 0u);
        total += count_of(row.at(1));
    }
    EXPECT_EQ(total, brenner.rows.requirements.size());
    EXPECT_EQ(report.charts.at(0).colors.size(), report.charts.at(0).table.rows.size());
    EXPECT_EQ(count_of(row_of(report.charts.at(0).table, "Nonconforming").at(1)), 1u);
}

TEST(ProgressReport, counts_each_requirement_in_one_clause) {
    const BrennerCase brenner;
    const Table clauses = brenner.report("en").charts.at(1).table;
    EXPECT_EQ(clauses.rows.size(), 7u);
    std::uint64_t total = 0;
    for (const auto& row : clauses.rows) {
        total += count_of(row.at(1)) + count_of(row.at(2)) + count_of(row.at(3));
    }
    EXPECT_EQ(total, brenner.rows.requirements.size());
    EXPECT_TRUE(text_of(clauses.rows.front().front()).starts_with("4 "));
}

TEST(ProgressReport, draws_progress_up_to_its_own_day_in_few_points) {
    BrennerCase brenner;
    const Table history = brenner.report("en").charts.at(2).table;
    EXPECT_LE(history.rows.size(), 26u);
    EXPECT_GE(history.rows.size(), 15u);
    EXPECT_EQ(std::get<Date>(history.rows.back().front().value), Date::parse("2026-06-15").value());
    EXPECT_EQ(count_of(history.rows.front().at(1)), 0u);
    for (std::size_t point = 1; point < history.rows.size(); ++point) {
        EXPECT_GE(count_of(history.rows[point].at(1)), count_of(history.rows[point - 1].at(1)));
    }
    EXPECT_GT(count_of(history.rows.back().at(1)), 20u);
    brenner.as_of = brenner.rows.summary.opened_at;
    EXPECT_EQ(brenner.report("en").charts.at(2).table.rows.size(), 1u);
}

TEST(ProgressReport, lists_a_requirement_with_answer_evidence_and_what_is_late) {
    const Table table = BrennerCase().report("en").tables.at(0);
    const auto& measured = row_of(table, "7.1.5.2");
    EXPECT_EQ(text_of(measured.at(2)), "Nonconforming");
    EXPECT_EQ(text_of(measured.at(6)), "=HYPERLINK(\"http://example.test\",\"see NC 1\")");
    const auto late = std::ranges::find_if(
        table.rows, [](const std::vector<Cell>& row) { return row.at(8).tone == Tone::bad; });
    ASSERT_NE(late, table.rows.end());
    EXPECT_EQ(text_of(late->at(2)), "Not yet in place");
}

TEST(ProgressReport, shows_a_document_whose_period_ended_as_expired) {
    const Table table = BrennerCase().report("en").tables.at(1);
    const auto count = [&](const char* status) {
        return std::ranges::count_if(
            table.rows, [&](const std::vector<Cell>& row) { return text_of(row.at(1)) == status; });
    };
    EXPECT_GT(count("Expired"), 0);
    EXPECT_EQ(count("Superseded"), 1);
    EXPECT_EQ(count("Withdrawn"), 1);
}

TEST(ProgressReport, marks_a_finding_whose_answer_is_late) {
    const Table table = BrennerCase().report("en").tables.at(2);
    EXPECT_EQ(table.rows.at(0).at(9).tone, Tone::bad);
    EXPECT_EQ(table.rows.at(1).at(9).tone, Tone::none);
}

TEST(ProgressReport, tells_the_journal_without_what_only_the_machine_needs) {
    const BrennerCase brenner;
    const Table table = brenner.report("en").tables.at(3);
    EXPECT_EQ(table.rows.size(), brenner.records.size() - 1) << "the timer is left out";
    EXPECT_EQ(text_of(table.rows.at(0).at(1)), "Anna Brenner");
    EXPECT_EQ(text_of(table.rows.at(1).at(1)), "System");
    EXPECT_EQ(text_of(table.rows.back().at(3)), "Charge");
    EXPECT_EQ(text_of(table.rows.back().at(4)), "Audit fee · 3600.00 EUR");
    EXPECT_EQ(text_of(table.rows.at(table.rows.size() - 2).at(4)),
              "A major nonconformity is open.");
}

TEST(ProgressReport, survives_a_journal_of_records_it_does_not_know) {
    BrennerCase brenner;
    Record record;
    record.kind = "something_new";
    record.payload = "not json";
    brenner.records = {record};
    const Table table = brenner.report("en").tables.at(3);
    ASSERT_EQ(table.rows.size(), 1u);
    EXPECT_EQ(text_of(table.rows.at(0).at(3)), "something_new");
}

TEST(ProgressReport, works_without_a_standard) {
    const BrennerCase brenner;
    ProgressInput input = brenner.input();
    input.standard = nullptr;
    const ProgressReport report = build_progress_report(input, messages_in("en"));
    EXPECT_EQ(report.tables.at(0).rows.size(), brenner.rows.requirements.size());
    EXPECT_EQ(text_of(report.charts.at(1).table.rows.front().front()), "4");
}

TEST(ProgressReport, has_cells_for_exactly_its_columns) {
    for (const char* language : {"en", "zh"}) {
        const ProgressReport report = BrennerCase().report(language);
        std::vector<Table> tables = report.tables;
        tables.push_back(report.path);
        tables.push_back(report.figures);
        for (const Chart& chart : report.charts) {
            tables.push_back(chart.table);
        }
        for (const Table& table : tables) {
            for (const auto& row : table.rows) {
                ASSERT_EQ(row.size(), table.columns.size()) << table.title;
            }
        }
    }
}

TEST(ProgressReport, speaks_the_language_that_was_asked_for) {
    const ProgressReport report = BrennerCase().report("zh");
    EXPECT_EQ(report.title, "进度与差距报告");
    EXPECT_EQ(report.cover.front().label, "企业");
    EXPECT_TRUE(text_of(report.charts.at(1).table.rows.front().front()).starts_with("4 企业"));
}

}  // namespace
}  // namespace guildmark::reports
