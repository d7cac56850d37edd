#include "engine/standard/transition.h"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "engine/standard/standard.h"

namespace guildmark {
namespace {

Date day(std::string_view text) {
    const auto date = Date::parse(text);
    EXPECT_TRUE(date) << text;
    return date ? *date : Date();
}

/// The smallest sound catalogue, published 2026-01-15, with that transition.
std::string catalogue_with(const std::string& transition) {
    std::ifstream file(std::string(GUILDMARK_SOURCE_DIR) +
                       "/tests/data/standards/sound/smallest.xml");
    std::ostringstream read;
    read << file.rdbuf();
    std::string bytes = read.str();
    const auto place = bytes.rfind("</standard>");
    EXPECT_NE(place, std::string::npos);
    return bytes.insert(place, transition);
}

Standard edition_with(const std::string& transition) {
    Diagnostics diagnostics;
    const auto edition = read_standard(catalogue_with(transition), "t.xml", diagnostics);
    EXPECT_TRUE(edition) << diagnostics.to_text();
    return edition.value_or(Standard());
}

std::string first_code_of(const std::string& transition) {
    Diagnostics diagnostics;
    EXPECT_FALSE(read_standard(catalogue_with(transition), "broken.xml", diagnostics))
        << transition;
    return diagnostics.items().empty() ? std::string() : diagnostics.items().front().code;
}

const std::string whole = R"(<transition to="2" published-on="2027-03-01"
    last-initial-to-old="2028-03-01" last-audit-to-old="2029-09-01" end-on="2030-03-01"
    certificate-expiry-rule="not-after-end-on">
  <basis of="end-on" source="Circular 4" doubt="It may be extended."/>
  <basis of="to" source="Circular 3"/>
</transition>)";

TEST(Transition, is_refused_with_its_fault) {
    EXPECT_EQ(first_code_of("<transition/>"), "attribute_missing");
    EXPECT_EQ(first_code_of(R"(<transition to="2" ends-on="2030-03-01"/>)"), "attribute_unknown");
    EXPECT_EQ(first_code_of(R"(<transition to="2" end-on="2030-02-30"/>)"), "attribute_invalid");
    EXPECT_EQ(first_code_of(R"(<transition to="2" certificate-expiry-rule="never"/>)"),
              "attribute_invalid");
    EXPECT_EQ(first_code_of(R"(<transition to="2"><bases/></transition>)"), "element_unknown");
    EXPECT_EQ(first_code_of(R"(<transition to="2"><basis of="end-on"/></transition>)"),
              "attribute_missing");
    EXPECT_EQ(first_code_of(R"(<transition to="2"><basis of="end" source="x"/></transition>)"),
              "attribute_invalid");
}

TEST(Transition, is_refused_when_its_dates_do_not_follow_each_other) {
    EXPECT_EQ(
        first_code_of(R"(<transition to="2" published-on="2030-01-02" end-on="2030-01-01"/>)"),
        "transition_disordered");
    EXPECT_EQ(first_code_of(R"(<transition to="2" last-audit-to-old="2030-01-02"
                             last-initial-to-old="2030-01-03"/>)"),
              "transition_disordered");
    EXPECT_EQ(first_code_of(R"(<transition to="2" last-initial-to-old="2030-01-02"
                             end-on="2030-01-01"/>)"),
              "transition_disordered");
    static_cast<void>(
        edition_with(R"(<transition to="2" published-on="2030-01-02" end-on="2030-01-02"/>)"));
}

TEST(Transition, tells_what_the_catalogue_says_and_how_sure_that_is) {
    const Standard edition = edition_with(whole);
    EXPECT_EQ(edition.id, "bakery-group");
    EXPECT_EQ(edition.edition, "1");
    EXPECT_EQ(edition.published, day("2026-01-15"));
    ASSERT_TRUE(edition.transition);
    EXPECT_EQ(edition.transition->to, "2");
    EXPECT_EQ(edition.transition->published_on, day("2027-03-01"));
    ASSERT_EQ(edition.transition->bases.size(), 2u);
    EXPECT_EQ(edition.transition->bases[0].doubt, "It may be extended.");
    EXPECT_EQ(edition.transition->bases[1].doubt, "");
    EXPECT_FALSE(edition_with("").transition);
}

TEST(Edition, permits_nothing_before_it_is_published) {
    const EditionStanding standing = standing_of(edition_with(""), day("2026-01-14"));
    EXPECT_FALSE(standing.initial_audits.is_given);
    EXPECT_FALSE(standing.audits.is_given);
    EXPECT_FALSE(standing.certificates.is_given);
    EXPECT_TRUE(standing_of(edition_with(""), day("2026-01-15")).initial_audits.is_given);
}

TEST(Edition, permits_each_thing_to_its_last_day_and_not_the_day_after) {
    const Standard edition = edition_with(whole);
    EXPECT_TRUE(standing_of(edition, day("2028-03-01")).initial_audits.is_given);
    EXPECT_FALSE(standing_of(edition, day("2028-03-02")).initial_audits.is_given);
    EXPECT_TRUE(standing_of(edition, day("2029-09-01")).audits.is_given);
    EXPECT_FALSE(standing_of(edition, day("2029-09-02")).audits.is_given);
    EXPECT_TRUE(standing_of(edition, day("2030-03-01")).certificates.is_given);
    EXPECT_FALSE(standing_of(edition, day("2030-03-02")).certificates.is_given);
}

TEST(Edition, ends_a_thing_with_what_contains_it_when_its_own_day_is_unknown) {
    const Standard edition = edition_with(R"(<transition to="2" end-on="2030-03-01"/>)");
    EXPECT_EQ(standing_of(edition, day("2026-06-01")).initial_audits.last_day, day("2030-03-01"));
    EXPECT_FALSE(standing_of(edition, day("2030-03-02")).initial_audits.is_given);
}

TEST(Edition, has_no_last_day_while_nobody_has_named_one) {
    const Standard edition = edition_with(R"(<transition to="2" published-on="2027-03-01"/>)");
    const EditionStanding standing = standing_of(edition, day("2040-01-01"));
    EXPECT_TRUE(standing.certificates.is_given);
    EXPECT_FALSE(standing.certificates.last_day);
}

TEST(Edition, lets_a_certificate_outlive_its_transition_only_where_no_rule_forbids_it) {
    const Date cycle_end = day("2031-01-01");
    EXPECT_EQ(latest_expiry(edition_with(whole), cycle_end), day("2030-03-01"));
    EXPECT_EQ(latest_expiry(edition_with(whole), day("2029-01-01")), day("2029-01-01"));
    EXPECT_EQ(latest_expiry(edition_with(""), cycle_end), cycle_end);
    EXPECT_EQ(latest_expiry(edition_with(R"(<transition to="2" end-on="2030-03-01"
                                           certificate-expiry-rule="cycle-end"/>)"),
                            cycle_end),
              cycle_end);
}

}  // namespace
}  // namespace guildmark
