// The one program: reads its arguments and gives them to a command.

#include <cmath>
#include <iostream>

#include <CLI/CLI.hpp>

#include "adapters/script/engine.h"
#include "api/command/check_command.h"
#include "api/command/report_command.h"
#include "api/command/run_command.h"
#include "api/command/scxml_command.h"
#include "api/command/serve_command.h"
#include "api/command/store_commands.h"
#include "api/command/token_command.h"
#include "api/installation.h"

namespace guildmark::command {
namespace {

/// Options that several commands share, and the exit code of the one that ran.
struct Shared {
    std::string library = default_library_folder();
    std::string data = "guildmark-data";
    bool json = false;
    int code = exit_done;

    [[nodiscard]] Output output() const { return json ? Output::json : Output::text; }
};

void add_data(CLI::App& command, Shared& shared) {
    command.add_option("--data", shared.data, "Folder that holds the journal and the documents")
        ->capture_default_str();
}

void add_library(CLI::App& command, Shared& shared) {
    command.add_option("--library", shared.library, "Folder that holds workflows/ and standards/");
}

void add_json(CLI::App& command, Shared& shared) {
    command.add_flag("--json", shared.json, "Write JSON for programs");
}

std::string demo_scenario(const std::string& library) {
    return library + "/samples/demo/demo.scenario";
}

void add_serve(CLI::App& app, Shared& shared) {
    auto* command = app.add_subcommand("serve", "Serve the web pages and the HTTP interface");
    auto arguments = std::make_shared<ServeArguments>();
    add_data(*command, shared);
    add_library(*command, shared);
    add_json(*command, shared);
    command->add_option("--listen", arguments->listen, "Address and port; port 0 takes a free one")
        ->capture_default_str();
    command->add_option("--public-origin",
                        arguments->public_origin,
                        "How people reach it, such as https://guildmark.example");
    command->add_option("--web-root",
                        arguments->web_root,
                        "Serve the pages from this folder instead, for those who work on them");
    command->add_flag(
        "--demo", arguments->demo, "Load the demo first and print a link per persona");
    command->callback([&shared, arguments] {
        arguments->data_folder = shared.data;
        arguments->library_folder = shared.library;
        arguments->demo_scenario = demo_scenario(shared.library);
        arguments->output = shared.output();
        shared.code = run_serve(*arguments);
    });
}

void add_demo(CLI::App& app, Shared& shared) {
    auto* command = app.add_subcommand("demo", "Load the demo into an empty data folder");
    auto arguments = std::make_shared<ServeArguments>();
    add_data(*command, shared);
    add_library(*command, shared);
    add_json(*command, shared);
    command->add_option("--listen", arguments->listen, "Where it will be served, for the links")
        ->capture_default_str();
    command->callback([&shared, arguments] {
        arguments->data_folder = shared.data;
        arguments->library_folder = shared.library;
        arguments->demo_scenario = demo_scenario(shared.library);
        arguments->output = shared.output();
        shared.code = run_demo(*arguments);
    });
}

void add_run(CLI::App& app, Shared& shared) {
    auto* command = app.add_subcommand("run", "Play a scenario from beginning to end");
    auto arguments = std::make_shared<RunArguments>();
    add_library(*command, shared);
    add_json(*command, shared);
    command->add_option("scenario", arguments->scenario, "The .scenario file")->required();
    command->add_option("--report", arguments->report, "Write the last case's report to this file");
    command->add_option("--language", arguments->language, "Of the report")->capture_default_str();
    command->add_option(
        "--data", arguments->data_folder, "Keep the data here; otherwise they are removed");
    command->callback([&shared, arguments] {
        arguments->library_folder = shared.library;
        arguments->output = shared.output();
        shared.code = run_scenario(*arguments);
    });
}

void add_check(CLI::App& app, Shared& shared) {
    auto* command =
        app.add_subcommand("check", "Check workflows, standards, evidence rules and scenarios");
    auto arguments = std::make_shared<CheckArguments>();
    add_library(*command, shared);
    add_json(*command, shared);
    command->add_option("files", arguments->paths, "Files, or folders of workflows")->required();
    command->callback([&shared, arguments] {
        arguments->library_folder = shared.library;
        arguments->output = shared.output();
        shared.code = run_check(*arguments);
    });
}

void add_report(CLI::App& app, Shared& shared) {
    auto* command = app.add_subcommand("report", "Write a case's progress and gap report (XLSX)");
    auto arguments = std::make_shared<ReportArguments>();
    add_data(*command, shared);
    add_library(*command, shared);
    add_json(*command, shared);
    command->add_option("--case", arguments->case_id, "The case's id")->required();
    command->add_option("--out", arguments->out, "The file to write")->required();
    command->add_option("--language", arguments->language, "en, zh ...")->capture_default_str();
    command->add_option("--as-of", arguments->as_of, "A point in time; now if not said otherwise");
    command->callback([&shared, arguments] {
        arguments->data_folder = shared.data;
        arguments->library_folder = shared.library;
        arguments->output = shared.output();
        shared.code = run_report(*arguments);
    });
}

using StoreCommand = int (*)(const StoreArguments&);

void add_store_command(CLI::App& app,
                       Shared& shared,
                       const std::string& name,
                       const std::string& help,
                       StoreCommand run) {
    auto* command = app.add_subcommand(name, help);
    auto arguments = std::make_shared<StoreArguments>();
    add_data(*command, shared);
    add_json(*command, shared);
    if (name == "replay") {
        command->add_option("--case", arguments->case_id, "Only this case or organisation");
    }
    command->callback([&shared, arguments, run] {
        arguments->data_folder = shared.data;
        arguments->library_folder = shared.library;
        arguments->output = shared.output();
        shared.code = run(*arguments);
    });
}

using TokenCommand = int (*)(const TokenArguments&);

CLI::App* add_token_command(CLI::App& group,
                            Shared& shared,
                            const std::string& name,
                            const std::string& help,
                            TokenCommand run) {
    auto* command = group.add_subcommand(name, help);
    auto arguments = std::make_shared<TokenArguments>();
    add_data(*command, shared);
    add_library(*command, shared);
    add_json(*command, shared);
    if (name != "list") {
        command
            ->add_option(
                "--organisation", arguments->organisation, "Its id; or, to begin, its name")
            ->required();
    }
    if (name == "make" || name == "bootstrap") {
        command->add_option("--person", arguments->person, "The id; or, to begin, the name")
            ->required();
        command->add_option("--label", arguments->label, "What the token is for");
        command->add_option("--expires", arguments->expires, "Its last day, such as 2027-03-31");
    }
    if (name == "revoke") {
        command->add_option("--token", arguments->token, "The token's id")->required();
    }
    command->callback([&shared, arguments, run] {
        arguments->data_folder = shared.data;
        arguments->library_folder = shared.library;
        arguments->output = shared.output();
        shared.code = run(*arguments);
    });
    return command;
}

void add_token(CLI::App& app, Shared& shared) {
    auto* group = app.add_subcommand("token", "Make, list and revoke tokens that sign people in");
    group->require_subcommand(1);
    add_token_command(*group, shared, "list", "Organisations, members and tokens", run_token_list);
    add_token_command(*group, shared, "make", "Make a token for a member", run_token_make);
    add_token_command(*group, shared, "revoke", "Revoke a token", run_token_revoke);
    add_token_command(*group,
                      shared,
                      "bootstrap",
                      "Make the operator, its administrator and a token, in an empty installation",
                      run_token_bootstrap);
}

void add_scxml(CLI::App& app, Shared& shared) {
    auto* command = app.add_subcommand("scxml", "Run a plain SCXML document in real time");
    auto arguments = std::make_shared<api::ScxmlCommand>();
    auto seconds = std::make_shared<double>(60.0);
    command->add_option("file", arguments->file, "The document")->required();
    command->add_option("--timeout", *seconds, "Seconds after which to end with exit code 3")
        ->check(CLI::Range(0.0, 86'400.0))
        ->capture_default_str();
    command->add_flag("--trace", arguments->is_traced, "Tell each state entered and left");
    command->callback([&shared, arguments, seconds] {
        arguments->timeout = std::chrono::milliseconds(std::llround(*seconds * 1'000));
        ScriptWorkers scripts;
        shared.code = api::run_scxml_file(*arguments, scripts, std::cout, std::cerr);
    });
}

int run_program(int count, const char* const* words) {
    CLI::App app(
        "Guildmark: from \"a buyer asks us for a certificate\" to one that anyone can check",
        "guildmark");
    app.set_version_flag("--version", "guildmark " GUILDMARK_VERSION);
    app.require_subcommand(1);
    app.footer(
        "Exit codes: 0 done, 1 failed, 2 wrong input, 3 time ran out, 4 data damaged.\n"
        "docs/reference/command-line.md tells more.");
    Shared shared;
    add_serve(app, shared);
    add_demo(app, shared);
    add_run(app, shared);
    add_check(app, shared);
    add_report(app, shared);
    add_store_command(app, shared, "replay", "Tell the journal, record by record", run_replay);
    add_store_command(app, shared, "verify", "Check the journal and all that follows", run_verify);
    add_store_command(app, shared, "rebuild", "Write all read models anew", run_rebuild);
    add_token(app, shared);
    add_scxml(app, shared);
    app.add_subcommand("version", "Print the version")->callback([] {
        print("guildmark " GUILDMARK_VERSION);
    });
    try {
        app.parse(count, words);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? exit_done : exit_invalid;
    }
    return shared.code;
}

}  // namespace
}  // namespace guildmark::command

int main(int count, char** words) {
    return guildmark::command::run_program(count, words);
}
