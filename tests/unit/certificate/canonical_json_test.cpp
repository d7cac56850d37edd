#include "engine/certificate/canonical_json.h"

#include <gtest/gtest.h>

#include "engine/base/json.h"

namespace guildmark {
namespace {

std::string canonical(std::string_view text) {
    const auto value = parse_json(text);
    EXPECT_TRUE(value) << text;
    const auto result = canonical_json(*value);
    return result ? *result : result.error().code;
}

TEST(CanonicalJson, refuses_numbers_that_writers_could_write_differently) {
    EXPECT_EQ(canonical("[1.5]"), "number_not_canonical");
    EXPECT_EQ(canonical(R"({"a":{"b":1e300}})"), "number_not_canonical");
    EXPECT_EQ(canonical("9007199254740993000"), "number_not_canonical");
}

TEST(CanonicalJson, writes_whole_numbers_without_a_point_or_sign_of_zero) {
    EXPECT_EQ(canonical("[-0, 1.0, 1e3, -9007199254740992, true, null]"),
              "[0,1,1000,-9007199254740992,true,null]");
}

// RFC 8785, 3.2.3.
TEST(CanonicalJson, orders_members_by_utf_16) {
    EXPECT_EQ(canonical(R"({"\u20ac":"Euro Sign","\r":"Carriage Return",)"
                        R"("\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",)"
                        R"("\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control",)"
                        R"("\u00f6":"Latin Small Letter O With Diaeresis"})"),
              "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
              "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
              "\"\U0001F600\":\"Emoji: Grinning Face\","
              "\"\uFB33\":\"Hebrew Letter Dalet With Dagesh\"}");
    EXPECT_EQ(canonical(R"({"ab":1,"a":2,"":3,"b":{"d":1,"c":[]}})"),
              R"({"":3,"a":2,"ab":1,"b":{"c":[],"d":1}})");
}

// RFC 8785, 3.2.2.2.
TEST(CanonicalJson, escapes_only_what_must_be) {
    EXPECT_EQ(canonical(R"(["\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/"])"),
              "[\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"]");
    EXPECT_EQ(canonical(R"(["\b\f\t\\u0008 \\b \u007f"])"), "[\"\\b\\f\\t\\\\u0008 \\\\b \x7f\"]");
}

}  // namespace
}  // namespace guildmark
