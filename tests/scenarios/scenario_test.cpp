#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "adapters/evidence/folder/evidence_source.h"
#include "adapters/evidence/pull.h"
#include "adapters/media_type/detector.h"
#include "api/scenario/player.h"
#include "engine/evidence/rules.h"
#include "tests/support/memory_blob_store.h"
#include "tests/support/memory_store.h"

namespace guildmark::scenario {
namespace {

namespace fs = std::filesystem;

const fs::path source = GUILDMARK_SOURCE_DIR;

std::string read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

std::vector<fs::path> files_under(const fs::path& folder, const fs::path& extension) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.path().extension() == extension) {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    return files;
}

/// Workflows are to do with plain expressions; one that needs more fails its scenario.
class NoScripts final : public ScriptEngine {
public:
    Result<std::unique_ptr<ScriptContext>> open() override {
        return unavailable("script_unavailable", "scenarios have no script engine");
    }
};

class CountingNotifier final : public Notifier {
public:
    Result<void> deliver(const Notification&) override {
        ++delivered;
        return {};
    }

    std::size_t delivered = 0;
};

/// The workflows and standards of the project and of its samples.
void fill(Library& library) {
    Diagnostics diagnostics;
    for (const char* root : {"workflows", "samples"}) {
        for (const fs::path& chart : files_under(source / root, ".scxml")) {
            std::vector<workflow::SourceFile> files;
            for (const auto& entry : fs::directory_iterator(chart.parent_path())) {
                const std::string name = entry.path().filename();
                if (workflow::is_workflow_file(name)) {
                    files.push_back({name, read_file(entry.path())});
                }
            }
            auto loaded = workflow::load_workflow(std::move(files), diagnostics);
            ASSERT_TRUE(loaded) << diagnostics.to_text();
            library.add(std::move(*loaded));
        }
    }
    for (const char* root : {"standards", "samples"}) {
        for (const fs::path& path : files_under(source / root, ".xml")) {
            const std::string bytes = read_file(path);
            if (bytes.find("xmlns=\"urn:guildmark:standard:1\"") != std::string::npos) {
                auto standard = read_standard(bytes, path.filename(), diagnostics);
                ASSERT_TRUE(standard) << diagnostics.to_text();
                library.add(std::move(*standard));
            }
        }
    }
}

AddEvidence to_command(const evidence::Addition& addition) {
    AddEvidence command;
    command.revises = addition.revises;
    command.digest = addition.digest;
    command.size_bytes = addition.size_bytes;
    command.media_type = addition.media_type;
    command.name = addition.name;
    command.title = addition.title;
    command.origin = addition.origin;
    command.requirements = addition.requirements;
    command.valid_from = addition.valid_from;
    command.valid_until = addition.valid_until;
    return command;
}

/// One scenario's own installation, in memory but for the documents.
class ScenarioTest : public testing::Test {
protected:
    void SetUp() override {
        fill(library_);
        auto types = MediaTypes::open();
        ASSERT_TRUE(types);
        types_ = std::move(*types);
    }

    /// What the scenario in `path` comes to; the diagnostics say what did not.
    Outcome run(const fs::path& path, Diagnostics& diagnostics) {
        const auto statements = read_script(read_file(path), path, diagnostics);
        auto engine =
            Engine::open(EnginePorts{store_, clock_, random_, scripts_, notifier_}, library_);
        auto reader = store_.open_reader();
        EXPECT_TRUE(engine && reader && !diagnostics.has_errors()) << diagnostics.to_text();
        World world{**engine,
                    **reader,
                    library_,
                    clock_,
                    [this](const std::string& folder,
                           const std::string& rules,
                           const rows::CaseRows& known) { return pull(folder, rules, known); },
                    [](CaseId, const std::string&) -> Result<void> { return {}; }};
        return play(statements, path.parent_path(), world, {}, diagnostics);
    }

    CountingNotifier notifier_;

private:
    Result<PulledDocuments> pull(const std::string& folder,
                                 const std::string& rules_path,
                                 const rows::CaseRows& known) {
        Diagnostics diagnostics;
        const auto rules = evidence::read_rules(read_file(rules_path), rules_path, diagnostics);
        if (!rules) {
            return malformed("rules_invalid", diagnostics.to_text());
        }
        FolderEvidenceSource documents(folder);
        const auto pulled = TRY(pull_evidence(
            {documents, blobs_, *types_}, known.evidence, *rules, {}, [](const PullProgress&) {
                return PullStep::go_on;
            }));
        PulledDocuments found;
        for (const evidence::Addition& addition : pulled.plan.additions) {
            found.additions.push_back({to_command(addition), addition.owner});
        }
        for (const evidence::Rematch& rematch : pulled.plan.rematches) {
            found.rematches.push_back({rematch.evidence, rematch.requirements});
        }
        return found;
    }

    Library library_;
    tests::MemoryStore store_;
    tests::MemoryBlobStore blobs_;
    SetClock clock_{Instant{946'684'800'000}};
    SeededRandom random_{1};
    NoScripts scripts_;
    std::unique_ptr<MediaTypes> types_;
};

TEST_F(ScenarioTest, fails_at_the_statement_that_comes_out_otherwise) {
    Diagnostics diagnostics;
    const Outcome outcome = run(source / "tests/scenarios/wrong.scenario", diagnostics);
    EXPECT_EQ(outcome.statements, 12u);
    ASSERT_EQ(diagnostics.items().size(), 1u) << diagnostics.to_text();
    EXPECT_EQ(diagnostics.items().front().code, "expectation_failed");
    EXPECT_EQ(diagnostics.items().front().message,
              "the case's state is \"application\", expected \"visit\"");
}

class WorkflowScenario : public ScenarioTest, public testing::WithParamInterface<fs::path> {};

TEST_P(WorkflowScenario, comes_out_as_it_says) {
    Diagnostics diagnostics;
    const Outcome outcome = run(GetParam(), diagnostics);
    EXPECT_EQ(diagnostics.to_text(), "");
    EXPECT_GT(outcome.expectations, 0u);
}

/// Beside workflows only: a sample's own scenario may need more than this test has.
std::vector<fs::path> scenarios() {
    std::vector<fs::path> all = files_under(source / "workflows", ".scenario");
    for (const fs::path& path : files_under(source / "samples", ".scenario")) {
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
