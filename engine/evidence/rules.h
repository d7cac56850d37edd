#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/date.h"
#include "engine/evidence/path_pattern.h"
#include "engine/standard/standard.h"
#include "engine/xml/diagnostics.h"

namespace guildmark::evidence {

inline constexpr std::string_view rules_namespace = "urn:guildmark:evidence:1";

/// What a rule or an entry says of the documents that it matches.
struct Attributes {
    std::vector<std::string> requirements;  ///< At least one.
    std::string title;                      ///< Empty: not said.
    std::string owner;  ///< A person's short name, "anna-brenner"; empty: not said.
    std::optional<Date> valid_from;
    std::optional<Date> valid_until;  ///< The last day; not before `valid_from`.
    SourcePlace place;
};

/// What is said of all documents whose path matches.
struct PatternRule {
    PathPattern pattern;
    Attributes attributes;
};

/// What is said of one document.
struct DocumentEntry {
    std::string locator;  ///< As written.
    Path path;
    Attributes attributes;
};

/// Documents that are evidence for nothing.
struct IgnoreRule {
    PathPattern pattern;
    SourcePlace place;
};

/// Which documents of an evidence folder serve which requirements of one standard; immutable.
struct Rules {
    std::string standard;  ///< "iso-9001:2015"
    std::string file;
    std::vector<PatternRule> rules;        ///< In document order.
    std::vector<DocumentEntry> documents;  ///< By path; each path once.
    std::vector<IgnoreRule> ignores;
};

/// What the rules say of one document.
struct MatchResult {
    bool ignored = false;  ///< Nothing else is set then.
    /// Of every rule and entry that matches, each number once, in the order of their parts: 7.1.2
    /// before 7.1.10. Empty: it is evidence for nothing yet.
    std::vector<std::string> requirements;
    /// Of the document's own entry where it says so, else of the first rule that does. The period
    /// is one: its two days never come from two places.
    std::string title;
    std::string owner;
    std::optional<Date> valid_from;
    std::optional<Date> valid_until;

    bool operator==(const MatchResult&) const = default;
};

/// Reads rules in the form of adapters/evidence/schema/evidence-rules.xsd. Nothing is returned when
/// `diagnostics` gained an error; warnings may be gained beside a result.
///
/// Errors, as diagnostics: those of read_xml; element_unknown, attribute_unknown,
/// attribute_missing, attribute_invalid, path_malformed, path_not_exact, document_repeated,
/// period_backwards, requirements_too_many, rules_too_many. Warning: document_ignored.
[[nodiscard]] std::optional<Rules> read_rules(std::string_view bytes,
                                              const std::string& file,
                                              Diagnostics& diagnostics);

/// What the rules say of the document at `locator` (see EvidenceItem).
[[nodiscard]] MatchResult match(const Rules& rules, std::string_view locator);

/// Checks that the rules are for `standard` and name only its requirements.
/// Errors, as diagnostics: standard_mismatch, requirement_unknown (with the nearest number, or the
/// numbers under it when it is a section's).
void check_against_standard(const Rules& rules, const Standard& standard, Diagnostics& diagnostics);

/// Orders numbers of requirements by their parts, digits by value: 7.1.2 before 7.1.10 before 7.2.
[[nodiscard]] bool number_before(std::string_view left, std::string_view right);

}  // namespace guildmark::evidence
