#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/duration.h"
#include "engine/base/money.h"
#include "engine/workflow/decision_kind.h"
#include "engine/workflow/localized_text.h"
#include "engine/xml/document.h"

namespace guildmark::workflow {

/// <gm:charge id party amount | amount-expr>: an amount that a party owes from now on.
struct ChargeAction {
    std::string id;
    std::string party;  ///< Who pays.
    std::optional<Money> amount;
    std::string amount_expression;  ///< Or: an expression that gives a text such as "1200.00 EUR".
    LocalizedText title;
};

/// The event that the chart gets when its certificate's validity has ended.
inline constexpr const char* expiry_event = "certificate.expired";

/// <gm:certificate action>: acts on the case's certificate. Only when a decision of the same kind
/// was recorded that no earlier act has used; otherwise error.execution.
struct CertificateAction {
    DecisionKind action = DecisionKind::grant;
    std::optional<Duration> valid_for;  ///< grant, renew: the length of validity.
    std::string valid_for_expression;   ///< Or: an expression that gives a text such as "P3Y".
    std::string valid_from_expression;  ///< Date; empty: today. Never before the decision.
    /// Date: the last day of the period before, on which the next one follows without a gap: the
    /// length counts from the day after it. Empty: it counts from the first day of validity.
    std::string valid_after_expression;
    /// Date: the last day of validity, instead of a length. Empty: there is a length, or the period
    /// stays as it is.
    std::string valid_until_expression;
    std::string scope_expression;  ///< Text; required for grant.
};

/// <gm:notify id roles>: a message to people in those roles.
struct NotifyAction {
    std::string id;
    std::vector<std::string> roles;
    LocalizedText subject;
    LocalizedText body;
};

/// <gm:round>: a new round of assessment begins. Verdicts are given anew, and separations per round
/// look at it alone.
struct RoundAction {};

/// <gm:regrade>: each minor of an earlier round that is not verified becomes a major.
struct RegradeAction {};

using Action =
    std::variant<ChargeAction, CertificateAction, NotifyAction, RoundAction, RegradeAction>;

/// Reads an executable element of the extension namespace. `language` is that of texts without
/// xml:lang. While a case runs, use Workflow::find_action instead: its texts are translated.
/// Errors, as diagnostics: action_unknown, attribute_unknown, attribute_missing,
/// attribute_invalid, attribute_conflict, element_unknown, text_missing, text_repeated.
[[nodiscard]] std::optional<Action> read_action(const XmlElement& element,
                                                Diagnostics& diagnostics,
                                                std::string_view language = "en");

}  // namespace guildmark::workflow
