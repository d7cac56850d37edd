#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "api/scenario/player.h"
#include "api/scenario_documents.h"
#include "engine/ports/script_engine.h"
#include "tests/support/faulty_ports.h"
#include "tests/support/memory_blob_store.h"

namespace guildmark {
class MediaTypes;
}

namespace guildmark::tests {

/// Workflows are to do with plain expressions; one that needs more fails its scenario.
class NoScripts final : public ScriptEngine {
public:
    Result<std::unique_ptr<ScriptContext>> open() override;
};

/// Counts messages, and fails when it is told to.
class CountingNotifier final : public Notifier {
public:
    Result<void> deliver(const Notification& notification) override;

    std::size_t delivered = 0;
    std::set<std::string> keys;  ///< Of what was delivered.
    std::function<Result<void>()> before = [] { return Result<void>(); };
};

[[nodiscard]] std::filesystem::path source_folder();
[[nodiscard]] std::string read_whole_file(const std::filesystem::path& path);
[[nodiscard]] std::vector<std::filesystem::path> files_under(
    const std::filesystem::path& folder, const std::filesystem::path& extension);

/// The workflow whose files are in `folder`. REQUIRES: it has no errors.
[[nodiscard]] workflow::Workflow load_workflow_of(const std::filesystem::path& folder);

/// The workflows and standards of the project and of its samples.
/// REQUIRES: they have no errors; a test of their own tells which.
[[nodiscard]] Library project_library();

/// What a scenario or a simulation plays in: time, numbers, documents and messages of its own,
/// around a store that is given.
class ScenarioWorld {
public:
    explicit ScenarioWorld(Store& store);
    ~ScenarioWorld();

    /// From now on every port that engines and pulls get fails where `plan` says so.
    /// REQUIRES: no engine is open; the plan outlives the world.
    void fail_by(FaultPlan& plan);

    /// Scripts run there from now on. REQUIRES: no engine is open; it outlives the world.
    void run_scripts_by(ScriptEngine& scripts) { scripts_ = &scripts; }

    /// A new engine on the store, as after a restart.
    [[nodiscard]] Result<std::unique_ptr<Engine>> open_engine();

    [[nodiscard]] scenario::World world(Engine& engine, StoreReader& reader);

    Library library = project_library();
    scenario::SetClock clock{Instant{946'684'800'000}};
    scenario::SeededRandom random{1};
    CountingNotifier notifier;

private:
    Result<scenario::PulledDocuments> pull(const std::string& folder,
                                           const std::string& rules,
                                           const rows::CaseRows& known);

    struct FaultyPorts;

    Store& store_;
    NoScripts no_scripts_;
    ScriptEngine* scripts_ = &no_scripts_;
    MemoryBlobStore blobs_;
    std::unique_ptr<MediaTypes> types_;
    std::unique_ptr<ScenarioDocuments> documents_;
    std::unique_ptr<FaultyPorts> faulty_;
};

}  // namespace guildmark::tests
