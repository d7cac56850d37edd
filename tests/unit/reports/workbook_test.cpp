#include <cstdio>
#include <filesystem>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "reports/xlsx/progress_workbook.h"
#include "tests/support/temporary_folder.h"
#include "tests/unit/reports/brenner_case.h"

namespace guildmark::reports {
namespace {

/// The lines that a command prints. REQUIRES: `command` holds nothing that a shell would read.
std::multiset<std::string> lines_of(const std::string& command) {
    std::FILE* pipe = ::popen(command.c_str(), "r");
    ENSURE(pipe != nullptr, "the test starts a reader");
    std::string text;
    char buffer[4096];
    while (const std::size_t count = std::fread(buffer, 1, sizeof buffer, pipe)) {
        text.append(buffer, count);
    }
    EXPECT_EQ(::pclose(pipe), 0) << command;
    std::multiset<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
        lines.insert(line);
    }
    return lines;
}

class Workbook : public testing::Test {
protected:
    /// What a reader that is not ours finds in the workbook.
    std::multiset<std::string> read_back(const ProgressReport& report) {
        const auto written = write_progress_report(report, path_);
        EXPECT_TRUE(written) << (written ? "" : written.error().message);
        return lines_of("/usr/bin/python3 " + std::string(GUILDMARK_SOURCE_DIR) +
                        "/tests/unit/reports/read_workbook.py " + path_);
    }

    std::string written_bytes(const ProgressReport& report) {
        const auto written = write_progress_report(report, path_);
        EXPECT_TRUE(written) << (written ? "" : written.error().message);
        return folder_.read("report.xlsx");
    }

    /// A report whose only table holds these texts.
    ProgressReport report_of(const std::vector<std::string>& texts) {
        ProgressReport report = brenner_.report("en");
        report.tables = {{"Texts", {{"First", ColumnKind::text, 10}}, {}}};
        for (const std::string& text : texts) {
            report.tables.front().rows.push_back({text});
        }
        return report;
    }

    BrennerCase brenner_;
    tests::TemporaryFolder folder_;
    std::string path_ = folder_.path("report.xlsx");
};

TEST_F(Workbook, is_refused_where_it_cannot_be_written_and_leaves_nothing) {
    const auto written =
        write_progress_report(brenner_.report("en"), folder_.path("no/report.xlsx"));
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, "report_failed");
    std::filesystem::create_directory(path_);
    EXPECT_FALSE(write_progress_report(brenner_.report("en"), path_));
    EXPECT_EQ(folder_.count_files(), 0u);
}

TEST_F(Workbook, is_refused_when_a_table_has_more_rows_than_a_sheet) {
    ProgressReport report = report_of({"x"});
    report.tables.front().rows.resize(1'048'576);
    const auto written = write_progress_report(report, path_);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, "report_too_large");
}

TEST_F(Workbook, takes_the_place_of_an_earlier_one_only_when_it_is_whole) {
    folder_.write("report.xlsx", "the earlier report");
    ASSERT_TRUE(write_progress_report(brenner_.report("en"), path_));
    EXPECT_TRUE(folder_.read("report.xlsx").starts_with("PK"));
    EXPECT_EQ(folder_.count_files(), 1u);
}

TEST_F(Workbook, is_the_same_to_the_byte_for_the_same_input) {
    for (const char* language : {"en", "zh"}) {
        const std::string first = written_bytes(brenner_.report(language));
        EXPECT_EQ(written_bytes(BrennerCase().report(language)), first);
        ASSERT_TRUE(write_progress_report(brenner_.report(language), path_));
        EXPECT_EQ(folder_.read("report.xlsx"), first);
    }
}

TEST_F(Workbook, is_the_same_to_the_byte_when_its_rows_are_too_many_for_memory) {
    ProgressReport report = report_of({"x"});
    report.tables.front().rows.resize(20'000, {std::string("审核")});
    EXPECT_EQ(written_bytes(report), written_bytes(report));
}

TEST_F(Workbook, never_calculates_what_people_wrote) {
    const std::vector<std::string> texts = {"=1+1",
                                            "+1",
                                            "-1",
                                            "@SUM(A1)",
                                            "=HYPERLINK(\"http://x.test\")",
                                            "http://example.test",
                                            "007",
                                            "1e5",
                                            "2026-03-02",
                                            "TRUE"};
    const auto facts = read_back(report_of(texts));
    for (std::size_t index = 0; index < texts.size(); ++index) {
        EXPECT_TRUE(facts.contains(fmt::format("cell Texts!A{} s '{}'", index + 2, texts[index])))
            << texts[index];
    }
    EXPECT_EQ(facts.lower_bound("formulas"), facts.lower_bound("frozen")) << "there is a formula";
}

TEST_F(Workbook, holds_texts_that_a_spreadsheet_would_trip_over) {
    const auto facts = read_back(report_of({std::string("a\0\x1b", 3),
                                            "<&>\"]]>",
                                            "😀 审核 \u202e",
                                            std::string(40'000, 'x'),
                                            "_x0041_ and _x00_"}));
    EXPECT_TRUE(facts.contains("cell Texts!A2 s 'a␀␛'"));
    EXPECT_TRUE(facts.contains("cell Texts!A3 s '<&>\"]]>'"));
    EXPECT_TRUE(facts.contains("cell Texts!A4 s '😀 审核 \\u202e'"));
    EXPECT_TRUE(facts.contains("cell Texts!A5 s '" + std::string(32'764, 'x') + "[…]'"));
    EXPECT_TRUE(facts.contains("cell Texts!A6 s '_x0041_ and _x00_'"));
}

TEST_F(Workbook, has_every_sheet_ready_to_be_read_and_printed) {
    const auto facts = read_back(brenner_.report("en"));
    for (const std::string sheet :
         {"Cover", "Summary", "Requirements", "Evidence", "Findings", "Timeline"}) {
        EXPECT_TRUE(facts.contains("sheet " + sheet)) << sheet;
        EXPECT_TRUE(facts.contains(
            "page " + sheet + (sheet == "Summary" ? " landscape None None" : " landscape None 0")))
            << sheet;
        EXPECT_TRUE(facts.contains("footer " + sheet + " Page &P of &N ")) << sheet;
    }
    for (const std::string sheet : {"Requirements", "Evidence", "Findings", "Timeline"}) {
        EXPECT_TRUE(facts.contains("frozen " + sheet + " C2")) << sheet;
        EXPECT_TRUE(facts.contains("repeat " + sheet + " $1:$1")) << sheet;
    }
    EXPECT_TRUE(facts.contains("filter Findings A1:P3"));
    EXPECT_TRUE(facts.contains("charts Summary 3"));
    EXPECT_TRUE(facts.contains("created 2026-06-15T10:30:00"));
}

TEST_F(Workbook, has_dates_as_dates_and_counts_as_numbers) {
    const auto facts = read_back(brenner_.report("en"));
    EXPECT_TRUE(facts.contains("cell Evidence!E2 d '2025-11-18T00:00:00'"));
    EXPECT_TRUE(facts.contains("cell Evidence!H2 d '2026-04-11T08:15:00'"));
    EXPECT_TRUE(facts.contains("cell Evidence!L2 n 48211"));
    EXPECT_TRUE(facts.contains("cell Findings!A2 n 1"));
    EXPECT_TRUE(facts.contains("cell Evidence!A2 s '=1+1'"));
    EXPECT_TRUE(facts.contains("cell Evidence!J2 s '@SUM(A1:A9).csv'"));
}

TEST_F(Workbook, colors_statuses_by_conditions_that_also_hold_for_later_edits) {
    const auto facts = read_back(brenner_.report("en"));
    EXPECT_TRUE(facts.contains("conditions Requirements 1"));
    EXPECT_TRUE(facts.contains("conditions Findings 2"));
}

TEST_F(Workbook, is_written_in_chinese_as_well) {
    const auto facts = read_back(brenner_.report("zh"));
    for (const char* sheet : {"封面", "摘要", "条款", "证据", "审核发现", "时间线"}) {
        EXPECT_TRUE(facts.contains(std::string("sheet ") + sheet)) << sheet;
    }
    EXPECT_TRUE(facts.contains("footer 条款 第 &P 页，共 &N 页"));
}

TEST_F(Workbook, of_an_empty_case_is_still_a_report) {
    brenner_.rows.requirements.clear();
    brenner_.rows.evidence.clear();
    brenner_.rows.findings.clear();
    brenner_.records.clear();
    const auto facts = read_back(brenner_.report("en"));
    EXPECT_TRUE(facts.contains("sheet Findings"));
    EXPECT_TRUE(facts.contains("charts Summary 1")) << "only progress over time has a point";
}

}  // namespace
}  // namespace guildmark::reports
