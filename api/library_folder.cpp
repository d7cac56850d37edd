#include "api/library_folder.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "engine/base/limits.h"

namespace guildmark {
namespace {

namespace fs = std::filesystem;

/// What lies in a folder, in order of name; nothing when it cannot be read.
std::vector<fs::path> entries_of(const fs::path& folder) {
    std::vector<fs::path> entries;
    std::error_code code;
    for (auto entry = fs::directory_iterator(folder, code); !code && entry != fs::end(entry);
         entry.increment(code)) {
        entries.push_back(entry->path());
    }
    std::ranges::sort(entries);
    return entries;
}

/// Puts the folder before the file names that the reader of a workflow knows.
void add_under(const fs::path& folder, const Diagnostics& found, Diagnostics& diagnostics) {
    for (Diagnostic item : found.items()) {
        item.place.file = (folder / item.place.file).string();
        diagnostics.add(std::move(item));
    }
}

void load_workflows(const fs::path& folder, Library& library, Diagnostics& diagnostics) {
    for (const fs::path& entry : entries_of(folder)) {
        auto files = workflow_files(entry.string());
        if (!files) {
            diagnostics.error({entry.string(), 0, 0}, files.error().code, files.error().message);
            continue;
        }
        const bool has_chart = std::ranges::any_of(
            *files, [](const workflow::SourceFile& file) { return file.name.ends_with(".scxml"); });
        if (!has_chart) {
            continue;
        }
        Diagnostics found;
        if (auto loaded = workflow::load_workflow(std::move(*files), found)) {
            library.add(std::move(*loaded));
        }
        add_under(entry, found, diagnostics);
    }
}

/// The catalogues: what lies in folders of standards, in order of path.
std::vector<std::string> catalogues_in(const fs::path& folder) {
    std::vector<std::string> paths;
    for (const fs::path& standard : entries_of(folder)) {
        const std::string name = standard.filename().string();
        if (name == "schema" || name == "crosswalks" || name == "rules" || name == "exports") {
            continue;
        }
        for (const fs::path& edition : entries_of(standard)) {
            if (edition.extension() == ".xml") {
                paths.push_back(edition.string());
            }
        }
    }
    return paths;
}

std::vector<Standard> standards_in(const fs::path& folder, Diagnostics& diagnostics) {
    std::vector<Standard> standards;
    for (const std::string& path : catalogues_in(folder)) {
        const auto bytes = read_file(path);
        if (!bytes) {
            diagnostics.error({path, 0, 0}, bytes.error().code, bytes.error().message);
        } else if (auto read = read_standard(*bytes, path, diagnostics)) {
            standards.push_back(std::move(*read));
        }
    }
    return standards;
}

Result<void> expect_library(const std::string& folder) {
    std::error_code code;
    if (!fs::is_directory(folder, code)) {
        return not_found("library_not_found",
                         fmt::format("\"{}\" is not a folder with workflows/ and standards/; name "
                                     "one with --library",
                                     folder),
                         folder);
    }
    return {};
}

}  // namespace

Result<std::string> read_file(const std::string& path) {
    std::error_code code;
    const auto size = fs::file_size(path, code);
    if (code) {
        return not_found("file_unreadable", fmt::format("{}: {}", path, code.message()), path);
    }
    if (size > limits::xml_bytes_max) {
        return too_large(
            "file_too_large",
            fmt::format("{} has {} bytes; at most {} are read", path, size, limits::xml_bytes_max),
            path);
    }
    std::ifstream file(path, std::ios::binary);
    std::string bytes(size, '\0');
    if (!file.read(bytes.data(), static_cast<std::streamsize>(size))) {
        return failed("file_unreadable", fmt::format("{} cannot be read", path), path);
    }
    return bytes;
}

Result<std::vector<workflow::SourceFile>> workflow_files(const std::string& folder) {
    std::vector<workflow::SourceFile> files;
    for (const fs::path& entry : entries_of(folder)) {
        const std::string name = entry.filename().string();
        std::error_code code;
        if (workflow::is_workflow_file(name) && fs::is_regular_file(entry, code)) {
            std::string text = TRY(read_file(entry.string()));
            files.push_back({name, std::move(text)});
        }
    }
    workflow::add_included(files, [&folder](const std::string& name) {
        auto bytes = read_file((fs::path(folder) / name).string());
        return bytes ? std::optional(std::move(*bytes)) : std::nullopt;
    });
    return files;
}

Result<void> load_library(const std::string& folder, Library& library, Diagnostics& diagnostics) {
    TRY(expect_library(folder));
    load_workflows(fs::path(folder) / "workflows", library, diagnostics);
    for (Standard& standard : standards_in(fs::path(folder) / "standards", diagnostics)) {
        library.add(std::move(standard));
    }
    return {};
}

Result<void> load_rules(const std::string& folder,
                        audit::RuleBook& rules,
                        Diagnostics& diagnostics) {
    TRY(expect_library(folder));
    for (const fs::path& rule : entries_of(fs::path(folder) / "standards" / "rules")) {
        for (const fs::path& edition : entries_of(rule)) {
            if (edition.extension() != ".xml") {
                continue;
            }
            const std::string path = edition.string();
            if (auto bytes = read_file(path)) {
                rules.read(*bytes, path, diagnostics);
            } else {
                diagnostics.error({path, 0, 0}, bytes.error().code, bytes.error().message);
            }
        }
    }
    return {};
}

Result<std::vector<evidence::Crosswalk>> load_crosswalks(const std::string& folder,
                                                         Diagnostics& diagnostics) {
    TRY(expect_library(folder));
    std::vector<evidence::Crosswalk> crosswalks;
    for (const fs::path& file : entries_of(fs::path(folder) / "standards" / "crosswalks")) {
        if (file.extension() != ".xml") {
            continue;
        }
        const std::string path = file.string();
        const auto bytes = read_file(path);
        if (!bytes) {
            diagnostics.error({path, 0, 0}, bytes.error().code, bytes.error().message);
        } else if (auto read = evidence::read_crosswalk(*bytes, path, diagnostics)) {
            crosswalks.push_back(std::move(*read));
        }
    }
    return crosswalks;
}

Result<std::vector<Standard>> load_standards(const std::string& folder, Diagnostics& diagnostics) {
    TRY(expect_library(folder));
    return standards_in(fs::path(folder) / "standards", diagnostics);
}

std::string default_library_folder() {
    std::error_code code;
    const fs::path program = fs::read_symlink("/proc/self/exe", code).parent_path();
    for (const fs::path& candidate :
         {program / ".." / "..", program / ".." / "share" / "guildmark", program}) {
        if (fs::is_directory(candidate / "workflows", code)) {
            return fs::weakly_canonical(candidate, code).string();
        }
    }
    return {};
}

}  // namespace guildmark
