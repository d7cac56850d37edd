#include "engine/audit/audit_time.h"

#include <fmt/format.h>

#include "engine/base/limits.h"
#include "tests/unit/audit/rule_files.h"

namespace guildmark::audit {
namespace {

TimeRule md5() {
    return *project_rules().find_time_rule("", "iso-9001").value();
}

TimeRule bakery_time() {
    Diagnostics diagnostics;
    return *read_time_rule(
        read_file(source_folder / "tests/data/rules/sound/time.xml"), "time.xml", diagnostics);
}

Fraction number(const char* text) {
    return *Fraction::parse(text);
}

TimeRequest request(const char* standard,
                    std::uint64_t personnel,
                    const char* column = "",
                    std::vector<TimeFactor> factors = {}) {
    return {standard, personnel, column, "", std::move(factors)};
}

std::string code_of(const TimeRule& rule, const TimeRequest& asked) {
    const auto time = compute_audit_time(rule, asked);
    return time ? std::string() : time.error().code;
}

/// "BASE EXACT INITIAL ON-SITE SURVEILLANCE RECERTIFICATION"
std::string told(const TimeRule& rule, const TimeRequest& asked) {
    const auto time = compute_audit_time(rule, asked);
    if (!time) {
        return time.error().message;
    }
    return fmt::format("{} {} {} {} {} {}",
                       time->base_days.to_text(),
                       time->exact_days.to_text(),
                       time->initial_days.to_text(),
                       time->minimum_on_site_days.to_text(),
                       time->surveillance_days_per_year.to_text(),
                       time->recertification_days.to_text());
}

TEST(AuditTime, is_refused_in_the_order_that_is_stated) {
    const TimeRule rule = bakery_time();
    TimeRequest asked = request("bakry-group", 0, "pie", {{-200, " "}});
    asked.context = "third-oven";
    EXPECT_EQ(code_of(rule, asked), "table_unknown");
    asked.standard = "bakery-group";
    EXPECT_EQ(code_of(rule, asked), "count_invalid");
    asked.personnel = limits::audited_count_max + 1;
    EXPECT_EQ(code_of(rule, asked), "count_invalid");
    asked.personnel = 3;
    EXPECT_EQ(code_of(rule, asked), "column_unknown");
    asked.column.clear();
    EXPECT_EQ(code_of(rule, asked), "column_missing");
    asked.column = "bread";
    EXPECT_EQ(code_of(rule, asked), "context_unknown");
    asked.context.clear();
    EXPECT_EQ(code_of(rule, asked), "reason_missing");
    asked.factors[0].reason = "a reason";
    EXPECT_EQ(code_of(rule, asked), "percent_invalid");
    asked.factors[0].percent = -10;
    EXPECT_EQ(code_of(rule, asked), "");
    asked.factors.resize(limits::time_factors_max + 1, asked.factors[0]);
    EXPECT_EQ(code_of(rule, asked), "factors_too_many");
    asked.factors.resize(limits::time_factors_max);
    EXPECT_EQ(code_of(rule, asked), "");
    EXPECT_EQ(code_of(md5(), request("iso-9001", 10'701)), "personnel_beyond_table");
    EXPECT_EQ(code_of(md5(), request("iso-9001", 50, "high")), "column_unknown");
    EXPECT_EQ(code_of(md5(), request("iso-14001", 50)), "column_missing");
}

TEST(AuditTime, beyond_the_last_band_says_what_to_do) {
    EXPECT_EQ(told(md5(), request("iso-14001", 10'701, "low")),
              "the table for iso-14001 ends at 10700 people and does not say how it goes on; add "
              "<beyond> to a rule of your own, or justify the time for 10701 people by itself");
}

TEST(AuditTime, is_that_of_the_worked_examples) {
    const TimeRule rule = md5();
    const auto by = [](const char* percent) {
        return std::vector<TimeFactor>{{number(percent), "worked example"}};
    };
    EXPECT_EQ(told(rule, request("iso-9001", 5)), "1.5 1.5 1.5 1.2 0.5 1");
    EXPECT_EQ(told(rule, request("iso-9001", 10)), "2 2 2 1.6 0.5 1.5");
    EXPECT_EQ(told(rule, request("iso-9001", 25)), "3 3 3 2.4 1 2");
    EXPECT_EQ(told(rule, request("iso-9001", 50)), "5 5 5 4 1.5 3.5");
    EXPECT_EQ(told(rule, request("iso-9001", 50, "", by("-30"))), "5 3.5 3.5 2.8 1 2.5");
    EXPECT_EQ(told(rule, request("iso-9001", 120, "", by("-20"))), "7 5.6 5.5 4.48 2 3.5");
    EXPECT_EQ(told(rule, request("iso-9001", 250, "", by("10"))), "9 9.9 10 7.92 3.5 6.5");
    EXPECT_EQ(told(rule, request("iso-9001", 1000)), "13 13 13 10.4 4.5 8.5");
    EXPECT_EQ(told(rule, request("iso-14001", 5, "limited")), "2.5 2.5 2.5 2 1 1.5");
    EXPECT_EQ(told(rule, request("iso-14001", 30, "high")), "7 7 7 5.6 2.5 4.5");
    EXPECT_EQ(told(rule, request("iso-14001", 30, "low", by("-30"))), "4 2.8 3 2.24 1 2");
    EXPECT_EQ(told(rule, request("iso-14001", 200, "medium", by("15"))), "10 11.5 11.5 9.2 4 7.5");
    EXPECT_EQ(told(rule, request("iso-14001:2015", 30, "high")), "7 7 7 5.6 2.5 4.5");
}

TEST(AuditTime, of_a_sampled_site_may_be_halved) {
    const TimeRule rule = md5();
    TimeRequest asked = request("iso-9001", 5, "", {{-50, "the center was audited before"}});
    EXPECT_EQ(compute_audit_time(rule, asked)->applied_percent, Fraction(-30));
    asked.context = "sampled-site";
    EXPECT_EQ(told(rule, asked), "1.5 0.75 1 0.6 0.5 0.5");
}

TEST(AuditTime, of_a_group_of_sites_is_that_of_the_worked_example) {
    const TimeRule rule = md5();
    const auto days = [&rule](const char* percent, std::int64_t initial, std::int64_t recertified) {
        const auto center = compute_audit_time(rule, request("iso-9001", 12)).value();
        TimeRequest asked = request("iso-9001", 8, "", {{number(percent), "sampled"}});
        asked.context = "sampled-site";
        const auto site = compute_audit_time(rule, asked).value();
        const auto with = [](const Fraction& one, const Fraction& each, std::int64_t sites) {
            return one.plus(*each.times(sites))->to_text();
        };
        return with(center.initial_days, site.initial_days, initial) + " " +
               with(center.surveillance_days_per_year, site.surveillance_days_per_year, 4) + " " +
               with(center.recertification_days, site.recertification_days, recertified);
    };
    EXPECT_EQ(days("0", 6, 5), "14.5 3 9");
    EXPECT_EQ(days("-30", 6, 5), "11.5 3 6.5");
    EXPECT_EQ(days("-50", 6, 5), "8.5 3 4");
    const auto alone = compute_audit_time(rule, request("iso-9001", 8)).value();
    EXPECT_EQ(*alone.initial_days.times(36), Fraction(72));
    EXPECT_EQ(*alone.surveillance_days_per_year.times(36), Fraction(18));
    EXPECT_EQ(*alone.recertification_days.times(36), Fraction(54));
}

TEST(AuditTime, is_reduced_by_as_much_as_the_rule_allows_and_keeps_what_was_asked_for) {
    const std::vector<TimeFactor> factors{{-25, "mature system"}, {-15, "simple work"}};
    const auto time = compute_audit_time(md5(), request("iso-9001", 50, "", factors)).value();
    EXPECT_TRUE(time.is_clamped());
    EXPECT_EQ(time.requested_percent, Fraction(-40));
    EXPECT_EQ(time.applied_percent, Fraction(-30));
    EXPECT_EQ(time.limit_percent, Fraction(-30));
    EXPECT_EQ(time.exact_days.to_text(), "3.5");
    const auto exactly = compute_audit_time(md5(), request("iso-9001", 50, "", {{-30, "all"}}));
    EXPECT_FALSE(exactly->is_clamped());
    EXPECT_EQ(exactly->limit_percent, std::nullopt);
}

TEST(AuditTime, is_increased_without_a_limit_unless_the_rule_sets_one) {
    const auto free = compute_audit_time(md5(), request("iso-9001", 50, "", {{120, "many"}}));
    EXPECT_EQ(free->exact_days, Fraction(11));
    const auto held =
        compute_audit_time(bakery_time(), request("bakery-group", 4, "cake", {{60, "x"}}));
    EXPECT_EQ(held->applied_percent, Fraction(50));
    EXPECT_EQ(held->exact_days.to_text(), "2.25");
}

TEST(AuditTime, goes_on_behind_the_last_band_where_the_rule_says_how) {
    const TimeRule rule = bakery_time();
    EXPECT_EQ(compute_audit_time(rule, request("bakery-group", 20, "bread"))->base_days,
              Fraction(2));
    EXPECT_EQ(compute_audit_time(rule, request("bakery-group", 21, "bread"))->base_days.to_text(),
              "2.5");
    EXPECT_EQ(compute_audit_time(rule, request("bakery-group", 30, "cake"))->base_days.to_text(),
              "3.25");
    const auto far = compute_audit_time(rule, request("bakery-group", 31, "cake"));
    EXPECT_EQ(far->base_days, Fraction(4));
    EXPECT_EQ(far->band_from, 21u);
    EXPECT_EQ(far->band_to, std::nullopt);
    EXPECT_TRUE(
        compute_audit_time(rule, request("bakery-group", limits::audited_count_max, "cake")));
}

TEST(AuditTime, tells_the_doubts_of_the_figures_it_used_and_of_no_others) {
    const auto about = [](std::uint64_t personnel, const char* column) {
        std::vector<std::string> all;
        const auto time = compute_audit_time(md5(), request("iso-14001", personnel, column));
        for (const Doubt& doubt : time->doubts) {
            all.push_back(doubt.about);
        }
        return all;
    };
    const std::vector<std::string> general{"", "table iso-14001", "rounding", "recertification"};
    EXPECT_EQ(about(700, "low"), general);
    EXPECT_EQ(about(600, "limited"), general);
    EXPECT_EQ(about(700, "limited"),
              (std::vector<std::string>{
                  "", "table iso-14001", "band 626-875, limited", "rounding", "recertification"}));
}

/// The same in whole numbers: `half_days` of the table, `percent` a whole number.
std::string naive(std::int64_t half_days, std::int64_t percent) {
    const std::int64_t applied = std::max<std::int64_t>(percent, -30);
    const std::int64_t exact = half_days * (100 + applied);  // In two-hundredths of a day.
    const auto rounded = [](std::int64_t over, std::int64_t under) {
        std::int64_t steps = 0;
        while (2 * (steps + 1) * under <= 2 * over + under) {
            ++steps;
        }
        steps = std::max<std::int64_t>(steps, 1);
        return steps % 2 == 0 ? fmt::format("{}", steps / 2) : fmt::format("{}.5", steps / 2);
    };
    return rounded(exact, 100) + " " + rounded(exact, 300) + " " + rounded(2 * exact, 300);
}

TEST(AuditTime, agrees_with_a_naive_model_in_every_band_and_column_for_each_percentage) {
    const TimeRule rule = md5();
    std::size_t compared = 0;
    for (const TimeTable& table : rule.tables) {
        for (const TimeBand& band : table.bands) {
            for (std::size_t at = 0; at < table.columns.size(); ++at) {
                const std::int64_t half_days = band.days[at].times(2)->numerator();
                for (std::int64_t percent = -60; percent <= 150; ++percent) {
                    const TimeRequest asked{table.standards[0],
                                            percent % 2 == 0 ? band.from : band.to,
                                            table.columns[at].id,
                                            "",
                                            {{percent, "tried"}}};
                    const auto time = compute_audit_time(rule, asked).value();
                    EXPECT_EQ(time.initial_days.to_text() + " " +
                                  time.surveillance_days_per_year.to_text() + " " +
                                  time.recertification_days.to_text(),
                              naive(half_days, percent));
                    ++compared;
                }
            }
        }
    }
    EXPECT_EQ(compared, 23u * 5u * 211u);
}

}  // namespace
}  // namespace guildmark::audit
