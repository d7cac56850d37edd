#include "api/command/sample_size_command.h"

#include <fmt/format.h>

#include "api/command/rule_text.h"
#include "api/library_folder.h"
#include "engine/base/describe.h"
#include "engine/base/limits.h"

namespace guildmark::command {
namespace {

Result<audit::SampleRequest> request_of(const SampleSizeArguments& arguments,
                                        const audit::SampleRule& rule) {
    const bool counts_sites = rule.unit == "sites";
    const std::string& count = counts_sites ? arguments.sites : arguments.members;
    const std::string& other = counts_sites ? arguments.members : arguments.sites;
    const std::string option = "--" + rule.unit;
    if (!other.empty()) {
        return malformed(
            "argument_conflict",
            fmt::format("{} counts {}; say {} alone", rule.head.designation, rule.unit, option),
            option);
    }
    if (count.empty()) {
        return malformed("argument_missing", fmt::format("say how many with {}", option), option);
    }
    audit::SampleRequest request;
    request.count = TRY(read_whole_number(option, count, 1, limits::audited_count_max));
    request.audit = arguments.audit;
    request.conditions = conditions_of(arguments.conditions, arguments.is_effective);
    if (!arguments.eligibility.empty()) {
        request.answers = TRY(read_answers(arguments.eligibility));
    }
    return request;
}

Value words_value(const std::vector<std::string>& words) {
    return to_value(words);
}

/// "0.6 times the square root", "0.05 of members, at least 10".
std::string way_of(const audit::SampleRule& rule, const audit::SampleFigure& figure) {
    std::string way =
        figure.square_root
            ? fmt::format("{} times the square root", figure.square_root->to_text())
            : fmt::format(
                  "{} of {}", figure.part->to_text(), figure.of.empty() ? rule.unit : figure.of);
    way += figure.least == 0 ? std::string() : fmt::format(", at least {}", figure.least);
    return way + (figure.when.empty() ? "" : ", when " + figure.when + " holds");
}

void print_value(const audit::SampleRule& rule,
                 const audit::SampleRequest& request,
                 const audit::SampleSize& size) {
    Value value;
    for (const audit::SampleAmount& amount : size.amounts) {
        value.set(amount.figure->id, Value(amount.count));
    }
    value.set("central_function", rule.has_central_function);
    value.set("eligibility", to_name(size.eligibility));
    value.set("rule", rule.head.id);
    value.set("edition", rule.head.edition);
    value.set("designation", rule.head.designation);
    value.set("unit", rule.unit);
    value.set("count", Value(request.count));
    value.set("audit", request.audit.empty() ? Value() : Value(request.audit));
    value.set("conditions", words_value(request.conditions));
    Value::Array figures;
    for (const audit::SampleAmount& amount : size.amounts) {
        Value one;
        one.set("id", amount.figure->id);
        one.set("count", Value(amount.count));
        one.set("by", way_of(rule, *amount.figure));
        figures.push_back(std::move(one));
    }
    value.set("figures", Value(std::move(figures)));
    value.set("doubts", doubts_value(size.doubts));
    print_json(value);
}

void print_table(const audit::SampleRule& rule,
                 const audit::SampleRequest& request,
                 const audit::SampleSize& size) {
    print(fmt::format("{} {}{}, by {} ({})",
                      request.count,
                      rule.unit,
                      request.audit.empty() ? "" : ", " + request.audit,
                      rule.head.designation,
                      rule.head.key()));
    for (const audit::SampleAmount& amount : size.amounts) {
        print(fmt::format(
            "  {:<20} {:>6}   {}", amount.figure->id, amount.count, way_of(rule, *amount.figure)));
    }
    if (rule.has_central_function) {
        print("  and the central function, which is none of them");
    }
    print_eligibility(rule, size.eligibility);
    print_doubts(size.doubts);
}

void print_questions(const audit::SampleRule& rule, const SampleSizeArguments& arguments) {
    if (arguments.output == Output::text) {
        for (const audit::EligibilityQuestion& question : rule.questions) {
            print(fmt::format(
                "{}{}\n  {}",
                question.id,
                question.unless.empty() ? "" : " (not asked when " + question.unless + " holds)",
                question.text.in(arguments.language)));
        }
        return;
    }
    Value::Array questions;
    for (const audit::EligibilityQuestion& question : rule.questions) {
        Value one;
        one.set("id", question.id);
        one.set("text", question.text.in(arguments.language));
        one.set("expected", question.expected);
        one.set("unless", question.unless.empty() ? Value() : Value(question.unless));
        one.set("alternatives", words_value(question.alternatives));
        questions.push_back(std::move(one));
    }
    Value value;
    value.set("questions", Value(std::move(questions)));
    print_json(value);
}

Result<int> tell(const SampleSizeArguments& arguments, Diagnostics& diagnostics) {
    audit::RuleBook rules;
    TRY(load_rules(arguments.library_folder, rules, diagnostics));
    if (diagnostics.has_errors()) {
        return report_diagnostics(diagnostics, arguments.output);
    }
    const audit::SampleRule* rule = TRY(rules.find_sample_rule(arguments.rule));
    if (arguments.only_questions) {
        print_questions(*rule, arguments);
        return int{exit_done};
    }
    const auto request = TRY(request_of(arguments, *rule));
    const auto size = audit::compute_sample_size(*rule, request);
    if (!size && size.error().code == "sampling_not_eligible") {
        return report_refusal(
            size.error(),
            TRY(audit::test_eligibility(*rule, *request.answers, request.conditions)),
            arguments.language,
            arguments.output);
    }
    const audit::SampleSize told = TRY(size);
    if (arguments.output == Output::json) {
        print_value(*rule, request, told);
    } else {
        print_table(*rule, request, told);
    }
    return int{exit_done};
}

}  // namespace

int run_sample_size(const SampleSizeArguments& arguments) {
    Diagnostics diagnostics;
    const auto told = tell(arguments, diagnostics);
    return told ? *told : report_error(told.error(), arguments.output);
}

}  // namespace guildmark::command
