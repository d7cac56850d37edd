#include <cstdlib>

#include <gtest/gtest.h>

#include "tests/sim/journal_text.h"
#include "tests/support/memory_store.h"
#include "tests/support/scenario_world.h"

namespace guildmark::tests {
namespace {

const char* const whole_scenario = "workflows/iso-9001/iso-9001.scenario";

/// How the N-th commit goes wrong.
enum class Fault { refused, lost, written_in_doubt };

/// Gives every command a key, makes the store fail at one commit, and repeats what failed, as a
/// client would: the same command under the same key.
class FaultyEngine final : public Engine {
public:
    FaultyEngine(ScenarioWorld& world, MemoryStore& store, std::size_t failing, Fault fault)
        : world_(world), store_(store), failing_(failing), fault_(fault), engine_(open()) {}

    std::vector<Result<Answer>> execute(std::span<const Submission> submissions) override {
        std::vector<Submission> keyed(submissions.begin(), submissions.end());
        for (Submission& submission : keyed) {
            submission.idempotency_key = std::to_string(++key_);
        }
        const std::uint64_t before = last_position();
        arm();
        auto answers = engine_->execute(keyed);
        if (!answers[0] && is_fault(answers[0].error())) {
            expect_before_or_after(before);
            failed_ = true;
            engine_ = open();
            answers = engine_->execute(keyed);
        }
        return answers;
    }

    Result<std::size_t> advance() override {
        arm();
        auto advanced = engine_->advance();
        if (!advanced && is_fault(advanced.error())) {
            failed_ = true;
            engine_ = open();
            advanced = engine_->advance();
        }
        return advanced;
    }

    Result<std::optional<Instant>> next_due() override { return engine_->next_due(); }

    void set_observer(Observer) override {}

    [[nodiscard]] std::size_t commits() const { return commits_; }

    [[nodiscard]] bool has_failed() const { return failed_; }

private:
    std::unique_ptr<Engine> open() {
        auto engine = world_.open_engine();
        ENSURE(engine.has_value(), "the engine does not open");
        return std::move(*engine);
    }

    /// Plans the fault when this is its turn.
    void arm() {
        if (++commits_ != failing_) {
            return;
        }
        const bool refused = fault_ == Fault::refused;
        store_.fail_next_commit(
            refused ? failed("store_failed", "planned") : unavailable("commit_in_doubt", "planned"),
            fault_ == Fault::written_in_doubt ? MemoryStore::Outcome::written
                                              : MemoryStore::Outcome::not_written);
    }

    static bool is_fault(const Error& error) {
        return error.code == "store_failed" || error.code == "commit_in_doubt";
    }

    std::uint64_t last_position() {
        const auto reader = store_.open_reader();
        ENSURE(reader.has_value(), "the store gives no reader");
        const auto position = (*reader)->last_position();
        ENSURE(position.has_value(), "the journal cannot be read");
        return *position;
    }

    /// All of the batch is there, or nothing of it.
    void expect_before_or_after(std::uint64_t before) {
        const std::uint64_t now = last_position();
        if (fault_ == Fault::written_in_doubt) {
            EXPECT_GT(now, before);
        } else {
            EXPECT_EQ(now, before);
        }
    }

    ScenarioWorld& world_;
    MemoryStore& store_;
    std::size_t failing_;
    Fault fault_;
    std::unique_ptr<Engine> engine_;
    std::size_t commits_ = 0;
    std::size_t key_ = 0;
    bool failed_ = false;
};

struct ScenarioRun {
    std::vector<std::string> journal;
    std::size_t commits = 0;
    bool failed = false;
};

ScenarioRun play_with(std::size_t failing, Fault fault) {
    MemoryStore store;
    ScenarioWorld world(store);
    FaultyEngine engine(world, store, failing, fault);
    auto reader = store.open_reader();
    scenario::World played = world.world(engine, **reader);
    Diagnostics diagnostics;
    const auto path = source_folder() / whole_scenario;
    const auto statements = scenario::read_script(read_whole_file(path), path, diagnostics);
    static_cast<void>(scenario::play(statements, path.parent_path(), played, {}, diagnostics));
    EXPECT_EQ(diagnostics.to_text(), "") << "fault at commit " << failing;
    // Messages due at one instant are closed in the order of their ids, which is another one when
    // the server restarts within that instant.
    return {canonical_journal(store, {"command_rejected", "effect_closed", "incident_opened"}),
            engine.commits(),
            engine.has_failed()};
}

/// Every how many commits one is made to fail; GUILDMARK_ALL_FAULTS=1 tries each.
std::size_t commit_stride() {
    return std::getenv("GUILDMARK_ALL_FAULTS") == nullptr ? 23 : 1;
}

class CommitFault : public testing::TestWithParam<Fault> {};

TEST_P(CommitFault, at_any_commit_leaves_the_state_before_or_after_and_a_repetition_goes_on) {
    const ScenarioRun whole = play_with(0, GetParam());
    ASSERT_GT(whole.commits, 50u);
    std::size_t failures = 0;
    for (std::size_t failing = 1; failing <= whole.commits; failing += commit_stride()) {
        const ScenarioRun run = play_with(failing, GetParam());
        EXPECT_EQ(first_difference(whole.journal, run.journal), "")
            << "fault at commit " << failing;
        failures += run.failed ? 1 : 0;
    }
    EXPECT_GT(failures, 0u) << "no fault ever struck, so nothing was tested";
}

INSTANTIATE_TEST_SUITE_P(Store,
                         CommitFault,
                         testing::Values(Fault::refused, Fault::lost, Fault::written_in_doubt),
                         [](const testing::TestParamInfo<Fault>& each) {
                             switch (each.param) {
                                 case Fault::refused:
                                     return "refused";
                                 case Fault::lost:
                                     return "lost";
                                 case Fault::written_in_doubt:
                                     return "written_in_doubt";
                             }
                             return "";
                         });

}  // namespace
}  // namespace guildmark::tests
