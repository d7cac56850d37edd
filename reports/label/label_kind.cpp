#include "reports/label/label_kind.h"

#include <algorithm>
#include <sstream>

#include <fmt/format.h>

#include "engine/xml/document.h"

namespace guildmark::reports {
namespace {

constexpr std::string_view label_namespace = "urn:guildmark:label:1";

std::vector<std::string> words_of(const std::string& text) {
    std::istringstream words(text);
    std::vector<std::string> result;
    for (std::string word; words >> word;) {
        result.push_back(word);
    }
    return result;
}

/// The member that the child of that name tells; null: none.
LocalizedText* text_named(LabelKind& kind, std::string_view name) {
    return name == "title"     ? &kind.title
           : name == "where"   ? &kind.where
           : name == "refusal" ? &kind.refusal
           : name == "text"    ? &kind.text
                               : nullptr;
}

void read_child(const XmlElement& child, LabelKind& kind, Diagnostics& found) {
    const bool is_ours = child.namespace_uri == label_namespace;
    if (is_ours && (child.name == "source" || child.name == "doubt")) {
        return;
    }
    LocalizedText* text = is_ours ? text_named(kind, child.name) : nullptr;
    const std::string* language = child.find_attribute(xml_namespace, "lang");
    if (text == nullptr) {
        found.error(child.place,
                    "element_unknown",
                    fmt::format("<{}> may not stand in <label>", child.name));
    } else if (language == nullptr) {
        found.error(
            child.place, "attribute_missing", fmt::format("<{}> needs \"xml:lang\"", child.name));
    } else {
        text->set(*language, child.text());
    }
}

}  // namespace

std::optional<LabelKind> read_label_kind(std::string_view bytes,
                                         const std::string& file,
                                         Diagnostics& diagnostics) {
    const auto root = read_xml(bytes, file, diagnostics);
    if (!root) {
        return std::nullopt;
    }
    Diagnostics found;
    LabelKind kind;
    if (root->is(label_namespace, "label")) {
        kind.id = root->attribute_or("id", "");
        kind.party = root->attribute_or("party", "");
        kind.certifies = words_of(root->attribute_or("certifies", ""));
        kind.instead = words_of(root->attribute_or("instead", ""));
        for (const XmlElement& child : root->children) {
            read_child(child, kind, found);
        }
        if (kind.id.empty()) {
            found.error(root->place, "attribute_missing", "<label> needs \"id\"");
        }
        for (const char* name : {"title", "where", "refusal", "text"}) {
            if (text_named(kind, name)->all().empty()) {
                found.error(root->place, "text_missing", fmt::format("<label> needs a <{}>", name));
            }
        }
    } else {
        found.error(root->place, "element_unknown", "a kind of label begins with <label>");
    }
    for (const Diagnostic& item : found.items()) {
        diagnostics.add(item);
    }
    return found.has_errors() ? std::nullopt : std::optional(std::move(kind));
}

bool fits(const LabelKind& kind,
          std::string_view certifies,
          const std::vector<std::string>& parties) {
    const bool is_about =
        !certifies.empty() && std::ranges::find(kind.certifies, certifies) != kind.certifies.end();
    return is_about &&
           (kind.party.empty() || std::ranges::find(parties, kind.party) != parties.end());
}

Error does_not_fit(const LabelKind& kind,
                   const std::vector<LabelKind>& kinds,
                   std::string_view certifies,
                   const std::vector<std::string>& parties,
                   std::string_view language) {
    std::vector<std::string> instead;
    for (const std::string& id : kind.instead) {
        const auto other = std::ranges::find(kinds, id, &LabelKind::id);
        if (other != kinds.end() && fits(*other, certifies, parties)) {
            instead.push_back(fmt::format("{} ({})", id, other->title.in(language)));
        }
    }
    return refused(
        "label_does_not_fit",
        fmt::format("{} {}",
                    kind.refusal.in(language),
                    instead.empty() ? std::string("No other kind is known to fit.")
                                    : fmt::format("What fits: {}.", fmt::join(instead, ", "))),
        kind.id);
}

}  // namespace guildmark::reports
