#include "api/command/quote_command.h"

#include <fmt/format.h>

#include "adapters/system/system.h"
#include "api/case_report.h"
#include "api/command/rule_text.h"
#include "api/command/simulation_run.h"
#include "api/library_folder.h"
#include "engine/audit/quote.h"
#include "engine/audit/rule_book.h"
#include "engine/base/limits.h"
#include "reports/model/quote.h"

namespace guildmark::command {
namespace {

constexpr std::uint64_t cases_walked = 200;
constexpr std::uint64_t walk_seed = 1;

Result<audit::QuoteRequest> quote_request_of(const QuoteArguments& arguments) {
    audit::QuoteRequest request;
    request.time = TRY(time_request_of(arguments));
    request.sites =
        TRY(read_whole_number("--sites", arguments.sites, 1, limits::audited_count_max));
    request.distance_km = TRY_CONTEXT(Fraction::parse(arguments.distance), "--distance");
    request.on = arguments.on.empty() ? Date::of(SystemClock().now())
                                      : TRY_CONTEXT(Date::parse(arguments.on), "--on");
    return request;
}

/// How long firms take by what the workflow's simulation takes for given. Errors: no_estimate (no
/// walked case came to a certificate), those of load_simulation and run_simulation.
Result<reports::ExpectedDates> expected_dates(const QuoteArguments& arguments,
                                              Date begin,
                                              Diagnostics& diagnostics) {
    const SimulationSubject subject =
        TRY(load_simulation({arguments.library_folder, arguments.workflow, {}}, diagnostics));
    ProgressBar bar("estimating", cases_walked);
    const auto result = TRY(run_simulation(
        subject, cases_walked, walk_seed, [&bar](std::uint64_t done) { bar.show(done); }));
    if (result.certified.count == 0) {
        return refused("no_estimate",
                       "by what is assumed no case of this workflow comes to a certificate",
                       arguments.workflow);
    }
    const auto after = [&](std::int64_t time_ms) {
        return Date::of(Instant{begin.begin().milliseconds + time_ms});
    };
    return reports::ExpectedDates{begin,
                                  after(result.certified.p50_ms),
                                  after(result.certified.p90_ms),
                                  subject.workflow->title.in(arguments.language)};
}

Value line_value(const audit::QuoteLine& line) {
    Value value;
    value.set("item", std::string(to_text(line.item)));
    value.set("fee", line.fee == nullptr ? Value() : Value(line.fee->id));
    value.set("quantity", line.quantity.to_text());
    value.set("price", line.price.to_text());
    value.set("amount", line.amount.to_text());
    return value;
}

Value audits_value(const audit::Quote& quote) {
    Value::Array audits;
    for (const audit::QuotedAudit& audit : quote.audits) {
        Value one;
        one.set("audit", std::string(to_text(audit.audit)));
        one.set("year", Value(std::uint64_t{audit.year}));
        one.set("days", audit.days.to_double());
        one.set("total", audit.total.to_text());
        Value::Array lines;
        for (const audit::QuoteLine& line : audit.lines) {
            lines.push_back(line_value(line));
        }
        one.set("lines", Value(std::move(lines)));
        audits.push_back(std::move(one));
    }
    return Value(std::move(audits));
}

void print_quote_value(const reports::QuoteInput& input, const std::string& out) {
    Value value;
    value.set("certificate_total", input.quote.certificate_total.to_text());
    value.set("cycle_total", input.quote.cycle_total.to_text());
    value.set("audits", audits_value(input.quote));
    value.set("prices", input.prices.head.key());
    value.set("rule", input.rule.head.key());
    value.set("on", input.request.on.to_text());
    if (input.dates) {
        value.set("certificate_likely_by", input.dates->likely.to_text());
        value.set("certificate_late_by", input.dates->late.to_text());
    }
    std::vector<audit::Doubt> doubts = input.quote.time.doubts;
    add_doubts(doubts, input.prices.head.basis);
    value.set("doubts", doubts_value(doubts));
    value.set("report", out);
    print_json(value);
}

void print_quote_text(const reports::QuoteInput& input, const std::string& out) {
    for (const audit::QuotedAudit& audit : input.quote.audits) {
        print(fmt::format("{:<16} {:>5} days {:>20}",
                          audit::to_text(audit.audit),
                          audit.days.to_text(),
                          audit.total.to_text()));
    }
    print(fmt::format(
        "{:<27} {:>20}", "up to the certificate", input.quote.certificate_total.to_text()));
    print(fmt::format("{:<27} {:>20}", "and two surveillances", input.quote.cycle_total.to_text()));
    if (input.dates) {
        print(fmt::format("certificate likely by {}, in nine of ten cases by {}",
                          input.dates->likely.to_text(),
                          input.dates->late.to_text()));
    }
    print_doubts(input.quote.time.doubts);
    if (!out.empty()) {
        print(fmt::format("offer written to {}", out));
    }
}

/// Tells it, or leaves errors in `diagnostics` when a file of the library is wrong.
Result<void> tell_quote(const QuoteArguments& arguments, Diagnostics& diagnostics) {
    const std::string language = TRY(report_language(arguments.language));
    audit::RuleBook rules;
    TRY(load_rules(arguments.library_folder, rules, diagnostics));
    if (diagnostics.has_errors()) {
        return {};
    }
    const audit::QuoteRequest request = TRY(quote_request_of(arguments));
    const audit::PriceList* prices = TRY(rules.find_price_list(arguments.prices));
    const audit::TimeRule* rule = TRY(rules.find_time_rule(arguments.rule, arguments.standard));
    const audit::Quote quote = TRY(audit::compute_quote(*prices, *rule, request));
    reports::QuoteInput input{quote, request, *prices, *rule, arguments.client, {}};
    if (!arguments.workflow.empty()) {
        input.dates = TRY(expected_dates(arguments, request.on, diagnostics));
    }
    if (!arguments.out.empty()) {
        const bool is_paper = arguments.out.ends_with(".pdf");
        TRY(write_whole_report(reports::build_quote_report(input, reports::messages_in(language)),
                               is_paper ? ReportFormat::pdf : ReportFormat::workbook,
                               arguments.out));
    }
    if (arguments.output == Output::json) {
        print_quote_value(input, arguments.out);
    } else {
        print_quote_text(input, arguments.out);
    }
    return {};
}

}  // namespace

int run_quote(const QuoteArguments& arguments) {
    Diagnostics diagnostics;
    const auto told = tell_quote(arguments, diagnostics);
    if (diagnostics.has_errors()) {
        return report_diagnostics(diagnostics, arguments.output);
    }
    return told ? exit_done : report_error(told.error(), arguments.output);
}

}  // namespace guildmark::command
