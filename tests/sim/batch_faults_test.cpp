#include <gtest/gtest.h>

#include "tests/support/memory_store.h"
#include "tests/support/scenario_world.h"

namespace guildmark::tests {
namespace {

/// A beekeeper's case with the body's people, and an engine whose store fails when it is told to.
class BatchFault : public testing::Test {
protected:
    BatchFault() {
        world_.fail_by(plan_);
        restart();
        client_ = create("Imkerei Vogel", "client");
        body_ = create("Imkerverein Lindental", "body");
        keeper_ = admit(client_, {"beekeeper"});
        inspector_ = admit(body_, {"inspector"});
        committee_ = admit(body_, {"committee"});
        OpenCase command{"honey-mark", "honey-code:2026", "Honey", {}};
        command.parties = {{"client", client_}, {"body", body_}};
        case_ = run(submission(keeper_, {}, std::move(command)))->stream;
    }

    static Submission submission(Actor actor,
                                 StreamId stream,
                                 std::variant<CaseCommand, OrganisationCommand> command,
                                 std::string key = {}) {
        return {std::move(actor), stream, std::move(command), std::move(key), std::nullopt};
    }

    Submission answer(const std::string& requirement, std::string key = {}) const {
        return submission(keeper_,
                          case_,
                          CaseCommand(AnswerRequirement{
                              requirement, rows::Answer::in_place, "", {}, std::nullopt}),
                          std::move(key));
    }

    void restart() {
        auto engine = world_.open_engine();
        ENSURE(engine.has_value(), "the engine does not open");
        engine_ = std::move(*engine);
    }

    Result<Answer> run(Submission submission) {
        return std::move(engine_->execute({&submission, 1}).front());
    }

    /// The calls of ports that `act` makes.
    template <typename Act>
    std::vector<std::string> calls_of(const Act& act) {
        plan_.begin({});
        act();
        return plan_.names();
    }

    std::size_t records() { return std::move(*store_.open_reader())->last_position().value_or(0); }

    MemoryStore store_;
    ScenarioWorld world_{store_};
    FaultPlan plan_;
    std::unique_ptr<Engine> engine_;
    OrganisationId client_;
    OrganisationId body_;
    Actor keeper_;
    Actor inspector_;
    Actor committee_;
    StreamId case_;

private:
    OrganisationId create(const char* name, const char* kind) {
        CreateOrganisation command;
        command.name = name;
        command.kind = kind;
        return OrganisationId(run(submission(system_actor(), {}, command))->stream.value());
    }

    Actor admit(OrganisationId organisation, std::vector<std::string> roles) {
        const std::string role = roles.front();
        AdmitMember command;
        command.name = role;
        command.email = role + "@example.org";
        command.roles = std::move(roles);
        const auto answer =
            run(submission(system_actor(), StreamId(organisation.value()), command));
        return {*PersonId::parse(answer->created), organisation, role};
    }
};

TEST_F(BatchFault, a_repetition_in_a_batch_that_was_not_written_is_not_acknowledged) {
    const std::vector<Submission> batch = {answer("1.1", "key"), answer("1.1", "key")};
    const std::size_t before = records();
    store_.fail_next_commit(failed("store_failed", "planned"), MemoryStore::Outcome::not_written);
    for (const Result<Answer>& answer : engine_->execute(batch)) {
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error().code, "store_failed");
    }
    EXPECT_EQ(records(), before);
    const auto again = engine_->execute(batch);
    EXPECT_TRUE(again[0]);
    ASSERT_TRUE(again[1]);
    EXPECT_TRUE(again[1]->repeated);
}

TEST_F(BatchFault, a_repetition_of_what_was_stored_before_is_acknowledged_all_the_same) {
    ASSERT_TRUE(run(answer("1.1", "key")));
    store_.fail_next_commit(failed("store_failed", "planned"), MemoryStore::Outcome::not_written);
    const auto answers = engine_->execute(std::vector{answer("1.2"), answer("1.1", "key")});
    EXPECT_FALSE(answers[0]);
    ASSERT_TRUE(answers[1]);
    EXPECT_TRUE(answers[1]->repeated);
}

TEST_F(BatchFault, a_refusal_because_of_what_was_not_written_is_not_told) {
    const auto retire = [&] {
        AdmitMember command;
        command.person = keeper_.person;
        command.name = "retired";
        return submission(system_actor(), StreamId(client_.value()), command);
    };
    store_.fail_next_commit(failed("store_failed", "planned"), MemoryStore::Outcome::not_written);
    const auto answers = engine_->execute(std::vector{retire(), answer("1.1")});
    ASSERT_FALSE(answers[1]);
    EXPECT_EQ(answers[1].error().code, "store_failed");
    EXPECT_TRUE(run(answer("1.1")));
}

TEST_F(BatchFault, a_refusal_before_anything_was_gathered_is_told_all_the_same) {
    store_.fail_next_commit(failed("store_failed", "planned"), MemoryStore::Outcome::not_written);
    const auto answers = engine_->execute(std::vector{answer("99"), answer("1.1")});
    ASSERT_FALSE(answers[0]);
    EXPECT_EQ(answers[0].error().code, "requirement_unknown");
}

TEST_F(BatchFault, no_command_is_decided_while_the_outcome_of_the_one_before_is_unknown) {
    // The commit, the recovery after it and the recovery before the next command all fail.
    const auto calls = calls_of([&] { ASSERT_TRUE(run(answer("1.1"))); });
    plan_.begin({calls.size(), 3, FaultKind::written_in_doubt});
    const auto first = run(answer("1.2"));
    ASSERT_FALSE(first);
    EXPECT_EQ(first.error().code, "commit_in_doubt");
    const auto second = run(answer("2.1"));
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, "store_busy");
    EXPECT_TRUE(run(answer("2.1")));
}

TEST_F(BatchFault, a_store_that_cannot_tell_a_party_is_not_taken_for_an_unknown_party) {
    restart();
    OpenCase command{"honey-mark", "honey-code:2026", "Honey", {}};
    command.parties = {{"client", client_}, {"body", body_}};
    const Submission opening = submission(keeper_, {}, std::move(command));
    const auto calls = calls_of([&] { ASSERT_TRUE(run(opening)); });
    ASSERT_GT(calls.size(), 3u);
    for (std::size_t call = 1; call < calls.size(); ++call) {
        restart();
        plan_.begin({call, 1, FaultKind::for_good});
        const auto opened = run(opening);
        ASSERT_FALSE(opened) << calls[call - 1];
        EXPECT_EQ(opened.error().code, "store_failed") << calls[call - 1];
    }
}

/// Lets the visit begin, which is due after thirty days, and then tells the committee.
class MessageFault : public BatchFault {
protected:
    MessageFault() {
        AddEvidence photo;
        photo.digest = sha256("photo");
        photo.media_type = "image/jpeg";
        photo.name = "room.jpg";
        auto reader = store_.open_reader();
        auto rows = (*reader)->find_case_rows(CaseId(case_.value()));
        for (const rows::Requirement& row : (*rows)->requirements) {
            photo.requirements.push_back(row.requirement);
            EXPECT_TRUE(run(answer(row.requirement)));
        }
        EXPECT_TRUE(run(submission(keeper_, case_, CaseCommand(photo))));
        Value values;
        values.set("place", "Lindental");
        values.set("hives", Value(12));
        const auto sent = run(submission(
            keeper_,
            case_,
            CaseCommand(CompleteTask{(*rows)->tasks.front().id, "send", std::move(values)})));
        EXPECT_TRUE(sent) << sent.error().message;
    }

    /// The timer fires, and what it asks for is carried out at the next look.
    void let_time_pass() {
        constexpr std::int64_t month_ms = std::int64_t{31} * 24 * 3600 * 1000;
        world_.clock.set(Instant{world_.clock.now().milliseconds + month_ms});
        EXPECT_TRUE(engine_->advance());
    }
};

TEST_F(MessageFault, an_address_that_is_refused_keeps_no_other_from_its_message) {
    AdmitMember second;
    second.name = "Second";
    second.email = "second@example.org";
    second.roles = {"committee"};
    ASSERT_TRUE(run(submission(system_actor(), StreamId(body_.value()), second)));
    let_time_pass();
    std::size_t asked = 0;
    world_.notifier.before = [&asked]() -> Result<void> {
        return ++asked == 1 ? Result<void>(refused("notifier_refused", "no such address"))
                            : Result<void>();
    };
    EXPECT_TRUE(engine_->advance());
    EXPECT_EQ(asked, 2u);
    EXPECT_EQ(world_.notifier.delivered, 1u);
}

TEST_F(MessageFault, a_store_that_fails_once_costs_no_message) {
    let_time_pass();
    restart();
    constexpr std::size_t calls_before_delivery = 6;
    for (std::size_t call = 1; call <= calls_before_delivery; ++call) {
        plan_.begin({call, 1, FaultKind::for_good});
        EXPECT_FALSE(engine_->advance());
        restart();
    }
    plan_.begin({});
    EXPECT_TRUE(engine_->advance());
    EXPECT_EQ(plan_.names().at(calls_before_delivery), "Notifier::deliver");
    EXPECT_EQ(world_.notifier.delivered, 1u);
}

}  // namespace
}  // namespace guildmark::tests
