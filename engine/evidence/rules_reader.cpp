#include <algorithm>
#include <initializer_list>

#include <fmt/format.h>

#include "engine/base/limits.h"
#include "engine/evidence/rules.h"
#include "engine/workflow/reading.h"
#include "engine/xml/document.h"

// The size of what is read is bounded by limits::xml_bytes_max in read_xml.

namespace guildmark::evidence {

namespace {

constexpr std::size_t title_characters_max = 200;

using workflow::words_of;
using Words = std::initializer_list<std::string_view>;

bool is_lower_or_digit(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
}

bool is_alphanumeric(char letter) {
    return is_lower_or_digit(letter) || (letter >= 'A' && letter <= 'Z');
}

/// Words of characters for which `is_inner` is true, one of `joints` between two of them.
bool is_joined(std::string_view text, bool (*is_inner)(char), std::string_view joints) {
    bool inner_before = false;
    for (const char letter : text) {
        const bool inner = is_inner(letter);
        if (!inner && (!inner_before || joints.find(letter) == std::string_view::npos)) {
            return false;
        }
        inner_before = inner;
    }
    return inner_before;
}

/// Lower-case words and numbers with hyphens between: "anna-brenner".
bool is_short_name(std::string_view text) {
    return is_joined(text, is_lower_or_digit, "-");
}

bool is_number(std::string_view text) {
    return is_joined(text, is_alphanumeric, ".-");
}

/// "iso-9001:2015"
bool is_standard_key(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) {
        return false;
    }
    const std::string_view edition = text.substr(colon + 1);
    return is_short_name(text.substr(0, colon)) && edition.size() == 4 &&
           std::ranges::all_of(edition, [](char digit) { return digit >= '0' && digit <= '9'; });
}

std::size_t count_characters(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0u) != 0x80; }));
}

class RulesReader {
public:
    RulesReader(const std::string& file, Diagnostics& diagnostics) : diagnostics_(diagnostics) {
        rules_.file = file;
    }

    Rules read(const XmlElement& root) {
        expect_attributes(root, {"standard"});
        rules_.standard = require(root, "standard");
        if (!rules_.standard.empty() && !is_standard_key(rules_.standard)) {
            invalid(root, "standard", "a standard and its edition such as iso-9001:2015");
        }
        if (root.children.size() > limits::evidence_rules_max) {
            error(root,
                  "rules_too_many",
                  fmt::format("{} entries stand here; at most {} may",
                              root.children.size(),
                              limits::evidence_rules_max));
            return std::move(rules_);
        }
        for (const XmlElement& child : root.children) {
            read_entry(child);
        }
        sort_documents();
        warn_of_ignored();
        return std::move(rules_);
    }

private:
    void error(const XmlElement& at,
               std::string code,
               std::string message,
               std::string suggestion = {}) {
        diagnostics_.error(at.place, std::move(code), std::move(message), std::move(suggestion));
    }

    void invalid(const XmlElement& at, std::string_view attribute, std::string_view allowed) {
        error(at,
              "attribute_invalid",
              fmt::format("\"{}\" in {}=\"…\" of <{}> is not {}",
                          at.attribute_or(attribute, ""),
                          attribute,
                          at.name,
                          allowed));
    }

    void expect_attributes(const XmlElement& element, Words known) {
        for (const XmlAttribute& attribute : element.attributes) {
            if (attribute.namespace_uri.empty() &&
                std::ranges::find(known, attribute.name) == known.end()) {
                error(
                    element,
                    "attribute_unknown",
                    fmt::format("<{}> has no attribute \"{}\"", element.name, attribute.name),
                    suggest(attribute.name, std::vector<std::string>(known.begin(), known.end())));
            }
        }
    }

    std::string require(const XmlElement& element, std::string_view attribute) {
        std::string value = element.attribute_or(attribute, "");
        if (value.empty()) {
            error(element,
                  "attribute_missing",
                  fmt::format("<{}> needs the attribute \"{}\"", element.name, attribute));
        }
        return value;
    }

    void unknown_element(const XmlElement& element, std::string_view where) {
        const std::vector<std::string> known = {"rule", "document", "ignore"};
        error(element,
              "element_unknown",
              fmt::format("<{}> may not stand in <{}>", element.name, where),
              suggest(element.name, known));
    }

    void read_entry(const XmlElement& element) {
        for (const XmlElement& child : element.children) {
            error(child,
                  "element_unknown",
                  fmt::format("<{}> may not stand in <{}>", child.name, element.name));
        }
        if (element.is(rules_namespace, "rule")) {
            read_rule(element);
        } else if (element.is(rules_namespace, "document")) {
            read_document(element);
        } else if (element.is(rules_namespace, "ignore")) {
            read_ignore(element);
        } else {
            unknown_element(element, "evidence-rules");
        }
    }

    std::optional<PathPattern> read_path(const XmlElement& element) {
        const std::string text = require(element, "path");
        if (text.empty()) {
            return std::nullopt;
        }
        Result<PathPattern> pattern = PathPattern::parse(text);
        if (!pattern) {
            error(element, pattern.error().code, pattern.error().message);
            return std::nullopt;
        }
        return std::move(*pattern);
    }

    void read_rule(const XmlElement& element) {
        Attributes attributes = read_attributes(element);
        if (auto pattern = read_path(element)) {
            rules_.rules.push_back({std::move(*pattern), std::move(attributes)});
        }
    }

    void read_document(const XmlElement& element) {
        Attributes attributes = read_attributes(element);
        const auto pattern = read_path(element);
        const std::string locator = element.attribute_or("path", "");
        if (pattern && !pattern->is_exact()) {
            error(element,
                  "path_not_exact",
                  fmt::format("<document> names one document; \"{}\" has \"*\" or \"?\"", locator),
                  "write <rule> for several documents");
        } else if (pattern) {
            rules_.documents.push_back({locator, to_path(locator), std::move(attributes)});
        }
    }

    void read_ignore(const XmlElement& element) {
        expect_attributes(element, {"path"});
        if (auto pattern = read_path(element)) {
            rules_.ignores.push_back({std::move(*pattern), element.place});
        }
    }

    Attributes read_attributes(const XmlElement& element) {
        expect_attributes(element,
                          {"path", "requirements", "title", "owner", "valid-from", "valid-until"});
        Attributes attributes;
        attributes.place = element.place;
        attributes.requirements = read_requirements(element);
        attributes.title = element.attribute_or("title", "");
        if (count_characters(attributes.title) > title_characters_max) {
            invalid(element, "title", fmt::format("1 to {} characters", title_characters_max));
        }
        attributes.owner = element.attribute_or("owner", "");
        if (element.find_attribute("owner") != nullptr && !is_short_name(attributes.owner)) {
            invalid(element, "owner", "a person's short name such as anna-brenner");
        }
        attributes.valid_from = read_date(element, "valid-from");
        attributes.valid_until = read_date(element, "valid-until");
        if (attributes.valid_from && attributes.valid_until &&
            *attributes.valid_until < *attributes.valid_from) {
            error(element,
                  "period_backwards",
                  fmt::format("it ends ({}) before it begins ({})",
                              attributes.valid_until->to_text(),
                              attributes.valid_from->to_text()));
        }
        return attributes;
    }

    std::vector<std::string> read_requirements(const XmlElement& element) {
        std::vector<std::string> numbers = words_of(element.attribute_or("requirements", ""));
        if (numbers.empty()) {
            error(element,
                  "attribute_missing",
                  fmt::format("<{}> needs the attribute \"requirements\"", element.name),
                  "list the numbers that the document is evidence for, or write <ignore>");
        }
        if (numbers.size() > limits::requirements_per_match_max) {
            error(element,
                  "requirements_too_many",
                  fmt::format("{} requirements for one document; at most {} may be listed",
                              numbers.size(),
                              limits::requirements_per_match_max));
        }
        if (!std::ranges::all_of(numbers, is_number)) {
            invalid(element, "requirements", "a list of numbers such as \"7.1.5.1 7.1.5.2\"");
        }
        return numbers;
    }

    std::optional<Date> read_date(const XmlElement& element, std::string_view attribute) {
        const std::string* text = element.find_attribute(attribute);
        if (text == nullptr) {
            return std::nullopt;
        }
        Result<Date> date = Date::parse(*text);
        if (!date) {
            invalid(element, attribute, "a day such as 2026-03-02");
            return std::nullopt;
        }
        return *date;
    }

    void sort_documents() {
        auto& documents = rules_.documents;
        std::ranges::stable_sort(documents, {}, &DocumentEntry::path);
        for (std::size_t index = 1; index < documents.size(); ++index) {
            if (documents[index].path == documents[index - 1].path) {
                diagnostics_.error(
                    documents[index].attributes.place,
                    "document_repeated",
                    fmt::format("a second <document> for \"{}\"; the first stands in "
                                "line {}",
                                documents[index].locator,
                                documents[index - 1].attributes.place.line),
                    "join the two");
            }
        }
    }

    void warn_of_ignored() {
        for (const DocumentEntry& entry : rules_.documents) {
            const auto ignore = std::ranges::find_if(
                rules_.ignores,
                [&](const IgnoreRule& candidate) { return candidate.pattern.matches(entry.path); });
            if (ignore == rules_.ignores.end()) {
                continue;
            }
            diagnostics_.warning(
                entry.attributes.place,
                "document_ignored",
                fmt::format("\"{}\" is evidence for nothing, because the <ignore> in line {} "
                            "matches it",
                            entry.locator,
                            ignore->place.line),
                "narrow the <ignore>, or remove the entry");
        }
    }

    Diagnostics& diagnostics_;
    Rules rules_;
};

}  // namespace

std::optional<Rules> read_rules(std::string_view bytes,
                                const std::string& file,
                                Diagnostics& diagnostics) {
    Diagnostics found;
    const auto root = read_xml(bytes, file, found);
    std::optional<Rules> rules;
    if (root && !root->is(rules_namespace, "evidence-rules")) {
        found.error(root->place,
                    "element_unknown",
                    fmt::format("evidence rules begin with <evidence-rules xmlns=\"{}\">, not with "
                                "<{}>",
                                rules_namespace,
                                root->name));
    } else if (root) {
        rules = RulesReader(file, found).read(*root);
    }
    for (const Diagnostic& item : found.items()) {
        diagnostics.add(item);
    }
    return found.has_errors() ? std::nullopt : std::move(rules);
}

}  // namespace guildmark::evidence
