#include "reports/model/nonconformities.h"

#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "reports/xlsx/streamed_workbook.h"
#include "tests/support/temporary_folder.h"
#include "tests/unit/reports/brenner_case.h"

namespace guildmark::reports {
namespace {

constexpr std::size_t days_late_column = 13;
constexpr std::size_t days_open_column = 14;

std::string written_bytes(const ProgressReport& report, const RowSource& source, Extent extent) {
    const tests::TemporaryFolder folder;
    const auto written = write_streamed_report(report, source, extent, folder.path("report.xlsx"));
    EXPECT_TRUE(written) << (written ? "" : written.error().message);
    return written ? folder.read("report.xlsx") : std::string();
}

class NonconformitiesTest : public testing::Test {
protected:
    /// All rows of the two tables, and the summary.
    ProgressReport register_of(std::string_view language) {
        const Messages say = messages_in(language);
        NonconformityRegister list(say, brenner_.as_of);
        ProgressReport report = list.begin("Brenner", {});
        const auto added = list.add({brenner_.rows.summary,
                                     brenner_.rows.findings,
                                     brenner_.records,
                                     brenner_.organisations,
                                     brenner_.people},
                                    [&](std::size_t table, const std::vector<Cell>& cells) {
                                        report.tables.at(table).rows.push_back(cells);
                                        return Result<void>();
                                    });
        EXPECT_TRUE(added);
        list.summarize(report);
        return report;
    }

    BrennerCase brenner_;
};

TEST_F(NonconformitiesTest, leave_opportunities_out) {
    for (rows::Finding& finding : brenner_.rows.findings) {
        finding.grade = rows::Grade::opportunity;
    }
    EXPECT_TRUE(register_of("en").tables.front().rows.empty());
}

TEST_F(NonconformitiesTest, have_a_cell_for_each_column_in_every_language) {
    for (const char* language : {"en", "zh"}) {
        const ProgressReport report = register_of(language);
        ASSERT_EQ(report.tables.size(), 2u);
        EXPECT_EQ(report.tables.front().rows.size(), 2u);
        for (const Table& table : report.tables) {
            for (const std::vector<Cell>& cells : table.rows) {
                EXPECT_EQ(cells.size(), table.columns.size()) << table.title;
            }
        }
        EXPECT_EQ(report.charts.size(), 3u);
    }
}

TEST_F(NonconformitiesTest, are_late_only_until_a_response_is_accepted) {
    rows::Finding& major = brenner_.rows.findings.front();
    major.due = Date::of(brenner_.as_of).plus_days(-5);
    EXPECT_EQ(register_of("en").tables.front().rows.front().at(days_late_column).value,
              Value(std::uint64_t{5}));
    major.status = rows::FindingStatus::accepted;
    EXPECT_EQ(register_of("en").tables.front().rows.front().at(days_late_column), Cell());
}

TEST_F(NonconformitiesTest, are_open_until_the_day_on_which_they_are_verified) {
    rows::Finding& major = brenner_.rows.findings.front();
    major.verified_at = Instant{major.raised_at.milliseconds + 3 * 24 * 3600 * 1000LL};
    major.status = rows::FindingStatus::verified;
    EXPECT_EQ(register_of("en").tables.front().rows.front().at(days_open_column).value,
              Value(std::uint64_t{3}));
}

TEST_F(NonconformitiesTest, keep_every_version_of_a_response_with_its_verdict) {
    const std::string id = brenner_.rows.findings.front().id.to_text();
    for (const char* text : {"=1+1", "second"}) {
        Record record;
        record.at = brenner_.as_of;
        record.kind = "finding_responded";
        record.payload = fmt::format(R"({{"id":"{}","correction":"{}"}})", id, text);
        brenner_.records.push_back(record);
        record.kind = "response_judged";
        record.payload = fmt::format(
            R"({{"id":"{}","accepted":{},"note":"n"}})", id, text[0] == '=' ? "false" : "true");
        brenner_.records.push_back(record);
    }
    const Table responses = register_of("en").tables.back();
    ASSERT_EQ(responses.rows.size(), 2u);
    EXPECT_EQ(responses.rows.front().at(6), Cell(std::string("=1+1")));
    EXPECT_EQ(responses.rows.front().at(9), Cell(std::string("rejected")));
    EXPECT_EQ(responses.rows.back().at(9), Cell(std::string("accepted")));
}

TEST_F(NonconformitiesTest, are_the_same_to_the_byte_whether_held_in_memory_or_not) {
    const ProgressReport whole = register_of("zh");
    for (const Extent extent : {Extent::small, Extent::unbounded}) {
        ProgressReport frame = whole;
        for (Table& table : frame.tables) {
            table.rows.clear();
        }
        const RowSource source = [&](ProgressReport&, const RowSink& sink) -> Result<void> {
            for (const std::vector<Cell>& cells : whole.tables.front().rows) {
                TRY(sink(0, cells));
            }
            return {};
        };
        const std::string first = written_bytes(frame, source, extent);
        EXPECT_EQ(written_bytes(frame, source, extent), first);
    }
}

TEST_F(NonconformitiesTest, leave_no_file_when_their_source_fails) {
    tests::TemporaryFolder folder;
    const RowSource source = [](ProgressReport&, const RowSink&) -> Result<void> {
        return not_found("case_not_found", "there is no such case", "");
    };
    const auto written =
        write_streamed_report(register_of("en"), source, Extent::small, folder.path("a.xlsx"));
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, "case_not_found");
    EXPECT_EQ(folder.count_files(), 0u);
}

TEST_F(NonconformitiesTest, of_nobody_are_still_a_register) {
    brenner_.rows.findings.clear();
    const ProgressReport report = register_of("en");
    EXPECT_TRUE(report.tables.front().rows.empty());
    for (const std::vector<Cell>& cells : report.path.rows) {
        EXPECT_EQ(cells.back().value, Value(std::uint64_t{0}));
    }
    const std::string bytes = written_bytes(
        report, [](ProgressReport&, const RowSink&) { return Result<void>(); }, Extent::unbounded);
    EXPECT_TRUE(bytes.starts_with("PK"));
}

}  // namespace
}  // namespace guildmark::reports
