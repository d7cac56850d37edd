#include "api/scenario_installation.h"

#include <filesystem>

#include <fmt/format.h>

#include "api/case_report.h"
#include "api/scenario_documents.h"

namespace guildmark {

struct ScenarioInstallation::Parts {
    explicit Parts(const ScenarioOptions& options)
        : clock(options.begin), report_language(options.report_language) {}

    // In the order in which they need each other.
    scenario::SetClock clock;
    std::string report_language;
    std::unique_ptr<Installation> installation;
    std::unique_ptr<Engine> engine;
    std::unique_ptr<StoreReader> reader;
    std::unique_ptr<ScenarioDocuments> documents;
};

ScenarioInstallation::ScenarioInstallation(std::unique_ptr<Parts> parts)
    : parts_(std::move(parts)) {}

ScenarioInstallation::~ScenarioInstallation() = default;

Result<std::unique_ptr<ScenarioInstallation>> ScenarioInstallation::open(
    const ScenarioOptions& options) {
    auto parts = std::make_unique<Parts>(options);
    parts->installation = TRY(Installation::open({options.data_folder,
                                                  options.library_folder,
                                                  StoreAccess::write,
                                                  &parts->clock,
                                                  options.random}));
    Installation& installation = *parts->installation;
    parts->reader = TRY(installation.store().open_reader());
    if (TRY(parts->reader->last_position()) > 0) {
        return conflict("data_not_empty",
                        fmt::format("{} holds data already; a scenario begins with an empty folder",
                                    options.data_folder),
                        options.data_folder);
    }
    EnginePorts ports = installation.ports();
    ports.chart_observer = options.chart_observer;
    parts->engine = TRY(Engine::open(ports, installation.library()));
    parts->documents =
        std::make_unique<ScenarioDocuments>(installation.blobs(), installation.media_types());
    return std::unique_ptr<ScenarioInstallation>(new ScenarioInstallation(std::move(parts)));
}

scenario::Outcome ScenarioInstallation::play(const std::vector<scenario::Statement>& statements,
                                             const std::string& file,
                                             const scenario::Progress& progress,
                                             Diagnostics& diagnostics) {
    scenario::World world{
        *parts_->engine,
        *parts_->reader,
        parts_->installation->library(),
        parts_->clock,
        parts_->documents->puller(),
        [this](CaseId id, const std::string& path) { return write_report(id, path); }};
    const std::string folder = std::filesystem::path(file).parent_path().string();
    return scenario::play(statements, folder, world, progress, diagnostics);
}

Result<void> ScenarioInstallation::write_report(CaseId id, const std::string& path) {
    return write_case_report(*parts_->reader,
                             parts_->installation->library(),
                             {id, parts_->report_language, parts_->clock.now()},
                             path);
}

Engine& ScenarioInstallation::engine() {
    return *parts_->engine;
}

StoreReader& ScenarioInstallation::reader() {
    return *parts_->reader;
}

}  // namespace guildmark
