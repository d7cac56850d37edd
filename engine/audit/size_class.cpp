#include "engine/audit/size_class.h"

#include <fmt/format.h>

#include "engine/base/limits.h"

namespace guildmark::audit {
namespace {

Result<void> expect_amount(const SizeRule& rule,
                           const std::optional<Money>& amount,
                           const char* subject) {
    const Currency& currency = rule.classes.front().turnover_max.currency();
    if (amount && amount->currency() != currency) {
        return malformed("currency_mismatch",
                         fmt::format("{} states its ceilings in {}, not in {}",
                                     rule.head.designation,
                                     currency.code,
                                     amount->currency().code),
                         subject);
    }
    if (amount && amount->minor_units() < 0) {
        return malformed(
            "amount_negative", fmt::format("{} is below zero", amount->to_text()), subject);
    }
    return {};
}

bool is_within(const std::optional<Money>& amount, const Money& ceiling) {
    return amount && amount->minor_units() <= ceiling.minor_units();
}

}  // namespace

Result<EnterpriseSize> compute_size(const SizeRule& rule, const SizeRequest& request) {
    if (request.headcount < Fraction(0) ||
        request.headcount > Fraction(std::int64_t{limits::audited_count_max})) {
        return malformed("headcount_invalid",
                         fmt::format("a headcount goes from 0 to {}", limits::audited_count_max),
                         "headcount");
    }
    TRY(expect_amount(rule, request.turnover, "turnover"));
    TRY(expect_amount(rule, request.balance_sheet, "balance_sheet"));
    EnterpriseSize size;
    for (const SizeClass& one : rule.classes) {
        if (request.headcount >= one.headcount_below) {
            continue;
        }
        if (is_within(request.turnover, one.turnover_max) ||
            is_within(request.balance_sheet, one.balance_sheet_max)) {
            size.found = &one;
            break;
        }
        if (!request.turnover || !request.balance_sheet) {
            return malformed("size_undetermined",
                             fmt::format("whether the enterprise is \"{}\" depends on its {}",
                                         one.id,
                                         request.turnover ? "balance sheet" : "turnover"),
                             request.turnover ? "balance_sheet" : "turnover");
        }
    }
    add_doubts(size.doubts, rule.head.basis);
    add_doubts(size.doubts, size.found == nullptr ? rule.larger_basis : size.found->basis);
    for (const SizeGiven& given : rule.givens) {
        add_doubts(size.doubts, given.basis);
    }
    return size;
}

}  // namespace guildmark::audit
