#include "api/command/run_command.h"

#include <filesystem>
#include <stdlib.h>
#include <system_error>

#include <fmt/format.h>

#include "api/case_report.h"
#include "api/scenario_installation.h"
#include "engine/cases/describe_rows.h"

namespace guildmark::command {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t scenario_seed = 1;
constexpr Instant scenario_begin{946'684'800'000};  // 2000-01-01T00:00:00Z

/// A folder for the time of one run; removed with all that is in it.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string name = (fs::temp_directory_path() / "guildmark-run-XXXXXX").string();
        path_ = mkdtemp(name.data()) == nullptr ? std::string() : name;
    }

    ~TemporaryFolder() {
        std::error_code ignored;
        if (!path_.empty()) {
            fs::remove_all(path_, ignored);
        }
    }

    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

struct Played {
    scenario::Outcome outcome;
    rows::CaseRows rows;
};

Result<Played> play_script(const std::vector<scenario::Statement>& statements,
                           const RunArguments& arguments,
                           const std::string& data_folder,
                           Diagnostics& diagnostics) {
    scenario::SeededRandom random(scenario_seed);
    ScenarioOptions options{data_folder, arguments.library_folder, scenario_begin, &random};
    options.report_language = TRY(report_language(arguments.language));
    const auto installation = TRY(ScenarioInstallation::open(options));
    ProgressBar bar("playing", statements.size());
    Played played;
    played.outcome = installation->play(
        statements,
        arguments.scenario,
        [&bar](const scenario::Statement&, std::size_t done, std::size_t) { bar.show(done); },
        diagnostics);
    if (diagnostics.has_errors() || played.outcome.last_case.is_none()) {
        return played;
    }
    if (auto rows = TRY(installation->reader().find_case_rows(played.outcome.last_case))) {
        played.rows = std::move(*rows);
    }
    if (!arguments.report.empty()) {
        TRY(installation->write_report(played.outcome.last_case, arguments.report));
    }
    return played;
}

void print_played(const Played& played, const RunArguments& arguments) {
    if (arguments.output == Output::json) {
        Value value;
        value.set("statements", Value(std::uint64_t{played.outcome.statements}));
        value.set("expectations", Value(std::uint64_t{played.outcome.expectations}));
        value.set("case", to_value(played.rows.summary));
        value.set("decisions", to_value(played.rows.decisions));
        value.set("certificates", to_value(played.rows.certificates));
        value.set("report", arguments.report);
        print_json(value);
        return;
    }
    print(fmt::format("{} statements played, {} expectations hold",
                      played.outcome.statements,
                      played.outcome.expectations));
    for (const rows::Certificate& certificate : played.rows.certificates) {
        print(fmt::format("certificate {}: {} for {}, {}, valid {} to {}",
                          certificate.number,
                          to_name(certificate.status),
                          certificate.standard,
                          certificate.scope,
                          certificate.valid_from.to_text(),
                          certificate.valid_until.to_text()));
    }
    if (!arguments.report.empty()) {
        print(fmt::format("report written to {}", arguments.report));
    }
}

}  // namespace

int run_scenario(const RunArguments& arguments) {
    const auto text = read_file(arguments.scenario);
    if (!text) {
        return report_error(text.error(), arguments.output);
    }
    Diagnostics diagnostics;
    const auto statements = scenario::read_script(*text, arguments.scenario, diagnostics);
    if (diagnostics.has_errors()) {
        return report_diagnostics(diagnostics, arguments.output);
    }
    const TemporaryFolder temporary;
    const std::string& data = arguments.kept_data.empty() ? temporary.path() : arguments.kept_data;
    const auto played = play_script(statements, arguments, data, diagnostics);
    if (!played) {
        return report_error(played.error(), arguments.output);
    }
    if (diagnostics.has_errors()) {
        report_diagnostics(diagnostics, arguments.output);
        return exit_failed;
    }
    print_played(*played, arguments);
    return exit_done;
}

}  // namespace guildmark::command
