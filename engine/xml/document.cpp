#include "engine/xml/document.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>
#include <pugixml.hpp>

#include "engine/base/limits.h"
#include "engine/xml/encoding.h"

namespace guildmark {
namespace {

bool begins_character(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0u) != 0x80;
}

/// Turns byte offsets into lines and columns, by a table of line starts and one of how many
/// characters stand before each block, so that a document of one long line costs no more.
class LineTable {
public:
    LineTable(std::string_view text, std::string file) : text_(text), file_(std::move(file)) {
        std::size_t characters = 0;
        for (std::size_t index = 0; index < text.size(); ++index) {
            if (index % block_bytes == 0) {
                characters_before_.push_back(characters);
            }
            characters += begins_character(text[index]) ? 1u : 0u;
            if (text[index] == '\n') {
                starts_.push_back(index + 1);
            }
        }
        if (text.size() % block_bytes == 0) {
            characters_before_.push_back(characters);
        }
    }

    [[nodiscard]] SourcePlace at(std::size_t offset) const {
        offset = std::min(offset, text_.size());
        const auto next = std::ranges::upper_bound(starts_, offset);
        const std::size_t characters = count_before(offset) - count_before(*(next - 1));
        return SourcePlace{file_,
                           static_cast<unsigned>(next - starts_.begin()),
                           static_cast<unsigned>(characters) + 1};
    }

private:
    static constexpr std::size_t block_bytes = 256;

    [[nodiscard]] std::size_t count_before(std::size_t offset) const {
        const std::size_t block = offset / block_bytes;
        const std::string_view rest = text_.substr(block * block_bytes, offset % block_bytes);
        return characters_before_[block] +
               static_cast<std::size_t>(std::ranges::count_if(rest, begins_character));
    }

    std::string_view text_;
    std::string file_;
    std::vector<std::size_t> starts_{0};
    std::vector<std::size_t> characters_before_;
};

struct Prefix {
    std::string name;
    std::string uri;
};

/// Splits "prefix:local".
std::pair<std::string_view, std::string_view> split_name(std::string_view name) {
    const auto colon = name.find(':');
    return colon == std::string_view::npos
               ? std::pair{std::string_view(), name}
               : std::pair{name.substr(0, colon), name.substr(colon + 1)};
}

class Reader {
public:
    Reader(const LineTable& lines, Diagnostics& diagnostics)
        : lines_(lines), diagnostics_(diagnostics) {}

    /// Recursion is bounded by limits::xml_depth_max.
    XmlElement read(const pugi::xml_node& node, std::size_t depth) {
        XmlElement element;
        // pugixml's offset is that of the name, one behind the bracket.
        element.place = lines_.at(
            static_cast<std::size_t>(std::max<std::ptrdiff_t>(1, node.offset_debug())) - 1);
        if (depth > limits::xml_depth_max) {
            diagnostics_.error(
                element.place,
                "document_too_deep",
                fmt::format("elements are nested deeper than {}", limits::xml_depth_max));
            return element;
        }
        const std::size_t scope = prefixes_.size();
        declare_prefixes(node);
        const auto [prefix, local] = split_name(node.name());
        check_name(node.name(), local, element.place);
        element.namespace_uri = resolve(prefix, element.place);
        element.name = local;
        read_attributes(node, element);
        read_children(node, element, depth);
        prefixes_.resize(scope);
        return element;
    }

private:
    void declare_prefixes(const pugi::xml_node& node) {
        for (const pugi::xml_attribute& attribute : node.attributes()) {
            const std::string_view name = attribute.name();
            if (name == "xmlns") {
                prefixes_.push_back({"", attribute.value()});
            } else if (name.starts_with("xmlns:")) {
                prefixes_.push_back({std::string(name.substr(6)), attribute.value()});
            }
        }
    }

    /// Namespaces in XML 1.0, 4: a prefix, if any, and one name behind it.
    void check_name(std::string_view name, std::string_view local, const SourcePlace& place) {
        if (local.empty() || local.find(':') != std::string_view::npos) {
            diagnostics_.error(place,
                               "xml_malformed",
                               fmt::format("\"{}\" is not a prefix and a name behind it", name));
        }
    }

    std::string resolve(std::string_view prefix, const SourcePlace& place) {
        if (prefix == "xml") {
            return std::string(xml_namespace);
        }
        for (auto entry = prefixes_.rbegin(); entry != prefixes_.rend(); ++entry) {
            if (entry->name == prefix) {
                return entry->uri;
            }
        }
        if (!prefix.empty()) {
            diagnostics_.error(place,
                               "prefix_unknown",
                               fmt::format("the prefix \"{}\" is not declared", prefix),
                               fmt::format("add xmlns:{}=\"…\" to the root element", prefix));
        }
        return {};
    }

    void read_attributes(const pugi::xml_node& node, XmlElement& element) {
        for (const pugi::xml_attribute& attribute : node.attributes()) {
            const std::string_view name = attribute.name();
            if (name == "xmlns" || name.starts_with("xmlns:")) {
                continue;
            }
            const auto [prefix, local] = split_name(name);
            check_name(name, local, element.place);
            XmlAttribute read{prefix.empty() ? std::string() : resolve(prefix, element.place),
                              std::string(local),
                              attribute.value()};
            if (element.find_attribute(read.namespace_uri, read.name) != nullptr) {
                diagnostics_.error(element.place,
                                   "attribute_repeated",
                                   fmt::format("the attribute \"{}\" stands twice", name));
            }
            element.attributes.push_back(std::move(read));
        }
    }

    void read_children(const pugi::xml_node& node, XmlElement& element, std::size_t depth) {
        element.texts.emplace_back();
        for (const pugi::xml_node& child : node.children()) {
            if (child.type() == pugi::node_element) {
                element.children.push_back(read(child, depth + 1));
                element.texts.emplace_back();
            } else if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
                element.texts.back() += child.value();
            }
        }
    }

    const LineTable& lines_;
    Diagnostics& diagnostics_;
    std::vector<Prefix> prefixes_;
};

/// Finds what pugixml would let pass in silence: a document type declaration, and references that
/// are neither numeric nor one of XML's five.
class Scanner {
public:
    Scanner(std::string_view text, const LineTable& lines, Diagnostics& diagnostics)
        : text_(text), lines_(lines), diagnostics_(diagnostics) {}

    void scan() {
        for (std::size_t index = text_.find_first_of("<&"); index != std::string_view::npos;
             index = text_.find_first_of("<&", index)) {
            index = text_[index] == '<' ? skip_markup(index) : check_reference(index);
        }
    }

private:
    /// Moves behind a comment, CDATA section or processing instruction, else behind the bracket.
    std::size_t skip_markup(std::size_t index) {
        const std::string_view rest = text_.substr(index);
        for (const auto& [open, close] :
             {std::pair<std::string_view, std::string_view>{"<!--", "-->"},
              {"<![CDATA[", "]]>"},
              {"<?", "?>"}}) {
            if (rest.starts_with(open)) {
                const auto end = text_.find(close, index + open.size());
                return end == std::string_view::npos ? text_.size() : end + close.size();
            }
        }
        if (rest.starts_with("<!DOCTYPE")) {
            diagnostics_.error(lines_.at(index),
                               "doctype_refused",
                               "a document type declaration is not read here",
                               "remove it; nothing it could declare is used");
        }
        return index + 1;
    }

    std::size_t check_reference(std::size_t index) {
        const auto end = text_.find_first_of(";<& \n\"'", index + 1);
        const bool closed = end != std::string_view::npos && text_[end] == ';';
        const std::string_view name = closed ? text_.substr(index + 1, end - index - 1) : "";
        constexpr std::string_view known[] = {"lt", "gt", "amp", "quot", "apos"};
        if (!name.starts_with('#') && std::ranges::find(known, name) == std::end(known)) {
            diagnostics_.error(lines_.at(index),
                               "entity_unknown",
                               closed ? fmt::format("the entity \"{}\" is not known here", name)
                                      : std::string("an ampersand that begins no reference"),
                               "write &amp; for an ampersand, or the character itself");
        }
        return index + 1;
    }

    std::string_view text_;
    const LineTable& lines_;
    Diagnostics& diagnostics_;
};

std::optional<XmlElement> parse_document(const std::string& text,
                                         const LineTable& lines,
                                         Diagnostics& diagnostics) {
    pugi::xml_document document;
    const pugi::xml_parse_result parsed =
        document.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
    if (!parsed) {
        diagnostics.error(
            lines.at(static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, parsed.offset))),
            "xml_malformed",
            std::string("the document is not well-formed: ") + parsed.description());
        return std::nullopt;
    }
    const pugi::xml_node root = document.document_element();
    if (const pugi::xml_node second = root.next_sibling()) {
        diagnostics.error(lines.at(static_cast<std::size_t>(second.offset_debug())),
                          "xml_malformed",
                          "a document has one root element; something stands behind it");
        return std::nullopt;
    }
    return Reader(lines, diagnostics).read(root, 1);
}

std::string reference(char letter) {
    return fmt::format("&#{};", static_cast<int>(letter));
}

/// The value of an attribute in double quotes. Readers make spaces of white space in it that is not
/// written as a reference (XML 1.0, 3.3.3).
std::string escape_value(std::string_view text) {
    std::string out;
    for (const char letter : escape_xml(text)) {
        if (letter == '\t' || letter == '\n') {
            out += reference(letter);
        } else {
            out += letter;
        }
    }
    return out;
}

void append_xml(std::string& out, const XmlElement& element, std::string_view outer_namespace) {
    out += '<' + element.name;
    if (element.namespace_uri != outer_namespace) {
        out += " xmlns=\"" + escape_value(element.namespace_uri) + '"';
    }
    unsigned prefix = 0;
    for (const XmlAttribute& attribute : element.attributes) {
        if (attribute.namespace_uri.empty()) {
            out += fmt::format(" {}=\"{}\"", attribute.name, escape_value(attribute.value));
        } else if (attribute.namespace_uri == xml_namespace) {
            out += fmt::format(" xml:{}=\"{}\"", attribute.name, escape_value(attribute.value));
        } else {
            ++prefix;
            out += fmt::format(" xmlns:a{0}=\"{1}\" a{0}:{2}=\"{3}\"",
                               prefix,
                               escape_value(attribute.namespace_uri),
                               attribute.name,
                               escape_value(attribute.value));
        }
    }
    out += '>';
    for (std::size_t index = 0; index < element.children.size(); ++index) {
        out += escape_xml(element.texts[index]);
        append_xml(out, element.children[index], element.namespace_uri);
    }
    out += escape_xml(element.texts.back()) + "</" + element.name + '>';
}

}  // namespace

const std::string* XmlElement::find_attribute(std::string_view local) const {
    return find_attribute("", local);
}

const std::string* XmlElement::find_attribute(std::string_view uri, std::string_view local) const {
    const auto found = std::ranges::find_if(attributes, [&](const XmlAttribute& attribute) {
        return attribute.name == local && attribute.namespace_uri == uri;
    });
    return found == attributes.end() ? nullptr : &found->value;
}

std::string XmlElement::attribute_or(std::string_view local, std::string_view otherwise) const {
    const std::string* value = find_attribute(local);
    return value == nullptr ? std::string(otherwise) : *value;
}

std::string XmlElement::text() const {
    std::string joined;
    for (const std::string& text : texts) {
        joined += text;
    }
    return joined;
}

std::optional<XmlElement> read_xml(std::string_view bytes,
                                   const std::string& file,
                                   Diagnostics& diagnostics) {
    const SourcePlace whole{file, 0, 0};
    if (bytes.size() > limits::xml_bytes_max) {
        diagnostics.error(whole,
                          "document_too_large",
                          fmt::format("the document has {} bytes; at most {} are read",
                                      bytes.size(),
                                      limits::xml_bytes_max));
        return std::nullopt;
    }
    auto text = to_utf8(bytes);
    if (!text) {
        diagnostics.error(whole, text.error().code, text.error().message);
        return std::nullopt;
    }
    const LineTable lines(*text, file);
    Diagnostics found;
    Scanner(*text, lines, found).scan();
    auto root = found.has_errors() ? std::nullopt : parse_document(*text, lines, found);
    for (const Diagnostic& item : found.items()) {
        diagnostics.add(item);
    }
    return found.has_errors() ? std::nullopt : std::move(root);
}

std::string to_xml(const XmlElement& element) {
    std::string out;
    append_xml(out, element, "");
    return out;
}

std::string escape_xml(std::string_view text) {
    // White space alone counts only where some of it is a reference; else readers leave it out.
    const bool is_space = text.find_first_not_of(" \t\r\n") == std::string_view::npos;
    std::string out;
    for (const char letter : text) {
        if (letter == '\r' || (is_space && out.empty())) {
            // Readers make a line feed of a carriage return too (XML 1.0, 2.11).
            out += reference(letter);
            continue;
        }
        switch (letter) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += letter;
        }
    }
    return out;
}

}  // namespace guildmark
