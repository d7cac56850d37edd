#include "engine/workflow/decision_kind.h"

#include <algorithm>

namespace guildmark::workflow {

const char* to_text(DecisionKind kind) {
    switch (kind) {
        case DecisionKind::grant:
            return "grant";
        case DecisionKind::refuse:
            return "refuse";
        case DecisionKind::maintain:
            return "maintain";
        case DecisionKind::renew:
            return "renew";
        case DecisionKind::extend:
            return "extend";
        case DecisionKind::reduce:
            return "reduce";
        case DecisionKind::suspend:
            return "suspend";
        case DecisionKind::restore:
            return "restore";
        case DecisionKind::withdraw:
            return "withdraw";
        case DecisionKind::transfer_accept:
            return "transfer-accept";
    }
    return "";
}

std::optional<DecisionKind> decision_kind_from(std::string_view text) {
    const auto& kinds = all_decision_kinds();
    const auto found = std::ranges::find(
        kinds, text, [](DecisionKind kind) { return std::string_view(to_text(kind)); });
    return found == kinds.end() ? std::nullopt : std::optional(*found);
}

const std::vector<DecisionKind>& all_decision_kinds() {
    using enum DecisionKind;
    static const std::vector<DecisionKind> kinds{grant,
                                                 refuse,
                                                 maintain,
                                                 renew,
                                                 extend,
                                                 reduce,
                                                 suspend,
                                                 restore,
                                                 withdraw,
                                                 transfer_accept};
    return kinds;
}

}  // namespace guildmark::workflow
