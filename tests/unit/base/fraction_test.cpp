#include "engine/base/fraction.h"

#include <limits>

#include <gtest/gtest.h>

namespace guildmark {
namespace {

Fraction fraction(std::int64_t numerator, std::int64_t denominator) {
    return *Fraction::make(numerator, denominator);
}

std::string code_of(const Result<Fraction>& result) {
    return result ? std::string() : result.error().code;
}

TEST(Fraction, refuses_what_is_no_number) {
    for (const char* text : {"",
                             "-",
                             ".",
                             "1.",
                             ".5",
                             "1/",
                             "1/0",
                             "+1",
                             " 1",
                             "1 ",
                             "1e3",
                             "0x1",
                             "1/-2",
                             "--1",
                             "1.2.3",
                             "1/2/3",
                             "1234567890",
                             "1.1234567890"}) {
        EXPECT_EQ(code_of(Fraction::parse(text)), "fraction_malformed") << text;
    }
    EXPECT_EQ(code_of(Fraction::make(1, 0)), "fraction_malformed");
    EXPECT_EQ(code_of(fraction(1, 2).divided_by(0)), "fraction_malformed");
}

TEST(Fraction, refuses_what_it_cannot_hold_exactly) {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    EXPECT_EQ(code_of(Fraction(most).plus(1)), "fraction_overflow");
    EXPECT_EQ(code_of(Fraction(most).times(2)), "fraction_overflow");
    EXPECT_EQ(code_of(fraction(1, most).times(fraction(1, 3))), "fraction_overflow");
    EXPECT_EQ(code_of(Fraction::make(std::numeric_limits<std::int64_t>::min(), 1)),
              "fraction_overflow");
    EXPECT_EQ(Fraction(most).times(fraction(2, 2))->numerator(), most);
    EXPECT_EQ(fraction(most, 3).times(3)->numerator(), most);
}

TEST(Fraction, is_kept_in_lowest_terms_with_the_sign_above) {
    EXPECT_EQ(fraction(6, -4).numerator(), -3);
    EXPECT_EQ(fraction(6, -4).denominator(), 2);
    EXPECT_EQ(fraction(0, -7), Fraction());
}

TEST(Fraction, is_told_as_it_is_read) {
    for (const char* text : {"0", "4", "-12.5", "2/3", "-1/3", "4.48", "0.000000001", "-0.5"}) {
        EXPECT_EQ(Fraction::parse(text)->to_text(), text);
    }
    EXPECT_EQ(Fraction::parse("007.50")->to_text(), "7.5");
    EXPECT_EQ(Fraction::parse("4/2")->to_text(), "2");
    EXPECT_EQ(fraction(448, 100).to_double(), 4.48);
}

TEST(Fraction, agrees_with_whole_numbers_on_sums_products_and_order) {
    for (std::int64_t a = -12; a <= 12; ++a) {
        for (std::int64_t b = -12; b <= 12; ++b) {
            const Fraction left = fraction(a, 7);
            const Fraction right = fraction(b, 5);
            EXPECT_EQ(*left.plus(right), fraction(5 * a + 7 * b, 35));
            EXPECT_EQ(*left.times(right), fraction(a * b, 35));
            EXPECT_EQ(left < right, 5 * a < 7 * b);
            EXPECT_EQ(left == right, 5 * a == 7 * b);
            if (b != 0) {
                EXPECT_EQ(*left.divided_by(right)->times(right), left);
            }
        }
    }
}

TEST(Fraction, rounds_to_the_nearest_step_and_up_between_two) {
    const Fraction half = fraction(1, 2);
    for (const auto& [text, rounded] : {std::pair("5.3", "5.5"),
                                        {"5.2", "5"},
                                        {"5.25", "5.5"},
                                        {"5.75", "6"},
                                        {"0.24", "0"},
                                        {"0.25", "0.5"},
                                        {"-0.25", "0"},
                                        {"-0.26", "-0.5"},
                                        {"14/15", "1"}}) {
        EXPECT_EQ(Fraction::parse(text)->rounded_to(half)->to_text(), rounded) << text;
    }
    EXPECT_EQ(Fraction::parse("7/3")->rounded_to(fraction(1, 3))->to_text(), "7/3");
    EXPECT_EQ(fraction(-7, 2).floor(), -4);
    EXPECT_EQ(fraction(-7, 2).ceiling(), -3);
    EXPECT_EQ(Fraction(-7).floor(), -7);
    EXPECT_EQ(Fraction(7).ceiling(), 7);
}

}  // namespace
}  // namespace guildmark
