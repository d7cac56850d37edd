#include <gtest/gtest.h>

#include "engine/runtime/replay.h"
#include "tests/sim/journal_text.h"
#include "tests/support/memory_store.h"
#include "tests/support/scenario_world.h"

namespace guildmark::tests {
namespace {

const char* const repeated_scenario = "workflows/iso-9001/iso-9001.scenario";

std::vector<scenario::Statement> statements_of(const char* path) {
    Diagnostics diagnostics;
    auto statements =
        scenario::read_script(read_whole_file(source_folder() / path), path, diagnostics);
    EXPECT_FALSE(diagnostics.has_errors()) << diagnostics.to_text();
    return statements;
}

std::string folder_of(const char* path) {
    return (source_folder() / path).parent_path();
}

void play_whole(Engine& engine, Store& store, ScenarioWorld& world) {
    auto reader = store.open_reader();
    scenario::World played = world.world(engine, **reader);
    Diagnostics diagnostics;
    static_cast<void>(scenario::play(
        statements_of(repeated_scenario), folder_of(repeated_scenario), played, {}, diagnostics));
    EXPECT_EQ(diagnostics.to_text(), "");
}

enum class Restarts { never, before_every_batch, within_one_instant };

/// Lets a millisecond pass before every batch, and with it, where that is asked, the server; or the
/// server alone.
class SteppingEngine final : public Engine {
public:
    SteppingEngine(ScenarioWorld& world, Restarts restarts)
        : world_(world), restarts_(restarts), engine_(open()) {}

    std::vector<Result<Answer>> execute(std::span<const Submission> submissions) override {
        return step().execute(submissions);
    }

    Result<std::size_t> advance() override { return step().advance(); }

    Result<std::optional<Instant>> next_due() override { return engine_->next_due(); }

    void set_observer(Observer) override {}

private:
    Engine& step() {
        if (restarts_ != Restarts::within_one_instant) {
            world_.clock.set(Instant{world_.clock.now().milliseconds + 1});
        }
        if (restarts_ != Restarts::never) {
            engine_ = open();
        }
        return *engine_;
    }

    std::unique_ptr<Engine> open() {
        auto engine = world_.open_engine();
        ENSURE(engine.has_value(), "the engine does not open");
        return std::move(*engine);
    }

    ScenarioWorld& world_;
    Restarts restarts_;
    std::unique_ptr<Engine> engine_;
};

TEST(Simulation, the_same_commands_give_the_same_journal_byte_for_byte) {
    std::vector<std::string> journals[2];
    for (std::vector<std::string>& journal : journals) {
        MemoryStore store;
        ScenarioWorld world(store);
        auto engine = world.open_engine();
        play_whole(**engine, store, world);
        journal = journal_lines(store);
    }
    EXPECT_GT(journals[0].size(), 100u);
    EXPECT_EQ(first_difference(journals[0], journals[1]), "");
}

TEST(Simulation, a_restart_before_every_command_changes_nothing) {
    std::vector<std::string> journals[2];
    for (const Restarts restarts : {Restarts::never, Restarts::before_every_batch}) {
        MemoryStore store;
        ScenarioWorld world(store);
        SteppingEngine engine(world, restarts);
        play_whole(engine, store, world);
        journals[static_cast<std::size_t>(restarts)] = canonical_journal(store);
    }
    EXPECT_GT(journals[0].size(), 100u);
    EXPECT_EQ(first_difference(journals[0], journals[1]), "");
}

TEST(Simulation, restarts_within_one_instant_leave_what_is_expected_true) {
    for (const std::uint64_t seed : {1u, 2u, 3u, 4u}) {
        SCOPED_TRACE(seed);
        MemoryStore store;
        ScenarioWorld world(store);
        world.random = scenario::SeededRandom{seed};
        SteppingEngine engine(world, Restarts::within_one_instant);
        play_whole(engine, store, world);
        EXPECT_GT(journal_lines(store).size(), 100u);
    }
}

TEST(Simulation, what_was_played_verifies_and_rebuilds_to_the_same_rows) {
    MemoryStore store;
    ScenarioWorld world(store);
    auto engine = world.open_engine();
    play_whole(**engine, store, world);
    for (int round = 0; round < 2; ++round) {
        const auto report = verify(store, {});
        ASSERT_TRUE(report);
        for (const StoreFault& fault : report->faults) {
            ADD_FAILURE() << fault.code << ": " << fault.message;
        }
        ASSERT_TRUE(rebuild(store, {}));
    }
}

}  // namespace
}  // namespace guildmark::tests
