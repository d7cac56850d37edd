#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/audit/rule.h"
#include "engine/base/fraction.h"

namespace guildmark::audit {

/// What may be so or not, and which figures ask about: "the system has proved effective".
struct SampleCondition {
    std::string id;
    LocalizedText text;
    Basis basis;
};

/// What to do where no sample may be taken.
struct SampleAlternative {
    std::string id;
    LocalizedText text;
};

/// What has to be answered before a sample may be taken.
struct EligibilityQuestion {
    std::string id;
    LocalizedText text;
    bool expected = true;                   ///< The answer that lets a sample be taken.
    std::string unless;                     ///< Not asked under this condition; empty: always.
    std::vector<std::string> alternatives;  ///< Ids: what to do after any other answer.
    Basis basis;
};

/// How many, for some audits and numbers of units. Either a square root or a part.
struct SampleFigure {
    std::string id;                   ///< "sites", "random": what is counted.
    std::vector<std::string> audits;  ///< Empty: any.
    std::uint64_t from = 1;
    std::uint64_t to = 1;
    std::string when;                     ///< Only under this condition; empty: always.
    std::string of;                       ///< A figure above; empty: the number of units.
    std::optional<Fraction> square_root;  ///< So many times the square root, rounded up.
    std::optional<Fraction> part;         ///< So great a part, rounded up.
    std::uint64_t least = 0;              ///< Never fewer, but all where there are fewer.
    Basis basis;
};

/// How a criterion looks at a field of a unit.
enum class CriterionTest {
    empty,     ///< Nothing stands there.
    yes,       ///< "yes", "true" or "1".
    at_least,  ///< A number that is at least the criterion's value.
    largest,   ///< No other unit has a larger number there, and it is above 0.
};

[[nodiscard]] constexpr auto names_of(CriterionTest /*unused*/) {
    return std::array<std::string_view, 4>{"empty", "yes", "at-least", "largest"};
}

/// What speaks for visiting a unit on purpose.
struct SampleCriterion {
    std::string id;
    std::string field;  ///< A column of the list of units.
    CriterionTest test = CriterionTest::empty;
    Fraction value;            ///< Of at_least.
    std::uint64_t points = 1;  ///< How much it weighs beside the others.
    LocalizedText text;
    Basis basis;
};

/// A figure that units are drawn for.
struct SampleDraw {
    std::string figure;
    std::string random;  ///< The figure that is drawn by lot at least; empty: all of them are.
    Basis basis;
};

/// One edition of a rule for samples; immutable.
struct SampleRule {
    RuleHead head;
    std::string unit;                   ///< "sites" or "members".
    std::vector<std::string> audits;    ///< Kinds of audit it tells apart; empty: none.
    std::optional<std::uint64_t> most;  ///< No group is larger.
    bool has_central_function = false;  ///< Audited beside the sample, each time.
    std::vector<SampleCondition> conditions;
    std::vector<EligibilityQuestion> questions;
    std::vector<SampleAlternative> alternatives;
    std::vector<SampleFigure> figures;  ///< Of those with one id the first that fits counts.
    std::vector<SampleDraw> draws;      ///< The first one if none is named.
    std::vector<SampleCriterion> criteria;
};

/// Answers by the question's id.
using EligibilityAnswers = std::map<std::string, bool, std::less<>>;

/// Which questions stand against a sample.
struct EligibilityResult {
    std::vector<const EligibilityQuestion*> failed;      ///< In the rule's order.
    std::vector<const SampleAlternative*> alternatives;  ///< Each once, in that order.
};

/// What is asked for.
struct SampleRequest {
    std::uint64_t count = 0;  ///< Of units; the central function is none of them.
    std::string audit;
    std::vector<std::string> conditions;  ///< Those that are met.
    std::optional<EligibilityAnswers> answers;
};

/// Whether it is known that a sample may be taken at all.
enum class Eligibility {
    not_asked,   ///< The rule has no questions.
    not_tested,  ///< It has some, and there are no answers.
    met,
};

[[nodiscard]] constexpr auto names_of(Eligibility /*unused*/) {
    return std::array<std::string_view, 3>{"not-asked", "not-tested", "met"};
}

/// How many of one figure, and by which line of the rule.
struct SampleAmount {
    std::uint64_t count = 0;
    const SampleFigure* figure = nullptr;  ///< Lives as long as the rule.
};

/// How large a sample is.
struct SampleSize {
    std::vector<SampleAmount> amounts;  ///< One for each id, in the rule's order.
    Eligibility eligibility = Eligibility::not_asked;
    std::vector<Doubt> doubts;  ///< Of the figures that were used.

    /// The amount of that id; nothing when the rule has no such figure.
    [[nodiscard]] std::optional<std::uint64_t> find(std::string_view id) const;
};

/// Reads a rule in the form of standards/schema/rule.xsd. Nothing is returned when `diagnostics`
/// gained an error. Errors, as diagnostics: those of read_xml; element_unknown, attribute_unknown,
/// attribute_missing, attribute_invalid, attribute_conflict, text_missing, text_repeated,
/// source_missing, id_repeated, figure_missing, figure_unknown, figure_shadowed, audit_unknown,
/// condition_unknown, alternative_unknown.
[[nodiscard]] std::optional<SampleRule> read_sample_rule(std::string_view bytes,
                                                         const std::string& file,
                                                         Diagnostics& diagnostics);

/// Holds `answers` against the rule's questions. Errors: answer_unknown (of no question),
/// answer_missing (to a question that is asked).
[[nodiscard]] Result<EligibilityResult> test_eligibility(
    const SampleRule& rule,
    const EligibilityAnswers& answers,
    const std::vector<std::string>& conditions);

/// How large the sample is. Whole numbers all the way.
/// Errors: count_invalid (none, or more than limits::audited_count_max), group_too_large (more than
/// the rule allows), audit_missing, audit_unknown, condition_unknown, answer_unknown,
/// answer_missing, sampling_not_eligible, sample_undefined (no figure fits).
[[nodiscard]] Result<SampleSize> compute_sample_size(const SampleRule& rule,
                                                     const SampleRequest& request);

/// The smallest whole number that is at least `factor` times the square root of `count`, or `count`
/// where that is smaller. REQUIRES: `factor` at least 0, its parts at most 10^9; `count` at most
/// limits::audited_count_max.
[[nodiscard]] std::uint64_t ceiling_of_root(const Fraction& factor, std::uint64_t count);

}  // namespace guildmark::audit
