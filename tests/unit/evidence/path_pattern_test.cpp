#include "engine/evidence/path_pattern.h"

#include <gtest/gtest.h>

#include "engine/base/limits.h"
#include "engine/evidence/composition.h"

namespace guildmark::evidence {
namespace {

bool matches(std::string_view pattern, std::string_view locator) {
    return PathPattern::parse(pattern).value().matches(to_path(locator));
}

TEST(PathPattern, refuses_what_is_no_path_in_the_folder) {
    for (const char* text : {"",
                             "/a",
                             "a/",
                             "a//b",
                             ".",
                             "..",
                             "a/../b",
                             "./a",
                             "a\\b",
                             "a**",
                             "a/**b/c",
                             "***",
                             "a\tb",
                             "a\x7f"}) {
        const auto pattern = PathPattern::parse(text);
        ASSERT_FALSE(pattern) << text;
        EXPECT_EQ(pattern.error().code, "path_malformed") << text;
    }
    EXPECT_FALSE(PathPattern::parse(std::string(limits::name_bytes_max + 1, 'a')));
    EXPECT_TRUE(PathPattern::parse(std::string(limits::name_bytes_max, 'a')));
}

TEST(PathPattern, does_not_match_beside_what_it_says) {
    EXPECT_FALSE(matches("a.pdf", "A.pdf"));
    EXPECT_FALSE(matches("a.pdf", "b/a.pdf"));
    EXPECT_FALSE(matches("*.pdf", "b/a.pdf"));
    EXPECT_FALSE(matches("a/*.pdf", "a/b/c.pdf"));
    EXPECT_FALSE(matches("a?.pdf", "a.pdf"));
    EXPECT_FALSE(matches("a?b", "a/b"));
    EXPECT_FALSE(matches("a/**/b.pdf", "ab.pdf"));
    EXPECT_FALSE(matches("a/**", "a"));
    EXPECT_FALSE(matches("**/a.pdf", "b/aa.pdf"));
    EXPECT_FALSE(matches("a.pdf", "a.pdf/a.pdf"));
}

TEST(PathPattern, matches_one_name_with_open_places) {
    EXPECT_TRUE(matches("a.pdf", "a.pdf"));
    EXPECT_TRUE(matches("*.pdf", "a.pdf"));
    EXPECT_TRUE(matches("*", "a.pdf"));
    EXPECT_TRUE(matches("a*", "a"));
    EXPECT_TRUE(matches("a*b*c", "a-b-b-c"));
    EXPECT_TRUE(matches("*2025*.pdf", "202 2025 2025.pdf"));
    EXPECT_TRUE(matches("质量?针.docx", "质量方针.docx"));
    EXPECT_TRUE(matches("0? F*/*.pdf", "01 Führung/Geltungsbereich.pdf"));
}

TEST(PathPattern, matches_any_folders_also_none) {
    for (const char* locator : {"a/b.pdf", "a/x/b.pdf", "a/x/y/b.pdf", "a/a/b.pdf"}) {
        EXPECT_TRUE(matches("a/**/b.pdf", locator)) << locator;
        EXPECT_TRUE(matches("a/**", locator)) << locator;
        EXPECT_TRUE(matches("**", locator)) << locator;
        EXPECT_TRUE(matches("**/*.pdf", locator)) << locator;
        EXPECT_TRUE(matches("**/a/**/*.pdf", locator)) << locator;
    }
    EXPECT_TRUE(matches("**/b.pdf", "b.pdf"));
    EXPECT_TRUE(matches("**/x/**/y/*", "x/x/z/y/y/a"));
}

TEST(PathPattern, decides_quickly_where_backtracking_would_never_end) {
    std::string stars;
    std::string folders;
    for (int count = 0; count < 200; ++count) {
        stars += "a*";
        folders += "**/a*/";
    }
    EXPECT_FALSE(matches(stars + "b", std::string(1'000, 'a')));
    std::string deep;
    for (int count = 0; count < 120; ++count) {
        deep += "aaaa/";
    }
    EXPECT_FALSE(matches(folders.substr(0, 1'000 / 6 * 6) + "b", deep + "c"));
}

TEST(PathPattern, takes_composed_and_decomposed_letters_for_the_same) {
    EXPECT_TRUE(matches("01 F\u00fchrung/*", "01 Fu\u0308hrung/a.pdf"));
    EXPECT_TRUE(matches("01 Fu\u0308hrung/*", "01 F\u00fchrung/a.pdf"));
    EXPECT_TRUE(matches("\u7d0d\u54c1\u304b\u3099*", "\u7d0d\u54c1\u304c.pdf"));
    EXPECT_TRUE(matches("\ud55c\uad6d", "\u1112\u1161\u11ab\u1100\u116e\u11a8"));
    EXPECT_TRUE(matches("?", "e\u0323\u0302"));
}

TEST(Composition, keeps_what_does_not_compose) {
    EXPECT_EQ(to_composed("ab\u0308"), U"ab\u0308");
    EXPECT_EQ(to_composed("\u0308a"), U"\u0308a");
    EXPECT_EQ(to_composed("\U0001F4C4 \u5ba1"), U"\U0001F4C4 \u5ba1");
    EXPECT_EQ(to_composed(""), U"");
}

TEST(Composition, reads_broken_text_to_its_end) {
    EXPECT_EQ(to_composed("a\xff"), U"a\uFFFD");
    EXPECT_EQ(to_composed("\xc3"), U"\uFFFD");
    EXPECT_EQ(to_composed("\xe5\xae"), U"\uFFFD\uFFFD");
    EXPECT_EQ(to_composed("\xf0\x9f(("), U"\uFFFD\uFFFD((");
    EXPECT_EQ(to_composed("\x80\x80"), U"\uFFFD\uFFFD");
}

}  // namespace
}  // namespace guildmark::evidence
