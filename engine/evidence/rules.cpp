#include "engine/evidence/rules.h"

#include <algorithm>

#include <fmt/format.h>

namespace guildmark::evidence {

namespace {

/// Adds to `result` what it does not say yet.
void fill_in(MatchResult& result, const Attributes& attributes) {
    result.requirements.insert(
        result.requirements.end(), attributes.requirements.begin(), attributes.requirements.end());
    if (result.title.empty()) {
        result.title = attributes.title;
    }
    if (result.owner.empty()) {
        result.owner = attributes.owner;
    }
    if (!result.valid_from && !result.valid_until) {
        result.valid_from = attributes.valid_from;
        result.valid_until = attributes.valid_until;
    }
}

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

/// Takes the leading digits, or the leading other characters, off `text`.
std::string_view take_run(std::string_view& text) {
    const bool digits = is_digit(text.front());
    const auto end =
        std::ranges::find_if(text, [&](char letter) { return is_digit(letter) != digits; });
    const std::string_view run = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(run.size());
    return run;
}

std::string_view without_zeros(std::string_view digits) {
    return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

void check_numbers(const Attributes& attributes,
                   const Standard& standard,
                   const std::vector<std::string>& known,
                   Diagnostics& diagnostics) {
    for (const std::string& number : attributes.requirements) {
        if (standard.find_requirement(number) != nullptr) {
            continue;
        }
        const std::vector<std::string> under = standard.requirements_under(number);
        diagnostics.error(attributes.place,
                          "requirement_unknown",
                          fmt::format("\"{}\" is no requirement of {}", number, standard.key()),
                          under.empty() ? suggest(number, known)
                                        : fmt::format("it is a section; name its requirements: {}",
                                                      fmt::join(under, " ")));
    }
}

}  // namespace

bool number_before(std::string_view left, std::string_view right) {
    while (!left.empty() && !right.empty()) {
        const std::string_view left_run = take_run(left);
        const std::string_view right_run = take_run(right);
        if (left_run == right_run) {
            continue;
        }
        if (!is_digit(left_run.front()) || !is_digit(right_run.front())) {
            return left_run < right_run;
        }
        const std::string_view left_value = without_zeros(left_run);
        const std::string_view right_value = without_zeros(right_run);
        if (left_value.size() != right_value.size()) {
            return left_value.size() < right_value.size();
        }
        return left_value != right_value ? left_value < right_value : left_run < right_run;
    }
    return left.empty() && !right.empty();
}

MatchResult match(const Rules& rules, std::string_view locator) {
    const Path path = to_path(locator);
    MatchResult result;
    result.ignored = std::ranges::any_of(
        rules.ignores, [&](const IgnoreRule& ignore) { return ignore.pattern.matches(path); });
    if (result.ignored) {
        return result;
    }
    const auto entry = std::ranges::lower_bound(rules.documents, path, {}, &DocumentEntry::path);
    if (entry != rules.documents.end() && entry->path == path) {
        fill_in(result, entry->attributes);
    }
    for (const PatternRule& rule : rules.rules) {
        if (rule.pattern.matches(path)) {
            fill_in(result, rule.attributes);
        }
    }
    std::ranges::sort(result.requirements, number_before);
    auto& numbers = result.requirements;
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    return result;
}

void check_against_standard(const Rules& rules,
                            const Standard& standard,
                            Diagnostics& diagnostics) {
    if (rules.standard != standard.key()) {
        diagnostics.error(
            {rules.file, 0, 0},
            "standard_mismatch",
            fmt::format(
                "these rules are for {}, the case is for {}", rules.standard, standard.key()));
        return;
    }
    std::vector<std::string> known;
    for (const Requirement& requirement : standard.requirements) {
        known.push_back(requirement.id);
    }
    for (const PatternRule& rule : rules.rules) {
        check_numbers(rule.attributes, standard, known, diagnostics);
    }
    for (const DocumentEntry& entry : rules.documents) {
        check_numbers(entry.attributes, standard, known, diagnostics);
    }
}

}  // namespace guildmark::evidence
