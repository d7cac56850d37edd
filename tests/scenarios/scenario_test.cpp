#include <algorithm>
#include <filesystem>

#include <gtest/gtest.h>

#include "tests/support/memory_store.h"
#include "tests/support/scenario_world.h"

namespace guildmark::scenario {
namespace {

namespace fs = std::filesystem;

/// What the scenario in `path` comes to; the diagnostics say what did not. `workflow` is the folder
/// of one more workflow than the project has.
Outcome run(const fs::path& path, Diagnostics& diagnostics, const char* workflow = nullptr) {
    tests::MemoryStore store;
    tests::ScenarioWorld world(store);
    if (workflow != nullptr) {
        world.library.add(tests::load_workflow_of(tests::source_folder() / workflow));
    }
    const auto statements = read_script(tests::read_whole_file(path), path, diagnostics);
    auto engine = world.open_engine();
    auto reader = store.open_reader();
    EXPECT_TRUE(engine && reader && !diagnostics.has_errors()) << diagnostics.to_text();
    World played = world.world(**engine, **reader);
    return play(statements, path.parent_path(), played, {}, diagnostics);
}

TEST(Scenario, fails_at_the_statement_that_comes_out_otherwise) {
    Diagnostics diagnostics;
    const Outcome outcome =
        run(tests::source_folder() / "tests/scenarios/wrong.scenario", diagnostics);
    EXPECT_EQ(outcome.statements, 12u);
    ASSERT_EQ(diagnostics.items().size(), 1u) << diagnostics.to_text();
    EXPECT_EQ(diagnostics.items().front().code, "expectation_unmet");
    EXPECT_EQ(diagnostics.items().front().message,
              "the case's state is \"application\", expected \"visit\"");
}

TEST(Scenario, goes_on_when_a_chart_came_to_a_limit) {
    const char* folder = "tests/data/workflows/bounded";
    Diagnostics diagnostics;
    const Outcome outcome =
        run(tests::source_folder() / folder / "bounded.scenario", diagnostics, folder);
    EXPECT_EQ(diagnostics.to_text(), "");
    EXPECT_EQ(outcome.expectations, 3u);
}

/// How many expectations hold in a scenario that plays in a workflow of its own.
std::size_t expectations_of(const char* folder, const char* name) {
    Diagnostics diagnostics;
    const Outcome outcome = run(tests::source_folder() / folder / name, diagnostics, folder);
    EXPECT_EQ(diagnostics.to_text(), "");
    return outcome.expectations;
}

TEST(Scenario, of_a_case_that_rests_comes_out_as_it_says) {
    EXPECT_EQ(expectations_of("tests/data/workflows/operated", "pause.scenario"), 27u);
}

TEST(Scenario, of_a_case_that_fails_comes_out_as_it_says) {
    EXPECT_EQ(expectations_of("tests/data/workflows/failing", "failing.scenario"), 14u);
}

TEST(Scenario, of_a_case_that_is_moved_by_hand_comes_out_as_it_says) {
    EXPECT_EQ(expectations_of("tests/data/workflows/moved", "move.scenario"), 29u);
}

TEST(Scenario, of_a_case_that_hears_signals_comes_out_as_it_says) {
    EXPECT_EQ(expectations_of("tests/data/workflows/signalled", "signal.scenario"), 37u);
}

TEST(Scenario, of_a_case_whose_invoked_session_hears_a_signal_comes_out_as_it_says) {
    EXPECT_EQ(expectations_of("tests/data/workflows/forwarded", "signal.scenario"), 3u);
}

class WorkflowScenario : public testing::TestWithParam<fs::path> {};

TEST_P(WorkflowScenario, comes_out_as_it_says) {
    Diagnostics diagnostics;
    const Outcome outcome = run(GetParam(), diagnostics);
    EXPECT_EQ(diagnostics.to_text(), "");
    EXPECT_GT(outcome.expectations, 0u);
}

/// Beside workflows only: a sample's own scenario may need more than this test has.
std::vector<fs::path> scenarios() {
    std::vector<fs::path> all =
        tests::files_under(tests::source_folder() / "workflows", ".scenario");
    for (const fs::path& path :
         tests::files_under(tests::source_folder() / "samples", ".scenario")) {
        if (path.parent_path().parent_path().filename() == "workflows") {
            all.push_back(path);
        }
    }
    return all;
}

INSTANTIATE_TEST_SUITE_P(All,
                         WorkflowScenario,
                         testing::ValuesIn(scenarios()),
                         [](const testing::TestParamInfo<fs::path>& each) {
                             std::string name = each.param.stem();
                             std::ranges::replace(name, '-', '_');
                             return name;
                         });

}  // namespace
}  // namespace guildmark::scenario
