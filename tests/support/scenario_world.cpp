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
        std::vector<workflow::SourceFile> files;
        for (const auto& entry : fs::directory_iterator(chart.parent_path())) {
            const std::string name = entry.path().filename();
            if (workflow::is_workflow_file(name)) {
                files.push_back({name, read_whole_file(entry.path())});
            }
        }
        Diagnostics diagnostics;
        auto loaded = workflow::load_workflow(std::move(files), diagnostics);
        ENSURE(loaded.has_value(), "a workflow of the project does not load");
        library.add(std::move(*loaded));
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

Result<void> CountingNotifier::deliver(const Notification&) {
    TRY(before());
    ++delivered;
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

ScenarioWorld::ScenarioWorld(Store& store) : store_(store) {
    auto types = MediaTypes::open();
    ENSURE(types.has_value(), "libmagic's database is not there");
    types_ = std::move(*types);
}

ScenarioWorld::~ScenarioWorld() = default;

Result<std::unique_ptr<Engine>> ScenarioWorld::open_engine() {
    return Engine::open(EnginePorts{store_, clock, random, scripts_, notifier}, library);
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
    const auto pulled = TRY(pull_evidence(
        {documents, blobs_, *types_}, known.evidence, *rules, {}, [](const PullProgress&) {
            return PullStep::go_on;
        }));
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
