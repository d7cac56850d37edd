#include <gtest/gtest.h>

#include "engine/runtime/aggregates.h"
#include "engine/runtime/batch.h"
#include "engine/runtime/effects.h"
#include "engine/runtime/replay.h"
#include "tests/support/memory_store.h"
#include "tests/support/scenario_world.h"

namespace guildmark::tests {
namespace {

/// A case of the workflow "failing", and who keeps it running.
class IncidentTest : public testing::Test {
protected:
    IncidentTest() : world_(store_) {
        world_.clock.set(Instant{1'772'442'000'000});
        world_.library.add(load_workflow_of(source_folder() / "tests/data/workflows/failing"));
        engine_ = std::move(world_.open_engine()).value();
        reader_ = std::move(store_.open_reader()).value();
        const auto firm = make({}, CreateOrganisation{"Firm", "client", "DE", {}, 3});
        keeper_.organisation = OrganisationId(firm->stream.value());
        const auto person =
            make(firm->stream, AdmitMember{{}, "Ada", "ada@firm.example", {"keeper"}});
        keeper_.person = PersonId::parse(person->created).value_or(PersonId());
        keeper_.role = "keeper";
        const OpenCase open{"failing", "honey-code:2026", "P", {{"client", keeper_.organisation}}};
        case_ = CaseId(submit({keeper_, {}, CaseCommand(open), {}, {}})->stream.value());
    }

    Result<Answer> submit(Submission submission) {
        return std::move(engine_->execute({&submission, 1}).front());
    }

    Result<Answer> make(StreamId stream, OrganisationCommand command) {
        return submit({system_actor(), stream, std::move(command), {}, {}});
    }

    std::string code_of(CaseCommand command) {
        const auto answer = submit({keeper_, stream_of(case_), std::move(command), {}, {}});
        return answer ? "" : answer.error().code;
    }

    [[nodiscard]] rows::CaseRows rows() const {
        return reader_->find_case_rows(case_).value().value_or(rows::CaseRows());
    }

    void expect_sound() {
        ASSERT_TRUE(rebuild(store_, {}));
        const auto verified = verify(store_, {});
        ASSERT_TRUE(verified);
        EXPECT_TRUE(verified->is_sound()) << verified->faults.front().message;
    }

    MemoryStore store_;
    ScenarioWorld world_;
    std::unique_ptr<Engine> engine_;
    std::unique_ptr<StoreReader> reader_;
    Actor keeper_;
    CaseId case_;
};

TEST_F(IncidentTest, of_a_message_that_was_given_up_asks_for_it_again_even_when_the_case_ended) {
    world_.notifier.before = [] { return failed("notifier_refused", "no such address"); };
    EXPECT_EQ(code_of(CompleteTask{rows().tasks.front().id, "tell", {}}), "");
    ASSERT_TRUE(engine_->advance());
    ASSERT_EQ(rows().incidents.size(), 1u);
    const rows::Incident incident = rows().incidents.front();
    EXPECT_EQ(incident.kind, rows::IncidentKind::effect);
    EXPECT_EQ(incident.code, "notifier_refused");
    EXPECT_EQ(incident.where, "notify");
    EXPECT_EQ(incident.organisation, keeper_.organisation);
    EXPECT_EQ(code_of(MoveCase{{"done"}, "enough"}), "");
    EXPECT_TRUE(rows().summary.finished);
    EXPECT_EQ(rows().summary.incidents_open, 1u);
    expect_sound();

    world_.notifier.before = [] { return Result<void>(); };
    EXPECT_EQ(code_of(RetryIncident{incident.id}), "");
    EXPECT_EQ(code_of(RetryIncident{incident.id}), "incident_resolved");
    ASSERT_TRUE(engine_->advance());
    EXPECT_EQ(world_.notifier.delivered, 1u);
    EXPECT_EQ(rows().incidents.front().resolution, rows::IncidentResolution::retried);
    EXPECT_EQ(rows().summary.incidents_open, 0u);
    expect_sound();
}

TEST_F(IncidentTest, of_a_timer_keeps_it_from_being_tried_again_and_is_ended_by_a_move) {
    world_.clock.set(Instant{world_.clock.now().milliseconds + 7'200'000});
    EXPECT_EQ(engine_->advance().value(), 1u);
    EXPECT_EQ(engine_->advance().value(), 0u);
    EXPECT_FALSE(engine_->next_due().value());
    ASSERT_EQ(rows().incidents.size(), 1u);
    EXPECT_EQ(rows().incidents.front().kind, rows::IncidentKind::timer);
    EXPECT_EQ(rows().incidents.front().where, "go");
    EXPECT_EQ(code_of(SkipIncident{IncidentId(5), "which?"}), "incident_not_found");
    EXPECT_EQ(code_of(MoveCase{{"mended"}, "by hand"}), "");
    EXPECT_EQ(rows().incidents.front().resolution, rows::IncidentResolution::moved);
    EXPECT_EQ(rows().incidents.front().resolved_by, keeper_.person);
    expect_sound();
}

TEST_F(IncidentTest, of_a_timer_whose_case_has_a_session_that_cannot_be_read_holds_nobody_up) {
    engine_.reset();
    {
        Aggregates aggregates(std::move(store_.open_reader()).value(), world_.library);
        LoadedCase& subject = *aggregates.load_case(stream_of(case_)).value();
        events::ChartAdvanced unreadable;
        unreadable.states = subject.value.summary.states;
        unreadable.session.set("configuration", "no such state");
        Batch batch(reader_->last_position().value());
        batch.write(subject, {unreadable}, keeper_, world_.clock.now());
        ASSERT_TRUE(store_.commit(batch.finish()));
    }
    engine_ = std::move(world_.open_engine()).value();
    world_.clock.set(Instant{world_.clock.now().milliseconds + 7'200'000});
    static_cast<void>(engine_->advance());
    EXPECT_FALSE(engine_->next_due().value()) << "the timer comes back for ever";
    ASSERT_EQ(rows().incidents.size(), 1u);
    EXPECT_EQ(rows().incidents.front().kind, rows::IncidentKind::timer);
    EXPECT_EQ(rows().incidents.front().code, "session_malformed");
    EXPECT_EQ(code_of(RetryIncident{rows().incidents.front().id}), "session_malformed");
    expect_sound();
}

}  // namespace
}  // namespace guildmark::tests
