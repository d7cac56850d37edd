#include "engine/audit/draw.h"

#include <fmt/format.h>

#include "engine/base/describe.h"
#include "tests/unit/audit/rule_files.h"

namespace guildmark::audit {
namespace {

Digest counting_seed(std::uint8_t first = 0) {
    Digest seed;
    for (std::size_t at = 0; at < seed.bytes.size(); ++at) {
        seed.bytes[at] = static_cast<std::uint8_t>(first + at);
    }
    return seed;
}

SampleRule bakery_draw() {
    Diagnostics diagnostics;
    return *read_sample_rule(
        read_file(source_folder / "tests/data/rules/sound/sample.xml"), "sample.xml", diagnostics);
}

SampleUnits units_of(std::string_view csv) {
    Diagnostics diagnostics;
    auto units = read_sample_units(csv, "units.csv", diagnostics);
    EXPECT_EQ(diagnostics.to_text(), "");
    return *units;
}

/// u00, u01 ... without anything else.
SampleUnits plain_units(unsigned count) {
    std::string csv = "id\n";
    for (unsigned number = 0; number < count; ++number) {
        csv += fmt::format("u{:02}\n", number);
    }
    return units_of(csv);
}

Scores plain_scores(const SampleUnits& units) {
    Scores scores;
    scores.units.resize(units.units.size());
    return scores;
}

std::string told(const SampleUnits& units, const std::vector<Chosen>& chosen) {
    std::string text;
    for (const Chosen& one : chosen) {
        text += fmt::format("{}:{}:{} ", units.units[one.unit].id, to_name(one.choice), one.among);
    }
    return text;
}

TEST(LotStream, gives_the_numbers_that_the_reference_describes) {
    // By hashlib of Python, from the description alone.
    EXPECT_EQ(commitment_to(counting_seed()).to_text(),
              "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd");
    const Digest frame = frame_digest(units_of("id\nb\nc\na\n"));
    EXPECT_EQ(frame.to_text(), "880553fca8fcea94e325ee2cfb48e5a985cc797f39a14cc6d3cedecfeb2ae4d2");
    LotStream stream(counting_seed(), frame, "lottery 7");
    std::string numbers;
    for (int count = 0; count < 12; ++count) {
        numbers += fmt::format("{} ", stream.below(1000));
    }
    EXPECT_EQ(numbers, "549 221 493 636 831 159 154 597 388 876 472 859 ");
}

TEST(LotStream, depends_on_seed_list_and_addition) {
    const Digest frame = sha256("list");
    const auto first = [](LotStream stream) { return stream.below(1ull << 60); };
    const auto base = first(LotStream(counting_seed(), frame, ""));
    EXPECT_EQ(base, first(LotStream(counting_seed(), frame, "")));
    EXPECT_NE(base, first(LotStream(counting_seed(1), frame, "")));
    EXPECT_NE(base, first(LotStream(counting_seed(), sha256("other"), "")));
    EXPECT_NE(base, first(LotStream(counting_seed(), frame, "x")));
}

TEST(LotStream, passes_over_the_numbers_that_would_favor_some) {
    // Two thirds of 2^64: a number in three is passed over, and what is taken stays even.
    const std::uint64_t bound = 0xAAAAAAAAAAAAAAAAull;
    LotStream stream(counting_seed(), sha256("list"), "");
    int upper_half = 0;
    for (int count = 0; count < 20'000; ++count) {
        const std::uint64_t number = stream.below(bound);
        ASSERT_LT(number, bound);
        upper_half += number >= bound / 2 ? 1 : 0;
    }
    // Without passing over, the lower half would be twice as likely: 6,667 of 20,000.
    EXPECT_NEAR(upper_half, 10'000, 400);
    for (int count = 0; count < 100; ++count) {
        EXPECT_EQ(stream.below(1), 0u);
    }
}

TEST(Draw, of_all_takes_all_and_draws_nothing) {
    const SampleUnits units = units_of("id\nb\na\n");
    EXPECT_EQ(told(units, draw_sample(units, plain_scores(units), {counting_seed(), "", 2, 1})),
              "a:every:0 b:every:0 ");
}

TEST(Draw, does_not_depend_on_the_order_of_the_list) {
    const SampleUnits one = units_of("id\na\nb\nc\nd\ne\nf\n");
    const SampleUnits other = units_of("id\nf\nd\nb\ne\nc\na\n");
    for (std::uint8_t first = 0; first < 20; ++first) {
        const DrawRequest request{counting_seed(first), "", 3, 3};
        EXPECT_EQ(told(one, draw_sample(one, plain_scores(one), request)),
                  told(other, draw_sample(other, plain_scores(other), request)));
    }
}

TEST(Draw, takes_those_with_most_points_first_and_draws_among_equals) {
    const SampleUnits units = plain_units(10);
    Scores scores = plain_scores(units);
    for (const auto& [at, points] : {std::pair(3u, 5u), {8u, 5u}, {1u, 2u}, {4u, 2u}, {6u, 2u}}) {
        scores.units[at].points = points;
    }
    for (std::uint8_t first = 0; first < 40; ++first) {
        const auto chosen = draw_sample(units, scores, {counting_seed(first), "", 5, 2});
        ASSERT_EQ(chosen.size(), 5u);
        const std::string text = told(units, chosen);
        EXPECT_TRUE(text.starts_with("u03:purpose:0 u08:purpose:0 ")) << text;
        EXPECT_EQ(chosen[2].choice, Choice::purpose_by_lot);
        EXPECT_EQ(chosen[2].among, 3u);
        EXPECT_EQ(scores.units[chosen[2].unit].points, 2u);
        EXPECT_EQ(chosen[3].among, 7u);
        EXPECT_EQ(chosen[4].among, 6u);
    }
}

TEST(Draw, leaves_to_chance_the_places_that_nothing_speaks_for) {
    const SampleUnits units = plain_units(6);
    Scores scores = plain_scores(units);
    scores.units[2].points = 1;
    const auto chosen = draw_sample(units, scores, {counting_seed(), "", 4, 1});
    EXPECT_EQ(told(units, chosen).substr(0, 14), "u02:purpose:0 ");
    for (std::size_t at = 1; at < 4; ++at) {
        EXPECT_EQ(chosen[at].choice, Choice::lot);
        EXPECT_EQ(chosen[at].among, 6 - at);
    }
}

TEST(Draw, takes_each_unit_once_and_each_as_often_as_others) {
    const SampleUnits units = plain_units(9);
    const Scores scores = plain_scores(units);
    std::vector<int> often(9, 0);
    for (int round = 0; round < 9'000; ++round) {
        std::vector<bool> seen(9, false);
        const DrawRequest request{sha256(fmt::format("round {}", round)), "", 3, 3};
        for (const Chosen& one : draw_sample(units, scores, request)) {
            EXPECT_FALSE(seen[one.unit]);
            seen[one.unit] = true;
            ++often[one.unit];
        }
    }
    for (const int count : often) {
        EXPECT_NEAR(count, 3'000, 200);
    }
}

TEST(Scores, cannot_be_made_of_what_is_no_number_or_neither_yes_nor_no) {
    Diagnostics diagnostics;
    const SampleUnits units = units_of("id,ovens,moved\na,many,no\nb,2,perhaps\n");
    const SampleRule rule = bakery_draw();
    EXPECT_FALSE(score_units(rule, units, diagnostics));
    EXPECT_EQ(diagnostics.to_text(),
              "units.csv:2:1: value_malformed: \"ovens\" of \"a\" is \"many\", not a number\n"
              "units.csv:2:1: value_malformed: \"ovens\" of \"a\" is \"many\", not a number\n"
              "units.csv:3:1: value_malformed: \"moved\" of \"b\" is \"perhaps\", not yes or no\n");
}

TEST(Scores, add_up_the_points_of_each_criterion_that_is_met) {
    Diagnostics diagnostics;
    const SampleRule rule = bakery_draw();
    const SampleUnits units = units_of(
        "id,ovens,moved,last\n"
        "a,2.5,yes,2025-01-01\n"
        "b,2.49,no,\n"
        "c,7,,2024-05-05\n"
        "d,7,true,\n"
        "e,,0,2023-01-01\n");
    const auto scores = score_units(rule, units, diagnostics);
    ASSERT_TRUE(scores) << diagnostics.to_text();
    std::string text;
    for (const UnitScore& score : scores->units) {
        text += fmt::format("{}", score.points);
        for (const SampleCriterion* reason : score.reasons) {
            text += " " + reason->id;
        }
        text += "|";
    }
    EXPECT_EQ(text, "4 large moved|4 never|3 large largest|9 never large largest moved|0|");
    EXPECT_TRUE(scores->not_looked_at.empty());
}

TEST(Scores, do_not_look_at_columns_that_the_list_does_not_have) {
    Diagnostics diagnostics;
    const SampleRule rule = bakery_draw();
    const auto scores = score_units(rule, units_of("id,moved\na,yes\nb,\n"), diagnostics);
    ASSERT_TRUE(scores);
    EXPECT_EQ(scores->units[0].points, 2u);
    EXPECT_EQ(scores->units[1].points, 0u);
    std::string names;
    for (const SampleCriterion* criterion : scores->not_looked_at) {
        names += criterion->id + " ";
    }
    EXPECT_EQ(names, "never large largest ");
}

}  // namespace
}  // namespace guildmark::audit
