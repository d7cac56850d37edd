#include "engine/workflow/reading.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/workflow/characters.h"

namespace guildmark::workflow {
namespace {

constexpr std::size_t name_characters_max = 64;

std::vector<std::string> strings(std::initializer_list<std::string_view> words) {
    return {words.begin(), words.end()};
}

bool is_letter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= name_characters_max && is_letter(text.front()) &&
           std::ranges::all_of(text, [](char letter) {
               return is_letter(letter) || (letter >= '0' && letter <= '9') || letter == '-' ||
                      letter == '_';
           });
}

std::string not_of(std::string_view namespace_uri) {
    return namespace_uri == extension_namespace
               ? ": it is not of the workflow namespace"
               : fmt::format(": it is not of the namespace {}", namespace_uri);
}

}  // namespace

void Reading::expect_attributes(const XmlElement& element,
                                std::initializer_list<std::string_view> known) const {
    for (const XmlAttribute& attribute : element.attributes) {
        if (attribute.namespace_uri.empty() &&
            std::ranges::find(known, attribute.name) == known.end()) {
            diagnostics.error(
                element.place,
                "attribute_unknown",
                fmt::format("<{}> has no attribute \"{}\"", element.name, attribute.name),
                suggest(attribute.name, strings(known)));
        }
    }
}

void Reading::expect_children(const XmlElement& element,
                              std::initializer_list<std::string_view> known) const {
    for (const XmlElement& child : element.children) {
        const bool ours = child.namespace_uri == namespace_uri;
        if (!ours || std::ranges::find(known, child.name) == known.end()) {
            diagnostics.error(child.place,
                              "element_unknown",
                              fmt::format("<{}> may not stand in <{}>{}",
                                          child.name,
                                          element.name,
                                          ours ? "" : not_of(namespace_uri)),
                              suggest(child.name, strings(known)));
        }
    }
}

std::string Reading::require(const XmlElement& element, std::string_view attribute) const {
    std::string value = flow_text(element.attribute_or(attribute, ""));
    if (value.empty()) {
        diagnostics.error(element.place,
                          "attribute_missing",
                          fmt::format("<{}> needs the attribute \"{}\"", element.name, attribute));
    }
    return value;
}

std::string Reading::require_name(const XmlElement& element, std::string_view attribute) const {
    std::string value = require(element, attribute);
    if (!value.empty() && !is_name(value)) {
        invalid(element, attribute, "a letter, then at most 63 letters, digits, \"-\" and \"_\"");
    }
    return value;
}

std::optional<Duration> Reading::find_duration(const XmlElement& element,
                                               std::string_view attribute) const {
    const std::string* value = element.find_attribute(attribute);
    if (value == nullptr) {
        return std::nullopt;
    }
    auto duration = Duration::parse(*value);
    if (!duration) {
        invalid(element, attribute, "a duration such as P14D, P6M or PT48H");
        return std::nullopt;
    }
    return *duration;
}

bool Reading::is_true(const XmlElement& element, std::string_view attribute) const {
    const std::string value = element.attribute_or(attribute, "false");
    if (value != "true" && value != "false") {
        invalid(element, attribute, "\"true\" or \"false\"");
    }
    return value == "true";
}

LocalizedText Reading::texts(const XmlElement& element, std::string_view name) const {
    LocalizedText texts;
    for (const XmlElement* child : children_of(element, name, namespace_uri)) {
        const std::string* tag = child->find_attribute(xml_namespace, "lang");
        const std::string& text_language = tag == nullptr ? language : *tag;
        std::string text = flow_text(child->text());
        if (text.empty()) {
            diagnostics.error(
                child->place, "text_missing", fmt::format("this <{}> has no text", name));
            continue;
        }
        if (texts.has(text_language)) {
            diagnostics.error(child->place,
                              "text_repeated",
                              fmt::format("<{}> has a second <{}> in the language \"{}\"",
                                          element.name,
                                          name,
                                          text_language));
        }
        expect_attributes(*child, {});
        expect_children(*child, {});
        texts.set(text_language, std::move(text));
    }
    if (!texts.has(language)) {
        return texts;
    }
    // The first language set is the one that stands in for those that are missing.
    LocalizedText ordered;
    ordered.set(language, texts.in(language));
    for (const auto& [other, text] : texts.all()) {
        ordered.set(other, text);
    }
    return ordered;
}

LocalizedText Reading::require_texts(const XmlElement& element, std::string_view name) const {
    LocalizedText found = texts(element, name);
    if (!found.has(language)) {
        diagnostics.error(
            element.place,
            "text_missing",
            fmt::format("<{}> needs a <{}> in the language \"{}\"", element.name, name, language));
    }
    return found;
}

void Reading::invalid(const XmlElement& element,
                      std::string_view attribute,
                      std::string_view allowed,
                      std::string suggestion) const {
    diagnostics.error(element.place,
                      "attribute_invalid",
                      fmt::format("\"{}\" in {}=\"…\" of <{}> is not {}",
                                  element.attribute_or(attribute, ""),
                                  attribute,
                                  element.name,
                                  allowed),
                      std::move(suggestion));
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    constexpr std::string_view spaces = " \t\r\n";
    while (true) {
        const auto start = text.find_first_not_of(spaces);
        if (start == std::string_view::npos) {
            return words;
        }
        text.remove_prefix(start);
        const auto length = std::min(text.find_first_of(spaces), text.size());
        words.emplace_back(text.substr(0, length));
        text.remove_prefix(length);
    }
}

std::vector<const XmlElement*> children_of(const XmlElement& element,
                                           std::string_view name,
                                           std::string_view namespace_uri) {
    std::vector<const XmlElement*> found;
    for (const XmlElement& child : element.children) {
        if (child.is(namespace_uri, name)) {
            found.push_back(&child);
        }
    }
    return found;
}

}  // namespace guildmark::workflow
