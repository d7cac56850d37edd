#include "api/command/console.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

#include "engine/base/json.h"

namespace guildmark::command {
namespace {

constexpr std::uint64_t bar_width = 30;

int exit_code_of(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::malformed:
        case ErrorKind::not_found:
        case ErrorKind::too_large:
            return exit_invalid;
        case ErrorKind::corrupted:
            return exit_damaged;
        case ErrorKind::unauthorized:
        case ErrorKind::forbidden:
        case ErrorKind::conflict:
        case ErrorKind::refused:
        case ErrorKind::unavailable:
        case ErrorKind::failed:
            return exit_failed;
    }
    ENSURE(false, "an ErrorKind outside its enumeration");
}

Value to_json_value(const Diagnostic& item) {
    Value value;
    value.set("severity", item.severity == Severity::error ? "error" : "warning");
    value.set("code", item.code);
    value.set("message", item.message);
    value.set("suggestion", item.suggestion);
    value.set("file", item.place.file);
    value.set("line", Value(std::uint64_t{item.place.line}));
    value.set("column", Value(std::uint64_t{item.place.column}));
    return value;
}

}  // namespace

void print(std::string_view line) {
    fmt::print("{}\n", line);
}

void print_error(std::string_view line) {
    fmt::print(stderr, "{}\n", line);
}

void print_json(const Value& value) {
    print(to_json(value));
}

int report_error(const Error& error, Output output) {
    if (output == Output::json) {
        Value value;
        value.set("error", error.code);
        value.set("message", error.message);
        value.set("subject", error.subject);
        print_json(value);
    } else {
        print_error(fmt::format("guildmark: {}: {}", error.code, error.message));
    }
    return exit_code_of(error.kind);
}

int report_diagnostics(const Diagnostics& diagnostics, Output output) {
    if (output == Output::json) {
        Value::Array items;
        for (const Diagnostic& item : diagnostics.sorted()) {
            items.push_back(to_json_value(item));
        }
        Value value;
        value.set("diagnostics", std::move(items));
        value.set("left_out", Value(std::uint64_t{diagnostics.left_out()}));
        print_json(value);
    } else {
        fmt::print(stderr, "{}", diagnostics.to_text());
    }
    return diagnostics.has_errors() ? exit_invalid : exit_done;
}

Result<std::uint64_t> read_whole_number(std::string_view option,
                                        const std::string& text,
                                        std::uint64_t least,
                                        std::uint64_t most) {
    std::uint64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size() ||
        number < least || number > most) {
        return malformed(
            "value_malformed",
            fmt::format(
                "{} is a whole number from {} to {}, not \"{}\"", option, least, most, text),
            std::string(option));
    }
    return number;
}

Result<std::string> find_journal(const std::string& data_folder) {
    std::error_code code;
    std::string path = data_folder + "/journal.sqlite";
    if (!std::filesystem::is_regular_file(path, code)) {
        return not_found("data_folder_failed",
                         fmt::format("there is no journal in \"{}\"; name the folder of an "
                                     "installation, or make one with guildmark demo",
                                     data_folder),
                         data_folder);
    }
    return path;
}

ProgressBar::ProgressBar(std::string label, std::uint64_t all)
    : label_(std::move(label)), all_(all), visible_(isatty(STDERR_FILENO) == 1) {
    show(0);
}

ProgressBar::~ProgressBar() {
    if (visible_) {
        fmt::print(stderr, "\r\x1b[K");
    }
}

void ProgressBar::show(std::uint64_t done) {
    if (!visible_) {
        return;
    }
    if (all_ == 0) {
        fmt::print(stderr, "\r\x1b[K{} {}", label_, done);
        return;
    }
    const std::uint64_t filled = bar_width * std::min(done, all_) / all_;
    if (done > 0 && filled == shown_ && done < all_) {
        return;
    }
    shown_ = filled;
    fmt::print(stderr,
               "\r\x1b[K{} [{:#<{}}{:.<{}}] {}/{}",
               label_,
               "",
               filled,
               "",
               bar_width - filled,
               done,
               all_);
}

}  // namespace guildmark::command
