#include "engine/evidence/rules.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "engine/base/limits.h"
#include "tests/support/temporary_folder.h"

namespace guildmark::evidence {
namespace {

using Numbers = std::vector<std::string>;

std::string document(std::string_view entries) {
    return "<evidence-rules xmlns=\"urn:guildmark:evidence:1\" standard=\"iso-9001:2015\">\n" +
           std::string(entries) + "</evidence-rules>";
}

/// "line:column code" of each diagnostic of rules that hold `entries`.
std::vector<std::string> faults(std::string_view entries) {
    Diagnostics diagnostics;
    const auto rules = read_rules(document(entries), "evidence.xml", diagnostics);
    EXPECT_EQ(rules.has_value(), !diagnostics.has_errors());
    std::vector<std::string> result;
    for (const Diagnostic& item : diagnostics.sorted()) {
        result.push_back(std::to_string(item.place.line) + ":" + std::to_string(item.place.column) +
                         " " + item.code);
    }
    return result;
}

Rules rules_of(std::string_view entries) {
    Diagnostics diagnostics;
    auto rules = read_rules(document(entries), "evidence.xml", diagnostics);
    EXPECT_TRUE(rules) << diagnostics.to_text();
    return std::move(*rules);
}

TEST(EvidenceRules, are_refused_when_they_are_something_else) {
    Diagnostics diagnostics;
    EXPECT_FALSE(read_rules("<rules/>", "a.xml", diagnostics));
    EXPECT_FALSE(read_rules("<evidence-rules/>", "a.xml", diagnostics));
    EXPECT_FALSE(read_rules("not xml", "a.xml", diagnostics));
    EXPECT_EQ(diagnostics.items().at(0).code, "element_unknown");
    EXPECT_EQ(diagnostics.items().at(1).code, "element_unknown");
    EXPECT_EQ(diagnostics.items().at(2).code, "xml_malformed");
}

TEST(EvidenceRules, are_refused_without_a_standard_and_edition) {
    for (const char* attribute : {"",
                                  "standard=\"\"",
                                  "standard=\"iso-9001\"",
                                  "standard=\"ISO 9001:2015\"",
                                  "standard=\"iso-9001:15\""}) {
        Diagnostics diagnostics;
        EXPECT_FALSE(read_rules(
            "<evidence-rules xmlns=\"urn:guildmark:evidence:1\" " + std::string(attribute) + "/>",
            "a.xml",
            diagnostics))
            << attribute;
    }
}

TEST(EvidenceRules, tell_every_fault_with_its_place) {
    EXPECT_EQ(faults("<rule path='a' requirements='4.1'><b/></rule>\n"
                     "<documnet path='a'/>\n"
                     "<rule path='a' requirement='4.1'/>\n"
                     "<rule requirements='4.1'/>\n"
                     "<rule path='a' requirements='4.1,4.2'/>\n"
                     "<rule path='a/../b' requirements='4.1'/>\n"
                     "<document path='a*' requirements='4.1'/>\n"
                     "<rule path='a' requirements='4.1' owner='Anna Brenner'/>\n"
                     "<rule path='a' requirements='4.1' valid-from='2026-02-30'/>\n"
                     "<rule path='a' requirements='4.1' valid-from='2026-03-02' "
                     "valid-until='2026-03-01'/>\n"
                     "<ignore path='a' requirements='4.1'/>\n"),
              (std::vector<std::string>{"2:35 element_unknown",
                                        "3:1 element_unknown",
                                        "4:1 attribute_unknown",
                                        "4:1 attribute_missing",
                                        "5:1 attribute_missing",
                                        "6:1 attribute_invalid",
                                        "7:1 path_malformed",
                                        "8:1 path_not_exact",
                                        "9:1 attribute_invalid",
                                        "10:1 attribute_invalid",
                                        "11:1 period_backwards",
                                        "12:1 attribute_unknown"}));
}

TEST(EvidenceRules, suggest_the_word_that_was_meant) {
    Diagnostics diagnostics;
    EXPECT_FALSE(
        read_rules(document("<documnet path='a' requirements='4.1'/>"), "a.xml", diagnostics));
    EXPECT_NE(diagnostics.to_text().find("did you mean \"document\"?"), std::string::npos)
        << diagnostics.to_text();
}

TEST(EvidenceRules, refuse_two_entries_for_one_document_however_it_is_spelled) {
    EXPECT_EQ(faults("<document path='F\u00fchrung.pdf' requirements='4.1'/>\n"
                     "<document path='Fu\u0308hrung.pdf' requirements='4.2'/>\n"),
              (std::vector<std::string>{"3:1 document_repeated"}));
}

TEST(EvidenceRules, are_bounded) {
    std::string numbers;
    for (std::size_t count = 0; count < limits::requirements_per_match_max; ++count) {
        numbers += " 4.1";
    }
    EXPECT_TRUE(faults("<rule path='a' requirements='" + numbers + "'/>").empty());
    numbers += " 4.1";
    EXPECT_EQ(faults("<rule path='a' requirements='" + numbers + "'/>"),
              (std::vector<std::string>{"2:1 requirements_too_many"}));
    std::string entries;
    for (std::size_t count = 0; count < limits::evidence_rules_max; ++count) {
        entries += "<ignore path='a'/>";
    }
    EXPECT_TRUE(faults(entries).empty());
    entries += "<ignore path='a'/>";
    EXPECT_EQ(faults(entries), (std::vector<std::string>{"1:1 rules_too_many"}));
}

TEST(EvidenceRules, warn_of_an_entry_that_an_ignored_path_swallows) {
    EXPECT_EQ(faults("<document path='old/a.pdf' requirements='4.1'/>\n<ignore path='old/**'/>\n"),
              (std::vector<std::string>{"2:1 document_ignored"}));
}

TEST(EvidenceMatch, says_nothing_of_a_document_that_no_rule_names) {
    EXPECT_EQ(match(rules_of("<rule path='a/*' requirements='4.1'/>"), "b/a.pdf"), MatchResult{});
}

TEST(EvidenceMatch, ignores_before_all_else) {
    const Rules rules =
        rules_of("<rule path='**' requirements='4.1' title='All'/><ignore path='**/~$*'/>");
    const MatchResult result = match(rules, "a/~$plan.docx");
    EXPECT_TRUE(result.ignored);
    EXPECT_TRUE(result.requirements.empty());
    EXPECT_TRUE(result.title.empty());
    EXPECT_FALSE(match(rules, "a/plan.docx").ignored);
}

TEST(EvidenceMatch, adds_the_requirements_of_all_rules_in_order_without_repetition) {
    const Rules rules = rules_of(
        "<rule path='**/*.pdf' requirements='7.1.10 7.1.2 9.2'/>"
        "<document path='a/b.pdf' requirements='10.1 7.1.2 4.1'/>"
        "<rule path='a/*' requirements='4.1 7.1.2.1'/>");
    EXPECT_EQ(match(rules, "a/b.pdf").requirements,
              (Numbers{"4.1", "7.1.2", "7.1.2.1", "7.1.10", "9.2", "10.1"}));
    EXPECT_EQ(match(rules, "c.pdf").requirements, (Numbers{"7.1.2", "7.1.10", "9.2"}));
}

TEST(EvidenceMatch, takes_title_owner_and_period_from_the_documents_own_entry_first) {
    const Rules rules = rules_of(
        "<rule path='a/*' requirements='4.1' title='Any' owner='first-rule' "
        "valid-from='2026-01-01' valid-until='2026-12-31'/>"
        "<rule path='**' requirements='4.1' title='Later' owner='second-rule'/>"
        "<document path='a/b.pdf' requirements='4.1' title='Own' valid-from='2026-03-02'/>");
    const MatchResult own = match(rules, "a/b.pdf");
    EXPECT_EQ(own.title, "Own");
    EXPECT_EQ(own.owner, "first-rule");
    EXPECT_EQ(own.valid_from, Date::parse("2026-03-02").value());
    EXPECT_EQ(own.valid_until, std::nullopt) << "the period is not put together from two places";
    const MatchResult other = match(rules, "a/c.pdf");
    EXPECT_EQ(other.title, "Any");
    EXPECT_EQ(other.valid_until, Date::parse("2026-12-31").value());
    EXPECT_EQ(match(rules, "d.pdf").owner, "second-rule");
}

TEST(EvidenceMatch, finds_a_document_whose_name_another_system_spelled_otherwise) {
    const Rules rules = rules_of("<document path='01 F\u00fchrung/a.pdf' requirements='4.1'/>");
    EXPECT_EQ(match(rules, "01 Fu\u0308hrung/a.pdf").requirements, (Numbers{"4.1"}));
}

TEST(RequirementNumbers, are_ordered_by_the_value_of_their_parts) {
    const Numbers ordered = {"4",
                             "4.1",
                             "4.2",
                             "4.10",
                             "7.1.2",
                             "7.1.10",
                             "7.2",
                             "10",
                             "10.1",
                             "A.5.1",
                             "A.5.9",
                             "A.5.10",
                             "A.12"};
    Numbers numbers = ordered;
    std::ranges::reverse(numbers);
    std::ranges::sort(numbers, number_before);
    EXPECT_EQ(numbers, ordered);
    for (const std::string& number : ordered) {
        EXPECT_FALSE(number_before(number, number));
    }
    EXPECT_NE(number_before("4.01", "4.1"), number_before("4.1", "4.01"));
}

Standard small_standard() {
    Standard standard;
    standard.id = "iso-9001";
    standard.edition = "2015";
    for (const char* number : {"4.1", "4.2", "7.1.5.1", "7.1.5.2"}) {
        standard.requirements.push_back({});
        standard.requirements.back().id = number;
    }
    return standard;
}

TEST(EvidenceRulesAgainstAStandard, are_refused_when_they_are_for_another_one) {
    Standard other = small_standard();
    other.edition = "2008";
    Diagnostics diagnostics;
    check_against_standard(rules_of("<rule path='a' requirements='99'/>"), other, diagnostics);
    ASSERT_EQ(diagnostics.items().size(), 1u);
    EXPECT_EQ(diagnostics.items().front().code, "standard_mismatch");
}

TEST(EvidenceRulesAgainstAStandard, name_only_its_requirements) {
    Diagnostics diagnostics;
    check_against_standard(rules_of("<rule path='a' requirements='4.1 7.1.5.3'/>\n"
                                    "<document path='a' requirements='7.1.5'/>\n"
                                    "<rule path='b' requirements='4.2'/>"),
                           small_standard(),
                           diagnostics);
    const auto items = diagnostics.sorted();
    ASSERT_EQ(items.size(), 2u);
    EXPECT_EQ(items.at(0).code, "requirement_unknown");
    EXPECT_EQ(items.at(0).suggestion, "did you mean \"7.1.5.1\"?");
    EXPECT_EQ(items.at(0).place.line, 2u);
    EXPECT_EQ(items.at(1).suggestion, "it is a section; name its requirements: 7.1.5.1 7.1.5.2");
}

TEST(EvidenceRulesOfTheSample, are_read_and_fit_their_standard) {
    const std::string folder = GUILDMARK_SOURCE_DIR;
    Diagnostics diagnostics;
    const auto standard = read_standard(
        tests::read_file(folder + "/standards/iso-9001/2015.xml"), "2015.xml", diagnostics);
    const auto rules = read_rules(
        tests::read_file(folder + "/samples/brenner/evidence.xml"), "evidence.xml", diagnostics);
    ASSERT_TRUE(standard && rules) << diagnostics.to_text();
    check_against_standard(*rules, *standard, diagnostics);
    EXPECT_EQ(diagnostics.to_text(), "");
    const MatchResult policy =
        match(*rules, "01 Führung/Qualitätspolitik 2026 (unterschrieben).pdf");
    EXPECT_EQ(policy.requirements, (Numbers{"5.1.1", "5.2.1", "5.2.2"}));
    EXPECT_EQ(policy.owner, "anna-brenner");
    EXPECT_TRUE(match(*rules, "05 Prüfmittel/~$Prüfmittelliste.xlsx").ignored);
}

}  // namespace
}  // namespace guildmark::evidence
