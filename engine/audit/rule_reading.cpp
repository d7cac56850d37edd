#include "engine/audit/rule_reading.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "engine/base/limits.h"
#include "engine/workflow/characters.h"

namespace guildmark::audit {

RuleReading::RuleReading(const XmlElement& root, Diagnostics& diagnostics)
    : reading_{diagnostics, std::string(root.attribute_or("language", "en")), rule_namespace} {}

RuleHead RuleReading::head(const XmlElement& root,
                           std::initializer_list<std::string_view> attributes,
                           std::initializer_list<std::string_view> children) const {
    std::vector<std::string_view> known{"id", "edition", "issuer", "designation", "language"};
    known.insert(known.end(), attributes.begin(), attributes.end());
    std::vector<std::string_view> inside{"title"};
    inside.insert(inside.end(), children.begin(), children.end());
    expect(root, known, std::move(inside));
    RuleHead head;
    head.id = reading_.require_name(root, "id");
    head.edition = reading_.require(root, "edition");
    head.issuer = reading_.require(root, "issuer");
    head.designation = reading_.require(root, "designation");
    head.title = reading_.require_texts(root, "title");
    head.basis = basis(root, "");
    if (head.basis.sources.empty()) {
        error(root,
              "source_missing",
              "nothing says where this rule comes from; write it in a <source>");
    }
    return head;
}

void RuleReading::expect(const XmlElement& element,
                         const std::vector<std::string_view>& attributes,
                         std::vector<std::string_view> children) const {
    for (const std::string_view name : {"source", "doubt"}) {
        children.push_back(name);
    }
    const auto is_known = [](const std::vector<std::string_view>& known, std::string_view name) {
        return std::ranges::find(known, name) != known.end();
    };
    const auto nearest = [](std::string_view name, const std::vector<std::string_view>& known) {
        return suggest(name, std::vector<std::string>(known.begin(), known.end()));
    };
    for (const XmlAttribute& attribute : element.attributes) {
        if (attribute.namespace_uri.empty() && !is_known(attributes, attribute.name)) {
            error(element,
                  "attribute_unknown",
                  fmt::format("<{}> has no attribute \"{}\"", element.name, attribute.name),
                  nearest(attribute.name, attributes));
        }
    }
    for (const XmlElement& child : element.children) {
        if (child.namespace_uri != rule_namespace || !is_known(children, child.name)) {
            error(child,
                  "element_unknown",
                  fmt::format("<{}> may not stand in <{}>", child.name, element.name),
                  nearest(child.name, children));
        }
    }
}

Basis RuleReading::basis(const XmlElement& element, std::string about) const {
    Basis basis;
    basis.about = std::move(about);
    for (const XmlElement& child : element.children) {
        const bool is_source = child.is(rule_namespace, "source");
        const bool is_doubt = child.is(rule_namespace, "doubt");
        if (!is_source && !is_doubt) {
            continue;
        }
        const bool may_name_column = is_doubt && element.name == "band";
        for (const XmlAttribute& attribute : child.attributes) {
            if (attribute.name != "column" || !may_name_column) {
                error(child,
                      "attribute_unknown",
                      fmt::format("<{}> in <{}> has no attribute \"{}\"",
                                  child.name,
                                  element.name,
                                  attribute.name));
            }
        }
        std::string text = workflow::flow_text(child.text());
        if (text.empty() || !child.children.empty()) {
            error(child, "text_missing", fmt::format("<{}> holds a text", child.name));
        }
        if (is_source) {
            basis.sources.push_back(std::move(text));
        } else if (child.find_attribute("column") == nullptr) {
            basis.doubts.push_back(std::move(text));
        }
    }
    return basis;
}

std::optional<Fraction> RuleReading::find_fraction(const XmlElement& element,
                                                   std::string_view attribute,
                                                   const Fraction& least,
                                                   const Fraction& most) const {
    const std::string* text = element.find_attribute(attribute);
    if (text == nullptr) {
        return std::nullopt;
    }
    const auto number = Fraction::parse(*text);
    if (!number || *number < least || *number > most) {
        reading_.invalid(
            element,
            attribute,
            fmt::format(
                "a number such as 2.5 or 1/3, from {} to {}", least.to_text(), most.to_text()));
        return std::nullopt;
    }
    return *number;
}

Fraction RuleReading::require_fraction(const XmlElement& element,
                                       std::string_view attribute,
                                       const Fraction& least,
                                       const Fraction& most) const {
    if (reading_.require(element, attribute).empty()) {
        return least;
    }
    return find_fraction(element, attribute, least, most).value_or(least);
}

std::optional<std::uint64_t> RuleReading::find_count(const XmlElement& element,
                                                     std::string_view attribute) const {
    const std::string* text = element.find_attribute(attribute);
    if (text == nullptr) {
        return std::nullopt;
    }
    std::uint64_t count = 0;
    const char* end = text->data() + text->size();
    const auto read = std::from_chars(text->data(), end, count);
    if (text->empty() || read.ec != std::errc() || read.ptr != end || count < 1 ||
        count > limits::audited_count_max) {
        reading_.invalid(element,
                         attribute,
                         fmt::format("a whole number from 1 to {}", limits::audited_count_max));
        return std::nullopt;
    }
    return count;
}

std::uint64_t RuleReading::require_count(const XmlElement& element,
                                         std::string_view attribute) const {
    if (reading_.require(element, attribute).empty()) {
        return 1;
    }
    return find_count(element, attribute).value_or(1);
}

Money RuleReading::require_amount(const XmlElement& element, std::string_view attribute) const {
    const std::string text = reading_.require(element, attribute);
    auto amount = Money::parse(text);
    if (!text.empty() && (!amount || amount->minor_units() < 0)) {
        reading_.invalid(element, attribute, "an amount such as \"2000000 EUR\", not below zero");
    }
    return amount ? *amount : Money(0, *Currency::find("EUR"));
}

Money RuleReading::require_amount(const XmlElement& element,
                                  std::string_view attribute,
                                  const Currency& currency) const {
    Money amount = require_amount(element, attribute);
    if (amount.minor_units() != 0 && amount.currency() != currency) {
        error(element,
              "currency_mismatch",
              fmt::format("\"{}\" is in {}, and the prices are in {}",
                          attribute,
                          amount.currency().code,
                          currency.code));
    }
    return Money(amount.minor_units(), currency);
}

std::vector<const XmlElement*> RuleReading::children(const XmlElement& element,
                                                     std::string_view name) const {
    return workflow::children_of(element, name, rule_namespace);
}

const XmlElement* RuleReading::find_child(const XmlElement& element, std::string_view name) const {
    const auto found = children(element, name);
    if (found.size() > 1) {
        error(*found[1],
              "element_repeated",
              fmt::format("<{}> has more than one <{}>", element.name, name));
    }
    return found.empty() ? nullptr : found.front();
}

void RuleReading::error(const XmlElement& at,
                        std::string code,
                        std::string message,
                        std::string suggestion) const {
    reading_.diagnostics.error(
        at.place, std::move(code), std::move(message), std::move(suggestion));
}

std::optional<XmlElement> read_rule_root(std::string_view bytes,
                                         const std::string& file,
                                         std::string_view kind,
                                         Diagnostics& diagnostics) {
    auto root = read_xml(bytes, file, diagnostics);
    if (root && !root->is(rule_namespace, kind)) {
        diagnostics.error(root->place,
                          "element_unknown",
                          fmt::format("this rule begins with <{} xmlns=\"{}\">, not with <{}>",
                                      kind,
                                      rule_namespace,
                                      root->name));
        return std::nullopt;
    }
    return root;
}

}  // namespace guildmark::audit
