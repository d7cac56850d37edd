#include <gtest/gtest.h>

#include "tests/unit/cases/case_desk.h"

namespace guildmark::tests {
namespace {

/// What an answer of the keeper, Ada Vogel, ada@bees.example, on 2026-03-02 comes to.
std::string outcome_with(const std::string& people, const std::string& day = {}) {
    CaseDesk desk;
    desk.must(desk.keeper, desk.opening());
    desk.bar(people, day);
    const auto decided = desk.try_out(
        desk.keeper, AnswerRequirement{"1.1", rows::Answer::in_place, "", {}, std::nullopt});
    return decided ? "accepted" : decided.error().code + " " + decided.error().subject;
}

TEST(Bar, keeps_out_whom_the_form_names_by_the_whole_name_or_the_whole_address) {
    for (const char* people : {"Ada Vogel",
                               "ada vogel",
                               "ADA@bees.example",
                               "Nordberatung, Ada Vogel",
                               "Ada Vogel;Nordberatung",
                               "Nordberatung\n  Ada Vogel \r\nSomebody"}) {
        EXPECT_EQ(outcome_with(people), "person_barred B1") << people;
    }
}

TEST(Bar, keeps_out_nobody_else) {
    for (const char* people :
         {"", ",", ";\n", "Ada", "Ada Vogel-Roth", "Vogel Ada", "ada@bees.example.org"}) {
        EXPECT_EQ(outcome_with(people), "accepted") << people;
    }
}

TEST(Bar, of_a_person_without_a_name_or_an_address_is_not_met_by_an_empty_entry) {
    CaseDesk desk;
    desk.must(desk.keeper, desk.opening());
    desk.actor_name.clear();
    desk.actor_email.clear();
    desk.bar("Nordberatung,,");
    EXPECT_TRUE(desk.try_out(
        desk.keeper, AnswerRequirement{"1.1", rows::Answer::in_place, "", {}, std::nullopt}));
}

TEST(Bar, ends_on_the_day_on_which_its_time_is_over_and_without_a_day_never) {
    EXPECT_EQ(outcome_with("Ada Vogel", "2024-03-03"), "person_barred B1");
    EXPECT_EQ(outcome_with("Ada Vogel", "2024-03-02"), "accepted");
    EXPECT_EQ(outcome_with("Ada Vogel", ""), "person_barred B1");
}

TEST(Bar, concerns_its_roles_alone_and_only_once_the_form_was_sent) {
    CaseDesk desk;
    desk.must(desk.keeper, desk.opening());
    const AnswerRequirement answer{"1.1", rows::Answer::in_place, "", {}, std::nullopt};
    desk.bar("Ada Vogel");
    desk.bars.front().roles = {"inspector"};
    EXPECT_TRUE(desk.try_out(desk.keeper, answer));
    desk.bars.front().roles = {"beekeeper"};
    EXPECT_FALSE(desk.try_out(desk.keeper, answer));
    desk.subject.forms.clear();
    EXPECT_TRUE(desk.try_out(desk.keeper, answer));
}

}  // namespace
}  // namespace guildmark::tests
