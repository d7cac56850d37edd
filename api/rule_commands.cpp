#include "api/rule_commands.h"

#include "api/command/audit_time_command.h"
#include "api/command/draw_sample_command.h"
#include "api/command/quote_command.h"
#include "api/command/sample_size_command.h"
#include "api/command/size_class_command.h"
#include "api/command/transition_command.h"
#include "api/command_line.h"

namespace guildmark::command {
namespace {

/// What audit time is counted from.
template <typename Command>
void add_time_options(const Command& command) {
    command
        .option(
            "--standard", &AuditTimeArguments::standard, "Such as iso-9001, or an edition of it")
        ->required();
    command
        .option("--personnel",
                &AuditTimeArguments::personnel,
                "The effective number, in full-time posts")
        ->required();
    command.option("--complexity",
                   &AuditTimeArguments::complexity,
                   "Where the standard's table asks for it: high, medium ...");
    command.app
        ->add_option("--adjust",
                     command.arguments->adjustments,
                     "PERCENT more than the table says, or less; may be repeated")
        ->allow_extra_args(false);
    command.app
        ->add_option(
            "--reason", command.arguments->reasons, "Why; one for each --adjust, in the same order")
        ->allow_extra_args(false);
    command.option("--context",
                   &AuditTimeArguments::context,
                   "For which another limit of adjustments holds, such as sampled-site");
    command.option("--rule", &AuditTimeArguments::rule, "Its id, where more than one has a table");
}

void add_audit_time(CLI::App& app, int& code) {
    add_time_options(add_command(
        app, code, "audit-time", "Tell how long the audits of a cycle take", run_audit_time));
}

void add_quote(CLI::App& app, int& code) {
    const auto command = add_command(
        app, code, "quote", "Tell in advance what the audits of a cycle cost", run_quote);
    add_time_options(command);
    command.option(
        "--prices", &QuoteArguments::prices, "A price list, where there is more than one");
    command.option("--client", &QuoteArguments::client, "The firm's name");
    command.option("--sites", &QuoteArguments::sites, "How many")->capture_default_str();
    command.option("--distance", &QuoteArguments::distance, "Kilometers, one way")
        ->capture_default_str();
    command.option(
        "--on", &QuoteArguments::on, "The day of the offer; today if not said otherwise");
    command.option(
        "--workflow", &QuoteArguments::workflow, "Estimate dates by what it takes for given");
    command.option("--out", &QuoteArguments::out, "Write the offer: FILE.xlsx or FILE.pdf");
    command.option("--language", &QuoteArguments::language, "en, zh ...")->capture_default_str();
}

void add_size_class(CLI::App& app, int& code) {
    const auto command = add_command(
        app, code, "size-class", "Tell how large an enterprise is, such as small", run_size_class);
    command
        .option("--headcount",
                &SizeClassArguments::headcount,
                "Of the whole undertaking, in work units of a year; not the personnel in scope")
        ->required();
    command.option("--turnover", &SizeClassArguments::turnover, "Of a year: \"2000000 EUR\"");
    command.option("--balance-sheet", &SizeClassArguments::balance_sheet, "Its total");
    command.option("--rule", &SizeClassArguments::rule, "Its id, where there is more than one");
    command.option("--language", &SizeClassArguments::language, "Of titles")->capture_default_str();
}

void add_sample_size(CLI::App& app, int& code) {
    const auto command = add_command(
        app, code, "sample-size", "Tell how many sites or members are visited", run_sample_size);
    command.option("--rule", &SampleSizeArguments::rule, "Its id, such as iaf-md1")->required();
    command.option(
        "--sites", &SampleSizeArguments::sites, "How many, without the central function");
    command.option(
        "--members", &SampleSizeArguments::members, "How many, where the rule counts them");
    command.option("--audit",
                   &SampleSizeArguments::audit,
                   "As the rule calls it: initial, surveillance, recertification");
    command.app
        ->add_option("--when", command.arguments->conditions, "A condition of the rule that is met")
        ->allow_extra_args(false);
    command.app->add_flag(
        "--effective", command.arguments->is_effective, "The same as --when effective");
    command.option("--eligibility",
                   &SampleSizeArguments::eligibility,
                   "Answers to the rule's questions (JSON): may a sample be taken at all?");
    command.app->add_flag(
        "--questions", command.arguments->only_questions, "Only list these questions");
    command.option("--language", &SampleSizeArguments::language, "Of questions and alternatives")
        ->capture_default_str();
}

void add_transition(CLI::App& app, int& code) {
    const auto command = add_command(app,
                                     code,
                                     "transition",
                                     "Tell to which editions may be certified, and until when",
                                     run_transition);
    command
        .option(
            "--standard", &TransitionArguments::standard, "Such as iso-9001, or an edition of it")
        ->required();
    command.option("--on", &TransitionArguments::on, "The day, such as 2026-03-02")->required();
}

void add_draw_sample(CLI::App& app, int& code) {
    const auto command = add_command(
        app, code, "draw-sample", "Draw which sites or members are visited", run_draw_sample);
    command.option("--new-seed",
                   &DrawSampleArguments::new_seed,
                   "First: make a seed in this new file, and tell the commitment to publish");
    command.option("--units", &DrawSampleArguments::units, "The sites or members, CSV or JSON");
    command.option("--rule", &DrawSampleArguments::rule, "Its id, such as iaf-md1");
    command.option("--figure", &DrawSampleArguments::figure, "Where the rule draws for several");
    command.option("--audit", &DrawSampleArguments::audit, "As for sample-size");
    command.app
        ->add_option("--when", command.arguments->conditions, "A condition of the rule that is met")
        ->allow_extra_args(false);
    command.app->add_flag(
        "--effective", command.arguments->is_effective, "The same as --when effective");
    command.option("--eligibility", &DrawSampleArguments::eligibility, "As for sample-size");
    command.option("--seed", &DrawSampleArguments::seed, "The file that --new-seed made");
    command.option("--commitment",
                   &DrawSampleArguments::commitment,
                   "What was published: is the seed its own?");
    command.option("--addition",
                   &DrawSampleArguments::addition,
                   "What nobody knew when the commitment was published");
    command.option("--language", &DrawSampleArguments::language, "Of reasons")
        ->capture_default_str();
}

}  // namespace

void add_rule_commands(CLI::App& app, int& code) {
    add_audit_time(app, code);
    add_quote(app, code);
    add_size_class(app, code);
    add_sample_size(app, code);
    add_draw_sample(app, code);
    add_transition(app, code);
}

}  // namespace guildmark::command
