#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/workflow/localized_text.h"
#include "engine/xml/document.h"

/// How long an audit takes and how many sites it visits, by rules that are data: files of
/// standards/rules/, in the form of standards/schema/rule.xsd. Nothing here knows a scheme.
namespace guildmark::audit {

inline constexpr std::string_view rule_namespace = "urn:guildmark:rule:1";

/// Why a figure of a rule may be wrong, as its file says.
struct Doubt {
    std::string about;  ///< "band 626-875, limited"; empty: the rule as a whole.
    std::string text;

    bool operator==(const Doubt&) const = default;
};

/// Where a part of a rule comes from, and what is uncertain about it.
struct Basis {
    std::string about;  ///< What the part is called in a doubt.
    std::vector<std::string> sources;
    std::vector<std::string> doubts;
};

/// What every rule says of itself.
struct RuleHead {
    std::string id;           ///< The name of its folder.
    std::string edition;      ///< The name of its file.
    std::string issuer;       ///< Who has published it.
    std::string designation;  ///< How it is cited.
    LocalizedText title;
    Basis basis;

    /// "ID:EDITION"
    [[nodiscard]] std::string key() const { return id + ":" + edition; }
};

/// Adds what `basis` doubts to `doubts`.
void add_doubts(std::vector<Doubt>& doubts, const Basis& basis);

}  // namespace guildmark::audit
