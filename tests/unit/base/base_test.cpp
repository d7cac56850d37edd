#include <gtest/gtest.h>

#include "engine/base/date.h"
#include "engine/base/digest.h"
#include "engine/base/duration.h"
#include "engine/base/id.h"
#include "engine/base/json.h"
#include "engine/base/limits.h"
#include "engine/base/money.h"
#include "engine/base/text.h"

namespace guildmark {
namespace {

TEST(Money, refuses_what_is_not_an_exact_amount) {
    for (const auto& [text, code] : {std::pair{"12.50", "money_malformed"},
                                     {"12,50 EUR", "money_malformed"},
                                     {"1e3 EUR", "money_malformed"},
                                     {". EUR", "money_malformed"},
                                     {"12. EUR", "money_malformed"},
                                     {"12.50 eur", "currency_unknown"},
                                     {"12.505 EUR", "money_too_precise"},
                                     {"100.5 JPY", "money_too_precise"},
                                     {"92233720368547758.08 EUR", "money_overflow"}}) {
        const auto money = Money::parse(text);
        ASSERT_FALSE(money) << text;
        EXPECT_EQ(money.error().code, code) << text;
    }
}

TEST(Money, reads_back_what_it_writes) {
    for (const char* text : {"0.00 EUR", "1234.50 EUR", "-0.01 EUR", "980 JPY", "1.005 KWD"}) {
        EXPECT_EQ(Money::parse(text).value().to_text(), text);
    }
    EXPECT_EQ(Money::parse("7 EUR").value().minor_units(), 700);
}

TEST(Money, refuses_to_add_currencies_or_to_overflow) {
    const Money most(INT64_MAX, Currency::find("EUR").value());
    EXPECT_EQ(most.plus(Money::parse("0.01 EUR").value()).error().code, "money_overflow");
    EXPECT_EQ(most.plus(Money::parse("1 JPY").value()).error().code, "currency_mismatch");
    EXPECT_EQ(most.times(2).error().code, "money_overflow");
}

TEST(Instant, reads_offsets_and_writes_utc) {
    EXPECT_EQ(Instant::parse("2026-03-02T10:00:00+01:00").value().to_text(),
              "2026-03-02T09:00:00.000Z");
    EXPECT_EQ(Instant::parse("1969-12-31T23:59:59.5Z").value().to_text(),
              "1969-12-31T23:59:59.500Z");
    for (const char* text : {"2026-03-02",
                             "2026-02-30T00:00:00Z",
                             "2026-03-02T24:00:00Z",
                             "2026-03-02T09:00:00",
                             "2026-03-02T09:00:00Zx"}) {
        EXPECT_FALSE(Instant::parse(text)) << text;
    }
}

TEST(Date, a_month_after_the_last_day_is_the_last_day) {
    EXPECT_EQ(Date::parse("2026-01-31").value().plus_months(1).to_text(), "2026-02-28");
    EXPECT_EQ(Date::parse("2024-02-29").value().plus_months(36).to_text(), "2027-02-28");
    EXPECT_EQ(Date::parse("2026-13-01").error().code, "date_invalid");
    EXPECT_EQ(Date::parse("26-01-01").error().code, "date_malformed");
}

TEST(Duration, keeps_months_apart_from_days) {
    const auto duration = Duration::parse("P1Y2M3W4DT5H6M7.5S").value();
    EXPECT_EQ(duration, (Duration{14, 25, 18'367'500}));
    EXPECT_EQ(duration.to_text(), "P1Y2M25DT5H6M7.500S");
    EXPECT_EQ(Duration::parse("P6M").value().after(Date::parse("2026-08-31").value()).to_text(),
              "2027-02-28");
    for (const char* text : {"", "P", "PT", "P1S", "P1D2M", "-P1D", "P1.5D", "1D", "P1DT"}) {
        EXPECT_EQ(Duration::parse(text).error().code, "duration_malformed") << text;
    }
    EXPECT_EQ(Duration::parse("P1001Y").error().code, "duration_too_long");
}

TEST(Duration, has_numbers_of_nine_digits_and_three_decimals_at_most) {
    EXPECT_EQ(Duration::parse("P999999999Y").error().code, "duration_too_long");
    EXPECT_EQ(Duration::parse("PT999999999.999S").value().milliseconds, 999'999'999'999);
    const std::string nines(40, '9');
    for (const std::string& text : {std::string("P1000000000Y"),
                                    "P" + nines + "Y",
                                    std::string("PT1.0001S"),
                                    "PT1." + nines + "S"}) {
        EXPECT_EQ(Duration::parse(text).error().code, "duration_malformed") << text;
    }
}

TEST(Text, is_never_cut_within_a_character) {
    EXPECT_EQ(beginning("\xc3\xa4\xc3\xa4", 4), "\xc3\xa4\xc3\xa4");
    EXPECT_EQ(beginning("\xc3\xa4\xc3\xa4", 3), "\xc3\xa4");
    EXPECT_EQ(beginning("\xf0\x9f\x90\x9d", 3), "");
    std::string text = "-";
    for (int letter = 0; letter < 40; ++letter) {
        text += "\xc3\xa4";
    }
    for (const std::string& message : {Date::parse(text).error().message,
                                       Duration::parse(text).error().message,
                                       Instant::parse(text).error().message,
                                       Money::parse(text).error().message}) {
        EXPECT_TRUE(parse_json(to_json(Value(message)))) << message;
    }
}

TEST(Digest, is_sha_256) {
    EXPECT_EQ(sha256("abc").to_text(),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(Digest::parse(sha256("abc").to_text()).value(), sha256("abc"));
    EXPECT_EQ(Digest::parse("xyz").error().code, "digest_malformed");
}

TEST(Id, text_sorts_as_the_number_and_reads_back) {
    EXPECT_LT(CaseId(255).to_text(), CaseId(256).to_text());
    for (const std::uint64_t value : {1ull, 31ull, 32ull, (1ull << 63u) - 1}) {
        EXPECT_EQ(CaseId::parse(CaseId(value).to_text()).value().value(), value);
    }
    for (const char* text :
         {"", "0000000000000", "zzzzzzzzzzzzz", "000000000000u", "00000000000001"}) {
        EXPECT_FALSE(CaseId::parse(text)) << text;
    }
}

TEST(Json, is_bounded_in_size_and_depth) {
    const auto nested = [](std::size_t depth) {
        return std::string(depth, '[') + std::string(depth, ']');
    };
    EXPECT_TRUE(parse_json(nested(limits::json_depth_max)));
    EXPECT_EQ(parse_json(nested(limits::json_depth_max + 1)).error().code, "json_malformed");
    std::string text(limits::json_bytes_max, 'x');
    text.front() = text.back() = '"';
    EXPECT_TRUE(parse_json(text));
    EXPECT_EQ(parse_json(text + " ").error().code, "json_too_large");
}

TEST(Json, refuses_what_two_readers_could_read_differently) {
    for (const auto& [text, code] : {std::pair{R"({"a":1,"a":2})", "json_name_repeated"},
                                     {R"({"a":1} x)", "json_malformed"},
                                     {R"({"a":})", "json_malformed"},
                                     {"\"\xff\"", "json_malformed"},
                                     {"[1e400]", "json_malformed"},
                                     {"-1e400", "json_malformed"}}) {
        EXPECT_EQ(parse_json(text).error().code, code) << text;
    }
    EXPECT_EQ(parse_json(std::string(1000, '[')).error().code, "json_malformed");
    EXPECT_EQ(parse_json("[1,2]", 3).error().code, "json_too_large");
}

TEST(Json, writes_the_same_bytes_for_the_same_value) {
    const std::string text = R"({"b":[1,2.5,-0.1,1e+300,true,null],"a":"\"\\\n\u0001审核","c":{}})";
    EXPECT_EQ(to_json(parse_json(text).value()), text);
}

TEST(Json, reads_numbers_to_the_last_place) {
    for (const std::string text : {"1.1102230246251565e-16",
                                   "5e-324",
                                   "1.7976931348623157e+308",
                                   "0.1",
                                   "-2.2250738585072014e-308",
                                   "123456789012345.67"}) {
        EXPECT_EQ(to_json(*parse_json(text)), text);
        EXPECT_EQ(to_json(*parse_json("[" + text + ",1]")), "[" + text + ",1]");
    }
}

}  // namespace
}  // namespace guildmark
