// The one program: reads its arguments and gives them to a command.

#include <algorithm>
#include <cmath>
#include <iostream>
#include <span>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "adapters/script/engine.h"
#include "api/command/certificate_command.h"
#include "api/command/check_command.h"
#include "api/command/draw_command.h"
#include "api/command/gap_command.h"
#include "api/command/keys_command.h"
#include "api/command/label_command.h"
#include "api/command/migrate_command.h"
#include "api/command/report_command.h"
#include "api/command/run_command.h"
#include "api/command/scxml_command.h"
#include "api/command/search_command.h"
#include "api/command/serve_command.h"
#include "api/command/simulate_command.h"
#include "api/command/store_commands.h"
#include "api/command/token_command.h"
#include "api/command/trace_command.h"
#include "api/command/verify_certificate_command.h"
#include "api/command_line.h"
#include "api/rule_commands.h"
#include "engine/xml/diagnostics.h"

namespace guildmark::command {
namespace {

void add_serve(CLI::App& app, int& code) {
    const auto command =
        add_command(app, code, "serve", "Serve the web pages and the HTTP interface", run_serve);
    command
        .option("--listen", &ServeArguments::listen, "Address and port; port 0 takes a free one")
        ->capture_default_str();
    command.option("--public-origin",
                   &ServeArguments::public_origin,
                   "How people reach it, such as https://guildmark.example");
    command.option("--web-root",
                   &ServeArguments::web_root,
                   "Serve the pages from this folder instead, for those who work on them");
    command.app->add_flag(
        "--demo", command.arguments->demo, "Load the demo first and print a link per persona");
}

void add_demo(CLI::App& app, int& code) {
    const auto command =
        add_command(app, code, "demo", "Load the demo into an empty data folder", run_demo);
    command.option("--listen", &ServeArguments::listen, "Where it will be served, for the links")
        ->capture_default_str();
}

void add_run(CLI::App& app, int& code) {
    const auto command =
        add_command(app, code, "run", "Play scenarios from beginning to end", run_scenario);
    command.app
        ->add_option("scenarios", command.arguments->scenarios, "The .scenario files, one or more")
        ->required();
    command.option("--report", &RunArguments::report, "Write the last case's report to this file");
    command.option("--coverage",
                   &RunArguments::coverage,
                   "Tell which states and transitions were reached, and draw them in this SVG");
    command.option("--language", &RunArguments::language, "Of report and drawing")
        ->capture_default_str();
    command.option(
        "--data", &RunArguments::kept_data, "Keep the data here; otherwise they are removed");
}

void add_check(CLI::App& app, int& code) {
    const auto command = add_command(
        app, code, "check", "Check workflows, charts, standards, rules and scenarios", run_check);
    command.app
        ->add_option("files", command.arguments->paths, "Files, or folders with workflows in them")
        ->required();
}

void add_draw(CLI::App& app, int& code) {
    const auto command = add_command(app, code, "draw", "Draw a chart as SVG", run_draw);
    command.option("file", &DrawArguments::path, "A workflow's folder, or an SCXML document");
    command.option("--case", &DrawArguments::case_id, "Mark the states of this case");
    command.option("--out", &DrawArguments::out, "The file to write; standard output otherwise");
    command.option("--language", &DrawArguments::language, "Of the titles")->capture_default_str();
}

void add_report(CLI::App& app, int& code) {
    const auto command =
        add_command(app, code, "report", "Write a report as a workbook (XLSX) or PDF", run_report);
    command
        .option(
            "--kind", &ReportArguments::kind, "progress, applicability, audit, nonconformities ...")
        ->capture_default_str();
    command.option("--case", &ReportArguments::case_id, "The case's id");
    command.option("--certificate",
                   &ReportArguments::certificate,
                   "The number of a certificate that was issued in the case");
    command.option(
        "--organisation", &ReportArguments::organisation, "The id of whose cases, all of them");
    command.option("--out", &ReportArguments::out, "The file to write")->required();
    command.option("--format",
                   &ReportArguments::format,
                   "xlsx or pdf; as the file's name ends if not said otherwise");
    command.option("--language", &ReportArguments::language, "en, zh ...")->capture_default_str();
    command.option(
        "--as-of", &ReportArguments::as_of, "A point in time; now if not said otherwise");
}

void add_certificate(CLI::App& app, int& code) {
    const auto command = add_command(
        app, code, "certificate", "Write a certificate on paper (PDF)", run_certificate);
    command.option("number", &CertificateArguments::number, "The certificate's number")->required();
    command.option("--output", &CertificateArguments::out, "The file to write")->required();
    command.option("--language", &CertificateArguments::language, "en, zh, ja, fr or es")
        ->capture_default_str();
    command.option("--public-origin",
                   &CertificateArguments::public_origin,
                   "Where the code leads, such as https://guildmark.example; without it no code");
}

void add_label(CLI::App& app, int& code) {
    const auto command =
        add_command(app, code, "label", "Draw a label that a certificate carries", run_label);
    command.option("number", &LabelArguments::number, "The certificate's number")->required();
    command.option("--kind", &LabelArguments::kind, "As the files of labels/ are called")
        ->required();
    command.option("--output", &LabelArguments::out, "The file to write, .svg or .png")->required();
    command
        .option("--public-origin",
                &LabelArguments::public_origin,
                "Where the code leads, such as https://guildmark.example")
        ->required();
    command.option("--language", &LabelArguments::language, "en, zh, ja, fr or es")
        ->capture_default_str();
}

void add_simulate(CLI::App& app, int& code) {
    const auto command = add_command(
        app, code, "simulate", "Walk many cases by assumptions: how long it takes", run_simulate);
    command.option("workflow", &SimulateArguments::workflow, "A workflow's id, or its folder")
        ->required();
    command.option("--cases", &SimulateArguments::cases, "How many")->capture_default_str();
    command.option("--seed", &SimulateArguments::seed, "The same seed gives the same result")
        ->capture_default_str();
    command.option("--assumptions",
                   &SimulateArguments::assumptions,
                   "What is assumed; simulation.xml beside the workflow if not said otherwise");
    command.option("--out", &SimulateArguments::out, "Write a workbook (XLSX)");
    command.option("--language", &SimulateArguments::language, "Of the workbook")
        ->capture_default_str();
}

void add_search(CLI::App& app, int& code) {
    const auto search = add_command(app, code, "search", "Find cases", run_search);
    const auto each = [&search](const char* name,
                                std::vector<std::string> SearchArguments::*member,
                                const char* help) {
        search.app->add_option(name, (*search.arguments).*member, help);
    };
    each("--state", &SearchArguments::states, "In this state");
    each("--task", &SearchArguments::tasks, "With this task open");
    each("--role", &SearchArguments::roles, "In which this role is to act");
    each("--organisation", &SearchArguments::organisations, "With this party, by its id");
    each("--data-value", &SearchArguments::values, "NAME=VALUE, as the workflow calls it");
    search.option("--workflow", &SearchArguments::workflow, "Of this workflow");
    search.option("--status", &SearchArguments::status, "running, paused, failed or finished");
}

void add_gap(CLI::App& app, int& code) {
    const auto gap =
        add_command(app, code, "gap", "Tell how far a standard is met by having another", run_gap);
    gap.option("--from", &GapArguments::from, "What is there, such as iso-9001:2015");
    gap.option("--to", &GapArguments::to, "What is wanted, such as iso-14001:2015")->required();
    gap.option("--case", &GapArguments::case_id, "Count the documents of this case");
    gap.option("--language", &GapArguments::language, "Of titles and notes")->capture_default_str();
}

void add_store_commands(CLI::App& app, int& code) {
    const auto trace = add_command(
        app, code, "trace", "Tell who did what in a case, and what it led to", run_trace);
    trace.app->add_option("case", trace.arguments->case_id, "Its id")->required();
    const auto replay =
        add_command(app, code, "replay", "Tell the journal, record by record", run_replay);
    replay.option("--case", &StoreArguments::case_id, "Only this case or organisation");
    add_command(app, code, "verify", "Check the journal and all that follows", run_verify);
    add_command(app, code, "rebuild", "Write all read models anew", run_rebuild);
    const auto migrate = add_command(
        app, code, "migrate", "Let running cases go on under a new version", run_migrate);
    migrate.option("--plan", &MigrateArguments::plan, "What is called otherwise there (XML)")
        ->required();
    migrate.app->add_flag("--dry-run",
                          migrate.arguments->is_dry_run,
                          "Tell what would become of each case, and write nothing");
}

void add_token_maker(const Command<TokenArguments>& command) {
    command
        .option("--organisation", &TokenArguments::organisation, "Its id; or, to begin, its name")
        ->required();
    command.option("--person", &TokenArguments::person, "The id; or, to begin, the name")
        ->required();
    command.option("--label", &TokenArguments::label, "What the token is for");
    command.option("--expires", &TokenArguments::expires, "Its last day, such as 2027-03-31");
}

void add_token(CLI::App& app, int& code) {
    auto* group = app.add_subcommand("token", "Make, list and revoke tokens that sign people in");
    group->require_subcommand(1);
    add_command(*group, code, "list", "Organisations, members and tokens", run_token_list);
    add_token_maker(add_command(*group, code, "make", "Make a token for a member", run_token_make));
    const auto revoke = add_command(*group, code, "revoke", "Revoke a token", run_token_revoke);
    revoke.option("--organisation", &TokenArguments::organisation, "Its id")->required();
    revoke.option("--token", &TokenArguments::token, "The token's id")->required();
    add_token_maker(
        add_command(*group,
                    code,
                    "bootstrap",
                    "Make the operator, its administrator and a token, in an empty installation",
                    run_token_bootstrap));
}

void add_keys(CLI::App& app, int& code) {
    auto* group = app.add_subcommand("keys", "The keys that certificates are signed with");
    group->require_subcommand(1);
    add_command(*group, code, "list", "Every key that ever signed", run_keys_list);
    add_command(*group, code, "rotate", "Make a new key, and retire the current", run_keys_rotate);
    const auto retire = add_command(*group, code, "retire", "End a key for good", run_keys_retire);
    retire.option("key", &KeysArguments::key, "Its id")->required();
    retire.app->add_flag("--compromised",
                         retire.arguments->is_compromised,
                         "Somebody else may have it: nothing that it signed counts any more");
}

void add_verify_certificate(CLI::App& app, int& code) {
    const auto command = add_command(app,
                                     code,
                                     "verify-certificate",
                                     "Tell what a downloaded certificate proves",
                                     run_verify_certificate);
    command.option("file", &VerifyCertificateArguments::file, "The certificate")->required();
    command.option("--keys", &VerifyCertificateArguments::keys, "The list of keys that you trust")
        ->required();
    command.app
        ->add_option("--status-list",
                     command.arguments->status_lists,
                     "A status list that it names; again for another")
        ->allow_extra_args(false);
    command.option("--on", &VerifyCertificateArguments::on, "A day other than today");
    command.option("--earlier",
                   &VerifyCertificateArguments::earlier,
                   "A checkpoint of the log that you kept: for a bundle");
}

void add_scxml(CLI::App& app, int& code) {
    auto* command = app.add_subcommand("scxml", "Run a plain SCXML document in real time");
    auto arguments = std::make_shared<api::ScxmlCommand>();
    auto seconds = std::make_shared<double>(60.0);
    command->add_option("file", arguments->file, "The document")->required();
    command->add_option("--timeout", *seconds, "Seconds after which to end with exit code 3")
        ->check(CLI::Range(0.0, 86'400.0))
        ->capture_default_str();
    command->add_flag("--trace", arguments->is_traced, "Tell each state entered and left");
    command->callback([&code, arguments, seconds] {
        arguments->timeout = std::chrono::milliseconds(std::llround(*seconds * 1'000));
        ScriptWorkers scripts;
        code = api::run_scxml_file(*arguments, scripts, std::cout, std::cerr);
    });
}

/// What is wrong with the word that should name a subcommand of `app`; nothing when it does, or is
/// an option, or when none is needed.
std::optional<std::string> unknown_subcommand(const CLI::App& app,
                                              std::span<const char* const> words) {
    std::vector<std::string> names;
    for (const CLI::App* known : app.get_subcommands([](const CLI::App*) { return true; })) {
        names.push_back(known->get_name());
    }
    if (names.empty() || words.empty() || std::string_view(words[0]).starts_with('-')) {
        return std::nullopt;
    }
    if (std::ranges::find(names, words[0]) != names.end()) {
        return unknown_subcommand(*app.get_subcommand(words[0]), words.subspan(1));
    }
    const std::string nearest = suggest(words[0], names);
    return fmt::format("there is no subcommand \"{}\"; {}{} --help lists all",
                       words[0],
                       nearest.empty() ? "" : nearest + " ",
                       app.get_parent() == nullptr ? "guildmark" : "guildmark " + app.get_name());
}

int run_program(std::span<const char* const> words) {
    CLI::App app(
        "Guildmark: from \"a buyer asks us for a certificate\" to one that anyone can check",
        "guildmark");
    app.set_version_flag("--version", "guildmark " GUILDMARK_VERSION);
    app.require_subcommand(1);
    app.footer(
        "Exit codes: 0 done, 1 failed, 2 wrong input, 3 time ran out, 4 data damaged.\n"
        "docs/reference/command-line.md tells more.");
    int code = exit_done;
    add_serve(app, code);
    add_demo(app, code);
    add_run(app, code);
    add_check(app, code);
    add_draw(app, code);
    add_report(app, code);
    add_certificate(app, code);
    add_label(app, code);
    add_simulate(app, code);
    add_rule_commands(app, code);
    add_search(app, code);
    add_gap(app, code);
    add_store_commands(app, code);
    add_token(app, code);
    add_keys(app, code);
    add_verify_certificate(app, code);
    add_scxml(app, code);
    app.add_subcommand("version", "Print the version")->callback([] {
        print("guildmark " GUILDMARK_VERSION);
    });
    if (auto unknown = unknown_subcommand(app, words.subspan(1))) {
        return report_error(malformed("subcommand_unknown", *std::move(unknown)), Output::text);
    }
    try {
        app.parse(static_cast<int>(words.size()), words.data());
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? exit_done : exit_invalid;
    }
    return code;
}

}  // namespace
}  // namespace guildmark::command

int main(int count, char** words) {
    return guildmark::command::run_program({words, static_cast<std::size_t>(count)});
}
