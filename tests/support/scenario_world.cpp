#include "tests/support/scenario_world.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "adapters/media_type/detector.h"
#include "api/library_folder.h"

namespace guildmark::tests {

namespace fs = std::filesystem;

Result<std::unique_ptr<ScriptContext>> NoScripts::open() {
    return unavailable("script_unavailable", "scenarios have no script engine");
}

Result<void> CountingNotifier::deliver(const Notification& notification) {
    TRY(before());
    ++delivered;
    keys.insert(notification.key);
    return {};
}

fs::path source_folder() {
    return GUILDMARK_SOURCE_DIR;
}

std::string read_whole_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    ENSURE(file.good(), "a file of the project is not there");
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

workflow::Workflow load_workflow_of(const fs::path& folder) {
    auto files = workflow_files(folder.string());
    ENSURE(files.has_value(), "a workflow of the project cannot be read");
    Diagnostics diagnostics;
    auto loaded = workflow::load_workflow(std::move(*files), diagnostics);
    ENSURE(loaded.has_value(), "a workflow of the project does not load");
    return std::move(*loaded);
}

Library project_library() {
    Library library;
    Diagnostics diagnostics;
    for (const char* root : {"", "samples/honey-mark"}) {
        const auto loaded = load_library(source_folder() / root, library, diagnostics);
        ENSURE(loaded.has_value(), "a library of the project is not there");
    }
    ENSURE(!diagnostics.has_errors(), "a workflow or standard of the project does not load");
    return library;
}

/// The world's own ports, each under the plan.
struct ScenarioWorld::FaultyPorts {
    FaultPlan& plan;
    FaultyStore store;
    FaultyNotifier notifier;
    FaultyScriptEngine scripts;
    FaultyBlobStore blobs;
};

ScenarioWorld::ScenarioWorld(Store& store) : store_(store) {
    auto types = MediaTypes::open();
    ENSURE(types.has_value(), "libmagic's database is not there");
    types_ = std::move(*types);
    documents_ = std::make_unique<ScenarioDocuments>(blobs_, *types_);
}

ScenarioWorld::~ScenarioWorld() = default;

void ScenarioWorld::fail_by(FaultPlan& plan) {
    faulty_ = std::make_unique<FaultyPorts>(FaultyPorts{plan,
                                                        FaultyStore(plan, store_),
                                                        FaultyNotifier(plan, notifier),
                                                        FaultyScriptEngine(plan, *scripts_),
                                                        FaultyBlobStore(plan, blobs_)});
}

Result<std::unique_ptr<Engine>> ScenarioWorld::open_engine() {
    if (faulty_) {
        return Engine::open(
            EnginePorts{faulty_->store, clock, random, faulty_->scripts, faulty_->notifier},
            library);
    }
    return Engine::open(EnginePorts{store_, clock, random, *scripts_, notifier}, library);
}

scenario::World ScenarioWorld::world(Engine& engine, StoreReader& reader) {
    return scenario::World{
        engine,
        reader,
        library,
        clock,
        [this](const std::string& folder, const std::string& rules, const rows::CaseRows& known) {
            return pull(folder, rules, known);
        },
        [](CaseId, const std::string&) -> Result<void> { return {}; }};
}

Result<scenario::PulledDocuments> ScenarioWorld::pull(const std::string& folder,
                                                      const std::string& rules,
                                                      const rows::CaseRows& known) {
    if (!faulty_) {
        return documents_->pull(folder, rules, known);
    }
    FaultyEvidenceSource source(faulty_->plan, documents_->lay(folder, known.summary.id));
    return pull_documents({source, faulty_->blobs, *types_}, rules, known);
}

}  // namespace guildmark::tests
