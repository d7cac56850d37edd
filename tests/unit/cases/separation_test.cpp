#include <gtest/gtest.h>

#include "tests/unit/cases/case_desk.h"

namespace guildmark::tests {
namespace {

/// A case in which the inspector of the hives has given a verdict.
CaseDesk assessed_desk() {
    CaseDesk desk;
    desk.apply_for_the_mark();
    desk.must(desk.inspector, AssessRequirement{"2.1", rows::Verdict::conforming, ""});
    return desk;
}

/// What becomes of it when the inspector wants to act as the committee, which decides.
std::string outcome_of_deciding(const CaseDesk& desk) {
    const Actor both{desk.inspector.person, desk.body, "committee"};
    const auto decided = desk.try_out(both, PauseCase{"Snow"});
    return decided ? "accepted" : decided.error().code;
}

TEST(Separation, looks_at_the_whole_life_of_the_case) {
    CaseDesk desk = assessed_desk();
    EXPECT_EQ(outcome_of_deciding(desk), "separation_of_duties");
    desk.begin_round(desk.committee);
    desk.now = Instant{desk.now.milliseconds + std::int64_t{86'400'000} * 3650};
    EXPECT_EQ(outcome_of_deciding(desk), "separation_of_duties");
}

TEST(Separation, per_round_forgets_who_acted_in_the_one_before) {
    CaseDesk desk = assessed_desk();
    desk.separates_per_round = true;
    EXPECT_EQ(outcome_of_deciding(desk), "separation_of_duties");
    desk.begin_round(desk.committee);
    EXPECT_EQ(outcome_of_deciding(desk), "accepted");
    desk.must(desk.inspector, AssessRequirement{"2.1", rows::Verdict::conforming, ""});
    EXPECT_EQ(outcome_of_deciding(desk), "separation_of_duties");
}

TEST(Separation, that_lasts_ends_so_long_after_the_last_act) {
    CaseDesk desk = assessed_desk();
    desk.separation_lasts = Duration::parse("P24M").value_or(Duration());
    const Date acted = Date::of(desk.now);
    desk.now = desk.separation_lasts->after(acted).plus_days(-1).begin();
    EXPECT_EQ(outcome_of_deciding(desk), "separation_of_duties");
    desk.now = desk.separation_lasts->after(acted).begin();
    EXPECT_EQ(outcome_of_deciding(desk), "accepted");
}

TEST(Round, lets_every_requirement_wait_for_a_verdict_again) {
    CaseDesk desk = assessed_desk();
    desk.begin_round(desk.committee);
    for (const rows::Requirement& requirement : desk.subject.requirements) {
        EXPECT_EQ(requirement.verdict, rows::Verdict::none) << requirement.requirement;
        EXPECT_TRUE(requirement.assessed_by.is_none()) << requirement.requirement;
    }
    EXPECT_EQ(desk.subject.round.number, 1u);
}

}  // namespace
}  // namespace guildmark::tests
