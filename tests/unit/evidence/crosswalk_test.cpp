#include "engine/evidence/crosswalk.h"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

namespace guildmark::evidence {
namespace {

constexpr std::string_view sound = R"(<crosswalk xmlns="urn:guildmark:crosswalk:1"
    from="bread:1" to="cake:2" languages="en zh">
  <relation from="1.1 1.2" to="2.1" strength="full"/>
  <relation from="1.2" to="2.1 2.2" strength="part">
    <note xml:lang="en">Add the sugar.</note>
    <note xml:lang="zh">加糖。</note>
  </relation>
  <only of="from" requirements="1.3"/>
  <only of="to" requirements="2.3
                              2.4"/>
</crosswalk>)";

std::string with(std::string_view text, std::string_view replacement) {
    std::string bytes(sound);
    const auto place = bytes.find(text);
    EXPECT_NE(place, std::string::npos) << text;
    return bytes.replace(place, text.size(), replacement);
}

std::string first_code(std::string_view bytes) {
    Diagnostics diagnostics;
    EXPECT_FALSE(read_crosswalk(bytes, "broken.xml", diagnostics)) << bytes;
    return diagnostics.items().empty() ? std::string() : diagnostics.sorted().front().code;
}

Crosswalk crosswalk() {
    Diagnostics diagnostics;
    auto read = read_crosswalk(sound, "sound.xml", diagnostics);
    EXPECT_TRUE(read) << diagnostics.to_text();
    return read.value_or(Crosswalk());
}

Standard standard(const std::string& id,
                  const std::string& edition,
                  std::initializer_list<const char*> numbers) {
    Standard made;
    made.id = id;
    made.edition = edition;
    for (const char* number : numbers) {
        made.requirements.emplace_back().id = number;
    }
    return made;
}

TEST(Crosswalk, is_refused_with_its_fault_and_where_it_is) {
    EXPECT_EQ(first_code("<crosswalk/>"), "element_unknown");
    EXPECT_EQ(first_code("<crosswalk"), "xml_malformed");
    EXPECT_EQ(first_code(with("to=\"cake:2\"", "")), "attribute_missing");
    EXPECT_EQ(first_code(with("cake:2", "cake")), "attribute_invalid");
    EXPECT_EQ(first_code(with("cake:2", "bread:1")), "attribute_conflict");
    EXPECT_EQ(first_code(with("strength=\"full\"", "strength=\"most\"")), "attribute_invalid");
    EXPECT_EQ(first_code(with("strength=\"full\"", "strenght=\"full\"")), "attribute_unknown");
    EXPECT_EQ(first_code(with("from=\"1.2\"", "from=\" \"")), "attribute_missing");
    EXPECT_EQ(first_code(with("of=\"to\"", "of=\"both\"")), "attribute_invalid");
    EXPECT_EQ(first_code(with("of=\"to\"", "of=\"from\"")), "element_repeated");
    EXPECT_EQ(first_code(with("<only of=\"from\" ", "<alone of=\"from\" ")), "element_unknown");
    EXPECT_EQ(first_code("<crosswalk xmlns=\"urn:guildmark:crosswalk:1\" from=\"a:1\" to=\"b:1\" "
                         "languages=\"en\"/>"),
              "element_missing");
    Diagnostics diagnostics;
    EXPECT_FALSE(
        read_crosswalk(with("strength=\"full\"", "strength=\"most\""), "w.xml", diagnostics));
    EXPECT_EQ(diagnostics.items().front().place.line, 3u);
}

TEST(Crosswalk, says_in_each_of_its_languages_what_has_to_be_added) {
    EXPECT_EQ(first_code(with("<note xml:lang=\"zh\">加糖。</note>", "")), "text_missing");
    EXPECT_EQ(first_code(with("加糖。", "")), "text_missing");
    EXPECT_EQ(first_code(with("xml:lang=\"zh\"", "xml:lang=\"en\"")), "text_missing");
    EXPECT_EQ(first_code(with("languages=\"en zh\"", "languages=\"en\"")), "language_undeclared");
}

TEST(Crosswalk, is_held_against_both_catalogues) {
    const auto codes = [](const Standard& held, std::string_view side) {
        Diagnostics diagnostics;
        check_against_standard(crosswalk(), side, held, diagnostics);
        std::vector<std::string> found;
        for (const Diagnostic& item : diagnostics.items()) {
            found.push_back(item.code);
        }
        return found;
    };
    using Codes = std::vector<std::string>;
    EXPECT_EQ(codes(standard("bread", "1", {"1.1", "1.2", "1.3"}), "from"), Codes());
    EXPECT_EQ(codes(standard("bread", "1", {"1.1", "1.2", "1.3", "1.4"}), "from"),
              Codes{"requirement_unrelated"});
    EXPECT_EQ(codes(standard("bread", "1", {"1.1", "1.2"}), "from"), Codes{"requirement_unknown"});
    EXPECT_EQ(codes(standard("cake", "2", {"2.1", "2.2", "2.3", "2.4"}), "to"), Codes());
    EXPECT_EQ(codes(standard("cake", "2", {"2.1", "2.3", "2.4"}), "to"),
              Codes{"requirement_unknown"});

    Diagnostics diagnostics;
    const auto both = read_crosswalk(with("\"1.3\"", "\"1.3 1.1\""), "both.xml", diagnostics);
    check_against_standard(
        *both, "from", standard("bread", "1", {"1.1", "1.2", "1.3"}), diagnostics);
    ASSERT_EQ(diagnostics.items().size(), 1u);
    EXPECT_EQ(diagnostics.items().front().code, "attribute_conflict");
}

TEST(Crosswalk, tells_of_each_requirement_how_far_the_other_standard_serves_it) {
    const Crosswalk read = crosswalk();
    const auto items = gap_of(read, standard("cake", "2", {"2.1", "2.2", "2.3"}));
    ASSERT_EQ(items.size(), 3u);
    EXPECT_EQ(items[0].served, Strength::full) << "the strongest of its relations";
    EXPECT_EQ(items[0].by, (std::vector<std::string>{"1.1", "1.2"}));
    EXPECT_EQ(items[1].served, Strength::part);
    ASSERT_EQ(items[1].notes.size(), 1u);
    EXPECT_EQ(items[1].notes[0]->in("en"), "Add the sugar.");
    EXPECT_EQ(items[2].served, std::nullopt);
    EXPECT_TRUE(items[2].by.empty());
}

TEST(Crosswalk, holds_in_both_directions) {
    const Crosswalk back = crosswalk().reversed();
    EXPECT_EQ(back.from, "cake:2");
    EXPECT_EQ(back.only_to, std::vector<std::string>{"1.3"});
    const auto items = gap_of(back, standard("bread", "1", {"1.1", "1.2", "1.3"}));
    EXPECT_EQ(items[0].by, std::vector<std::string>{"2.1"});
    EXPECT_EQ(items[1].by, (std::vector<std::string>{"2.1", "2.2"}));
    EXPECT_EQ(items[2].served, std::nullopt);
}

}  // namespace
}  // namespace guildmark::evidence
