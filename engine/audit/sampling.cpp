#include "engine/audit/sampling.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/audit/words.h"
#include "engine/base/limits.h"
#include "engine/base/text.h"

namespace guildmark::audit {
namespace {

// Squares of numbers up to 10^18 do not fit in 64 bits.
__extension__ using Wide = unsigned __int128;

template <typename Items>
std::vector<std::string> ids_of(const Items& items) {
    std::vector<std::string> ids;
    ids.reserve(items.size());
    for (const auto& item : items) {
        ids.push_back(item.id);
    }
    return ids;
}

Error unknown(const char* code,
              const char* what,
              const std::string& word,
              const std::vector<std::string>& known) {
    const std::string nearest = suggest(word, known);
    return malformed(code,
                     fmt::format("the rule knows no {} \"{}\", only {}{}{}",
                                 what,
                                 beginning(word, 64),
                                 known.empty() ? "none" : listed(known),
                                 nearest.empty() ? "" : "; ",
                                 nearest),
                     word);
}

Result<void> expect_count(const SampleRule& rule, std::uint64_t count) {
    if (count < 1 || count > limits::audited_count_max) {
        return malformed("count_invalid",
                         fmt::format("the number of {} is from 1 to {}, not {}; a central function "
                                     "is none of them",
                                     rule.unit,
                                     limits::audited_count_max,
                                     count),
                         rule.unit);
    }
    if (rule.most && count > *rule.most) {
        return refused("group_too_large",
                       fmt::format("{} allows at most {} {} in one group, not {}; form more "
                                   "than one",
                                   rule.head.designation,
                                   *rule.most,
                                   rule.unit,
                                   count),
                       rule.unit);
    }
    return {};
}

Result<void> expect_audit(const SampleRule& rule, const std::string& audit) {
    if (audit.empty() && !rule.audits.empty()) {
        return malformed(
            "audit_missing",
            fmt::format("the sample depends on the audit; name one of {}", listed(rule.audits)),
            "audit");
    }
    if (!audit.empty() && !holds(rule.audits, audit)) {
        return unknown("audit_unknown", "audit", audit, rule.audits);
    }
    return {};
}

Result<void> expect_conditions(const SampleRule& rule, const SampleRequest& request) {
    const std::vector<std::string> known = ids_of(rule.conditions);
    for (const std::string& condition : request.conditions) {
        if (!holds(known, condition)) {
            return unknown("condition_unknown", "condition", condition, known);
        }
    }
    return {};
}

Result<Eligibility> find_eligibility(const SampleRule& rule, const SampleRequest& request) {
    if (!request.answers) {
        return rule.questions.empty() ? Eligibility::not_asked : Eligibility::not_tested;
    }
    const auto result = TRY(test_eligibility(rule, *request.answers, request.conditions));
    if (result.failed.empty()) {
        return rule.questions.empty() ? Eligibility::not_asked : Eligibility::met;
    }
    std::vector<std::string> failed;
    for (const EligibilityQuestion* question : result.failed) {
        failed.push_back(question->id);
    }
    std::vector<std::string> instead;
    for (const SampleAlternative* alternative : result.alternatives) {
        instead.push_back(alternative->id);
    }
    return refused("sampling_not_eligible",
                   fmt::format("{} allows no sample here, because of {}; instead: {}",
                               rule.head.designation,
                               listed(failed),
                               instead.empty() ? "a certificate for each" : listed(instead)),
                   failed.front());
}

bool fits(const SampleFigure& figure, const SampleRequest& request) {
    return request.count >= figure.from && request.count <= figure.to &&
           (figure.audits.empty() || holds(figure.audits, request.audit)) &&
           (figure.when.empty() || holds(request.conditions, figure.when));
}

std::uint64_t amount_of(const SampleFigure& figure, std::uint64_t whole) {
    std::uint64_t count = 0;
    if (figure.square_root) {
        count = ceiling_of_root(*figure.square_root, whole);
    } else {
        const auto over = Wide{static_cast<std::uint64_t>(figure.part->numerator())} * whole;
        const auto under = Wide{static_cast<std::uint64_t>(figure.part->denominator())};
        count = static_cast<std::uint64_t>((over + under - 1) / under);
    }
    return std::min(whole, std::max(count, figure.least));
}

}  // namespace

std::optional<std::uint64_t> SampleSize::find(std::string_view id) const {
    for (const SampleAmount& amount : amounts) {
        if (amount.figure->id == id) {
            return amount.count;
        }
    }
    return std::nullopt;
}

Result<EligibilityResult> test_eligibility(const SampleRule& rule,
                                           const EligibilityAnswers& answers,
                                           const std::vector<std::string>& conditions) {
    const std::vector<std::string> known = ids_of(rule.questions);
    for (const auto& [id, answer] : answers) {
        if (!holds(known, id)) {
            return unknown("answer_unknown", "question", id, known);
        }
    }
    EligibilityResult result;
    std::vector<std::string> missing;
    for (const EligibilityQuestion& question : rule.questions) {
        if (!question.unless.empty() && holds(conditions, question.unless)) {
            continue;
        }
        const auto answer = answers.find(question.id);
        if (answer == answers.end()) {
            missing.push_back(question.id);
        } else if (answer->second != question.expected) {
            result.failed.push_back(&question);
        }
    }
    if (!missing.empty()) {
        return malformed(
            "answer_missing",
            fmt::format("every question has to be answered; missing: {}", listed(missing)),
            missing.front());
    }
    for (const EligibilityQuestion* question : result.failed) {
        for (const SampleAlternative& alternative : rule.alternatives) {
            if (holds(question->alternatives, alternative.id) &&
                std::ranges::find(result.alternatives, &alternative) == result.alternatives.end()) {
                result.alternatives.push_back(&alternative);
            }
        }
    }
    return result;
}

Result<SampleSize> compute_sample_size(const SampleRule& rule, const SampleRequest& request) {
    TRY(expect_count(rule, request.count));
    TRY(expect_audit(rule, request.audit));
    TRY(expect_conditions(rule, request));
    SampleSize size;
    size.eligibility = TRY(find_eligibility(rule, request));
    add_doubts(size.doubts, rule.head.basis);
    for (const SampleFigure& figure : rule.figures) {
        if (!fits(figure, request) || size.find(figure.id)) {
            continue;
        }
        const auto whole = figure.of.empty() ? request.count : size.find(figure.of);
        if (!whole) {
            continue;
        }
        size.amounts.push_back({amount_of(figure, *whole), &figure});
        add_doubts(size.doubts, figure.basis);
    }
    if (size.amounts.empty()) {
        return refused("sample_undefined",
                       fmt::format("{} says nothing about {} {}; decide it by itself",
                                   rule.head.designation,
                                   request.count,
                                   rule.unit),
                       rule.unit);
    }
    for (const SampleCondition& condition : rule.conditions) {
        if (holds(request.conditions, condition.id)) {
            add_doubts(size.doubts, condition.basis);
        }
    }
    return size;
}

std::uint64_t ceiling_of_root(const Fraction& factor, std::uint64_t count) {
    const auto over = Wide{static_cast<std::uint64_t>(factor.numerator())};
    const auto under = Wide{static_cast<std::uint64_t>(factor.denominator())};
    const Wide square = over * over * count;
    std::uint64_t least = 0;
    std::uint64_t most = count;
    // Invariant: the number sought is at least `least`, and at most `most` or cut off at it.
    while (least < most) {
        const std::uint64_t middle = least + (most - least) / 2;
        const Wide scaled = under * middle;
        if (scaled * scaled >= square) {
            most = middle;
        } else {
            least = middle + 1;
        }
    }
    return least;
}

}  // namespace guildmark::audit
