#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "engine/xml/document.h"

/// Inclusion of XML files in each other, by <xi:include href="…"/> (W3C XML Inclusions 1.0, of
/// which href alone is used: whole XML files by a relative name).
namespace guildmark {

inline constexpr std::string_view xinclude_namespace = "http://www.w3.org/2001/XInclude";

/// What a document includes.
struct Inclusion {
    /// The bytes of a file by its name, which is relative to the folder of the first document and
    /// has no "." in it, and ".." at most as its beginning; null when there is none.
    std::function<const std::string*(const std::string& name)> find;
    /// Whether a file's root is only a wrapping, so that its children are included without it.
    std::function<bool(const XmlElement& root)> is_wrapping;
};

/// The name of the file that `file` includes by `href`; empty when it is none, or would be outside
/// of the folder that the folder of the first document is in.
[[nodiscard]] std::string included_name(std::string_view file, std::string_view href);

/// Puts what <xi:include> elements name in their place, at any depth; `file` is the name of the
/// file that `root` was read from. Bounds are limits::inclusions_max, and limits::xml_bytes_max
/// over all that is included. Tells whether all was included; `root` is of no use when it was not.
///
/// Errors, as diagnostics: include_invalid (no href, another attribute, a child; a name that is
/// outside), include_cyclic, include_missing, includes_too_many, document_too_large,
/// document_too_deep, those of read_xml.
[[nodiscard]] bool include_files(XmlElement& root,
                                 const std::string& file,
                                 const Inclusion& inclusion,
                                 Diagnostics& diagnostics);

/// The names of the files that the elements of `root`, which was read from `file`, include.
[[nodiscard]] std::set<std::string> included_names(const XmlElement& root, const std::string& file);

}  // namespace guildmark
