#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/audit/rule_book.h"

namespace guildmark::audit {

inline const std::filesystem::path source_folder = GUILDMARK_SOURCE_DIR;

inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline std::vector<std::filesystem::path> xml_files(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().extension() == ".xml") {
            files.push_back(entry.path());
        }
    }
    return files;
}

/// All rules of the project.
inline RuleBook project_rules() {
    RuleBook rules;
    for (const auto& path : xml_files(source_folder / "standards/rules")) {
        Diagnostics diagnostics;
        rules.read(read_file(path), path.string(), diagnostics);
        EXPECT_EQ(diagnostics.to_text(), "");
    }
    return rules;
}

}  // namespace guildmark::audit
