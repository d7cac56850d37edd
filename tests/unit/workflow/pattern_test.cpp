#include "engine/workflow/pattern.h"

#include <string>

#include <gtest/gtest.h>

namespace guildmark::workflow {
namespace {

std::string refusal(std::string_view pattern) {
    const auto compiled = Pattern::compile(pattern);
    return compiled ? "accepted" : compiled.error().code + ": " + compiled.error().message;
}

bool matches(std::string_view pattern, std::string_view text) {
    const auto compiled = Pattern::compile(pattern);
    EXPECT_TRUE(compiled) << pattern << ": " << (compiled ? "" : compiled.error().message);
    return compiled && compiled->matches(text);
}

TEST(Pattern, refuses_what_it_does_not_know_with_the_place) {
    EXPECT_EQ(refusal("ab)"),
              "pattern_malformed: at character 3 of the pattern: this \")\" closes no group");
    for (const char* pattern :
         {"(",      "[",      "[]",   "[^]",    "[z-a]",   "[\\d-z]", "a**", "*a",  "^a$",
          "a{",     "a{2,1}", "a{0}", "a{0,0}", "a{1001}", "a{x}",    "a{1", "\\w", "\\",
          "[a&&b]", "[a-]",   "[-a]", "[(]",    "]",       "}",       "\\-", "[\\"}) {
        EXPECT_TRUE(refusal(pattern).starts_with("pattern_malformed"))
            << pattern << refusal(pattern);
    }
}

TEST(Pattern, refuses_what_would_grow_too_large) {
    EXPECT_TRUE(refusal(std::string(201, 'a')).starts_with("pattern_too_large"));
    EXPECT_TRUE(refusal("(a{100}){100}").starts_with("pattern_too_large"));
    EXPECT_TRUE(
        refusal("(((((){1000}){1000}){1000}){1000}){1000}").starts_with("pattern_too_large"));
    EXPECT_TRUE(refusal(std::string(50, '(')).starts_with("pattern_malformed"));
}

TEST(Pattern, matches_the_whole_text_and_nothing_less) {
    EXPECT_FALSE(matches("abc", "xabc"));
    EXPECT_FALSE(matches("abc", "abcd"));
    EXPECT_FALSE(matches("abc", ""));
    EXPECT_TRUE(matches("abc", "abc"));
    EXPECT_TRUE(matches("", ""));
}

TEST(Pattern, knows_classes_groups_alternatives_and_repetitions) {
    EXPECT_TRUE(matches("[A-Z]{2}\\d{3}", "DE137"));
    EXPECT_FALSE(matches("[A-Z]{2}\\d{3}", "DE1372"));
    EXPECT_TRUE(matches("a{2,}", "aaaa"));
    EXPECT_FALSE(matches("a{2,}", "a"));
    EXPECT_TRUE(matches("a{0,2}b", "b"));
    EXPECT_FALSE(matches("a{0,2}b", "aaab"));
    EXPECT_TRUE(matches("(cat|dog)s?", "dogs"));
    EXPECT_FALSE(matches("(cat|dog)s?", "cow"));
    EXPECT_TRUE(matches("|x", ""));
    EXPECT_TRUE(matches("[^\\/]+\\.pdf", "审核.pdf"));
    EXPECT_FALSE(matches("[^\\/]+\\.pdf", "a/b.pdf"));
    EXPECT_TRUE(matches("[\\-\\]a]*", "-]a-"));
    EXPECT_TRUE(matches("[一-龥]{2,4}", "质量"));
    EXPECT_FALSE(matches("a.c", "a\nc"));
    EXPECT_TRUE(matches("a.c", "a😀c"));
    EXPECT_TRUE(matches("(a|b(c|d)+)*e", "abcdcae"));
}

/// docs/reference/forms.md shows these.
TEST(Pattern, accepts_the_examples_of_its_reference) {
    EXPECT_TRUE(matches("BK-\\d{4}", "BK-0417"));
    EXPECT_TRUE(matches("[A-Z]{2}\\d{9}", "DE123456789"));
    EXPECT_TRUE(matches("(\\+\\d{1,3} )?[\\d ]{5,20}", "+49 7461 5550"));
    EXPECT_TRUE(matches("HRB \\d{4,6}", "HRB 12345"));
}

TEST(Pattern, stays_linear_where_backtracking_would_not) {
    const std::string text(60'000, 'a');
    EXPECT_FALSE(matches("(a*)*b", text));
    EXPECT_FALSE(matches("(a|aa)+b", text));
    EXPECT_TRUE(matches("((a*)*)*", text));
}

}  // namespace
}  // namespace guildmark::workflow
