#include "api/command/run_command.h"

#include <filesystem>
#include <optional>
#include <set>
#include <stdlib.h>
#include <system_error>

#include <fmt/format.h>

#include "api/case_report.h"
#include "api/command/run_coverage.h"
#include "api/library_folder.h"
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

/// A scenario that was read, and what it came to.
struct Play {
    std::string file;
    std::vector<scenario::Statement> statements;
    scenario::Outcome outcome;
    rows::CaseRows rows;
};

Result<void> play_script(Play& play,
                         const RunArguments& arguments,
                         const ChartObserver* observer,
                         Diagnostics& diagnostics) {
    const TemporaryFolder temporary;
    scenario::SeededRandom random(scenario_seed);
    const std::string& data = arguments.kept_data.empty() ? temporary.path() : arguments.kept_data;
    ScenarioOptions options{data, arguments.library_folder, scenario_begin, &random};
    options.report_language = TRY(report_language(arguments.language));
    options.chart_observer = observer;
    const auto installation = TRY(ScenarioInstallation::open(options));
    ProgressBar bar("playing", play.statements.size());
    play.outcome = installation->play(
        play.statements,
        play.file,
        [&bar](const scenario::Statement&, std::size_t done, std::size_t) { bar.show(done); },
        diagnostics);
    if (diagnostics.has_errors() || play.outcome.last_case.is_none()) {
        return {};
    }
    if (auto rows = TRY(installation->reader().find_case_rows(play.outcome.last_case))) {
        play.rows = std::move(*rows);
    }
    if (!arguments.report.empty()) {
        TRY(installation->write_report(play.outcome.last_case, arguments.report));
    }
    return {};
}

Value value_of(const Play& play, const RunArguments& arguments) {
    Value value;
    value.set("statements", Value(std::uint64_t{play.outcome.statements}));
    value.set("expectations", Value(std::uint64_t{play.outcome.expectations}));
    value.set("case", to_value(play.rows.summary));
    value.set("decisions", to_value(play.rows.decisions));
    value.set("certificates", to_value(play.rows.certificates));
    value.set("report", arguments.report);
    return value;
}

void print_play(const Play& play, const RunArguments& arguments) {
    if (arguments.scenarios.size() > 1) {
        print(fmt::format("{}:", play.file));
    }
    print(fmt::format("{} statements played, {} expectations hold",
                      play.outcome.statements,
                      play.outcome.expectations));
    for (const rows::Certificate& certificate : play.rows.certificates) {
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

void print_all(const std::vector<Play>& plays,
               const RunArguments& arguments,
               const RunCoverage* coverage) {
    if (arguments.output == Output::text) {
        for (const Play& play : plays) {
            print_play(play, arguments);
        }
        if (coverage != nullptr) {
            coverage->print_summary();
        }
        return;
    }
    Value value;
    if (plays.size() == 1) {
        value = value_of(plays.front(), arguments);
    } else {
        Value::Array all;
        for (const Play& play : plays) {
            Value one = value_of(play, arguments);
            one.set("scenario", play.file);
            all.push_back(std::move(one));
        }
        value.set("scenarios", Value(std::move(all)));
    }
    if (coverage != nullptr) {
        value.set("coverage", coverage->to_value());
    }
    print_json(value);
}

/// What is for one scenario alone.
Result<void> check_arguments(const RunArguments& arguments) {
    if (arguments.scenarios.size() == 1) {
        return {};
    }
    for (const auto& [name, given] :
         {std::pair("--report", &arguments.report), std::pair("--data", &arguments.kept_data)}) {
        if (!given->empty()) {
            return malformed("argument_conflict",
                             fmt::format("{} takes what one scenario leaves; {} are named",
                                         name,
                                         arguments.scenarios.size()),
                             name);
        }
    }
    return {};
}

Result<std::vector<Play>> read_plays(const RunArguments& arguments, Diagnostics& diagnostics) {
    std::vector<Play> plays;
    for (const std::string& file : arguments.scenarios) {
        const std::string text = TRY(read_file(file));
        plays.push_back({file, scenario::read_script(text, file, diagnostics), {}, {}});
    }
    return plays;
}

/// The ids of the workflows that the plays open cases of.
std::set<std::string> workflows_of(const std::vector<Play>& plays) {
    std::set<std::string> ids;
    for (const Play& play : plays) {
        for (const scenario::Statement& statement : play.statements) {
            const std::string* workflow = statement.find_field("workflow");
            if (statement.word(0) == "case" && statement.refused_code.empty() &&
                workflow != nullptr) {
                ids.insert(*workflow);
            }
        }
    }
    return ids;
}

Result<void> run(const RunArguments& arguments, Diagnostics& diagnostics) {
    TRY(check_arguments(arguments));
    std::vector<Play> plays = TRY(read_plays(arguments, diagnostics));
    if (diagnostics.has_errors()) {
        return {};
    }
    std::unique_ptr<RunCoverage> coverage;
    if (!arguments.coverage.empty()) {
        TRY(report_language(arguments.language));
        coverage = TRY(RunCoverage::open(workflows_of(plays), arguments.library_folder));
    }
    for (Play& play : plays) {
        TRY(play_script(
            play, arguments, coverage == nullptr ? nullptr : &coverage->observer(), diagnostics));
        if (diagnostics.has_errors()) {
            return failed("statement_failed", "a statement came out otherwise");
        }
    }
    if (coverage != nullptr) {
        TRY(coverage->draw(arguments.coverage, arguments.language));
    }
    print_all(plays, arguments, coverage.get());
    return {};
}

}  // namespace

int run_scenario(const RunArguments& arguments) {
    Diagnostics diagnostics;
    const auto done = run(arguments, diagnostics);
    if (diagnostics.has_errors()) {
        report_diagnostics(diagnostics, arguments.output);
        return done ? exit_invalid : exit_failed;
    }
    return done ? exit_done : report_error(done.error(), arguments.output);
}

}  // namespace guildmark::command
