// Errors of the commands that keep cases running, in the order that engine/cases/decide.h lists.

#include "tests/unit/cases/decide_order.h"

namespace guildmark::tests {
namespace {

template <typename Command>
Defects<Command> of_operation(Defect<Command> state) {
    return with_common<Command>(
        {{"not_allowed_now", "operator", [](auto& at, auto&, auto&) { at.operator_role.clear(); }},
         std::move(state),
         {"field_missing", "reason", [](auto&, auto&, auto& asked) { asked.reason.clear(); }},
         {"field_too_long", "reason", [](auto&, auto&, auto& asked) { asked.reason = too_long; }}},
        true);
}

TEST(DecideOrder, a_pause_is_refused_to_whoever_does_not_operate_before_its_reason) {
    const CaseDesk desk = visited();
    expect_in_order<PauseCase>({desk, desk.committee, {"why"}},
                               of_operation<PauseCase>(paused<PauseCase>()));
}

TEST(DecideOrder, a_resumption_is_refused_to_whoever_does_not_operate_before_its_reason) {
    CaseDesk desk = visited();
    desk.must(desk.committee, PauseCase{"why"});
    expect_in_order<ResumeCase>(
        {desk, desk.committee, {"why"}},
        of_operation<ResumeCase>({"case_not_paused", "pause", [](auto& at, auto&, auto&) {
                                      at.subject.summary.paused_at.reset();
                                  }}));
}

TEST(DecideOrder, a_move_is_refused_for_its_states_before_its_reason) {
    const CaseDesk desk = visited();
    Defects<MoveCase> own = {
        {"not_allowed_now", "operator", [](auto& at, auto&, auto&) { at.operator_role.clear(); }},
        {"field_missing", "states", [](auto&, auto&, auto& asked) { asked.states.clear(); }},
        {"field_too_long",
         "states",
         [](auto&, auto&, auto& asked) {
             asked.states.assign(limits::states_per_move_max + 1, "visit");
         }},
        {"state_unknown", "states", [](auto&, auto&, auto& asked) { asked.states = {"moon"}; }},
        {"targets_conflict",
         "states",
         [](auto&, auto&, auto& asked) {
             asked.states = {"visit", "decision"};
         }},
        {"field_missing", "reason", [](auto&, auto&, auto& asked) { asked.reason.clear(); }},
        {"field_too_long", "reason", [](auto&, auto&, auto& asked) { asked.reason = too_long; }}};
    expect_in_order<MoveCase>({desk, desk.committee, {{"mending"}, "why"}},
                              with_common<MoveCase>(own, true));
}

TEST(CaseLimits, no_task_is_opened_beyond_those_a_case_may_have) {
    CaseDesk desk;
    desk.apply_for_the_mark();
    while (desk.subject.tasks.size() < limits::tasks_per_case_max) {
        const TaskId id(desk.subject.tasks.size() + 1'000'000);
        desk.subject.tasks[id].id = id;
    }
    const auto refused = desk.try_out(desk.committee, MoveCase{{"mending"}, "why"});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "chart_failed");
    EXPECT_EQ(refused.error().subject, "tasks_too_many");
    desk.subject.tasks.erase(TaskId(1'000'000 + limits::tasks_per_case_max - 1));
    EXPECT_TRUE(desk.try_out(desk.committee, MoveCase{{"mending"}, "why"}));
}

}  // namespace
}  // namespace guildmark::tests
