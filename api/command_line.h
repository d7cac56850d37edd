#pragma once

#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "api/command/console.h"
#include "api/library_folder.h"

/// What the parts of the command line share; only main and its parts include this.
namespace guildmark::command {

/// One subcommand: what CLI11 holds of it, and the arguments that it is run with.
template <typename Arguments>
struct Command {
    CLI::App* app = nullptr;
    std::shared_ptr<Arguments> arguments = std::make_shared<Arguments>();

    CLI::Option* option(const std::string& name,
                        std::string Arguments::*member,
                        const std::string& help) const {
        return app->add_option(name, (*arguments).*member, help);
    }
};

/// A subcommand with the options that its arguments share with those of others. `code` is what it
/// ended with, when it is the one that ran.
template <typename Arguments>
Command<Arguments> add_command(CLI::App& parent,
                               int& code,
                               const std::string& name,
                               const std::string& help,
                               int (*run)(const Arguments&)) {
    Command<Arguments> command;
    command.app = parent.add_subcommand(name, help);
    const auto arguments = command.arguments;
    if constexpr (requires { arguments->data_folder; }) {
        arguments->data_folder = "guildmark-data";
        command
            .option("--data",
                    &Arguments::data_folder,
                    "Folder that holds the journal and the documents")
            ->capture_default_str();
    }
    if constexpr (requires { arguments->library_folder; }) {
        arguments->library_folder = default_library_folder();
        command.option(
            "--library", &Arguments::library_folder, "Folder that holds workflows/ and standards/");
    }
    if constexpr (requires { arguments->output; }) {
        command.app->add_flag_callback(
            "--json", [arguments] { arguments->output = Output::json; }, "Write JSON for programs");
    }
    command.app->callback([&code, arguments, run] { code = run(*arguments); });
    return command;
}

}  // namespace guildmark::command
