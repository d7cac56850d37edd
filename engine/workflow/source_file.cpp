#include "engine/workflow/source_file.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/base/ensure.h"
#include "engine/workflow/namespace.h"
#include "engine/xml/include.h"

namespace guildmark::workflow {
namespace {

constexpr std::string_view chart_suffix = ".scxml";
constexpr std::string_view document_suffix = ".xml";
constexpr std::string_view part_suffix = ".part.xml";

const SourceFile& chart_file_of(const std::vector<SourceFile>& files) {
    const auto file = std::ranges::find_if(files, is_chart);
    ENSURE(file != files.end(), "a workflow that was loaded has a chart");
    return *file;
}

}  // namespace

bool is_included(const SourceFile& file) {
    return file.name.find('/') != std::string::npos || file.name.ends_with(part_suffix);
}

bool is_chart(const SourceFile& file) {
    return file.name.ends_with(chart_suffix) && !is_included(file);
}

std::optional<XmlElement> read_whole(const SourceFile& file,
                                     const std::vector<SourceFile>& files,
                                     Diagnostics& diagnostics) {
    auto root = read_xml(file.bytes, file.name, diagnostics);
    if (!root) {
        return std::nullopt;
    }
    const auto find = [&files](const std::string& name) {
        const auto found = std::ranges::find(files, name, &SourceFile::name);
        return found == files.end() ? nullptr : &found->bytes;
    };
    const bool is_whole = include_files(*root, file.name, {find, is_part}, diagnostics);
    return is_whole ? std::move(root) : std::nullopt;
}

bool is_part(const XmlElement& root) {
    return root.is(extension_namespace, "part");
}

std::set<std::string> missing_files(const std::vector<SourceFile>& files) {
    std::set<std::string> missing;
    Diagnostics ignored;
    for (const SourceFile& file : files) {
        if (const auto root = read_xml(file.bytes, file.name, ignored)) {
            missing.merge(included_names(*root, file.name));
        }
    }
    for (const SourceFile& file : files) {
        missing.erase(file.name);
    }
    return missing;
}

void add_included(std::vector<SourceFile>& files, const ReadFile& read) {
    for (bool is_done = false; !is_done;) {
        is_done = true;
        for (const std::string& name : missing_files(files)) {
            if (auto bytes = read(name)) {
                files.push_back({name, std::move(*bytes)});
                is_done = false;
            }
        }
    }
}

XmlElement chart_of(const std::vector<SourceFile>& files) {
    Diagnostics ignored;
    auto root = read_whole(chart_file_of(files), files, ignored);
    ENSURE(root && !ignored.has_errors(), "what was loaded can be read again");
    return std::move(*root);
}

std::string chart_text(const std::vector<SourceFile>& files) {
    const SourceFile& file = chart_file_of(files);
    Diagnostics ignored;
    const auto root = read_xml(file.bytes, file.name, ignored);
    const bool is_whole = !root || included_names(*root, file.name).empty();
    return is_whole ? file.bytes : to_xml(chart_of(files));
}

Digest workflow_version(const std::vector<SourceFile>& files) {
    std::vector<const SourceFile*> ordered;
    ordered.reserve(files.size());
    for (const SourceFile& file : files) {
        ordered.push_back(&file);
    }
    std::ranges::sort(ordered, {}, [](const SourceFile* file) { return file->name; });
    Sha256 digest;
    for (const SourceFile* file : ordered) {
        digest.add(fmt::format("{}\n{}\n", file->name, file->bytes.size()));
        digest.add(file->bytes);
    }
    return digest.finish();
}

bool is_workflow_file(std::string_view name) {
    return name.ends_with(chart_suffix) ||
           (name.ends_with(document_suffix) && name != assumptions_file);
}

}  // namespace guildmark::workflow
