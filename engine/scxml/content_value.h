#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/value.h"
#include "engine/xml/document.h"

/// What content becomes as data of a session (SCXML B.2).
///
/// XML is an object whose one member is "#xml". Scripts see a
/// read-only document object in its place.
///
/// An element is an array: its name, an object of its attributes unless there are none, and its
/// children, of which texts are texts. The attribute "xmlns" is its namespace where that differs
/// from the parent's; "{uri}name" is an attribute of a namespace. The empty name is a fragment.
namespace guildmark::scxml {

inline constexpr std::string_view xml_member = "#xml";

/// What a text is as data: JSON, an object or array literal of ECMAScript, XML, or else the text
/// with its white space normalized.
[[nodiscard]] Value value_from_text(std::string_view text);

/// `text` with one space between its words and none around them.
[[nodiscard]] std::string normalize_space(std::string_view text);

/// Whether a script sees the value as a document object.
[[nodiscard]] bool is_xml(const Value& value);

/// The element itself.
[[nodiscard]] Value xml_value(const XmlElement& element);

/// What stands in the element: its one child, or a fragment when there is more than that.
[[nodiscard]] Value xml_content_value(const XmlElement& element);

/// XML text of such a value; nothing when it is none, or one that XML cannot hold.
[[nodiscard]] std::optional<std::string> xml_text(const Value& value);

}  // namespace guildmark::scxml
