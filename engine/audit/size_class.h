#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/audit/rule.h"
#include "engine/base/fraction.h"
#include "engine/base/money.h"

namespace guildmark::audit {

/// A class of enterprises: fewer people than that, and one of two amounts not above its ceiling.
struct SizeClass {
    std::string id;
    LocalizedText title;
    Fraction headcount_below;  ///< Above 0; in work units of a year.
    Money turnover_max;
    Money balance_sheet_max;
    Basis basis;
};

/// What the figures have to be, and nothing computes.
struct SizeGiven {
    std::string id;
    LocalizedText text;
    Basis basis;
};

/// One edition of a rule for the size of enterprises; immutable.
struct SizeRule {
    RuleHead head;
    std::vector<SizeClass> classes;  ///< At least one, the smallest first, in one currency.
    std::string larger_id;           ///< What fits no class.
    LocalizedText larger_title;
    Basis larger_basis;
    std::vector<SizeGiven> givens;
};

/// The figures of the whole undertaking. Its headcount is not the number of people that audit time
/// is counted from (TimeRequest::personnel), which is of those in the scope alone.
struct SizeRequest {
    Fraction headcount;                  ///< At least 0, at most limits::audited_count_max.
    std::optional<Money> turnover;       ///< Of a year, at least 0; nothing: not known.
    std::optional<Money> balance_sheet;  ///< At least 0; nothing: not known.
};

/// How large an enterprise is.
struct EnterpriseSize {
    const SizeClass* found = nullptr;  ///< Of the rule; null: larger than each.
    std::vector<Doubt> doubts;         ///< Of the class and of what is given.
};

/// Reads a rule in the form of standards/schema/rule.xsd. Nothing is returned when `diagnostics`
/// gained an error. Errors, as diagnostics: those of read_xml; element_unknown, element_repeated,
/// element_missing, attribute_unknown, attribute_missing, attribute_invalid, text_missing,
/// text_repeated, source_missing, id_repeated, currency_mismatch, class_misplaced.
[[nodiscard]] std::optional<SizeRule> read_size_rule(std::string_view bytes,
                                                     const std::string& file,
                                                     Diagnostics& diagnostics);

/// The first class that the figures fit. An amount that is not known is needed only where the
/// other one is above its ceiling. Errors: headcount_invalid, currency_mismatch, amount_negative,
/// size_undetermined (it depends on an amount that is not known).
[[nodiscard]] Result<EnterpriseSize> compute_size(const SizeRule& rule, const SizeRequest& request);

}  // namespace guildmark::audit
