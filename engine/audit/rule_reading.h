#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/audit/rule.h"
#include "engine/base/fraction.h"
#include "engine/base/money.h"
#include "engine/workflow/reading.h"

namespace guildmark::audit {

/// What the readers of all kinds of rules have in common. Everything that is wrong goes to the
/// diagnostics; what could not be read is left at its default, so that one reading finds all.
class RuleReading {
public:
    /// `root` is where the language of texts stands.
    RuleReading(const XmlElement& root, Diagnostics& diagnostics);

    /// `attributes` and `children` are those of the kind; what every rule has is known here.
    [[nodiscard]] RuleHead head(const XmlElement& root,
                                std::initializer_list<std::string_view> attributes,
                                std::initializer_list<std::string_view> children) const;

    /// What an element of a rule may hold: its attributes, children beside <source> and <doubt>.
    void expect(const XmlElement& element,
                const std::vector<std::string_view>& attributes,
                std::vector<std::string_view> children) const;

    /// The <source> and <doubt> of an element. A doubt that names a column is left out.
    [[nodiscard]] Basis basis(const XmlElement& element, std::string about) const;

    /// A number such as "2.5" or "1/3", from `least` to `most`; nothing when the attribute is
    /// absent. Errors: attribute_invalid.
    [[nodiscard]] std::optional<Fraction> find_fraction(const XmlElement& element,
                                                        std::string_view attribute,
                                                        const Fraction& least,
                                                        const Fraction& most) const;

    /// As find_fraction; `least` where there is none. Errors: attribute_missing,
    /// attribute_invalid.
    [[nodiscard]] Fraction require_fraction(const XmlElement& element,
                                            std::string_view attribute,
                                            const Fraction& least,
                                            const Fraction& most) const;

    /// A whole number from 1 to limits::audited_count_max. Errors: attribute_invalid.
    [[nodiscard]] std::optional<std::uint64_t> find_count(const XmlElement& element,
                                                          std::string_view attribute) const;

    /// As find_count; 1 where there is none. Errors: attribute_missing, attribute_invalid.
    [[nodiscard]] std::uint64_t require_count(const XmlElement& element,
                                              std::string_view attribute) const;

    /// An amount such as "2000000 EUR", not below zero; zero euros where there is none.
    /// Errors: attribute_missing, attribute_invalid.
    [[nodiscard]] Money require_amount(const XmlElement& element, std::string_view attribute) const;

    /// The same in that currency. Errors: likewise, currency_mismatch.
    [[nodiscard]] Money require_amount(const XmlElement& element,
                                       std::string_view attribute,
                                       const Currency& currency) const;

    [[nodiscard]] std::vector<const XmlElement*> children(const XmlElement& element,
                                                          std::string_view name) const;

    /// The only child of that name; null when there is none. Errors: element_repeated.
    [[nodiscard]] const XmlElement* find_child(const XmlElement& element,
                                               std::string_view name) const;

    void error(const XmlElement& at,
               std::string code,
               std::string message,
               std::string suggestion = {}) const;

    [[nodiscard]] const workflow::Reading& texts() const { return reading_; }

private:
    workflow::Reading reading_;
};

/// Reads the document and expects a root `kind` of the rules' namespace; nothing when it is none.
[[nodiscard]] std::optional<XmlElement> read_rule_root(std::string_view bytes,
                                                       const std::string& file,
                                                       std::string_view kind,
                                                       Diagnostics& diagnostics);

}  // namespace guildmark::audit
