#include "api/command/audit_time_command.h"

#include <fmt/format.h>

#include "api/command/rule_text.h"
#include "api/library_folder.h"
#include "engine/audit/audit_time.h"
#include "engine/base/limits.h"

namespace guildmark::command {
namespace {

constexpr std::string_view no_reason = "no reason was given on the command line";

Result<std::vector<audit::TimeFactor>> factors_of(const AuditTimeArguments& arguments) {
    const std::vector<std::string>& reasons = arguments.reasons;
    if (!reasons.empty() && reasons.size() != arguments.adjustments.size()) {
        return malformed("argument_missing",
                         fmt::format("there are {} reasons for {} adjustments; give each its own, "
                                     "in the same order",
                                     reasons.size(),
                                     arguments.adjustments.size()),
                         "--reason");
    }
    std::vector<audit::TimeFactor> factors;
    for (std::size_t number = 0; number < arguments.adjustments.size(); ++number) {
        const auto percent =
            TRY_CONTEXT(Fraction::parse(arguments.adjustments[number]), "--adjust");
        factors.push_back({percent, reasons.empty() ? std::string(no_reason) : reasons[number]});
    }
    return factors;
}

Value number(const Fraction& fraction) {
    return fraction.to_double();
}

Value adjustment_value(const audit::TimeRequest& request, const audit::AuditTime& time) {
    Value value;
    value.set("requested_percent", number(time.requested_percent));
    value.set("applied_percent", number(time.applied_percent));
    value.set("clamped", time.is_clamped());
    Value::Array factors;
    for (const audit::TimeFactor& factor : request.factors) {
        Value one;
        one.set("percent", number(factor.percent));
        one.set("reason", factor.reason == no_reason ? Value() : Value(factor.reason));
        factors.push_back(std::move(one));
    }
    value.set("factors", Value(std::move(factors)));
    return value;
}

void print_value(const audit::TimeRule& rule,
                 const audit::TimeRequest& request,
                 const audit::AuditTime& time) {
    Value value;
    value.set("initial_days", number(time.initial_days));
    value.set("minimum_on_site_days", number(time.minimum_on_site_days));
    value.set("surveillance_days_per_year", number(time.surveillance_days_per_year));
    value.set("recertification_days", number(time.recertification_days));
    value.set("rule", rule.head.id);
    value.set("edition", rule.head.edition);
    value.set("designation", rule.head.designation);
    value.set("standard", request.standard);
    value.set("personnel", Value(request.personnel));
    value.set("complexity", request.column.empty() ? Value() : Value(request.column));
    value.set("context", request.context.empty() ? Value() : Value(request.context));
    value.set("base_days", number(time.base_days));
    value.set("band_from", Value(time.band_from));
    value.set("band_to", time.band_to ? Value(*time.band_to) : Value());
    value.set("adjustment", adjustment_value(request, time));
    value.set("exact_days", time.exact_days.to_text());
    value.set("doubts", doubts_value(time.doubts));
    print_json(value);
}

void print_adjustment(const audit::TimeRequest& request, const audit::AuditTime& time) {
    if (request.factors.empty()) {
        return;
    }
    print(fmt::format("  adjustment                {} %{}",
                      time.applied_percent.to_text(),
                      time.is_clamped()
                          ? fmt::format(": {} % was asked for, and the rule allows no more",
                                        time.requested_percent.to_text())
                          : std::string()));
    for (const audit::TimeFactor& factor : request.factors) {
        print(fmt::format("    {} %: {}", factor.percent.to_text(), factor.reason));
    }
    print(fmt::format("  before rounding           {} days", time.exact_days.to_text()));
}

void print_table(const audit::TimeRule& rule,
                 const audit::TimeRequest& request,
                 const audit::AuditTime& time) {
    print(fmt::format("{}{}{}: {} people{}",
                      request.standard,
                      request.column.empty() ? "" : ", " + request.column,
                      request.context.empty() ? "" : ", " + request.context,
                      request.personnel,
                      fmt::format(", by {} ({})", rule.head.designation, rule.head.key())));
    print(fmt::format("  table, {:<18} {} days",
                      time.band_to ? fmt::format("{} to {}:", time.band_from, *time.band_to)
                                   : fmt::format("{} and more:", time.band_from),
                      time.base_days.to_text()));
    print_adjustment(request, time);
    print("");
    print(fmt::format("  initial audit             {} days", time.initial_days.to_text()));
    print(fmt::format("  of which on site          {} days at least",
                      time.minimum_on_site_days.to_text()));
    print(fmt::format("  surveillance, each year   {} days",
                      time.surveillance_days_per_year.to_text()));
    print(fmt::format("  recertification           {} days", time.recertification_days.to_text()));
    print_doubts(time.doubts);
}

/// Tells it, or leaves errors in `diagnostics` when a rule of the library is wrong.
Result<void> tell(const AuditTimeArguments& arguments, Diagnostics& diagnostics) {
    audit::RuleBook rules;
    TRY(load_rules(arguments.library_folder, rules, diagnostics));
    if (diagnostics.has_errors()) {
        return {};
    }
    const auto request = TRY(time_request_of(arguments));
    const audit::TimeRule* rule = TRY(rules.find_time_rule(arguments.rule, arguments.standard));
    const auto time = TRY(audit::compute_audit_time(*rule, request));
    if (arguments.output == Output::json) {
        print_value(*rule, request, time);
    } else {
        print_table(*rule, request, time);
    }
    return {};
}

}  // namespace

Result<audit::TimeRequest> time_request_of(const AuditTimeArguments& arguments) {
    audit::TimeRequest request;
    request.standard = arguments.standard;
    request.personnel =
        TRY(read_whole_number("--personnel", arguments.personnel, 1, limits::audited_count_max));
    request.column = arguments.complexity;
    request.context = arguments.context;
    request.factors = TRY(factors_of(arguments));
    return request;
}

int run_audit_time(const AuditTimeArguments& arguments) {
    Diagnostics diagnostics;
    const auto told = tell(arguments, diagnostics);
    if (!told) {
        return report_error(told.error(), arguments.output);
    }
    return diagnostics.has_errors() ? report_diagnostics(diagnostics, arguments.output) : exit_done;
}

}  // namespace guildmark::command
