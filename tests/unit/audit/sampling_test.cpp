#include "engine/audit/sampling.h"

#include <fmt/format.h>

#include "engine/base/limits.h"
#include "tests/unit/audit/rule_files.h"

namespace guildmark::audit {
namespace {

const RuleBook& rules() {
    static const RuleBook all = project_rules();
    return all;
}

const SampleRule& rule_of(const char* name) {
    return *rules().find_sample_rule(name).value();
}

SampleRule bakery() {
    Diagnostics diagnostics;
    return *read_sample_rule(
        read_file(source_folder / "tests/data/rules/sound/sample.xml"), "sample.xml", diagnostics);
}

SampleRequest request(std::uint64_t count,
                      const char* audit = "",
                      std::vector<std::string> conditions = {}) {
    return {count, audit, std::move(conditions), std::nullopt};
}

std::string code_of(const SampleRule& rule, const SampleRequest& asked) {
    const auto size = compute_sample_size(rule, asked);
    return size ? std::string() : size.error().code;
}

std::uint64_t amount(const char* rule, const char* figure, const SampleRequest& asked) {
    const auto size = compute_sample_size(rule_of(rule), asked);
    EXPECT_TRUE(size) << size.error().message;
    return size->find(figure).value();
}

std::uint64_t sites(std::uint64_t count, const char* audit, std::vector<std::string> when = {}) {
    return amount("iaf-md1", "sites", request(count, audit, std::move(when)));
}

std::uint64_t at_random(std::uint64_t count,
                        const char* audit,
                        std::vector<std::string> when = {}) {
    return amount("iaf-md1", "random", request(count, audit, std::move(when)));
}

const std::vector<std::string> effective{"effective"};
const std::vector<std::string> every_site{"every-site"};

TEST(SampleSize, is_refused_in_the_order_that_is_stated) {
    const SampleRule rule = bakery();
    SampleRequest asked = request(0, "weekly", {"cleen"});
    asked.answers = EligibilityAnswers{{"bakrs", true}};
    EXPECT_EQ(code_of(rule, asked), "count_invalid");
    asked.count = limits::audited_count_max + 1;
    EXPECT_EQ(code_of(rule, asked), "count_invalid");
    asked.count = 401;
    EXPECT_EQ(code_of(rule, asked), "group_too_large");
    asked.count = 400;
    EXPECT_EQ(code_of(rule, asked), "audit_unknown");
    asked.audit.clear();
    EXPECT_EQ(code_of(rule, asked), "audit_missing");
    asked.audit = "first";
    EXPECT_EQ(code_of(rule, asked), "condition_unknown");
    asked.conditions.clear();
    EXPECT_EQ(code_of(rule, asked), "answer_unknown");
    asked.answers = EligibilityAnswers{{"bakers", false}};
    EXPECT_EQ(code_of(rule, asked), "answer_missing");
    asked.answers->emplace("one-owner", false);
    EXPECT_EQ(code_of(rule, asked), "sampling_not_eligible");
    asked.answers->insert_or_assign("bakers", true);
    EXPECT_EQ(code_of(rule, asked), "");
    EXPECT_EQ(code_of(rule_of("fr-agrg1132076a"), request(1, "initial")), "sample_undefined");
}

TEST(SampleSize, of_no_site_at_all_and_of_too_many_is_refused) {
    EXPECT_EQ(code_of(rule_of("iaf-md1"), request(0, "initial")), "count_invalid");
    const SampleRequest beyond = request(limits::audited_count_max + 1, "initial");
    EXPECT_EQ(code_of(rule_of("iaf-md1"), beyond), "count_invalid");
    EXPECT_EQ(sites(limits::audited_count_max, "initial"), 31'623u);
    EXPECT_EQ(sites(1'000'000'000, "surveillance"), 18'974u);
    EXPECT_EQ(sites(1'000'000'000, "recertification", effective), 25'299u);
    EXPECT_EQ(sites(1'000'000'000, "surveillance", every_site), 300'000'000u);
}

TEST(SampleSize, is_that_of_the_worked_examples) {
    struct Row {
        std::uint64_t count, initial, surveillance, effective;
        std::array<std::uint64_t, 3> random;
        std::uint64_t every_site;
    };

    // clang-format off
    const std::vector<Row> rows{
        {1, 1, 1, 1, {1, 1, 1}, 1},
        {2, 2, 1, 2, {1, 1, 1}, 1},
        {3, 2, 2, 2, {1, 1, 1}, 1},
        {4, 2, 2, 2, {1, 1, 1}, 2},
        {5, 3, 2, 2, {1, 1, 1}, 2},
        {7, 3, 2, 3, {1, 1, 1}, 3},
        {9, 3, 2, 3, {1, 1, 1}, 3},
        {10, 4, 2, 3, {1, 1, 1}, 3},
        {12, 4, 3, 3, {1, 1, 1}, 4},
        {16, 4, 3, 4, {1, 1, 1}, 5},
        {17, 5, 3, 4, {2, 1, 1}, 6},
        {25, 5, 3, 4, {2, 1, 1}, 8},
        {26, 6, 4, 5, {2, 1, 2}, 8},
        {27, 6, 4, 5, {2, 1, 2}, 9},
        {36, 6, 4, 5, {2, 1, 2}, 11},
        {50, 8, 5, 6, {2, 2, 2}, 15},
        {64, 8, 5, 7, {2, 2, 2}, 20},
        {65, 9, 5, 7, {3, 2, 2}, 20},
        {100, 10, 6, 8, {3, 2, 2}, 30},
        {101, 11, 7, 9, {3, 2, 3}, 31},
        {144, 12, 8, 10, {3, 2, 3}, 44},
        {225, 15, 9, 12, {4, 3, 3}, 68},
        {250, 16, 10, 13, {4, 3, 4}, 75},
        {400, 20, 12, 16, {5, 3, 4}, 120},
        {625, 25, 15, 20, {7, 4, 5}, 188},
        {1000, 32, 19, 26, {8, 5, 7}, 300},
        {1024, 32, 20, 26, {8, 5, 7}, 308},
        {1700, 42, 25, 33, {11, 7, 9}, 510},
        {2000, 45, 27, 36, {12, 7, 9}, 600},
        {2500, 50, 30, 40, {13, 8, 10}, 750},
        {10000, 100, 60, 80, {25, 15, 20}, 3000},
    };
    // clang-format on
    for (const Row& row : rows) {
        EXPECT_EQ(sites(row.count, "initial"), row.initial) << row.count;
        EXPECT_EQ(sites(row.count, "recertification"), row.initial) << row.count;
        EXPECT_EQ(sites(row.count, "surveillance"), row.surveillance) << row.count;
        EXPECT_EQ(sites(row.count, "recertification", effective), row.effective) << row.count;
        EXPECT_EQ(at_random(row.count, "initial"), row.random[0]) << row.count;
        EXPECT_EQ(at_random(row.count, "surveillance"), row.random[1]) << row.count;
        EXPECT_EQ(at_random(row.count, "recertification", effective), row.random[2]) << row.count;
        EXPECT_EQ(sites(row.count, "surveillance", every_site), row.every_site) << row.count;
        EXPECT_EQ(sites(row.count, "initial", every_site), row.count);
        EXPECT_EQ(at_random(row.count, "initial", every_site), 0u);
    }
}

TEST(SampleSize, of_a_hierarchy_is_taken_at_each_level) {
    std::string told;
    for (const std::uint64_t level : {4u, 27u, 1700u}) {
        told += fmt::format("{}/{} ", sites(level, "initial"), at_random(level, "initial"));
    }
    EXPECT_EQ(told, "2/1 6/2 42/11 ");
}

TEST(SampleSize, grows_with_the_strata_that_like_members_are_parted_into) {
    for (const auto& [strata, visited] : {std::pair(1u, 20u),
                                          {2u, 30u},
                                          {4u, 40u},
                                          {8u, 64u},
                                          {16u, 80u},
                                          {25u, 100u},
                                          {40u, 160u}}) {
        std::uint64_t sum = 0;
        for (unsigned stratum = 0; stratum < strata; ++stratum) {
            sum += sites(400 / strata + (stratum < 400 % strata ? 1 : 0), "initial");
        }
        EXPECT_EQ(sum, visited) << strata;
    }
}

TEST(SampleSize, of_organic_groups_is_that_of_the_worked_examples) {
    for (const auto& [count, reinspected, laboratory] : {std::tuple(1u, 1u, 1u),
                                                         {8u, 8u, 1u},
                                                         {10u, 10u, 1u},
                                                         {11u, 10u, 1u},
                                                         {50u, 10u, 1u},
                                                         {51u, 10u, 2u},
                                                         {100u, 10u, 2u},
                                                         {200u, 10u, 4u},
                                                         {201u, 11u, 5u},
                                                         {400u, 20u, 8u},
                                                         {1000u, 50u, 20u},
                                                         {2000u, 100u, 40u}}) {
        EXPECT_EQ(amount("eu-organic", "reinspect", request(count)), reinspected) << count;
        EXPECT_EQ(amount("eu-organic", "laboratory", request(count)), laboratory) << count;
    }
    EXPECT_EQ(code_of(rule_of("eu-organic"), request(2001)), "group_too_large");
    EXPECT_EQ(code_of(rule_of("eu-organic"), request(50, "initial")), "audit_unknown");
}

TEST(SampleSize, of_a_rule_in_two_ranges_is_that_of_the_worked_examples) {
    const auto visited = [](std::uint64_t count) {
        const auto at = [count](const char* audit) {
            return amount("fr-agrg1132076a", "sites", request(count, audit));
        };
        return fmt::format("{}/{}/{}", at("initial"), at("surveillance"), at("recertification"));
    };
    EXPECT_EQ(visited(2) + " " + visited(4) + " " + visited(5) + " " + visited(8),
              "1/1/1 1/1/1 2/2/2 2/2/2");
    EXPECT_EQ(visited(9) + " " + visited(12) + " " + visited(13), "3/3/3 3/3/3 4/3/3");
    EXPECT_EQ(visited(25) + " " + visited(100), "5/3/4 10/6/8");
}

TEST(SampleSize, takes_the_first_figure_that_fits_and_never_more_than_there_are) {
    const SampleRule rule = bakery();
    const auto told = [&rule](const SampleRequest& asked) {
        const auto size = compute_sample_size(rule, asked).value();
        return fmt::format("{} {}", *size.find("visited"), *size.find("by-night"));
    };
    EXPECT_EQ(told(request(2, "first")), "2 1");
    EXPECT_EQ(told(request(4, "first")), "3 1");
    EXPECT_EQ(told(request(99, "first")), "13 5");
    EXPECT_EQ(told(request(100, "first")), "12 4");
    EXPECT_EQ(told(request(400, "first", {"clean"})), "40 14");
    EXPECT_EQ(told(request(400, "yearly", {"clean"})), "10 4");
    EXPECT_EQ(compute_sample_size(rule, request(9, "first"))->find("laboratory"), std::nullopt);
}

TEST(SampleSize, tells_the_doubts_of_what_was_used) {
    const auto about = [](const SampleRequest& asked) {
        std::string all;
        const SampleRule rule = bakery();
        const SampleSize size = compute_sample_size(rule, asked).value();
        for (const Doubt& doubt : size.doubts) {
            all += doubt.about + "|";
        }
        return all;
    };
    EXPECT_EQ(about(request(9, "first")), "visited|");
    EXPECT_EQ(about(request(100, "first")), "");
    EXPECT_EQ(about(request(9, "yearly", {"clean"})), "condition clean|");
}

TEST(SampleSize, is_the_square_root_that_trying_one_after_another_finds) {
    for (const auto& [over, under] :
         {std::pair(1, 1), {3, 5}, {4, 5}, {7, 10}, {1, 3}, {5, 4}, {0, 1}, {999, 1000}}) {
        const Fraction factor = *Fraction::make(over, under);
        std::uint64_t found = 0;
        for (std::uint64_t count = 1; count <= 20'000; ++count) {
            const auto reaches = [&](std::uint64_t number) {
                const std::uint64_t left = number * static_cast<std::uint64_t>(under);
                const auto right = static_cast<std::uint64_t>(over * over) * count;
                return left * left >= right;
            };
            while (!reaches(found)) {
                ++found;
            }
            ASSERT_EQ(ceiling_of_root(factor, count), std::min(found, count))
                << over << "/" << under << " of " << count;
        }
    }
}

TEST(SampleSize, is_exact_around_squares_of_any_size) {
    for (std::uint64_t root = 1; root * root <= limits::audited_count_max; root += 1 + root / 7) {
        const std::uint64_t square = root * root;
        EXPECT_EQ(ceiling_of_root(1, square), root);
        EXPECT_EQ(ceiling_of_root(1, square + 1), std::min(root + 1, square + 1));
        EXPECT_EQ(ceiling_of_root(*Fraction::make(999'999'999, 1'000'000'000), square), root);
    }
}

TEST(Eligibility, is_not_tested_without_answers_and_told_so) {
    const auto eligibility = [](const char* rule, const SampleRequest& asked) {
        return compute_sample_size(rule_of(rule), asked)->eligibility;
    };
    EXPECT_EQ(eligibility("iaf-md1", request(9, "initial")), Eligibility::not_tested);
    EXPECT_EQ(eligibility("fr-agrg1132076a", request(9, "initial")), Eligibility::not_asked);
    SampleRequest asked = request(9, "initial");
    asked.answers.emplace();
    for (const EligibilityQuestion& question : rule_of("iaf-md1").questions) {
        asked.answers->emplace(question.id, question.expected);
    }
    EXPECT_EQ(eligibility("iaf-md1", asked), Eligibility::met);
    asked.answers.emplace();
    EXPECT_EQ(eligibility("fr-agrg1132076a", asked), Eligibility::not_asked);
}

TEST(Eligibility, fails_by_each_question_alone_and_names_what_to_do_instead) {
    const SampleRule& rule = rule_of("iaf-md1");
    EXPECT_EQ(rule.questions.size(), 8u);
    EligibilityAnswers sound;
    for (const EligibilityQuestion& question : rule.questions) {
        sound.emplace(question.id, question.expected);
    }
    for (const EligibilityQuestion& question : rule.questions) {
        EligibilityAnswers answers = sound;
        answers.insert_or_assign(question.id, !question.expected);
        const auto result = test_eligibility(rule, answers, {}).value();
        ASSERT_EQ(result.failed.size(), 1u);
        EXPECT_EQ(result.failed[0]->id, question.id);
        EXPECT_EQ(result.alternatives.size(), question.alternatives.size());
        EXPECT_FALSE(result.alternatives.empty()) << question.id;
        EXPECT_TRUE(question.text.has("en") && question.text.has("zh"));
    }
}

TEST(Eligibility, of_independent_firms_under_an_umbrella_proposes_a_cluster) {
    SampleRequest asked = request(40, "initial");
    asked.answers.emplace();
    for (const EligibilityQuestion& question : rule_of("iaf-md1").questions) {
        asked.answers->emplace(question.id, true);
    }
    const auto refused = compute_sample_size(rule_of("iaf-md1"), asked);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message,
              "IAF MD 1:2023 allows no sample here, because of umbrella; instead: cluster, "
              "group-scheme");
}

TEST(Eligibility, does_not_ask_for_likeness_where_every_site_is_visited) {
    EligibilityAnswers answers;
    for (const EligibilityQuestion& question : rule_of("iaf-md1").questions) {
        answers.emplace(question.id, question.expected && question.id != "similar-work");
    }
    EXPECT_FALSE(test_eligibility(rule_of("iaf-md1"), answers, {})->failed.empty());
    EXPECT_TRUE(test_eligibility(rule_of("iaf-md1"), answers, every_site)->failed.empty());
}

}  // namespace
}  // namespace guildmark::audit
