#include "engine/scxml/pure.h"

#include <gtest/gtest.h>

namespace guildmark::scxml {
namespace {

using Words = std::vector<std::string>;

class NotPure : public testing::TestWithParam<const char*> {};

TEST_P(NotPure, is_left_to_a_context) {
    EXPECT_FALSE(find_pure_words(GetParam())) << GetParam();
}

INSTANTIATE_TEST_SUITE_P(All,
                         NotPure,
                         testing::Values("this.x = 1",
                                         "eval('x = 1')",
                                         "globalThis['x']",
                                         "glob\\u0061lThis.x",
                                         "[].constructor",
                                         "(() => { { function g() {} } return typeof g; })()",
                                         "(() => { return function () { return x; }; })()()",
                                         "(() => { try { x.push(1); } catch { return 1; } })()",
                                         "Object.isFrozen(x)",
                                         "Promise.resolve(x)",
                                         "Reflect.set(x, 'a', 1)",
                                         "'a text about this'",
                                         "`${eval}`"));

TEST(PureWords, are_what_could_name_a_variable) {
    EXPECT_EQ(find_pure_words("Math.min(x, 9) < limit"), (Words{"Math", "x", "limit"}));
    EXPECT_EQ(find_pure_words("[...items].map(item => item.open ? 0x1F : x)"),
              (Words{"items", "item", "x"}));
    EXPECT_EQ(find_pure_words("größe > 3 && $a_1?.b"), (Words{"größe", "$a_1"}));
    EXPECT_EQ(find_pure_words("items.some( function (item) { return In(item); })"),
              (Words{"items", "function", "item", "return", "In"}));
    EXPECT_EQ(find_pure_words("1 + 2"), Words());
    EXPECT_EQ(find_pure_words(""), Words());
}

TEST(PureWords, are_found_in_texts_and_patterns_too) {
    EXPECT_EQ(find_pure_words("`of ${x}`"), (Words{"of", "$", "x"}));
    EXPECT_EQ(find_pure_words("/a+b/.test(name)"), (Words{"a", "b", "name"}));
    EXPECT_EQ(find_pure_words("x /* y */ . z"), (Words{"x", "y", "z"}));
}

TEST(PureWords, of_scripts_may_stand_in_declarations_but_not_in_blocks) {
    EXPECT_EQ(find_script_words("function low(x) { return x < limit; } function no() {}"),
              (Words{"function", "low", "x", "return", "limit", "no"}));
    EXPECT_FALSE(find_script_words("function low() { { function in_block() {} } }"));
    EXPECT_FALSE(find_script_words("function low() { return this; }"));
}

}  // namespace
}  // namespace guildmark::scxml
