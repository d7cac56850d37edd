#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace guildmark::workflow {

/// What a decision on certification decides.
enum class DecisionKind {
    grant,
    refuse,
    maintain,
    renew,
    extend,
    reduce,
    suspend,
    restore,
    withdraw,
    transfer_accept,
};

/// The kind as workflows write it: "grant", "transfer-accept".
[[nodiscard]] const char* to_text(DecisionKind kind);

/// The kind that `text` names; nothing when it names none.
[[nodiscard]] std::optional<DecisionKind> decision_kind_from(std::string_view text);

/// All kinds, in the order of the enumeration.
[[nodiscard]] const std::vector<DecisionKind>& all_decision_kinds();

}  // namespace guildmark::workflow
