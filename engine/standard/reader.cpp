#include <algorithm>
#include <array>
#include <initializer_list>
#include <set>

#include <fmt/format.h>

#include "engine/standard/standard.h"

// Depth is bounded by limits::xml_depth_max, sizes by limits::xml_bytes_max, both in read_xml.

namespace guildmark {
namespace {

constexpr std::string_view standard_namespace = "urn:guildmark:standard:1";
constexpr std::size_t evidence_max = 5;
constexpr std::size_t title_characters_max = 120;
constexpr std::size_t guidance_characters_max = 1500;

/// Dates of a transition, none of which lies before those that stand before it here.
constexpr std::array<std::string_view, 4> transition_dates = {
    "published-on", "last-initial-to-old", "last-audit-to-old", "end-on"};

using Words = std::initializer_list<std::string_view>;

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    for (const char letter : text) {
        if (letter != ' ' && letter != '\t' && letter != '\n' && letter != '\r') {
            word += letter;
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    if (!word.empty()) {
        words.push_back(std::move(word));
    }
    return words;
}

/// White space at both ends left out, runs of it within as one space.
std::string collapse(std::string_view text) {
    return fmt::format("{}", fmt::join(words_of(text), " "));
}

std::size_t count_characters(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0u) != 0x80; }));
}

bool is_one_of(std::string_view word, Words words) {
    return std::ranges::find(words, word) != words.end();
}

class StandardReader {
public:
    explicit StandardReader(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

    Standard read(const XmlElement& root) {
        expect_attributes(
            root,
            {"id", "edition", "issuer", "designation", "published", "languages", "certifies"});
        expect_children(root, {"title", "section", "transition"});
        standard_.id = require(root, "id");
        standard_.edition = require(root, "edition");
        standard_.issuer = require(root, "issuer");
        standard_.designation = require(root, "designation");
        standard_.certifies = root.attribute_or("certifies", "");
        standard_.languages = words_of(require(root, "languages"));
        if (const std::string published = require(root, "published"); !published.empty()) {
            standard_.published = read_date(root, "published").value_or(Date());
        }
        standard_.title = texts(root, "title", "title_missing", title_characters_max);
        for (const XmlElement& child : root.children) {
            if (child.is(standard_namespace, "section")) {
                read_section(child, "");
            } else if (child.is(standard_namespace, "transition")) {
                standard_.transition = read_transition(child);
            }
        }
        if (standard_.requirements.empty()) {
            error(root, "requirement_missing", "this standard asks for nothing: no <requirement>");
        }
        return std::move(standard_);
    }

private:
    void error(const XmlElement& at,
               std::string code,
               std::string message,
               std::string suggestion = {}) const {
        diagnostics_.error(at.place, std::move(code), std::move(message), std::move(suggestion));
    }

    void expect_attributes(const XmlElement& element, Words known) const {
        for (const XmlAttribute& attribute : element.attributes) {
            if (attribute.namespace_uri.empty() && !is_one_of(attribute.name, known)) {
                error(
                    element,
                    "attribute_unknown",
                    fmt::format("<{}> has no attribute \"{}\"", element.name, attribute.name),
                    suggest(attribute.name, std::vector<std::string>(known.begin(), known.end())));
            }
        }
    }

    void expect_children(const XmlElement& element, Words known) const {
        for (const XmlElement& child : element.children) {
            if (child.namespace_uri != standard_namespace || !is_one_of(child.name, known)) {
                error(child,
                      "element_unknown",
                      fmt::format("<{}> may not stand in <{}>", child.name, element.name),
                      suggest(child.name, std::vector<std::string>(known.begin(), known.end())));
            }
        }
    }

    std::string require(const XmlElement& element, std::string_view attribute) const {
        std::string value = collapse(element.attribute_or(attribute, ""));
        if (value.empty()) {
            error(element,
                  "attribute_missing",
                  fmt::format("<{}> needs the attribute \"{}\"", element.name, attribute));
        }
        return value;
    }

    void invalid(const XmlElement& element,
                 std::string_view attribute,
                 std::string_view allowed) const {
        error(element,
              "attribute_invalid",
              fmt::format("\"{}\" in {}=\"…\" of <{}> is not {}",
                          element.attribute_or(attribute, ""),
                          attribute,
                          element.name,
                          allowed));
    }

    void expect_date(const XmlElement& element, std::string_view attribute) const {
        const std::string* value = element.find_attribute(attribute);
        if (value != nullptr && !Date::parse(*value)) {
            invalid(element, attribute, "a date such as 2015-09-15");
        }
    }

    std::optional<Date> read_date(const XmlElement& element, std::string_view attribute) const {
        expect_date(element, attribute);
        const auto date = Date::parse(element.attribute_or(attribute, ""));
        return date ? std::optional(*date) : std::nullopt;
    }

    /// Whether the attribute, or `otherwise` where it is absent, is `yes`; it may also be `no`.
    bool is_set(const XmlElement& element,
                std::string_view attribute,
                std::string_view yes,
                std::string_view no) const {
        const std::string value = element.attribute_or(attribute, no);
        if (value != yes && value != no) {
            invalid(element, attribute, fmt::format("\"{}\" or \"{}\"", yes, no));
        }
        return value == yes;
    }

    /// The texts of the children `name`; every declared language, and no other, has one.
    LocalizedText texts(const XmlElement& element,
                        std::string_view name,
                        const std::string& code_missing,
                        std::size_t characters_max) const {
        LocalizedText found;
        for (const XmlElement& child : element.children) {
            if (child.is(standard_namespace, name)) {
                read_text(child, found, characters_max);
            }
        }
        LocalizedText ordered;
        for (const std::string& language : standard_.languages) {
            if (found.has(language)) {
                ordered.set(language, found.in(language));
            } else {
                error(element,
                      code_missing,
                      fmt::format(
                          "<{}> has no <{}> in the language \"{}\"", element.name, name, language));
            }
        }
        return ordered;
    }

    void read_text(const XmlElement& child,
                   LocalizedText& found,
                   std::size_t characters_max) const {
        expect_attributes(child, {});
        expect_children(child, {});
        const std::string* language = child.find_attribute(xml_namespace, "lang");
        if (language == nullptr) {
            error(child,
                  "attribute_missing",
                  fmt::format("<{}> needs the attribute \"xml:lang\"", child.name));
            return;
        }
        if (std::ranges::find(standard_.languages, *language) == standard_.languages.end()) {
            error(child,
                  "language_undeclared",
                  fmt::format("languages=\"…\" of <standard> does not name \"{}\"", *language),
                  suggest(*language, standard_.languages));
        }
        std::string text = collapse(child.text());
        if (text.empty() || count_characters(text) > characters_max) {
            error(child,
                  "text_invalid",
                  fmt::format("<{}> holds 1 to {} characters", child.name, characters_max));
        }
        if (found.has(*language)) {
            error(child,
                  "text_repeated",
                  fmt::format("a second <{}> in the language \"{}\"", child.name, *language));
        }
        found.set(*language, std::move(text));
    }

    /// The element's clause number; empty when it has none or one that does not fit its section.
    std::string read_number(const XmlElement& element, const std::string& section) {
        std::string number = require(element, "id");
        if (number.empty()) {
            return number;
        }
        if (!section.empty() && !number.starts_with(section + ".")) {
            error(element,
                  "requirement_misplaced",
                  fmt::format(
                      "\"{}\" stands in the section \"{}\", so its number begins with \"{}.\"",
                      number,
                      section,
                      section));
        }
        if (!numbers_.insert(number).second) {
            error(
                element,
                "duplicate_requirement",
                fmt::format("the number \"{}\" is given to two sections or requirements", number));
        }
        return number;
    }

    void read_section(const XmlElement& element, const std::string& parent) {
        expect_attributes(element, {"id"});
        expect_children(element, {"title", "section", "requirement"});
        const std::string number = read_number(element, parent);
        standard_.sections.push_back(
            {number, parent, texts(element, "title", "title_missing", title_characters_max)});
        for (const XmlElement& child : element.children) {
            if (child.is(standard_namespace, "section")) {
                read_section(child, number);
            } else if (child.is(standard_namespace, "requirement")) {
                read_requirement(child, number);
            }
        }
    }

    void read_requirement(const XmlElement& element, const std::string& section) {
        expect_attributes(element,
                          {"id", "not-applicable", "documented", "applies-since", "amended-by"});
        expect_children(element, {"title", "guidance", "evidence"});
        expect_date(element, "applies-since");
        Requirement requirement;
        requirement.id = read_number(element, section);
        requirement.section = section;
        requirement.title = texts(element, "title", "title_missing", title_characters_max);
        requirement.guidance =
            texts(element, "guidance", "guidance_missing", guidance_characters_max);
        requirement.may_be_not_applicable = is_set(element, "not-applicable", "allowed", "refused");
        requirement.documented = is_set(element, "documented", "required", "not-required");
        for (const XmlElement& child : element.children) {
            if (child.is(standard_namespace, "evidence")) {
                requirement.evidence.push_back(read_evidence(child, requirement.id));
            }
        }
        if (requirement.evidence.empty() || requirement.evidence.size() > evidence_max) {
            error(element,
                  "evidence_missing",
                  fmt::format("a requirement names 1 to {} kinds of evidence; this one names {}",
                              evidence_max,
                              requirement.evidence.size()));
        }
        standard_.requirements.push_back(std::move(requirement));
    }

    TypicalEvidence read_evidence(const XmlElement& element, const std::string& requirement) {
        expect_attributes(element, {"id"});
        expect_children(element, {"title"});
        TypicalEvidence evidence{require(element, "id"),
                                 texts(element, "title", "title_missing", title_characters_max)};
        if (!evidence.id.empty() && !evidence.id.starts_with(requirement + "-")) {
            error(element,
                  "evidence_misplaced",
                  fmt::format("evidence of \"{}\" has an id such as \"{}-a\", not \"{}\"",
                              requirement,
                              requirement,
                              evidence.id));
        }
        if (!evidence.id.empty() && !evidence_ids_.insert(evidence.id).second) {
            error(element,
                  "duplicate_evidence",
                  fmt::format("a second evidence item has the id \"{}\"", evidence.id));
        }
        return evidence;
    }

    Transition read_transition(const XmlElement& element) const {
        expect_attributes(element,
                          {"to",
                           "published-on",
                           "end-on",
                           "last-audit-to-old",
                           "last-initial-to-old",
                           "certificate-expiry-rule"});
        expect_children(element, {"basis"});
        Transition transition;
        transition.to = require(element, "to");
        transition.published_on = read_date(element, "published-on");
        transition.last_initial_to_old = read_date(element, "last-initial-to-old");
        transition.last_audit_to_old = read_date(element, "last-audit-to-old");
        transition.end_on = read_date(element, "end-on");
        transition.certificate_expiry_rule = element.attribute_or("certificate-expiry-rule", "");
        if (!is_one_of(transition.certificate_expiry_rule, {"", "not-after-end-on", "cycle-end"})) {
            invalid(element, "certificate-expiry-rule", "\"not-after-end-on\" or \"cycle-end\"");
        }
        check_order(element);
        for (const XmlElement& basis : element.children) {
            transition.bases.push_back(read_basis(basis));
        }
        return transition;
    }

    /// The dates that are there follow each other as in `transition_dates`.
    void check_order(const XmlElement& transition) const {
        std::string_view earlier;
        for (const std::string_view later : transition_dates) {
            const std::string* const date = transition.find_attribute(later);
            if (date == nullptr) {
                continue;
            }
            // Dates of this form, which expect_date tells of, are in order when their texts are.
            if (!earlier.empty() && *date < transition.attribute_or(earlier, "")) {
                error(transition,
                      "transition_disordered",
                      fmt::format("{}=\"{}\" lies before {}=\"{}\"",
                                  later,
                                  *date,
                                  earlier,
                                  transition.attribute_or(earlier, "")));
            }
            earlier = later;
        }
    }

    TransitionBasis read_basis(const XmlElement& element) const {
        expect_attributes(element, {"of", "source", "doubt"});
        expect_children(element, {});
        TransitionBasis basis{
            require(element, "of"), require(element, "source"), element.attribute_or("doubt", "")};
        if (!basis.of.empty() && basis.of != "to" && basis.of != "certificate-expiry-rule" &&
            std::ranges::find(transition_dates, basis.of) == transition_dates.end()) {
            invalid(element, "of", "an attribute of <transition>");
        }
        return basis;
    }

    Diagnostics& diagnostics_;
    Standard standard_;
    std::set<std::string> numbers_;
    std::set<std::string> evidence_ids_;
};

}  // namespace

std::optional<Standard> read_standard(std::string_view bytes,
                                      const std::string& file,
                                      Diagnostics& diagnostics) {
    Diagnostics found;
    const auto root = read_xml(bytes, file, found);
    std::optional<Standard> standard;
    if (root && !root->is(standard_namespace, "standard")) {
        found.error(root->place,
                    "element_unknown",
                    fmt::format("a catalogue begins with <standard xmlns=\"{}\">, not with <{}>",
                                standard_namespace,
                                root->name));
    } else if (root) {
        standard = StandardReader(found).read(*root);
    }
    for (const Diagnostic& item : found.items()) {
        diagnostics.add(item);
    }
    return found.has_errors() ? std::nullopt : std::move(standard);
}

}  // namespace guildmark
