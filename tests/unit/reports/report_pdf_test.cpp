#include "reports/pdf/report_pdf.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"
#include "tests/unit/reports/program_output.h"

namespace guildmark::reports {
namespace {

ProgressReport report_with(const std::string& text, std::size_t rows) {
    ProgressReport report;
    report.language = "en";
    report.title = "Audit report";
    report.subject = "A firm";
    report.page = "Page";
    report.page_of = "of";
    Table table{"Findings",
                {{"Statement", ColumnKind::wrapped, 40},
                 {"On", ColumnKind::date, 11},
                 {"Signature", ColumnKind::text, 30, {}, true}},
                {}};
    table.rows.assign(rows, {text, Value(*Date::parse("2026-03-01")), {}});
    report.tables = {std::move(table)};
    return report;
}

/// How many pages Poppler finds.
std::size_t pages_of(const std::string& pdf) {
    const tests::TemporaryFolder folder;
    folder.write("report.pdf", pdf);
    const std::string told = output_of("pdfinfo " + folder.path("report.pdf"));
    const auto at = told.find("Pages:");
    return at == std::string::npos ? 0 : std::stoul(told.substr(at + 6));
}

TEST(ReportPdf, shows_a_text_whatever_somebody_wrote) {
    const auto drawn = report_pdf(report_with("A\xF4\x8F\xBF\xBD \xF0\x9F\xA6\x84", 1));
    ASSERT_TRUE(drawn) << drawn.error().message;
    EXPECT_EQ(drawn->substr(0, 5), "%PDF-");
}

TEST(ReportPdf, leaves_room_to_sign_in_each_row) {
    const auto few = report_pdf(report_with("so", 5));
    const auto many = report_pdf(report_with("so", 40));
    ASSERT_TRUE(few && many);
    EXPECT_EQ(pages_of(*few), 1u);
    EXPECT_GE(pages_of(*many), 3u) << "40 signatures of 11 mm need 440 mm";
}

TEST(ReportPdf, goes_on_over_pages_with_a_text_that_is_longer_than_one) {
    std::string text;
    for (int line = 0; line < 2'000; ++line) {
        text += "What the auditor saw and wrote down at length. ";
    }
    const auto drawn = report_pdf(report_with(text, 1));
    ASSERT_TRUE(drawn) << drawn.error().message;
    EXPECT_GE(pages_of(*drawn), 3u);
}

TEST(ReportPdf, is_the_same_to_the_byte) {
    EXPECT_EQ(*report_pdf(report_with("so", 40)), *report_pdf(report_with("so", 40)));
}

}  // namespace
}  // namespace guildmark::reports
