#include "api/command/draw_sample_command.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

#include "adapters/system/system.h"
#include "api/command/rule_text.h"
#include "api/library_folder.h"
#include "engine/audit/draw.h"
#include "engine/base/describe.h"

namespace guildmark::command {
namespace {

/// All that one draw is about.
struct Draw {
    const audit::SampleRule* rule = nullptr;
    const audit::SampleDraw* what = nullptr;
    audit::SampleRequest asked;
    audit::SampleSize size;
    audit::SampleUnits units;
    audit::Scores scores;
    audit::DrawRequest request;
    std::vector<audit::Chosen> chosen;
};

Digest new_seed() {
    SystemRandom random;
    Digest seed;
    for (std::size_t at = 0; at < seed.bytes.size(); at += 8) {
        const std::uint64_t number = random.next();
        for (std::size_t byte = 0; byte < 8; ++byte) {
            seed.bytes[at + byte] = static_cast<std::uint8_t>(number >> (8 * byte) & 0xFFu);
        }
    }
    return seed;
}

/// Writes a file that only its owner can read, and none in the place of another.
Result<void> write_secret(const std::string& path, const std::string& text) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) {
        return malformed("seed_not_written",
                         fmt::format("{}: {}; a seed is written to a new file only",
                                     path,
                                     std::generic_category().message(errno)),
                         path);
    }
    const bool written =
        ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
        ::fsync(file) == 0;
    if (::close(file) != 0 || !written) {
        return failed("seed_not_written", fmt::format("{} could not be written", path), path);
    }
    return {};
}

Result<Digest> read_seed(const std::string& path) {
    std::string text = TRY(read_file(path));
    while (text.ends_with('\n') || text.ends_with('\r')) {
        text.pop_back();
    }
    const auto seed = Digest::parse(text);
    if (!seed) {
        return malformed(
            "seed_malformed",
            fmt::format("{} does not hold a seed: 64 hexadecimal digits in lower case", path),
            path);
    }
    return *seed;
}

/// Reads the list; nothing, and told in `diagnostics`, when it is wrong.
Result<std::optional<audit::SampleUnits>> read_units(const std::string& path,
                                                     Diagnostics& diagnostics) {
    return audit::read_sample_units(TRY(read_file(path)), path, diagnostics);
}

Result<int> make_seed(const DrawSampleArguments& arguments, Diagnostics& diagnostics) {
    std::optional<audit::SampleUnits> units;
    if (!arguments.units.empty()) {
        units = TRY(read_units(arguments.units, diagnostics));
        if (!units) {
            return report_diagnostics(diagnostics, arguments.output);
        }
    }
    const Digest seed = new_seed();
    TRY(write_secret(arguments.new_seed, seed.to_text() + "\n"));
    const std::string commitment = audit::commitment_to(seed).to_text();
    const std::string frame = units ? audit::frame_digest(*units).to_text() : std::string();
    if (arguments.output == Output::json) {
        Value value;
        value.set("commitment", commitment);
        value.set("frame", units ? Value(frame) : Value());
        value.set("seed_file", arguments.new_seed);
        print_json(value);
        return int{exit_done};
    }
    print(fmt::format("commitment  {}", commitment));
    if (units) {
        print(fmt::format("list        {} ({} of them)", frame, units->units.size()));
    }
    print(fmt::format("Publish this now. Keep {} to yourself until the draw.", arguments.new_seed));
    return int{exit_done};
}

Result<const audit::SampleDraw*> find_draw(const audit::SampleRule& rule,
                                           const std::string& figure) {
    std::vector<std::string> known;
    for (const audit::SampleDraw& draw : rule.draws) {
        if (figure.empty() || draw.figure == figure) {
            return &draw;
        }
        known.push_back(draw.figure);
    }
    const std::string nearest = suggest(figure, known);
    return malformed(
        "figure_unknown",
        fmt::format("{} draws nothing{}{}{}{}",
                    rule.head.designation,
                    figure.empty() ? "" : " for \"" + figure + "\"",
                    known.empty() ? "" : fmt::format(", only for {}", fmt::join(known, ", ")),
                    nearest.empty() ? "" : "; ",
                    nearest),
        figure);
}

Result<Digest> expect_commitment(const DrawSampleArguments& arguments) {
    Digest seed = TRY(read_seed(arguments.seed));
    if (arguments.commitment.empty()) {
        return seed;
    }
    const Digest published = TRY_CONTEXT(Digest::parse(arguments.commitment), "--commitment");
    if (audit::commitment_to(seed) != published) {
        return refused("commitment_mismatch",
                       fmt::format("the seed in {} is not the one that {} was published for",
                                   arguments.seed,
                                   arguments.commitment),
                       arguments.seed);
    }
    return seed;
}

Value count_value(std::uint64_t count) {
    return Value(count);
}

Value chosen_value(const Draw& draw, const audit::Chosen& one, const std::string& language) {
    const audit::UnitScore& score = draw.scores.units[one.unit];
    Value value;
    value.set("id", draw.units.units[one.unit].id);
    value.set("by", to_name(one.choice));
    value.set("among", one.among == 0 ? Value() : count_value(one.among));
    value.set("points", count_value(score.points));
    Value::Array reasons;
    for (const audit::SampleCriterion* reason : score.reasons) {
        Value because;
        because.set("id", reason->id);
        because.set("text", reason->text.in(language));
        because.set("points", count_value(reason->points));
        reasons.push_back(std::move(because));
    }
    value.set("reasons", Value(std::move(reasons)));
    return value;
}

/// Every unit that has points, chosen or not, so that the choice can be checked.
Value points_value(const Draw& draw) {
    Value points{Value::Object()};
    for (std::size_t at = 0; at < draw.units.units.size(); ++at) {
        if (draw.scores.units[at].points > 0) {
            points.set(draw.units.units[at].id, count_value(draw.scores.units[at].points));
        }
    }
    return points;
}

std::uint64_t count_by_lot(const Draw& draw) {
    return static_cast<std::uint64_t>(
        std::ranges::count(draw.chosen, audit::Choice::lot, &audit::Chosen::choice));
}

void print_value(const Draw& draw, const std::string& language) {
    Value::Array sample;
    for (const audit::Chosen& one : draw.chosen) {
        sample.push_back(chosen_value(draw, one, language));
    }
    Value::Array not_looked_at;
    for (const audit::SampleCriterion* criterion : draw.scores.not_looked_at) {
        not_looked_at.emplace_back(criterion->id);
    }
    Value value;
    value.set("sample", Value(std::move(sample)));
    value.set("figure", draw.what->figure);
    value.set("drawn", count_value(draw.chosen.size()));
    value.set("by_lot", count_value(count_by_lot(draw)));
    value.set("by_lot_least", count_value(draw.request.random));
    value.set("count", count_value(draw.units.units.size()));
    value.set("central_function", draw.rule->has_central_function);
    value.set("eligibility", to_name(draw.size.eligibility));
    value.set("rule", draw.rule->head.id);
    value.set("edition", draw.rule->head.edition);
    value.set("audit", draw.asked.audit.empty() ? Value() : Value(draw.asked.audit));
    value.set("conditions", to_value(draw.asked.conditions));
    value.set("seed", draw.request.seed.to_text());
    value.set("commitment", audit::commitment_to(draw.request.seed).to_text());
    value.set("frame", audit::frame_digest(draw.units).to_text());
    value.set("addition", draw.request.addition);
    value.set("points", points_value(draw));
    value.set("not_looked_at", Value(std::move(not_looked_at)));
    value.set("doubts", doubts_value(draw.size.doubts));
    print_json(value);
}

std::string why(const Draw& draw, const audit::Chosen& one, const std::string& language) {
    const audit::UnitScore& score = draw.scores.units[one.unit];
    std::string text;
    switch (one.choice) {
        case audit::Choice::every:
            return "every one is visited";
        case audit::Choice::lot:
            return fmt::format("by lot among {}", one.among);
        case audit::Choice::purpose:
            text = fmt::format("{} points", score.points);
            break;
        case audit::Choice::purpose_by_lot:
            text = fmt::format("{} points, by lot among {} with as many", score.points, one.among);
            break;
    }
    for (const audit::SampleCriterion* reason : score.reasons) {
        text += fmt::format("\n  {:<24} {}", "", reason->text.in(language));
    }
    return text;
}

void print_table(const Draw& draw, const std::string& language) {
    print(fmt::format("{} of {} {}, at least {} of them by lot, by {} ({})",
                      draw.chosen.size(),
                      draw.units.units.size(),
                      draw.rule->unit,
                      draw.request.random,
                      draw.rule->head.designation,
                      draw.rule->head.key()));
    for (const audit::Chosen& one : draw.chosen) {
        print(fmt::format("  {:<24} {}", draw.units.units[one.unit].id, why(draw, one, language)));
    }
    if (draw.rule->has_central_function) {
        print("  and the central function, which is none of them");
    }
    print(fmt::format("\nseed        {}", draw.request.seed.to_text()));
    print(fmt::format("commitment  {}", audit::commitment_to(draw.request.seed).to_text()));
    print(fmt::format("list        {}", audit::frame_digest(draw.units).to_text()));
    for (const audit::SampleCriterion* criterion : draw.scores.not_looked_at) {
        print(fmt::format("Not looked at: {} (the list has no column \"{}\")",
                          criterion->text.in(language),
                          criterion->field));
    }
    print_eligibility(*draw.rule, draw.size.eligibility);
    print_doubts(draw.size.doubts);
}

Result<int> refuse_or(const Error& error, const Draw& draw, const DrawSampleArguments& arguments) {
    if (error.code != "sampling_not_eligible") {
        return error;
    }
    return report_refusal(
        error,
        TRY(audit::test_eligibility(*draw.rule, *draw.asked.answers, draw.asked.conditions)),
        arguments.language,
        arguments.output);
}

/// Doubts of the draw itself come behind those of the figures.
void add_draw_doubts(Draw& draw) {
    audit::add_doubts(draw.size.doubts, draw.what->basis);
    for (const audit::SampleCriterion& criterion : draw.rule->criteria) {
        if (draw.units.has_field(criterion.field)) {
            audit::add_doubts(draw.size.doubts, criterion.basis);
        }
    }
}

Result<int> tell(const DrawSampleArguments& arguments,
                 const audit::RuleBook& rules,
                 Diagnostics& diagnostics) {
    Draw draw;
    draw.rule = TRY(rules.find_sample_rule(arguments.rule));
    draw.what = TRY(find_draw(*draw.rule, arguments.figure));
    draw.request.seed = TRY(expect_commitment(arguments));
    draw.request.addition = arguments.addition;
    auto units = TRY(read_units(arguments.units, diagnostics));
    auto scores = units ? audit::score_units(*draw.rule, *units, diagnostics) : std::nullopt;
    if (!scores) {
        return report_diagnostics(diagnostics, arguments.output);
    }
    draw.units = std::move(*units);
    draw.scores = std::move(*scores);
    draw.asked.count = draw.units.units.size();
    draw.asked.audit = arguments.audit;
    draw.asked.conditions = conditions_of(arguments.conditions, arguments.is_effective);
    if (!arguments.eligibility.empty()) {
        draw.asked.answers = TRY(read_answers(arguments.eligibility));
    }
    auto size = audit::compute_sample_size(*draw.rule, draw.asked);
    if (!size) {
        return refuse_or(size.error(), draw, arguments);
    }
    draw.size = std::move(*size);
    const auto count = draw.size.find(draw.what->figure);
    const auto random = draw.size.find(draw.what->random);
    if (!count) {
        return refused(
            "sample_undefined",
            fmt::format("{} says nothing about \"{}\" of {} {} here; decide it by itself",
                        draw.rule->head.designation,
                        draw.what->figure,
                        draw.asked.count,
                        draw.rule->unit),
            draw.what->figure);
    }
    draw.request.count = *count;
    draw.request.random = draw.what->random.empty() ? draw.request.count : random.value_or(0);
    draw.chosen = audit::draw_sample(draw.units, draw.scores, draw.request);
    add_draw_doubts(draw);
    if (arguments.output == Output::json) {
        print_value(draw, arguments.language);
    } else {
        print_table(draw, arguments.language);
    }
    return int{exit_done};
}

Result<int> draw_or_make_seed(const DrawSampleArguments& arguments) {
    Diagnostics diagnostics;
    if (!arguments.new_seed.empty()) {
        return make_seed(arguments, diagnostics);
    }
    for (const auto& [option, value] : {std::pair("--rule", &arguments.rule),
                                        {"--units", &arguments.units},
                                        {"--seed", &arguments.seed}}) {
        if (value->empty()) {
            return malformed("argument_missing", fmt::format("say {}", option), option);
        }
    }
    audit::RuleBook rules;
    TRY(load_rules(arguments.library_folder, rules, diagnostics));
    return diagnostics.has_errors() ? report_diagnostics(diagnostics, arguments.output)
                                    : tell(arguments, rules, diagnostics);
}

}  // namespace

int run_draw_sample(const DrawSampleArguments& arguments) {
    const auto told = draw_or_make_seed(arguments);
    return told ? *told : report_error(told.error(), arguments.output);
}

}  // namespace guildmark::command
