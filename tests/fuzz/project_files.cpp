#include "tests/fuzz/project_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "engine/base/ensure.h"
#include "engine/workflow/source_file.h"
#include "tests/fuzz/target.h"

namespace guildmark::fuzz {
namespace {

std::map<std::string, std::size_t, std::less<>>& counts() {
    static std::map<std::string, std::size_t, std::less<>> all;
    return all;
}

}  // namespace

void reached(std::string_view name) {
    auto& all = counts();
    const auto found = all.find(name);
    ++(found == all.end() ? all.emplace(name, 0).first : found)->second;
}

std::size_t count_reached(std::string_view name) {
    const auto found = counts().find(name);
    return found == counts().end() ? 0 : found->second;
}

std::vector<std::string> files_in(std::initializer_list<std::string_view> folders,
                                  std::string_view ending) {
    std::vector<std::string> paths;
    for (const std::string_view folder : folders) {
        const std::string root = GUILDMARK_SOURCE_DIR "/";
        for (const auto& entry : std::filesystem::directory_iterator(root + std::string(folder))) {
            const std::string name = entry.path().filename().string();
            if (entry.is_regular_file() && name.ends_with(ending)) {
                paths.push_back(std::string(folder) + "/" + name);
            }
        }
    }
    ENSURE(!paths.empty(), "the project's files are where they were");
    std::ranges::sort(paths);
    return paths;
}

std::string project_file(const std::string& path) {
    std::ifstream file(GUILDMARK_SOURCE_DIR "/" + path, std::ios::binary);
    ENSURE(file.is_open(), "the project's files can be read");
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::string> chart_texts() {
    std::vector<std::string> texts;
    for (const std::string& path :
         files_in({"tests/data/scxml-irp", "tests/conformance/scxml/documents"}, ".scxml")) {
        texts.push_back(project_file(path));
    }
    std::vector<workflow::SourceFile> files{
        {"iso-9001.scxml", project_file("workflows/iso-9001/iso-9001.scxml")}};
    workflow::add_included(
        files, [](const std::string& name) { return project_file("workflows/iso-9001/" + name); });
    texts.push_back(workflow::chart_text(files));
    return texts;
}

}  // namespace guildmark::fuzz
