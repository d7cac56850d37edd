// Depth is bounded by that of XML and, on the way back, by that of JSON.
#include "engine/scxml/content_value.h"

#include <algorithm>
#include <utility>

#include "engine/base/json.h"
#include "engine/scxml/ecmascript.h"
#include "engine/scxml/evaluator.h"
#include "engine/scxml/reader.h"

namespace guildmark::scxml {
namespace {

bool is_space(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

Value array_of(const XmlElement& element, const std::string& outer_namespace);

void add_content(const XmlElement& element, const std::string& own_namespace, Value::Array& items) {
    for (std::size_t child = 0; child < element.texts.size(); ++child) {
        if (!element.texts[child].empty()) {
            items.emplace_back(element.texts[child]);
        }
        if (child < element.children.size()) {
            items.push_back(array_of(element.children[child], own_namespace));
        }
    }
}

Value array_of(const XmlElement& element, const std::string& outer_namespace) {
    Value::Array items;
    items.emplace_back(element.name);
    Value attributes{Value::Object()};
    if (element.namespace_uri != outer_namespace) {
        attributes.set("xmlns", element.namespace_uri);
    }
    for (const XmlAttribute& attribute : element.attributes) {
        const std::string& uri = attribute.namespace_uri;
        attributes.set(uri.empty() ? attribute.name : "{" + uri + "}" + attribute.name,
                       attribute.value);
    }
    if (!attributes.as_object().empty()) {
        items.push_back(std::move(attributes));
    }
    add_content(element, element.namespace_uri, items);
    return Value(std::move(items));
}

Value marked(Value tree) {
    Value value;
    value.set(xml_member, std::move(tree));
    return value;
}

/// Whether it is a name without a prefix, as XML has them; all letters beyond ASCII count as good.
bool is_name(std::string_view name) {
    const auto may_begin = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
               letter == '_' || static_cast<unsigned char>(letter) >= 0x80;
    };
    const auto may_follow = [&](char letter) {
        return may_begin(letter) || (letter >= '0' && letter <= '9') || letter == '-' ||
               letter == '.';
    };
    return !name.empty() && may_begin(name.front()) && std::ranges::all_of(name, may_follow);
}

/// Whether XML 1.0 can hold the text (2.2): no control characters but white space.
bool is_content(std::string_view text) {
    return std::ranges::all_of(text, [](char letter) {
        const auto byte = static_cast<unsigned char>(letter);
        return byte >= ' ' || letter == '\t' || letter == '\r' || letter == '\n';
    });
}

bool add_attribute(const std::string& name, const Value& value, XmlElement& element) {
    if (!value.is_text() || !is_content(value.as_text()) || !is_content(name)) {
        return false;
    }
    if (name == "xmlns") {
        element.namespace_uri = value.as_text();
        return true;
    }
    const std::size_t end = name.starts_with('{') ? name.find('}') : std::string::npos;
    const bool is_qualified = end != std::string::npos;
    XmlAttribute attribute;
    attribute.namespace_uri = is_qualified ? name.substr(1, end - 1) : std::string();
    attribute.name = is_qualified ? name.substr(end + 1) : name;
    attribute.value = value.as_text();
    const bool has_name = is_name(attribute.name);
    element.attributes.push_back(std::move(attribute));
    return has_name;
}

std::optional<XmlElement> element_of(const Value& value, const std::string& outer_namespace) {
    if (!value.is_array() || value.as_array().empty() || !value.as_array().front().is_text()) {
        return std::nullopt;
    }
    const Value::Array& items = value.as_array();
    XmlElement element;
    element.name = items.front().as_text();
    element.namespace_uri = outer_namespace;
    element.texts.emplace_back();
    for (std::size_t at = 1; at < items.size(); ++at) {
        if (items[at].is_text()) {
            if (!is_content(items[at].as_text())) {
                return std::nullopt;
            }
            element.texts.back() += items[at].as_text();
        } else if (items[at].is_object() && at == 1) {
            const auto& attributes = items[at].as_object();
            if (!std::ranges::all_of(attributes, [&](const auto& attribute) {
                    return add_attribute(attribute.first, attribute.second, element);
                })) {
                return std::nullopt;
            }
        } else {
            std::optional<XmlElement> child = element_of(items[at], element.namespace_uri);
            if (!child || !is_name(child->name)) {
                return std::nullopt;
            }
            element.children.push_back(std::move(*child));
            element.texts.emplace_back();
        }
    }
    return element;
}

}  // namespace

std::string normalize_space(std::string_view text) {
    std::string out;
    for (const std::string& word : split_words(text)) {
        out += out.empty() ? word : " " + word;
    }
    return out;
}

Value value_from_text(std::string_view text) {
    const std::string_view trimmed = trim_space(text);
    if (Result<Value> json = parse_json(trimmed)) {
        return std::move(json).value();
    }
    if (std::optional<Value> literal = evaluate_literal(trimmed)) {
        return std::move(*literal);
    }
    if (trimmed.starts_with('<')) {
        Diagnostics ignored;
        if (const auto root = read_xml(trimmed, "", ignored)) {
            return xml_value(*root);
        }
    }
    return Value(normalize_space(trimmed));
}

bool is_xml(const Value& value) {
    return value.is_object() && value.as_object().size() == 1 &&
           value.as_object().front().first == xml_member;
}

Value xml_value(const XmlElement& element) {
    return marked(array_of(element, {}));
}

Value xml_content_value(const XmlElement& element) {
    if (element.children.size() == 1 && std::ranges::all_of(element.texts, is_space)) {
        return xml_value(element.children.front());
    }
    Value::Array items;
    items.emplace_back(std::string());
    add_content(element, {}, items);
    return marked(Value(std::move(items)));
}

std::optional<std::string> xml_text(const Value& value) {
    const auto element =
        is_xml(value) ? element_of(value.as_object().front().second, {}) : std::nullopt;
    if (!element) {
        return std::nullopt;
    }
    if (!element->name.empty()) {
        return is_name(element->name) ? std::optional(to_xml(*element)) : std::nullopt;
    }
    std::string text = escape_xml(element->texts.front());
    for (std::size_t child = 0; child < element->children.size(); ++child) {
        text += to_xml(element->children[child]) + escape_xml(element->texts[child + 1]);
    }
    return text;
}

}  // namespace guildmark::scxml
