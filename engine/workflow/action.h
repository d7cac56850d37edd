#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/duration.h"
#include "engine/base/money.h"
#include "engine/workflow/workflow.h"

namespace guildmark::workflow {

/// <gm:charge id party amount | amount-expr>: an amount that a party owes from now on.
struct ChargeAction {
    std::string id;
    std::string party;              ///< Who pays.
    std::optional<Money> amount;
    std::string amount_expression;  ///< Or: an expression that gives a text such as "1200.00 EUR".
    LocalizedText title;
};

/// <gm:certificate action>: acts on the case's certificate. Only when a decision of the same kind
/// was recorded that no earlier act has used; otherwise error.execution.
struct CertificateAction {
    DecisionKind action = DecisionKind::grant;
    std::optional<Duration> valid_for;  ///< grant, renew: the length of validity.
    std::string valid_from_expression;  ///< Date; empty: today. Never before the decision.
    std::string scope_expression;       ///< Text; required for grant.
};

/// <gm:notify roles template>: a message to people in those roles.
struct NotifyAction {
    std::vector<std::string> roles;
    LocalizedText subject;
    LocalizedText body;
};

using Action = std::variant<ChargeAction, CertificateAction, NotifyAction>;

/// Reads an executable element of the extension namespace. Errors, as diagnostics: action_unknown,
/// attribute_missing, attribute_invalid.
[[nodiscard]] std::optional<Action> read_action(const XmlElement& element, Diagnostics& diagnostics);

[[nodiscard]] const char* to_text(DecisionKind kind);
[[nodiscard]] std::optional<DecisionKind> decision_kind_from(std::string_view text);

}  // namespace guildmark::workflow
