#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/duration.h"
#include "engine/workflow/localized_text.h"
#include "engine/workflow/namespace.h"
#include "engine/xml/document.h"

/// How elements of the extension namespace, or of one like it, are read. Everything that is wrong
/// goes to the diagnostics, and what could not be read is left empty, so that one reading finds all
/// faults.
namespace guildmark::workflow {

/// Where one reading tells what is wrong, and in which language its texts are by default.
struct Reading {
    Diagnostics& diagnostics;
    std::string language;  ///< Of texts without xml:lang.
    std::string_view namespace_uri = extension_namespace;

    /// attribute_unknown for each attribute without a namespace that is not one of `known`.
    void expect_attributes(const XmlElement& element,
                           std::initializer_list<std::string_view> known) const;

    /// element_unknown for each child that is not in the namespace or not one of `known`.
    void expect_children(const XmlElement& element,
                         std::initializer_list<std::string_view> known) const;

    /// The attribute's value; attribute_missing when it is absent or blank.
    [[nodiscard]] std::string require(const XmlElement& element, std::string_view attribute) const;

    /// The attribute `attribute` as a name: a letter, then at most 63 letters, digits, "-" and "_".
    /// Errors: attribute_missing, attribute_invalid.
    [[nodiscard]] std::string require_name(const XmlElement& element,
                                           std::string_view attribute) const;

    /// Errors: attribute_invalid.
    [[nodiscard]] std::optional<Duration> find_duration(const XmlElement& element,
                                                        std::string_view attribute) const;

    /// "true" or "false"; false when absent. Errors: attribute_invalid.
    [[nodiscard]] bool is_true(const XmlElement& element, std::string_view attribute) const;

    /// The texts of all children `name`, by xml:lang. Errors: text_repeated (one language twice),
    /// text_missing (a child without text).
    [[nodiscard]] LocalizedText texts(const XmlElement& element, std::string_view name) const;

    /// As texts; text_missing when there is none in `language`.
    [[nodiscard]] LocalizedText require_texts(const XmlElement& element,
                                              std::string_view name) const;

    /// attribute_invalid: what stands there, what may stand there.
    void invalid(const XmlElement& element,
                 std::string_view attribute,
                 std::string_view allowed,
                 std::string suggestion = {}) const;
};

/// The words of a list that is separated by white space.
[[nodiscard]] std::vector<std::string> words_of(std::string_view text);

/// The children of that name in the extension namespace, or another.
[[nodiscard]] std::vector<const XmlElement*> children_of(
    const XmlElement& element,
    std::string_view name,
    std::string_view namespace_uri = extension_namespace);

}  // namespace guildmark::workflow
