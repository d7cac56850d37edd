#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/xml/diagnostics.h"

namespace guildmark {

/// An attribute with its namespace resolved.
struct XmlAttribute {
    std::string namespace_uri;  ///< Empty for an attribute without a prefix.
    std::string name;           ///< Local name.
    std::string value;
};

/// An element with its namespaces resolved. Comments and processing instructions are left out; text
/// and CDATA between two elements are joined.
struct XmlElement {
    std::string namespace_uri;
    std::string name;  ///< Local name.
    std::vector<XmlAttribute> attributes;
    std::vector<XmlElement> children;
    /// Text before child i stands at texts[i], text after the last child at texts.back(); always
    /// one more than there are children.
    std::vector<std::string> texts;
    SourcePlace place;

    [[nodiscard]] bool is(std::string_view uri, std::string_view local) const {
        return namespace_uri == uri && name == local;
    }

    /// The value of the attribute without a namespace; null when it is not there.
    [[nodiscard]] const std::string* find_attribute(std::string_view local) const;
    [[nodiscard]] const std::string* find_attribute(std::string_view uri,
                                                    std::string_view local) const;

    /// The attribute's value, or `otherwise`.
    [[nodiscard]] std::string attribute_or(std::string_view local,
                                           std::string_view otherwise) const;

    /// All text directly inside, children left out.
    [[nodiscard]] std::string text() const;
};

inline constexpr std::string_view xml_namespace = "http://www.w3.org/XML/1998/namespace";

/// Reads one XML 1.0 document with namespaces, in UTF-8, UTF-16 or ISO-8859-1, and gives its root.
///
/// Nothing is fetched and nothing expands: a document type declaration is refused, and so is every
/// entity but XML's five and numeric references. Bounds are limits::xml_bytes_max and
/// limits::xml_depth_max. `file` is only a name for diagnostics.
///
/// Errors, as diagnostics: document_too_large, encoding_unknown, encoding_invalid,
/// doctype_refused, xml_malformed, document_too_deep, entity_unknown, attribute_repeated,
/// prefix_unknown. Nothing is returned when there is any.
[[nodiscard]] std::optional<XmlElement> read_xml(std::string_view bytes,
                                                 const std::string& file,
                                                 Diagnostics& diagnostics);

/// Writes an element as XML again: each element declares its own namespace as the default one where
/// it differs from its parent's; namespaced attributes get the prefixes a1, a2 and so on.
[[nodiscard]] std::string to_xml(const XmlElement& element);

/// Escapes `text` for XML content and for attribute values in double quotes.
[[nodiscard]] std::string escape_xml(std::string_view text);

}  // namespace guildmark
