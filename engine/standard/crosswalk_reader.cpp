#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "engine/standard/crosswalk.h"

namespace guildmark {
namespace {

using Names = std::initializer_list<std::string_view>;

std::vector<std::string> numbers_in(std::string_view text) {
    constexpr std::string_view spaces = " \t\r\n";
    std::vector<std::string> numbers;
    for (std::size_t begin = text.find_first_not_of(spaces); begin != std::string_view::npos;) {
        const std::size_t end = std::min(text.find_first_of(spaces, begin), text.size());
        numbers.emplace_back(text.substr(begin, end - begin));
        begin = text.find_first_not_of(spaces, end);
    }
    return numbers;
}

class CrosswalkReader {
public:
    explicit CrosswalkReader(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

    Crosswalk read(const XmlElement& root) {
        expect(root, {"from", "to", "languages"}, {"relation", "only"});
        crosswalk_.place = root.place;
        crosswalk_.from = key(root, "from");
        crosswalk_.to = key(root, "to");
        languages_ = numbers_in(required(root, "languages"));
        if (!crosswalk_.from.empty() && crosswalk_.from == crosswalk_.to) {
            error(root,
                  "attribute_conflict",
                  "a crosswalk is between two standards, or two editions");
        }
        for (const XmlElement& child : root.children) {
            if (child.is(crosswalk_namespace, "relation")) {
                read_relation(child);
            } else if (child.is(crosswalk_namespace, "only")) {
                read_only(child);
            }
        }
        if (crosswalk_.relations.empty()) {
            error(root, "element_missing", "a crosswalk has at least one <relation>");
        }
        return std::move(crosswalk_);
    }

private:
    void error(const XmlElement& at,
               std::string code,
               std::string message,
               std::string suggestion = {}) const {
        diagnostics_.error(at.place, std::move(code), std::move(message), std::move(suggestion));
    }

    void expect(const XmlElement& element, Names attributes, Names children) const {
        for (const XmlAttribute& attribute : element.attributes) {
            if (attribute.namespace_uri.empty() &&
                std::ranges::find(attributes, attribute.name) == attributes.end()) {
                error(element,
                      "attribute_unknown",
                      fmt::format("<{}> has no attribute \"{}\"", element.name, attribute.name),
                      suggest(attribute.name,
                              std::vector<std::string>(attributes.begin(), attributes.end())));
            }
        }
        for (const XmlElement& child : element.children) {
            if (child.namespace_uri != crosswalk_namespace ||
                std::ranges::find(children, child.name) == children.end()) {
                error(child,
                      "element_unknown",
                      fmt::format("<{}> may not stand in <{}>", child.name, element.name),
                      suggest(child.name,
                              std::vector<std::string>(children.begin(), children.end())));
            }
        }
    }

    std::string required(const XmlElement& element, std::string_view attribute) const {
        std::string value = element.attribute_or(attribute, "");
        if (numbers_in(value).empty()) {
            error(element,
                  "attribute_missing",
                  fmt::format("<{}> needs the attribute \"{}\"", element.name, attribute));
        }
        return value;
    }

    /// "iso-9001:2015": which standard, in which edition.
    std::string key(const XmlElement& element, std::string_view attribute) const {
        std::string value = required(element, attribute);
        const std::size_t colon = value.find(':');
        if (!value.empty() &&
            (colon == std::string::npos || colon == 0 || colon + 1 == value.size())) {
            error(element,
                  "attribute_invalid",
                  fmt::format("{}=\"{}\" is no standard with its edition, such as iso-9001:2015",
                              attribute,
                              value));
        }
        return value;
    }

    void read_relation(const XmlElement& element) {
        expect(element, {"from", "to", "strength"}, {"note"});
        Relation relation;
        relation.place = element.place;
        relation.from = numbers_in(required(element, "from"));
        relation.to = numbers_in(required(element, "to"));
        const std::string strength = required(element, "strength");
        if (strength != "full" && strength != "part" && !strength.empty()) {
            error(element,
                  "attribute_invalid",
                  fmt::format("strength=\"{}\" is neither \"full\" nor \"part\"", strength));
        }
        relation.strength = strength == "part" ? Strength::part : Strength::full;
        relation.note = read_note(element);
        const bool needs_note = relation.strength == Strength::part;
        for (const std::string& language : languages_) {
            if (needs_note && !relation.note.has(language)) {
                error(
                    element,
                    "text_missing",
                    fmt::format("what has to be added is said in each language; there is no <note> "
                                "in \"{}\"",
                                language));
            }
        }
        crosswalk_.relations.push_back(std::move(relation));
    }

    LocalizedText read_note(const XmlElement& relation) const {
        LocalizedText note;
        for (const XmlElement& child : relation.children) {
            if (!child.is(crosswalk_namespace, "note")) {
                continue;
            }
            expect(child, {}, {});
            const std::string* const language = child.find_attribute(xml_namespace, "lang");
            if (language == nullptr) {
                error(child, "attribute_missing", "<note> needs the attribute \"xml:lang\"");
            } else if (std::ranges::find(languages_, *language) == languages_.end()) {
                error(child,
                      "language_undeclared",
                      fmt::format("languages=\"…\" does not name \"{}\"", *language),
                      suggest(*language, languages_));
            } else if (note.has(*language)) {
                error(child,
                      "text_repeated",
                      fmt::format("a second <note> in the language \"{}\"", *language));
            } else if (!numbers_in(child.text()).empty()) {
                note.set(*language, child.text());
            }
        }
        return note;
    }

    void read_only(const XmlElement& element) {
        expect(element, {"of", "requirements"}, {});
        const std::string side = required(element, "of");
        if (side != "from" && side != "to" && !side.empty()) {
            error(element,
                  "attribute_invalid",
                  fmt::format("of=\"{}\" is neither \"from\" nor \"to\"", side));
        }
        auto& numbers = side == "to" ? crosswalk_.only_to : crosswalk_.only_from;
        if (!sides_.insert(side).second) {
            error(element, "element_repeated", fmt::format("a second <only of=\"{}\">", side));
        }
        numbers = numbers_in(required(element, "requirements"));
    }

    Diagnostics& diagnostics_;
    Crosswalk crosswalk_;
    std::vector<std::string> languages_;
    std::set<std::string> sides_;
};

}  // namespace

std::optional<Crosswalk> read_crosswalk(std::string_view bytes,
                                        const std::string& file,
                                        Diagnostics& diagnostics) {
    Diagnostics found;
    const auto root = read_xml(bytes, file, found);
    std::optional<Crosswalk> crosswalk;
    if (root && !root->is(crosswalk_namespace, "crosswalk")) {
        found.error(root->place,
                    "element_unknown",
                    fmt::format("a crosswalk begins with <crosswalk xmlns=\"{}\">, not with <{}>",
                                crosswalk_namespace,
                                root->name));
    } else if (root) {
        crosswalk = CrosswalkReader(found).read(*root);
    }
    for (const Diagnostic& item : found.items()) {
        diagnostics.add(item);
    }
    return found.has_errors() ? std::nullopt : std::move(crosswalk);
}

}  // namespace guildmark
