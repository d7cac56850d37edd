#include "tests/support/scenario_world.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "adapters/evidence/folder/evidence_source.h"
#include "adapters/evidence/pull.h"
#include "adapters/media_type/detector.h"
#include "engine/evidence/rules.h"

namespace guildmark::tests {
namespace {

namespace fs = std::filesystem;

void add_workflows(Library& library, const fs::path& root) {
    for (const fs::path& chart : files_under(root, ".scxml")) {
        library.add(load_workflow_of(chart.parent_path()));
    }
}

void add_standards(Library& library, const fs::path& root) {
    for (const fs::path& path : files_under(root, ".xml")) {
        const std::string bytes = read_whole_file(path);
        if (bytes.find("xmlns=\"urn:guildmark:standard:1\"") == std::string::npos) {
            continue;
        }
        Diagnostics diagnostics;
        auto standard = read_standard(bytes, path.filename(), diagnostics);
        ENSURE(standard.has_value(), "a standard of the project does not load");
        library.add(std::move(*standard));
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

}  // namespace

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
    std::vector<workflow::SourceFile> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const std::string name = entry.path().filename();
        if (workflow::is_workflow_file(name)) {
            files.push_back({name, read_whole_file(entry.path())});
        }
    }
    Diagnostics diagnostics;
    auto loaded = workflow::load_workflow(std::move(files), diagnostics);
    ENSURE(loaded.has_value(), "a workflow of the project does not load");
    return std::move(*loaded);
}

Library project_library() {
    Library library;
    for (const char* root : {"workflows", "samples"}) {
        add_workflows(library, source_folder() / root);
    }
    for (const char* root : {"standards", "samples"}) {
        add_standards(library, source_folder() / root);
    }
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
                                                      const std::string& rules_path,
                                                      const rows::CaseRows& known) {
    Diagnostics diagnostics;
    const auto rules = evidence::read_rules(read_whole_file(rules_path), rules_path, diagnostics);
    if (!rules) {
        return malformed("rules_invalid", diagnostics.to_text());
    }
    FolderEvidenceSource documents(folder);
    const auto go_on = [](const PullProgress&) { return PullStep::go_on; };
    const auto pull_from = [&](EvidenceSource& source, BlobStore& blobs) {
        return pull_evidence({source, blobs, *types_}, known.evidence, *rules, {}, go_on);
    };
    std::optional<FaultyEvidenceSource> faulty;
    if (faulty_) {
        faulty.emplace(faulty_->plan, documents);
    }
    const PullResult pulled =
        TRY(faulty ? pull_from(*faulty, faulty_->blobs) : pull_from(documents, blobs_));
    if (!pulled.problems.empty()) {
        return pulled.problems.front().error;
    }
    scenario::PulledDocuments found;
    for (const evidence::Addition& addition : pulled.plan.additions) {
        found.additions.push_back({to_command(addition), addition.owner});
    }
    for (const evidence::Rematch& rematch : pulled.plan.rematches) {
        found.rematches.push_back({rematch.evidence, rematch.requirements});
    }
    return found;
}

}  // namespace guildmark::tests
