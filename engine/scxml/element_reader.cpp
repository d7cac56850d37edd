#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "engine/base/limits.h"
#include "engine/base/text.h"
#include "engine/scxml/content_value.h"
#include "engine/scxml/ecmascript.h"
#include "engine/scxml/reader.h"
#include "engine/scxml/token.h"

namespace guildmark::scxml {
namespace {

/// What SCXML 1.0 allows in an element: attributes, those of them that must stand ("!" behind), and
/// children. "%" stands for executable content, "*" for anything.
struct ElementRule {
    std::string_view name;
    std::string_view attributes;
    std::string_view children;
};

constexpr std::string_view executable = "raise log assign script if foreach send cancel";

constexpr std::array<ElementRule, 25> rules = {{
    {"scxml", "initial name version datamodel binding", "state parallel final datamodel script"},
    {"state",
     "id initial",
     "onentry onexit transition initial state parallel final history datamodel invoke"},
    {"parallel", "id", "onentry onexit transition state parallel history datamodel invoke"},
    {"final", "id", "onentry onexit donedata"},
    {"history", "id type", "transition"},
    {"initial", "", "transition"},
    {"onentry", "", "%"},
    {"onexit", "", "%"},
    {"transition", "event cond target type", "%"},
    {"datamodel", "", "data"},
    {"data", "id! src expr", "*"},
    {"donedata", "", "content param"},
    {"invoke",
     "type typeexpr src srcexpr id idlocation namelist autoforward",
     "content param finalize"},
    {"finalize", "", "%"},
    {"content", "expr", "*"},
    {"param", "name! expr location", ""},
    {"raise", "event!", ""},
    {"log", "label expr", ""},
    {"assign", "location! expr", "*"},
    {"script", "src", "*"},
    {"if", "cond!", "% elseif else"},
    {"elseif", "cond!", ""},
    {"else", "", ""},
    {"foreach", "array! item! index", "%"},
    {"send",
     "event eventexpr target targetexpr type typeexpr id idlocation delay delayexpr namelist",
     "content param"},
}};

constexpr ElementRule cancel_rule = {"cancel", "sendid sendidexpr", ""};

const ElementRule* find_rule(std::string_view name) {
    if (name == cancel_rule.name) {
        return &cancel_rule;
    }
    const auto* found = std::ranges::find(rules, name, &ElementRule::name);
    return found == rules.end() ? nullptr : found;
}

std::vector<std::string> allowed_children(const ElementRule& rule) {
    std::vector<std::string> words = split_words(rule.children);
    if (!words.empty() && words.front() == "%") {
        std::vector<std::string> more = split_words(executable);
        words.insert(words.end(), more.begin(), more.end());
    }
    return words;
}

bool may_hold_foreign(std::string_view name) {
    static constexpr std::array<std::string_view, 13> holders = {"scxml",
                                                                 "state",
                                                                 "parallel",
                                                                 "final",
                                                                 "onentry",
                                                                 "onexit",
                                                                 "if",
                                                                 "foreach",
                                                                 "transition",
                                                                 "finalize",
                                                                 "data",
                                                                 "content",
                                                                 "assign"};
    return std::ranges::find(holders, name) != holders.end();
}

bool is_space(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

std::vector<std::string> split_words(std::string_view text) {
    std::vector<std::string> words;
    while (true) {
        const std::size_t start = text.find_first_not_of(" \t\r\n");
        if (start == std::string_view::npos) {
            return words;
        }
        text.remove_prefix(start);
        const std::size_t end = std::min(text.find_first_of(" \t\r\n"), text.size());
        words.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
}

bool is_variable_name(std::string_view name) {
    Tokens tokens(name);
    const Token token = tokens.next();
    return token.kind == TokenKind::name && tokens.next().kind == TokenKind::end &&
           token.text == name && name != "_event" && name != "_name" && name != "_sessionid" &&
           name != "_ioprocessors" && name != "_x" && name != "In";
}

std::optional<std::int64_t> parse_delay(std::string_view text) {
    text = trim_space(text);
    double factor = 0;
    if (text.ends_with("ms")) {
        factor = 1;
        text.remove_suffix(2);
    } else if (text.ends_with("s")) {
        factor = 1000;
        text.remove_suffix(1);
    } else if (text != "0") {
        return std::nullopt;
    }
    constexpr double hundred_years = 36525.0 * 86'400'000.0;
    if (text.empty() || text.find_first_not_of("0123456789.") != std::string_view::npos) {
        return std::nullopt;
    }
    const double delay = std::ceil(text_to_number(text) * factor);
    if (!(delay >= 0 && delay <= hundred_years)) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(delay);
}

void ElementReader::check(const XmlElement& element) {
    check_attributes(element);
    check_children(element);
}

void ElementReader::check_attributes(const XmlElement& element) {
    const ElementRule* rule = find_rule(element.name);
    if (rule == nullptr) {
        return;
    }
    std::vector<std::string> known = split_words(rule->attributes);
    for (std::string& name : known) {
        if (!name.ends_with('!')) {
            continue;
        }
        name.pop_back();
        const std::string* value = element.find_attribute(name);
        if (value == nullptr || is_space(*value)) {
            diagnostics_.error(element.place,
                               "attribute_missing",
                               fmt::format("<{}> needs the attribute \"{}\"", element.name, name));
        }
    }
    for (const XmlAttribute& attribute : element.attributes) {
        if (attribute.namespace_uri.empty() &&
            std::ranges::find(known, attribute.name) == known.end()) {
            diagnostics_.error(
                element.place,
                "attribute_unknown",
                fmt::format("<{}> has no attribute \"{}\"", element.name, attribute.name),
                suggest(attribute.name, known));
        }
    }
}

void ElementReader::check_children(const XmlElement& element) {
    const ElementRule* rule = find_rule(element.name);
    if (rule == nullptr || rule->children == "*") {
        return;
    }
    const std::vector<std::string> allowed = allowed_children(*rule);
    for (const XmlElement& child : element.children) {
        const bool is_ours = child.namespace_uri == scxml_namespace;
        if (is_ours ? std::ranges::find(allowed, child.name) != allowed.end()
                    : may_hold_foreign(element.name)) {
            continue;
        }
        diagnostics_.error(child.place,
                           "element_unknown",
                           fmt::format("<{}> cannot stand in <{}>", child.name, element.name),
                           is_ours ? suggest(child.name, allowed) : std::string());
    }
    for (const std::string& text : element.texts) {
        if (!is_space(text)) {
            diagnostics_.error(element.place,
                               "text_unexpected",
                               fmt::format("<{}> holds the text \"{}\"; only elements stand there",
                                           element.name,
                                           beginning(normalize_space(text), 40)));
        }
    }
}

void ElementReader::check_exclusive(const XmlElement& element,
                                    std::string_view first,
                                    std::string_view second) {
    if (element.find_attribute(first) != nullptr && element.find_attribute(second) != nullptr) {
        diagnostics_.error(element.place,
                           "attribute_conflict",
                           fmt::format("<{}> has both \"{}\" and \"{}\"; only one may stand",
                                       element.name,
                                       first,
                                       second));
    }
}

void ElementReader::require_ecmascript(const XmlElement& element) {
    if (chart_.datamodel == DatamodelKind::null) {
        diagnostics_.error(
            element.place,
            "datamodel_null",
            fmt::format("<{}> needs data, which the null datamodel does not have", element.name),
            "write datamodel=\"ecmascript\" on <scxml>");
    }
}

void ElementReader::resolve_states(Expression& expression, const SourcePlace& place) {
    for (Node& node : expression.nodes) {
        if (node.kind != NodeKind::in_state ||
            expression.nodes[node.first].kind != NodeKind::literal) {
            continue;
        }
        const Value& id = expression.literals[expression.nodes[node.first].first];
        if (!id.is_text()) {
            continue;
        }
        const auto found = std::ranges::lower_bound(
            chart_.states_by_id, id.as_text(), {}, &std::pair<std::string, StateIndex>::first);
        if (found != chart_.states_by_id.end() && found->first == id.as_text()) {
            node.second = found->second;
            continue;
        }
        std::vector<std::string> ids;
        for (const auto& [known, state] : chart_.states_by_id) {
            ids.push_back(known);
        }
        diagnostics_.warning(
            place,
            "in_state_unknown",
            fmt::format("In('{}') is never true: there is no such state", id.as_text()),
            suggest(id.as_text(), ids));
    }
}

ExpressionIndex ElementReader::add_expression(std::string_view text, const SourcePlace& place) {
    Expression expression = parse_expression(text, chart_.symbols);
    resolve_states(expression, place);
    const bool needs_data =
        !expression.is_plain() || std::ranges::any_of(expression.nodes, [](const Node& node) {
            return node.kind == NodeKind::variable || node.kind == NodeKind::event_field;
        });
    if (chart_.datamodel == DatamodelKind::null && needs_data) {
        diagnostics_.error(
            place,
            "expression_unsupported",
            fmt::format("\"{}\": the null datamodel knows In('id') and constants only", text),
            "write datamodel=\"ecmascript\" on <scxml>");
    }
    chart_.expressions.push_back(std::move(expression));
    return static_cast<ExpressionIndex>(chart_.expressions.size()) - 1;
}

ExpressionIndex ElementReader::expression(const XmlElement& element, std::string_view attribute) {
    const std::string* text = element.find_attribute(attribute);
    if (text == nullptr) {
        return none;
    }
    if (is_space(*text)) {
        diagnostics_.error(
            element.place,
            "attribute_invalid",
            fmt::format(
                "\"{}\" of <{}> is empty; an expression stands there", attribute, element.name));
        return none;
    }
    return add_expression(*text, element.place);
}

std::uint32_t ElementReader::add_text(std::string text) {
    chart_.texts.push_back(std::move(text));
    return static_cast<std::uint32_t>(chart_.texts.size()) - 1;
}

TextOrExpression ElementReader::text_or_expression(const XmlElement& element,
                                                   std::string_view text,
                                                   std::string_view expression) {
    check_exclusive(element, text, expression);
    TextOrExpression result;
    if (const std::string* found = element.find_attribute(text)) {
        result.text = add_text(*found);
    } else {
        result.expression = this->expression(element, expression);
    }
    return result;
}

std::uint32_t ElementReader::value_of_text(const std::string& text) {
    if (is_space(text)) {
        return none;
    }
    chart_.values.push_back(value_from_text(text));
    return static_cast<std::uint32_t>(chart_.values.size()) - 1;
}

std::uint32_t ElementReader::inline_value(const XmlElement& element) {
    if (element.children.empty()) {
        return value_of_text(element.text());
    }
    chart_.values.push_back(xml_content_value(element));
    return static_cast<std::uint32_t>(chart_.values.size()) - 1;
}

std::optional<std::string> ElementReader::load(const XmlElement& element) {
    const std::string& source = *element.find_attribute("src");
    if (!options_.load) {
        diagnostics_.error(element.place,
                           "source_unsupported",
                           fmt::format("src=\"{}\": nothing is fetched here", source),
                           "put the content into the document");
        return std::nullopt;
    }
    Result<std::string> content = options_.load(source);
    if (!content) {
        diagnostics_.error(element.place,
                           "source_unreadable",
                           fmt::format("src=\"{}\": {}", source, content.error().message));
        return std::nullopt;
    }
    return std::move(content).value();
}

void ElementReader::read_parameter(const XmlElement& element, PayloadRecord& payload) {
    check(element);
    check_exclusive(element, "expr", "location");
    ExpressionIndex value = expression(element, "expr");
    value = value == none ? expression(element, "location") : value;
    if (value == none) {
        diagnostics_.error(element.place,
                           "attribute_missing",
                           "<param> needs the attribute \"expr\" or \"location\"");
    }
    payload.parameters.push_back(
        {element.attribute_or("name", ""), value, element.find_attribute("location") != nullptr});
}

PayloadRecord ElementReader::parameters(const XmlElement& element) {
    PayloadRecord payload;
    for (const std::string& name : split_words(element.attribute_or("namelist", ""))) {
        payload.parameters.push_back({name, add_expression(name, element.place), true});
    }
    for (const XmlElement& child : element.children) {
        if (child.is(scxml_namespace, "param")) {
            read_parameter(child, payload);
        }
    }
    return payload;
}

std::uint32_t ElementReader::payload(const XmlElement& element) {
    PayloadRecord payload = parameters(element);
    bool has_content = false;
    for (const XmlElement& child : element.children) {
        if (child.is(scxml_namespace, "content")) {
            check(child);
            has_content = true;
            payload.content = expression(child, "expr");
            payload.content_value = inline_value(child);
            if (payload.content != none && payload.content_value != none) {
                diagnostics_.error(child.place,
                                   "attribute_conflict",
                                   "<content> has both \"expr\" and content; only one may stand");
            }
        }
    }
    if (has_content && !payload.parameters.empty()) {
        diagnostics_.error(element.place,
                           "attribute_conflict",
                           fmt::format("<{}> has both <content> and parameters; only one may stand",
                                       element.name));
    }
    if (!has_content && payload.parameters.empty()) {
        return none;
    }
    chart_.payloads.push_back(std::move(payload));
    return static_cast<std::uint32_t>(chart_.payloads.size()) - 1;
}

}  // namespace guildmark::scxml
