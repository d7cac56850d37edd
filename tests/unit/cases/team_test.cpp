#include <gtest/gtest.h>

#include "tests/unit/cases/case_desk.h"

namespace guildmark::tests {
namespace {

const AnswerRequirement& answer() {
    static const AnswerRequirement command{"1.1", rows::Answer::in_place, "", {}, std::nullopt};
    return command;
}

/// A task of the case that was ended at `at` with a form that names `members`.
void send(CaseDesk& desk, const std::string& task, const char* at, const std::string& members) {
    rows::Task row;
    row.id = TaskId(desk.subject.tasks.size() + 9'000);
    row.task = task;
    row.status = rows::TaskStatus::done;
    row.closed_at = *Instant::parse(at);
    desk.subject.tasks[row.id] = row;
    Value form;
    form.set("members", members);
    desk.subject.forms[task] = std::move(form);
}

std::string outcome_of(CaseDesk& desk) {
    const auto decided = desk.try_out(desk.keeper, answer());
    return decided ? "accepted" : decided.error().code + " " + decided.error().subject;
}

TEST(Team, keeps_out_whom_no_field_of_the_form_names) {
    CaseDesk desk;
    desk.must(desk.keeper, desk.opening());
    for (const char* people : {"", "Ada", "Tom Other", "Ada Vogel-Roth; Tom Other"}) {
        desk.team(people);
        EXPECT_EQ(outcome_of(desk), "person_not_in_team T1") << people;
    }
}

TEST(Team, lets_those_act_whom_one_of_its_fields_names) {
    CaseDesk desk;
    desk.must(desk.keeper, desk.opening());
    for (const char* people : {"Ada Vogel", "Tom Other, ada@bees.example", "ADA VOGEL\nauditor"}) {
        desk.team(people);
        EXPECT_EQ(outcome_of(desk), "accepted") << people;
    }
    desk.team("Tom Other");
    desk.subject.forms["apply"].set("leader", "Ada Vogel");
    EXPECT_EQ(outcome_of(desk), "accepted");
}

TEST(Team, binds_its_roles_alone_and_only_once_a_form_was_sent) {
    CaseDesk desk;
    desk.must(desk.keeper, desk.opening());
    desk.team("Tom Other");
    desk.teams.front().roles = {"inspector"};
    EXPECT_EQ(outcome_of(desk), "accepted");
    desk.teams.front().roles = {"beekeeper"};
    desk.subject.forms.clear();
    EXPECT_EQ(outcome_of(desk), "accepted");
}

TEST(Team, is_the_one_of_the_form_that_was_sent_last) {
    CaseDesk desk;
    desk.must(desk.keeper, desk.opening());
    desk.team("");
    desk.subject.forms.clear();
    send(desk, "apply", "2026-03-02T10:00:00Z", "Ada Vogel");
    send(desk, "visit", "2026-03-03T10:00:00Z", "Tom Other");
    EXPECT_EQ(outcome_of(desk), "person_not_in_team T1");
    send(desk, "apply", "2026-03-04T10:00:00Z", "Ada Vogel");
    EXPECT_EQ(outcome_of(desk), "accepted");
}

}  // namespace
}  // namespace guildmark::tests
