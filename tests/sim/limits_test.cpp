// The runtime exactly at each limit, and one beyond it.
#include "engine/base/limits.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/runtime/aggregates.h"
#include "engine/runtime/batch.h"
#include "engine/runtime/effects.h"
#include "tests/support/memory_store.h"
#include "tests/support/scenario_world.h"

namespace guildmark::tests {
namespace {

/// A workflow whose cases begin with `count` timers that are due in a second.
workflow::Workflow ticking(std::size_t count) {
    std::string text =
        read_whole_file(source_folder() / "tests/data/workflows/failing/failing.scxml");
    const auto replace = [&text](const std::string& what, const std::string& by) {
        const std::size_t at = text.find(what);
        EXPECT_NE(at, std::string::npos) << what;
        text.replace(at, what.size(), by);
    };
    std::string sends;
    for (std::size_t number = 0; number < count; ++number) {
        sends += "<send event=\"tick\" delay=\"1s\"/>";
    }
    replace("<send event=\"go\" id=\"once\" delay=\"3600s\"/>", sends);
    replace("<transition event=\"go\" target=\"first\"/>",
            "<transition event=\"go\" target=\"first\"/><transition event=\"tick\"/>");
    Diagnostics diagnostics;
    auto loaded = workflow::load_workflow({{"failing.scxml", text}}, diagnostics);
    EXPECT_TRUE(loaded) << diagnostics.to_text();
    return std::move(*loaded);
}

class RuntimeLimits : public testing::Test {
protected:
    RuntimeLimits() : world_(store_) { world_.clock.set(Instant{1'772'442'000'000}); }

    Result<Answer> submit(Submission submission) {
        return std::move(engine_->execute({&submission, 1}).front());
    }

    /// Opens the engine and a case of `workflow`.
    CaseId open_case(workflow::Workflow workflow) {
        world_.library.add(std::move(workflow));
        engine_ = std::move(world_.open_engine()).value();
        const CreateOrganisation firm{"Firm", "client", "DE", {}, 3};
        const auto made = submit({system_actor(), {}, OrganisationCommand(firm), {}, {}});
        keeper_.organisation = OrganisationId(made->stream.value());
        const AdmitMember ada{{}, "Ada", "ada@firm.example", {"keeper"}};
        const auto person =
            submit({system_actor(), made->stream, OrganisationCommand(ada), {}, {}});
        keeper_.person = PersonId::parse(person->created).value_or(PersonId());
        keeper_.role = "keeper";
        return another_case();
    }

    CaseId another_case() {
        const OpenCase open{"failing", "honey-code:2026", "P", {{"client", keeper_.organisation}}};
        return CaseId(submit({keeper_, {}, CaseCommand(open), {}, {}})->stream.value());
    }

    MemoryStore store_;
    ScenarioWorld world_;
    std::unique_ptr<Engine> engine_;
    Actor keeper_;
};

TEST_F(RuntimeLimits, hold_the_timers_that_fire_before_commands_get_their_turn) {
    // Two cases that are as full of timers as the limit, and one timer.
    open_case(ticking(limits::timers_per_advance_max));
    const auto advance = [this] {
        world_.clock.set(Instant{world_.clock.now().milliseconds + 2'000});
        return engine_->advance().value();
    };
    EXPECT_EQ(advance(), limits::timers_per_advance_max);
    EXPECT_EQ(advance(), 0u);
    another_case();
    world_.library.add(ticking(1));
    another_case();
    EXPECT_EQ(advance(), limits::timers_per_advance_max);
    EXPECT_EQ(advance(), 1u);
    EXPECT_EQ(advance(), 0u);
}

TEST_F(RuntimeLimits, hold_the_commands_of_a_commit) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    open_case(ticking(0));
    const CreateOrganisation firm{"Firm", "client", "DE", {}, 3};
    const Submission one{system_actor(), {}, OrganisationCommand(firm), {}, {}};
    std::vector<Submission> all(limits::commands_per_commit_max, one);
    for (const Result<Answer>& answer : engine_->execute(all)) {
        EXPECT_TRUE(answer);
    }
    all.push_back(one);
    EXPECT_DEATH(static_cast<void>(engine_->execute(all)), "a batch over its limit");
}

TEST_F(RuntimeLimits, make_a_snapshot_after_so_many_records_of_a_case) {
    const StreamId stream = stream_of(open_case(ticking(0)));
    const auto snapshots_after = [&](std::uint64_t records) {
        Aggregates aggregates(std::move(store_.open_reader()).value(), world_.library);
        LoadedCase& subject = *aggregates.load_case(stream).value();
        Batch batch(0);
        while (subject.value.head.sequence < records) {
            events::ChartAdvanced stays;
            stays.states = subject.value.summary.states;
            stays.session = subject.value.session;
            batch.write(subject, {stays}, keeper_, world_.clock.now());
        }
        return batch.finish().snapshots.size();
    };
    EXPECT_EQ(snapshots_after(limits::records_between_snapshots - 1), 0u);
    EXPECT_EQ(snapshots_after(limits::records_between_snapshots), 1u);
}

TEST_F(RuntimeLimits, hold_the_cases_that_are_kept_loaded) {
    // The case used longest ago still has its mark when none was given up.
    const auto is_first_kept_among = [this](std::uint64_t count) {
        Aggregates aggregates(std::move(store_.open_reader()).value(), world_.library);
        aggregates.load_organisation(StreamId(1)).value()->summary.name = "marked";
        for (std::uint64_t stream = 2; stream <= count; ++stream) {
            EXPECT_TRUE(aggregates.load_organisation(StreamId(stream)));
        }
        aggregates.trim();
        return aggregates.load_organisation(StreamId(1)).value()->summary.name == "marked";
    };
    EXPECT_FALSE(is_first_kept_among(limits::cached_cases_max + 1));
    EXPECT_TRUE(is_first_kept_among(limits::cached_cases_max));
}

}  // namespace
}  // namespace guildmark::tests
