// The journal and rows that the engine itself wrote, damaged in the file: one bit is turned over,
// or rows are changed and given a check that fits, as a fault of ours would. Verification finds it,
// or everything that can be read is as it was.
#include <algorithm>
#include <cstdio>
#include <filesystem>

#include <gtest/gtest.h>

#include "api/library_folder.h"
#include "api/scenario/player.h"
#include "engine/runtime/replay.h"
#include "engine/standard/standard.h"
#include "engine/workflow/workflow.h"
#include "tests/faults/story.h"
#include "tests/support/temporary_folder.h"

namespace guildmark::tests {
namespace {

constexpr std::uint64_t damages_usual = 500;
const std::string sample = std::string(GUILDMARK_SOURCE_DIR) + "/samples/honey-mark/";

class NoScripts final : public ScriptEngine {
public:
    Result<std::unique_ptr<ScriptContext>> open() override {
        return unavailable("script_unavailable", "the scenario needs no scripts");
    }
};

class NoNotifier final : public Notifier {
public:
    Result<void> deliver(const Notification& /*notification*/) override { return {}; }
};

/// The honey mark's scenario up to where it takes up documents: organisations, people, an opened
/// case, refusals and answers.
std::vector<scenario::Statement> read_statements(Diagnostics& diagnostics) {
    const std::string path = sample + "workflows/honey-mark/honey-mark.scenario";
    auto statements = scenario::read_script(read_file(path), path, diagnostics);
    const auto pull = std::ranges::find_if(
        statements, [](const scenario::Statement& each) { return each.word(1) == "pulls"; });
    statements.erase(pull, statements.end());
    return statements;
}

Library read_library(Diagnostics& diagnostics) {
    Library library;
    auto files = workflow_files(sample + "workflows/honey-mark");
    EXPECT_TRUE(files);
    auto loaded = workflow::load_workflow(std::move(*files), diagnostics);
    auto standard =
        read_standard(read_file(sample + "standards/honey-code/2026.xml"), "2026.xml", diagnostics);
    EXPECT_TRUE(loaded && standard) << diagnostics.to_text();
    library.add(std::move(*loaded));
    library.add(std::move(*standard));
    return library;
}

void play_sample(Store& store) {
    Diagnostics diagnostics;
    Library library = read_library(diagnostics);
    scenario::SetClock clock{Instant{946'684'800'000}};
    scenario::SeededRandom random{1};
    NoScripts scripts;
    NoNotifier notifier;
    const auto engine = Engine::open({store, clock, random, scripts, notifier}, library);
    const auto reader = store.open_reader();
    ASSERT_TRUE(engine && reader);
    scenario::World world{**engine,
                          **reader,
                          library,
                          clock,
                          [](const auto&...) -> Result<scenario::PulledDocuments> {
                              return failed("pull_unexpected", "the statements end before");
                          },
                          [](CaseId, const std::string&) -> Result<void> { return {}; }};
    const auto outcome =
        scenario::play(read_statements(diagnostics), sample, world, {}, diagnostics);
    EXPECT_EQ(diagnostics.to_text(), "");
    EXPECT_GT(outcome.expectations, 0u);
}

class Verify : public testing::Test {
protected:
    static constexpr const char* vfs = "verify";

    Verify() {
        disk_.load({});
        const auto store = open_on(vfs);
        play_sample(**store);
        contents_ = read(**store).value();
    }

    static Result<StoreContents> read(Store& store) {
        const auto reader = TRY(store.open_reader());
        return read_contents(*reader, {}, {"workflow", "standard"});
    }

    FaultDisk disk_{vfs};
    StoreContents contents_;
};

TEST_F(Verify, finds_nothing_in_what_the_engine_wrote) {
    const auto store = open_on(vfs);
    const auto report = verify(**store, {});
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->faults.empty()) << report->faults.front().message;
    EXPECT_EQ(report->count.records, contents_.last_position);
    EXPECT_GT(report->count.records, 10u);
}

TEST_F(Verify, finds_every_row_that_is_not_what_its_journal_says) {
    const auto store = open_on(vfs);
    for (const rows::CaseRows& rows : contents_.cases) {
        Commit wrong;
        wrong.rows.cases = {rows.summary};
        wrong.rows.cases[0].title += ".";
        ASSERT_TRUE((*store)->commit(wrong));
        // The row's own check fits: only the journal tells.
        EXPECT_EQ(first_fault(**store), "");
        const auto report = verify(**store, {});
        ASSERT_TRUE(report && report->faults.size() == 1);
        EXPECT_EQ(report->faults[0].code, "rows_differ");
        ASSERT_TRUE(rebuild(**store, {}));
        EXPECT_TRUE(verify(**store, {})->faults.empty());
    }
    EXPECT_EQ(read(**store).value(), contents_) << "what is rebuilt is what was there";
}

TEST_F(Verify, finds_a_bit_turned_over_anywhere_or_nothing_has_changed) {
    const FaultDisk::Image written = disk_.image();
    const std::size_t size = written.at("guildmark.db").size();
    const std::uint64_t points = std::min<std::uint64_t>(fault_points(damages_usual), size);
    std::uint64_t found = 0;
    std::uint64_t silent = 0;
    for (std::uint64_t point = 0; point < points; ++point) {
        const auto byte = static_cast<std::size_t>(point * size / points);
        FaultDisk::Image image = written;
        char& flipped = image.at("guildmark.db")[byte];
        flipped = static_cast<char>(static_cast<unsigned char>(flipped) ^ (1u << byte % 8));
        disk_.load(std::move(image));
        const auto store = open_on(vfs);
        const auto report = store ? verify(**store, {}) : Result<VerifyReport>(store.error());
        if (!report || !report->faults.empty()) {
            ++found;
            continue;
        }
        const auto contents = read(**store);
        silent += contents && *contents == contents_ ? 0u : 1u;
    }
    std::printf("%llu of %zu bytes: %llu found, %llu silent\n",
                static_cast<unsigned long long>(points),
                size,
                static_cast<unsigned long long>(found),
                static_cast<unsigned long long>(silent));
    EXPECT_EQ(silent, 0u);
    EXPECT_GT(found, points / 10) << "the verification is blind";
}

}  // namespace
}  // namespace guildmark::tests
