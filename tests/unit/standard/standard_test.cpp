#include "engine/standard/standard.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

namespace guildmark {
namespace {

namespace fs = std::filesystem;

const fs::path source = GUILDMARK_SOURCE_DIR;

std::string read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

std::vector<fs::path> xml_files(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == ".xml") {
            files.push_back(entry.path());
        }
    }
    return files;
}

std::string first_code(std::string_view bytes) {
    Diagnostics diagnostics;
    EXPECT_FALSE(read_standard(bytes, "broken.xml", diagnostics));
    return diagnostics.items().empty() ? std::string() : diagnostics.sorted().front().code;
}

/// The smallest sound catalogue with one text replaced by another.
std::string smallest_with(std::string_view text, std::string_view replacement) {
    std::string bytes = read_file(source / "tests/data/standards/sound/smallest.xml");
    const auto place = bytes.find(text);
    EXPECT_NE(place, std::string::npos) << text;
    return bytes.replace(place, text.size(), replacement);
}

TEST(Standard, refuses_each_broken_catalogue_for_the_mistake_it_is_named_after) {
    const auto files = xml_files(source / "tests/data/standards/broken");
    EXPECT_GE(files.size(), 10u);
    for (const fs::path& file : files) {
        EXPECT_EQ(first_code(read_file(file)), file.stem()) << file;
    }
}

TEST(Standard, refuses_what_the_schema_refuses) {
    EXPECT_EQ(first_code("<standard/>"), "element_unknown");
    EXPECT_EQ(first_code(smallest_with("id=\"bakery-group\" ", "")), "attribute_missing");
    EXPECT_EQ(first_code(smallest_with("2026-01-15", "2026-02-30")), "attribute_invalid");
    EXPECT_EQ(first_code(smallest_with("=\"allowed\"", "=\"maybe\"")), "attribute_invalid");
    EXPECT_EQ(first_code(smallest_with("<title xml:lang=\"en\">", "<title>")), "title_missing");
    EXPECT_EQ(first_code(smallest_with("Hygiene", std::string(121, 'x'))), "text_invalid");
    EXPECT_EQ(
        first_code(smallest_with("<title xml:lang=\"zh\">卫生", "<title xml:lang=\"en\">Again")),
        "title_missing");
}

TEST(Standard, tells_where_a_mistake_is_and_what_may_have_been_meant) {
    Diagnostics diagnostics;
    EXPECT_FALSE(read_standard(
        smallest_with("not-applicable", "not-aplicable"), "standards/bakery.xml", diagnostics));
    const Diagnostic& first = diagnostics.items().front();
    EXPECT_EQ(first.to_text(),
              "standards/bakery.xml:19:5: attribute_unknown: <requirement> has no attribute "
              "\"not-aplicable\"; did you mean \"not-applicable\"?");
}

TEST(Standard, holds_requirements_in_document_order_with_their_texts) {
    Diagnostics diagnostics;
    const auto standard = read_standard(
        read_file(source / "tests/data/standards/sound/smallest.xml"), "s", diagnostics);
    ASSERT_TRUE(standard) << diagnostics.to_text();
    EXPECT_EQ(standard->key(), "bakery-group:1");
    EXPECT_EQ(standard->languages, (std::vector<std::string>{"en", "zh"}));
    ASSERT_EQ(standard->requirements.size(), 2u);
    const Requirement& ovens = standard->requirements[0];
    EXPECT_EQ(ovens.id, "1.1");
    EXPECT_EQ(ovens.section, "1");
    EXPECT_EQ(ovens.title.in("zh"), "清洁烤炉");
    EXPECT_EQ(ovens.evidence.at(0).title.in("en"), "Cleaning card");
    EXPECT_FALSE(ovens.may_be_not_applicable);
    EXPECT_TRUE(standard->find_requirement("1.2")->may_be_not_applicable);
    EXPECT_EQ(standard->find_requirement("1"), nullptr);
    EXPECT_EQ(standard->sections.at(0).title.in("en"), "Hygiene");
}

TEST(Standard, finds_requirements_under_a_number_and_not_beside_it) {
    Standard standard;
    for (const char* id : {"7.1.1", "7.1.5.1", "7.1.5.2", "7.10", "7.2"}) {
        standard.requirements.emplace_back().id = id;
    }
    EXPECT_EQ(standard.requirements_under("7.1"),
              (std::vector<std::string>{"7.1.1", "7.1.5.1", "7.1.5.2"}));
    EXPECT_EQ(standard.requirements_under("7.2"), std::vector<std::string>{"7.2"});
    EXPECT_EQ(standard.requirements_under("7").size(), 5u);
    EXPECT_TRUE(standard.requirements_under("").empty());
}

TEST(Standard, reads_every_catalogue_of_the_project_without_a_diagnostic) {
    unsigned catalogues = 0;
    for (const auto& entry : fs::recursive_directory_iterator(source / "standards")) {
        const std::string bytes =
            entry.path().extension() == ".xml" ? read_file(entry.path()) : std::string();
        if (bytes.find("xmlns=\"urn:guildmark:standard:1\"") == std::string::npos) {
            continue;
        }
        Diagnostics diagnostics;
        const auto standard = read_standard(bytes, entry.path().filename(), diagnostics);
        EXPECT_EQ(diagnostics.to_text(), "");
        ASSERT_TRUE(standard);
        EXPECT_EQ(standard->id, entry.path().parent_path().filename());
        EXPECT_EQ(standard->edition + ".xml", entry.path().filename());
        ++catalogues;
    }
    EXPECT_GE(catalogues, 1u);
}

}  // namespace
}  // namespace guildmark
