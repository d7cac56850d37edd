#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "api/scenario/player.h"
#include "engine/ports/script_engine.h"
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
    std::function<Result<void>()> before = [] { return Result<void>(); };
};

[[nodiscard]] std::filesystem::path source_folder();
[[nodiscard]] std::string read_whole_file(const std::filesystem::path& path);
[[nodiscard]] std::vector<std::filesystem::path> files_under(
    const std::filesystem::path& folder, const std::filesystem::path& extension);

/// The workflows and standards of the project and of its samples.
/// REQUIRES: they have no errors; a test of their own tells which.
[[nodiscard]] Library project_library();

/// What a scenario or a simulation plays in: time, numbers, documents and messages of its own,
/// around a store that is given.
class ScenarioWorld {
public:
    explicit ScenarioWorld(Store& store);
    ~ScenarioWorld();

    /// A new engine on the store, as after a restart.
    [[nodiscard]] Result<std::unique_ptr<Engine>> open_engine();

    [[nodiscard]] scenario::World world(Engine& engine, StoreReader& reader);

    Library library = project_library();
    scenario::SetClock clock{Instant{946'684'800'000}};
    scenario::SeededRandom random{1};
    CountingNotifier notifier;

private:
    Result<scenario::PulledDocuments> pull(const std::string& folder,
                                           const std::string& rules_path,
                                           const rows::CaseRows& known);

    Store& store_;
    NoScripts scripts_;
    MemoryBlobStore blobs_;
    std::unique_ptr<MediaTypes> types_;
};

}  // namespace guildmark::tests
