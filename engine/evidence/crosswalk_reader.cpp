#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "engine/evidence/crosswalk.h"
#include "engine/workflow/reading.h"

namespace guildmark::evidence {
namespace {

using workflow::words_of;

class CrosswalkReader {
public:
    explicit CrosswalkReader(Diagnostics& diagnostics)
        : reading_{diagnostics, "", crosswalk_namespace} {}

    Crosswalk read(const XmlElement& root) {
        expect(root, {"from", "to", "languages"}, {"relation", "only"});
        crosswalk_.place = root.place;
        languages_ = words_of(reading_.require(root, "languages"));
        reading_.language = languages_.empty() ? "en" : languages_.front();
        crosswalk_.from = key(root, "from");
        crosswalk_.to = key(root, "to");
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
    void error(const XmlElement& at, std::string code, std::string message) const {
        reading_.diagnostics.error(at.place, std::move(code), std::move(message));
    }

    void expect(const XmlElement& element,
                std::initializer_list<std::string_view> attributes,
                std::initializer_list<std::string_view> children) const {
        reading_.expect_attributes(element, attributes);
        reading_.expect_children(element, children);
    }

    /// "iso-9001:2015": which standard, in which edition.
    std::string key(const XmlElement& element, std::string_view attribute) const {
        std::string value = reading_.require(element, attribute);
        const std::size_t colon = value.find(':');
        if (!value.empty() &&
            (colon == std::string::npos || colon == 0 || colon + 1 == value.size())) {
            reading_.invalid(
                element, attribute, "a standard with its edition, such as iso-9001:2015");
        }
        return value;
    }

    void read_relation(const XmlElement& element) {
        expect(element, {"from", "to", "strength"}, {"note"});
        Relation relation;
        relation.place = element.place;
        relation.from = words_of(reading_.require(element, "from"));
        relation.to = words_of(reading_.require(element, "to"));
        const std::string strength = reading_.require(element, "strength");
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

    /// What has to be added, in the crosswalk's languages and no other.
    LocalizedText read_note(const XmlElement& relation) const {
        LocalizedText note = reading_.texts(relation, "note");
        for (const auto& [language, text] : note.all()) {
            if (std::ranges::find(languages_, language) == languages_.end()) {
                error(relation,
                      "language_undeclared",
                      fmt::format("languages=\"…\" does not name \"{}\"", language));
            }
        }
        return note;
    }

    void read_only(const XmlElement& element) {
        expect(element, {"of", "requirements"}, {});
        const std::string side = reading_.require(element, "of");
        if (side != "from" && side != "to" && !side.empty()) {
            error(element,
                  "attribute_invalid",
                  fmt::format("of=\"{}\" is neither \"from\" nor \"to\"", side));
        }
        auto& numbers = side == "to" ? crosswalk_.only_to : crosswalk_.only_from;
        if (!sides_.insert(side).second) {
            error(element, "element_repeated", fmt::format("a second <only of=\"{}\">", side));
        }
        numbers = words_of(reading_.require(element, "requirements"));
    }

    workflow::Reading reading_;
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

}  // namespace guildmark::evidence
