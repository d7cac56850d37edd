#include <set>

#include "tests/unit/audit/rule_files.h"

namespace guildmark::audit {
namespace {

const std::filesystem::path rules_data = source_folder / "tests/data/rules";

/// The first fault of a rule; empty when it is sound.
std::string first_fault(const std::string& bytes) {
    RuleBook rules;
    Diagnostics diagnostics;
    rules.read(bytes, "rule.xml", diagnostics);
    return diagnostics.items().empty() ? std::string() : diagnostics.sorted().front().to_text();
}

std::string sound_with(const char* file, std::string_view text, std::string_view replacement) {
    std::string bytes = read_file(rules_data / "sound" / file);
    const auto place = bytes.find(text);
    EXPECT_NE(place, std::string::npos) << text;
    return bytes.replace(place, text.size(), replacement);
}

TEST(Rule, is_refused_for_the_mistake_that_it_is_named_after) {
    const auto files = xml_files(rules_data / "broken");
    EXPECT_GE(files.size(), 10u);
    for (const auto& file : files) {
        const std::string name = file.stem().string();
        const std::string fault = first_fault(read_file(file));
        EXPECT_NE(fault.find(": " + name.substr(0, name.find('-')) + ": "), std::string::npos)
            << name << ": " << fault;
    }
}

TEST(Rule, of_a_kind_that_is_not_known_is_refused) {
    EXPECT_NE(first_fault("<audit-tim xmlns=\"urn:guildmark:rule:1\"/>").find("element_unknown"),
              std::string::npos);
    EXPECT_NE(first_fault("<audit-time/>").find("element_unknown"), std::string::npos);
    EXPECT_NE(first_fault("<audit-time").find("xml_malformed"), std::string::npos);
}

TEST(Rule, tells_where_a_mistake_is_and_what_may_have_been_meant) {
    EXPECT_EQ(first_fault(sound_with("time.xml", "reduction-max", "reduction-mx")),
              "rule.xml:7:3: attribute_unknown: <adjustment> has no attribute \"reduction-mx\"; "
              "did you mean \"reduction-max\"?");
    EXPECT_EQ(first_fault(sound_with("time.xml", "from=\"5\"", "from=\"4\"")),
              "rule.xml:17:5: band_misplaced: this band goes from 4 to 20; it has to begin at 5, "
              "and to end there or later");
    EXPECT_EQ(first_fault(sound_with("time.xml", "days=\"1 1.5\"", "days=\"1 0\"")),
              "rule.xml:16:5: attribute_invalid: \"1 0\" in days=\"…\" of <band> is not numbers of "
              "days such as \"2.5 3\", from 0.01 to 10000");
    EXPECT_EQ(first_fault(sound_with("time.xml", "bakery-mark:2026", "bakery-group")),
              "rule.xml:13:3: id_repeated: a second table for \"bakery-group\"");
}

TEST(Rule, for_samples_tells_where_a_mistake_is_and_what_may_have_been_meant) {
    EXPECT_EQ(first_fault(sound_with("sample.xml", "when=\"clean\"", "when=\"claen\"")),
              "rule.xml:21:3: condition_unknown: there is no condition \"claen\" above");
    EXPECT_EQ(first_fault(sound_with("sample.xml", "of=\"visited\"", "of=\"visitd\"")),
              "rule.xml:26:3: figure_unknown: there is no figure \"visitd\" above; did you mean "
              "\"visited\"?");
    EXPECT_EQ(first_fault(sound_with("sample.xml", "from=\"100\" ", "")),
              "rule.xml:23:3: figure_shadowed: this line for \"visited\" is never used: one above "
              "it fits whenever it does; put the special line first");
}

TEST(Rule, of_one_id_and_edition_is_kept_once) {
    RuleBook rules;
    Diagnostics diagnostics;
    const std::string bytes = read_file(rules_data / "sound/time.xml");
    rules.read(bytes, "first.xml", diagnostics);
    EXPECT_EQ(diagnostics.to_text(), "");
    rules.read(bytes, "second.xml", diagnostics);
    EXPECT_EQ(diagnostics.to_text(),
              "second.xml:2:1: id_repeated: a second rule is called \"bakery-time:1\"\n");
}

TEST(Rule, is_named_by_its_id_or_by_id_and_edition_where_there_are_several) {
    RuleBook rules;
    Diagnostics diagnostics;
    rules.read(read_file(rules_data / "sound/time.xml"), "1.xml", diagnostics);
    rules.read(sound_with("time.xml", "edition=\"1\"", "edition=\"2\""), "2.xml", diagnostics);
    ASSERT_EQ(diagnostics.to_text(), "");
    const auto code_of = [&rules](const char* name, const char* standard) {
        const auto found = rules.find_time_rule(name, standard);
        return found ? found.value()->head.key() : found.error().code;
    };
    EXPECT_EQ(code_of("bakry-time", "bakery-group"), "rule_unknown");
    EXPECT_EQ(code_of("", "iso-9001"), "table_unknown");
    EXPECT_EQ(code_of("", "bakery-mark:2025"), "table_unknown");
    EXPECT_EQ(code_of("", "bakery-group"), "rule_ambiguous");
    EXPECT_EQ(code_of("bakery-time", "bakery-group"), "rule_ambiguous");
    EXPECT_EQ(code_of("bakery-time:2", "bakery-group:2026"), "bakery-time:2");
    EXPECT_EQ(code_of("bakery-time:1", "bakery-mark:2026"), "bakery-time:1");
}

TEST(Rule, of_the_project_lies_under_its_id_and_edition_and_says_where_it_comes_from) {
    std::set<std::string> paths;
    const RuleBook rules = project_rules();
    const auto look_at = [&paths](const RuleHead& head) {
        paths.insert(head.id + "/" + head.edition + ".xml");
        EXPECT_FALSE(head.basis.sources.empty());
        EXPECT_TRUE(head.title.has("en") && head.title.has("zh")) << head.key();
    };
    for (const TimeRule& rule : rules.time_rules()) {
        look_at(rule.head);
    }
    for (const SampleRule& rule : rules.sample_rules()) {
        look_at(rule.head);
    }
    for (const PriceList& rule : rules.price_lists()) {
        look_at(rule.head);
    }
    for (const SizeRule& rule : rules.size_rules()) {
        look_at(rule.head);
    }
    const auto folder = source_folder / "standards/rules";
    for (const auto& file : xml_files(folder)) {
        EXPECT_TRUE(paths.contains(std::filesystem::relative(file, folder).string())) << file;
        EXPECT_TRUE(std::filesystem::exists(file.parent_path() / "SOURCE.md")) << file;
    }
}

}  // namespace
}  // namespace guildmark::audit
