#include "reports/model/certificate.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "engine/base/limits.h"
#include "tests/unit/reports/wang_certificate.h"

namespace guildmark::reports {
namespace {

std::string fact(const CertificateDocument& document, std::string_view label) {
    const auto found = std::ranges::find(document.facts, label, &LabelledText::first);
    return found == document.facts.end() ? std::string() : found->second;
}

std::string codes(std::string_view text) {
    Diagnostics diagnostics;
    EXPECT_FALSE(read_issuers(text, "issuers.xml", diagnostics)) << text;
    std::string all;
    for (const Diagnostic& item : diagnostics.sorted()) {
        all += (all.empty() ? "" : " ") + item.code;
    }
    return all;
}

rows::Task task(const std::string& definition, std::string_view closed_at, std::string values) {
    rows::Task made;
    made.task = definition;
    made.status = rows::TaskStatus::done;
    made.closed_at = Instant::parse(closed_at).value();
    made.values = std::move(values);
    return made;
}

TEST(Issuers, are_refused_when_they_do_not_tell_what_a_certificate_needs) {
    const std::string head = "<issuers xmlns='urn:guildmark:issuers:1'>";
    EXPECT_EQ(codes("<issuers/>"), "element_unknown");
    EXPECT_EQ(codes(head + "<body/></issuers>"), "element_unknown");
    EXPECT_EQ(codes(head + "<issuer mark='a.png'><address>x</address></issuer></issuers>"),
              "attribute_missing");
    EXPECT_EQ(codes(head + "<issuer organisation='A' mark='../a.png'><address>x</address>"
                           "</issuer></issuers>"),
              "attribute_invalid");
    EXPECT_EQ(codes(head + "<issuer organisation='A' mark='a.png'/></issuers>"), "text_missing");
    EXPECT_EQ(codes(head + "<issuer organisation='A' mark='a.png'><address>x</address>"
                           "<accreditation standards='iso-9001' by='B'/></issuer></issuers>"),
              "attribute_missing");
}

TEST(Issuers, are_found_by_name_or_id_and_tell_the_accreditation_of_each_standard) {
    Diagnostics diagnostics;
    const auto issuers = read_issuers(
        "<issuers xmlns='urn:guildmark:issuers:1'><issuer organisation='Norwell' mark='n.png'>"
        "<address>Storgata 1</address><address>Oslo</address>"
        "<accreditation standards='iso-9001 iso-14001' by='IA' number='7'/></issuer></issuers>",
        "issuers.xml",
        diagnostics);
    ASSERT_TRUE(issuers) << diagnostics.to_text();
    rows::Organisation body;
    EXPECT_EQ(find_issuer(*issuers, body), nullptr);
    body.name = "Norwell";
    const Issuer* found = find_issuer(*issuers, body);
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->address, (std::vector<std::string>{"Storgata 1", "Oslo"}));
    ASSERT_NE(found->accreditation_for("iso-14001:2015"), nullptr);
    EXPECT_EQ(found->accreditation_for("iso-14001:2015")->number, "7");
    EXPECT_EQ(found->accreditation_for("iso-50001:2018"), nullptr);
}

TEST(CertificateSites, are_lines_with_what_is_done_there_behind_a_colon) {
    EXPECT_TRUE(sites_of(" \n\n").empty());
    EXPECT_EQ(sites_of("Hafenstr. 4, Emden\n\n Kai 2: storage\r\n上海市：仓储：夜间"),
              (std::vector<Site>{
                  {"Hafenstr. 4, Emden", ""}, {"Kai 2", "storage"}, {"上海市", "仓储：夜间"}}));
}

TEST(CertificateSites, are_those_sent_last_before_what_the_certificate_shows_was_changed) {
    const WangCertificate wang;
    workflow::Workflow workflow;
    const std::vector<rows::Task> tasks{
        task("apply", "2026-01-02T00:00:00Z", R"({"addresses":"A: all"})"),
        task("decide", "2026-08-30T00:00:00Z", R"({"sites":"A: all\nB: storage"})"),
        task("decide", "2026-08-31T00:00:00Z", R"({"sites":" "})"),
        task("decide", "2026-09-02T00:00:00Z", R"({"sites":"C"})")};
    const auto refused = sites_told(workflow, tasks, wang.acts);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "certificate_sites_missing");
    workflow.shown = {{"sites", "apply", "addresses", {}}, {"sites", "decide", "sites", {}}};
    const auto told = sites_told(workflow, tasks, wang.acts);
    ASSERT_TRUE(told);
    EXPECT_EQ(*told, (std::vector<Site>{{"A", "all"}, {"B", "storage"}}));
}

TEST(CertificateSites, are_at_most_as_many_as_are_read_in_one_sitting) {
    const WangCertificate wang;
    workflow::Workflow workflow;
    workflow.shown = {{"sites", "apply", "addresses", {}}};
    std::string addresses;
    for (std::size_t number = 0; number < limits::certificate_sites_max; ++number) {
        addresses += "A\\n";
    }
    const auto told_by = [&](const std::string& lines) {
        return sites_told(
            workflow,
            {task("apply", "2026-01-02T00:00:00Z", R"({"addresses":")" + lines + R"("})")},
            wang.acts);
    };
    const auto refused = told_by(addresses + "A");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "certificate_too_large");
    const auto told = told_by(addresses);
    ASSERT_TRUE(told);
    EXPECT_EQ(told->size(), limits::certificate_sites_max);
}

TEST(CertificateDocument, tells_each_issue_from_those_before) {
    WangCertificate wang;
    wang.acts.resize(1);
    EXPECT_EQ(fact(wang.document("en"), "Issue"), "1, of 2026-03-04");
    wang = WangCertificate();
    EXPECT_EQ(fact(wang.document("en"), "Issue"),
              "2, of 2026-09-01; it takes the place of all earlier ones");
    wang.act("suspend", "2026-10-01T00:00:00Z", [](rows::Certificate& next) {
        next.status = rows::CertificateStatus::suspended;
    });
    EXPECT_EQ(fact(wang.document("en"), "Issue").substr(0, 1), "2");
    wang.act("renew", "2028-10-01T00:00:00Z", [](rows::Certificate& next) {
        next.valid_until = next.valid_until.plus_months(36);
    });
    EXPECT_EQ(fact(wang.document("en"), "Issue").substr(0, 15), "3, of 2028-10-0");
}

TEST(CertificateDocument, warns_when_the_certificate_does_not_count) {
    WangCertificate wang;
    EXPECT_EQ(wang.document("en").warning, "");
    EXPECT_EQ(fact(wang.document("en"), "Status"), "active, recorded on 2026-09-01");
    wang.as_of = Date::parse("2029-03-02").value();
    EXPECT_EQ(wang.document("en").warning, "This certificate does not count at present: expired.");
    EXPECT_EQ(fact(wang.document("en"), "Status"), "expired, recorded on 2029-03-02");
}

TEST(CertificateDocument, tells_an_accreditation_only_for_the_standard_it_covers) {
    WangCertificate wang;
    EXPECT_EQ(wang.document("en").accreditation,
              "Accredited by Invented Accreditation, number IA-042");
    wang.letterhead.accreditations.front().standards = {"iso-14001"};
    EXPECT_EQ(wang.document("en").accreditation, "");
}

TEST(CertificateDocument, has_no_code_where_nobody_knows_the_address) {
    WangCertificate wang;
    EXPECT_EQ(wang.document("en").page, "https://guildmark.example/c/GM-0123456789ABC");
    wang.origin = "";
    EXPECT_EQ(wang.document("en").page, "");
    EXPECT_NE(wang.document("en").check.find("ask the certification body"), std::string::npos);
}

TEST(CertificateDocument, says_of_what_is_no_management_system_only_that_it_fulfills) {
    WangCertificate wang;
    EXPECT_EQ(wang.document("en").after,
              "has a management system that fulfills the requirements of");
    wang.standard.certifies = "product";
    EXPECT_EQ(wang.document("en").after,
              "has shown that what this scope names fulfills the requirements of");
}

TEST(CertificateDocument, sets_names_in_the_shapes_of_their_country) {
    EXPECT_EQ(language_of_country("CN", "ja"), "zh-CN");
    EXPECT_EQ(language_of_country("JP", "zh"), "ja");
    EXPECT_EQ(language_of_country("TW", "en"), "zh-TW");
    EXPECT_EQ(language_of_country("DE", "ja"), "ja");
}

TEST(CertificateMessages, have_the_same_ids_and_places_in_every_language) {
    const Messages english = certificate_messages_in("en");
    EXPECT_GE(embedded_certificate_messages().size(), 5u);
    for (const MessageFile& file : embedded_certificate_messages()) {
        const Messages other = certificate_messages_in(file.language);
        EXPECT_EQ(other.language(), file.language);
        EXPECT_EQ(other.all().size(), english.all().size()) << file.language;
        for (const auto& [id, text] : english.all()) {
            EXPECT_FALSE(other.text(id).empty() || !other.has(id)) << file.language << " " << id;
            for (std::size_t at = text.find('{'); at != std::string::npos;
                 at = text.find('{', at + 1)) {
                const std::string place = text.substr(at, text.find('}', at) - at + 1);
                EXPECT_NE(other.text(id).find(place), std::string::npos)
                    << file.language << " " << id << " lacks " << place;
            }
        }
    }
}

}  // namespace
}  // namespace guildmark::reports
