#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/base/value.h"
#include "engine/xml/diagnostics.h"

namespace guildmark::command {

/// How the program ends; docs/reference/command-line.md tells them to users.
enum ExitCode : int {
    exit_done = 0,
    exit_failed = 1,
    exit_invalid = 2,  ///< A document or an argument is wrong; nothing was changed.
    exit_timeout = 3,
    exit_damaged = 4,  ///< Stored data is not what was written.
};

/// Whether output is for a person or a program.
enum class Output { text, json };

void print(std::string_view line);
void print_error(std::string_view line);

/// Writes the value to standard output as one line of JSON.
void print_json(const Value& value);

/// Reports the error (as JSON on standard output where that is asked) and gives its exit code.
int report_error(const Error& error, Output output);

/// Reports all diagnostics and gives exit_invalid when there are errors, else exit_done.
int report_diagnostics(const Diagnostics& diagnostics, Output output);

/// The whole number that an option was given. Errors: value_malformed.
[[nodiscard]] Result<std::uint64_t> read_whole_number(std::string_view option,
                                                      const std::string& text,
                                                      std::uint64_t least,
                                                      std::uint64_t most);

/// The journal in the data folder, for commands that only make sense where one is.
/// Errors: data_folder_failed.
[[nodiscard]] Result<std::string> find_journal(const std::string& data_folder);

/// A bar on standard error while long work goes on, when that is a terminal; otherwise nothing.
class ProgressBar {
public:
    /// `all` 0: how much there is, is not known; a count is shown instead of a bar.
    ProgressBar(std::string label, std::uint64_t all);
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    void show(std::uint64_t done);

private:
    std::string label_;
    std::uint64_t all_;
    std::uint64_t shown_ = 0;
    bool visible_;
};

}  // namespace guildmark::command
