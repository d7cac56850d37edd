#include "api/command/size_class_command.h"

#include <fmt/format.h>

#include "api/command/rule_text.h"
#include "api/library_folder.h"
#include "engine/audit/rule_book.h"

namespace guildmark::command {
namespace {

Result<audit::SizeRequest> size_request_of(const SizeClassArguments& arguments) {
    audit::SizeRequest request;
    request.headcount = TRY_CONTEXT(Fraction::parse(arguments.headcount), "--headcount");
    if (!arguments.turnover.empty()) {
        request.turnover = TRY_CONTEXT(Money::parse(arguments.turnover), "--turnover");
    }
    if (!arguments.balance_sheet.empty()) {
        request.balance_sheet =
            TRY_CONTEXT(Money::parse(arguments.balance_sheet), "--balance-sheet");
    }
    return request;
}

Value amount_value(const std::optional<Money>& amount) {
    return amount ? Value(amount->to_text()) : Value();
}

void print_size_value(const audit::SizeRule& rule,
                      const audit::SizeRequest& request,
                      const audit::EnterpriseSize& size,
                      const std::string& language) {
    Value value;
    value.set("class", size.found == nullptr ? rule.larger_id : size.found->id);
    value.set("rule", rule.head.id);
    value.set("edition", rule.head.edition);
    value.set("designation", rule.head.designation);
    value.set("headcount", request.headcount.to_text());
    value.set("turnover", amount_value(request.turnover));
    value.set("balance_sheet", amount_value(request.balance_sheet));
    Value::Array givens;
    for (const audit::SizeGiven& given : rule.givens) {
        Value one;
        one.set("id", given.id);
        one.set("text", given.text.in(language));
        givens.push_back(std::move(one));
    }
    value.set("given", Value(std::move(givens)));
    value.set("doubts", doubts_value(size.doubts));
    print_json(value);
}

void print_size_text(const audit::SizeRule& rule,
                     const audit::EnterpriseSize& size,
                     const std::string& language) {
    const bool is_larger = size.found == nullptr;
    print(fmt::format("{} ({}), by {} ({})",
                      (is_larger ? rule.larger_title : size.found->title).in(language),
                      is_larger ? rule.larger_id : size.found->id,
                      rule.head.designation,
                      rule.head.key()));
    if (!rule.givens.empty()) {
        print("Taken for given, and not computed:");
    }
    for (const audit::SizeGiven& given : rule.givens) {
        print(fmt::format("  {}", given.text.in(language)));
    }
    print_doubts(size.doubts);
}

Result<void> tell_size_class(const SizeClassArguments& arguments, Diagnostics& diagnostics) {
    audit::RuleBook rules;
    TRY(load_rules(arguments.library_folder, rules, diagnostics));
    if (diagnostics.has_errors()) {
        return {};
    }
    const auto request = TRY(size_request_of(arguments));
    const audit::SizeRule* rule = TRY(rules.find_size_rule(arguments.rule));
    const auto size = TRY(audit::compute_size(*rule, request));
    if (arguments.output == Output::json) {
        print_size_value(*rule, request, size, arguments.language);
    } else {
        print_size_text(*rule, size, arguments.language);
    }
    return {};
}

}  // namespace

int run_size_class(const SizeClassArguments& arguments) {
    Diagnostics diagnostics;
    const auto told = tell_size_class(arguments, diagnostics);
    if (!told) {
        return report_error(told.error(), arguments.output);
    }
    return diagnostics.has_errors() ? report_diagnostics(diagnostics, arguments.output) : exit_done;
}

}  // namespace guildmark::command
