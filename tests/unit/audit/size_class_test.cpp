#include "engine/audit/size_class.h"

#include "engine/base/limits.h"
#include "tests/unit/audit/rule_files.h"

namespace guildmark::audit {
namespace {

const SizeRule& recommendation() {
    static const RuleBook rules = project_rules();
    return *rules.find_size_rule("eu-2003-361").value();
}

SizeRequest enterprise(const char* headcount, const char* turnover, const char* balance_sheet) {
    SizeRequest request;
    request.headcount = *Fraction::parse(headcount);
    if (*turnover != 0) {
        request.turnover = *Money::parse(turnover);
    }
    if (*balance_sheet != 0) {
        request.balance_sheet = *Money::parse(balance_sheet);
    }
    return request;
}

/// The class's id, or the error's code.
std::string told_size(const SizeRequest& request) {
    const auto size = compute_size(recommendation(), request);
    if (!size) {
        return size.error().code;
    }
    return size->found == nullptr ? recommendation().larger_id : size->found->id;
}

TEST(EnterpriseSize, is_refused_in_the_order_that_is_stated) {
    SizeRequest asked = enterprise("-1", "-1 CHF", "");
    EXPECT_EQ(told_size(asked), "headcount_invalid");
    asked.headcount = Fraction(std::int64_t{limits::audited_count_max} + 1);
    EXPECT_EQ(told_size(asked), "headcount_invalid");
    asked.headcount = 9;
    EXPECT_EQ(told_size(asked), "currency_mismatch");
    asked.turnover = *Money::parse("-1 EUR");
    EXPECT_EQ(told_size(asked), "amount_negative");
    asked.turnover = *Money::parse("2000000.01 EUR");
    EXPECT_EQ(told_size(asked), "size_undetermined");
    asked.balance_sheet = *Money::parse("1 CHF");
    EXPECT_EQ(told_size(asked), "currency_mismatch");
    asked.balance_sheet = *Money::parse("2000000 EUR");
    EXPECT_EQ(told_size(asked), "micro");
}

TEST(EnterpriseSize, needs_fewer_people_and_one_of_two_amounts_not_above_its_ceiling) {
    EXPECT_EQ(told_size(enterprise("9", "2000000 EUR", "9000000 EUR")), "micro");
    EXPECT_EQ(told_size(enterprise("9.99", "2000000.01 EUR", "2000000 EUR")), "micro");
    EXPECT_EQ(told_size(enterprise("10", "1000000 EUR", "1000000 EUR")), "small");
    EXPECT_EQ(told_size(enterprise("49", "10000000 EUR", "99000000 EUR")), "small");
    EXPECT_EQ(told_size(enterprise("49", "10100000 EUR", "10100000 EUR")), "medium");
    EXPECT_EQ(told_size(enterprise("249", "60000000 EUR", "43000000 EUR")), "medium");
    EXPECT_EQ(told_size(enterprise("249", "50100000 EUR", "43100000 EUR")), "large");
    EXPECT_EQ(told_size(enterprise("250", "1000000 EUR", "1000000 EUR")), "large");
}

TEST(EnterpriseSize, asks_for_an_amount_only_where_the_class_depends_on_it) {
    EXPECT_EQ(told_size(enterprise("9", "", "")), "size_undetermined");
    EXPECT_EQ(told_size(enterprise("9", "1 EUR", "")), "micro");
    EXPECT_EQ(told_size(enterprise("9", "", "1 EUR")), "micro");
    EXPECT_EQ(told_size(enterprise("250", "", "")), "large");
}

TEST(EnterpriseSize, tells_what_is_doubted_of_what_it_takes_for_given) {
    const auto size = compute_size(recommendation(), enterprise("9", "1 EUR", ""));
    ASSERT_TRUE(size);
    ASSERT_EQ(size->doubts.size(), recommendation().givens.size());
    EXPECT_EQ(size->doubts.front().about, "given grouped");
}

}  // namespace
}  // namespace guildmark::audit
