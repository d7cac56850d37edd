#include "reports/pdf/certificate_pdf.h"

#include <gtest/gtest.h>

#include "engine/base/limits.h"
#include "reports/file/temporary_report.h"
#include "tests/support/temporary_folder.h"
#include "tests/unit/reports/program_output.h"
#include "tests/unit/reports/wang_certificate.h"

namespace guildmark::reports {
namespace {

class CertificatePdf : public testing::Test {
protected:
    std::string write(const CertificateDocument& document, const std::string& name = "c.pdf") {
        const auto bytes = certificate_pdf(document);
        EXPECT_TRUE(bytes) << bytes.error().message;
        const std::string path = folder_.path() + "/" + name;
        EXPECT_TRUE(write_report_file(*bytes, path));
        return path;
    }

    /// What Poppler reads, pages apart by form feeds.
    std::string text_of(const CertificateDocument& document) {
        return output_of("pdftotext -layout " + write(document) + " -");
    }

    tests::TemporaryFolder folder_;
};

TEST_F(CertificatePdf, is_refused_when_a_name_has_a_character_that_no_font_has) {
    WangCertificate wang;
    wang.holder.name = "A\xF4\x8F\xBF\xBD";
    const auto refused = certificate_pdf(wang.document("en"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "font_missing");
}

TEST_F(CertificatePdf, is_refused_when_the_mark_is_no_picture) {
    WangCertificate wang;
    wang.mark = "no PNG";
    const auto refused = certificate_pdf(wang.document("en"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "picture_malformed");
}

TEST_F(CertificatePdf, has_at_most_as_many_pages_as_a_person_can_sign) {
    WangCertificate wang;
    std::string more_than_half_a_page;
    for (int word = 0; word < 300; ++word) {
        more_than_half_a_page += "hall ";
    }
    wang.sites.assign(limits::certificate_pages_max, {"Dock", more_than_half_a_page});
    const auto refused = certificate_pdf(wang.document("en"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "certificate_too_large");
    wang.sites.pop_back();
    const std::string about = output_of("pdfinfo " + write(wang.document("en")));
    EXPECT_NE(about.find("Pages:           200\n"), std::string::npos) << about;
}

TEST_F(CertificatePdf, is_the_same_bytes_each_time) {
    const WangCertificate wang;
    EXPECT_EQ(*certificate_pdf(wang.document("zh")), *certificate_pdf(wang.document("zh")));
    const std::string about = output_of("pdfinfo -isodates " + write(wang.document("zh")));
    EXPECT_NE(about.find("CreationDate:    2026-09-01T09:00:00Z"), std::string::npos) << about;
    EXPECT_NE(about.find("A4"), std::string::npos) << about;
}

TEST_F(CertificatePdf, shows_what_a_certificate_must_in_every_language) {
    const WangCertificate wang;
    for (const MessageFile& file : embedded_certificate_messages()) {
        const CertificateDocument document = wang.document(file.language);
        const std::string text = text_of(document);
        for (const std::string& shown : {wang.holder.name,
                                         std::string("江苏省苏州市工业园区星湖街328号"),
                                         std::string("江苏省昆山市前进路9号"),
                                         std::string("仓储"),
                                         wang.certificate.scope,
                                         std::string("ISO 9001:2015"),
                                         std::string("GM-0123456789ABC"),
                                         std::string("2026-03-04"),
                                         std::string("2026-03-02"),
                                         std::string("2029-03-01"),
                                         std::string("Norwell Certification"),
                                         std::string("0155 Oslo, Norway"),
                                         std::string("IA-042"),
                                         document.title,
                                         document.sites.title,
                                         document.history.title}) {
            EXPECT_NE(text.find(shown), std::string::npos) << file.language << ": " << shown;
        }
    }
}

TEST_F(CertificatePdf, sets_a_chinese_and_a_japanese_name_in_different_shapes) {
    WangCertificate wang;
    const std::string chinese = output_of("pdffonts " + write(wang.document("en")));
    EXPECT_NE(chinese.find("NotoSansCJK"), std::string::npos) << chinese;
    const std::string chinese_bytes = *certificate_pdf(wang.document("en"));
    wang.holder.country = "JP";
    EXPECT_NE(*certificate_pdf(wang.document("en")), chinese_bytes);
}

TEST_F(CertificatePdf, goes_on_over_as_many_pages_as_its_sites_need) {
    WangCertificate wang;
    wang.sites.clear();
    for (int number = 1; number <= 120; ++number) {
        wang.sites.push_back({"Dock " + std::to_string(number) + ", 26721 Emden", "Storage"});
    }
    wang.holder.name =
        "Gesellschaft für die Herstellung außerordentlich langer Firmennamen und "
        "ihrer Abkürzungen mit beschränkter Haftung & Co. Kommanditgesellschaft";
    const std::string text = text_of(wang.document("en"));
    for (int number = 1; number <= 120; ++number) {
        EXPECT_NE(text.find("Dock " + std::to_string(number) + ","), std::string::npos) << number;
    }
    EXPECT_NE(text.find("Page 1 of 5"), std::string::npos) << text;
    EXPECT_NE(text.find("Page 5 of 5"), std::string::npos);
}

TEST_F(CertificatePdf, breaks_a_site_that_is_longer_than_a_page) {
    WangCertificate wang;
    std::string long_text;
    for (int number = 0; number < 1'000; ++number) {
        long_text += "hall" + std::to_string(number) + " ";
    }
    wang.sites = {{"Dock 1", long_text + "end"}};
    const std::string text = text_of(wang.document("en"));
    EXPECT_NE(text.find("hall999"), std::string::npos);
}

TEST_F(CertificatePdf, says_on_each_page_that_the_certificate_does_not_count) {
    WangCertificate wang;
    wang.as_of = Date::parse("2029-03-02").value();
    for (int number = 1; number <= 60; ++number) {
        wang.sites.push_back({"Dock " + std::to_string(number), "Storage"});
    }
    const std::string text = text_of(wang.document("en"));
    std::size_t pages = 0;
    std::size_t warnings = 0;
    for (std::size_t at = 0; (at = text.find('\f', at)) != std::string::npos; ++at) {
        ++pages;
    }
    for (std::size_t at = 0; (at = text.find("does not count", at)) != std::string::npos; ++at) {
        ++warnings;
    }
    EXPECT_GE(pages, 2u);
    EXPECT_EQ(warnings, pages);
}

TEST_F(CertificatePdf, has_a_code_that_leads_to_the_certificates_page) {
    const WangCertificate wang;
    const std::string path = write(wang.document("zh"));
    const std::string picture = folder_.path() + "/page";
    EXPECT_EQ(output_of("pdftoppm -r 150 -png -singlefile " + path + " " + picture), "");
    EXPECT_EQ(output_of("zbarimg --quiet --raw " + picture + ".png"),
              "https://guildmark.example/c/GM-0123456789ABC\n");
}

}  // namespace
}  // namespace guildmark::reports
