#pragma once

#include <memory>
#include <string>
#include <vector>

#include "api/installation.h"
#include "api/scenario/player.h"

namespace guildmark {

/// Where and when a scenario plays.
struct ScenarioOptions {
    std::string data_folder;
    std::string library_folder;
    Instant begin;
    Random* random = nullptr;  ///< Must not be null; outlives the installation.
    std::string report_language = "en";
    const ChartObserver* chart_observer = nullptr;  ///< As in EnginePorts; null: nobody looks on.
};

/// An installation in an empty data folder in which a scenario plays, by a clock of its own.
class ScenarioInstallation {
public:
    /// Errors: data_not_empty (somebody's data are there), those of Installation and of the engine.
    static Result<std::unique_ptr<ScenarioInstallation>> open(const ScenarioOptions& options);

    ~ScenarioInstallation();

    /// As scenario::play; paths in `file`, the scenario's own, are relative to its folder.
    [[nodiscard]] scenario::Outcome play(const std::vector<scenario::Statement>& statements,
                                         const std::string& file,
                                         const scenario::Progress& progress,
                                         Diagnostics& diagnostics);

    /// Writes a case's report, as of the clock. Errors: those of write_case_report.
    Result<void> write_report(CaseId id, const std::string& path);

    [[nodiscard]] Engine& engine();
    [[nodiscard]] StoreReader& reader();

private:
    struct Parts;
    explicit ScenarioInstallation(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace guildmark
