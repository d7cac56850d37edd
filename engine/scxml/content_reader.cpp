#include <utility>

#include <fmt/format.h>

#include "engine/scxml/reader.h"

namespace guildmark::scxml {

std::uint32_t ContentReader::emit(OperationKind kind,
                                  std::uint32_t first,
                                  std::uint32_t second,
                                  std::uint32_t third) {
    chart_.operations.push_back({kind, first, second, third});
    return static_cast<std::uint32_t>(chart_.operations.size()) - 1;
}

BlockIndex ContentReader::block(const XmlElement& element) {
    const auto first = static_cast<std::uint32_t>(chart_.operations.size());
    for (const XmlElement& child : element.children) {
        content(child);
    }
    chart_.blocks.push_back({first, static_cast<std::uint32_t>(chart_.operations.size())});
    return static_cast<BlockIndex>(chart_.blocks.size()) - 1;
}

BlockIndex ContentReader::finalize_block(const XmlElement& element) {
    for (const XmlElement& child : element.children) {
        check_finalize(child);
    }
    return block(element);
}

/// Depth is bounded by that of XML.
void ContentReader::check_finalize(const XmlElement& element) {
    if (element.is(scxml_namespace, "send") || element.is(scxml_namespace, "raise")) {
        elements_.diagnostics().error(element.place,
                                      "element_unknown",
                                      fmt::format("<{}> cannot stand in <finalize>", element.name),
                                      "send it from a transition on the event");
    }
    for (const XmlElement& child : element.children) {
        check_finalize(child);
    }
}

BlockIndex ContentReader::script_block(const XmlElement& element) {
    const auto first = static_cast<std::uint32_t>(chart_.operations.size());
    content(element);
    chart_.blocks.push_back({first, static_cast<std::uint32_t>(chart_.operations.size())});
    return static_cast<BlockIndex>(chart_.blocks.size()) - 1;
}

/// One element of executable content. Depth is bounded by that of XML.
void ContentReader::content(const XmlElement& element) {
    if (element.namespace_uri != scxml_namespace) {
        chart_.elements.push_back(element);
        emit(OperationKind::host, static_cast<std::uint32_t>(chart_.elements.size()) - 1);
        return;
    }
    static constexpr std::pair<std::string_view, void (ContentReader::*)(const XmlElement&)>
        readers[] = {
            {"raise", &ContentReader::raise},
            {"log", &ContentReader::log},
            {"assign", &ContentReader::assign},
            {"script", &ContentReader::script},
            {"if", &ContentReader::choice},
            {"foreach", &ContentReader::foreach},
            {"send", &ContentReader::send},
            {"cancel", &ContentReader::cancel},
        };
    for (const auto& [name, reader] : readers) {
        if (element.name == name) {
            elements_.check(element);
            (this->*reader)(element);
            return;
        }
    }
}

void ContentReader::raise(const XmlElement& element) {
    emit(OperationKind::raise, elements_.add_text(element.attribute_or("event", "")));
}

void ContentReader::log(const XmlElement& element) {
    const std::uint32_t label = elements_.add_text(element.attribute_or("label", ""));
    const bool has_value = !split_words(element.attribute_or("expr", "")).empty();
    emit(OperationKind::log, label, has_value ? elements_.expression(element, "expr") : none);
}

void ContentReader::assign(const XmlElement& element) {
    elements_.require_ecmascript(element);
    const ExpressionIndex location = elements_.expression(element, "location");
    const ExpressionIndex value = elements_.expression(element, "expr");
    const std::uint32_t content = elements_.inline_value(element);
    if (value != none && content != none) {
        elements_.diagnostics().error(element.place,
                                      "attribute_conflict",
                                      "<assign> has both \"expr\" and content; only one may stand");
    }
    if (value == none && content == none) {
        elements_.diagnostics().error(
            element.place, "attribute_missing", "<assign> needs the attribute \"expr\" or content");
    }
    emit(OperationKind::assign, location, value, content);
}

void ContentReader::script(const XmlElement& element) {
    elements_.require_ecmascript(element);
    std::string statements = element.text();
    if (element.find_attribute("src") != nullptr) {
        auto content = elements_.load(element);
        statements = content ? std::move(*content) : std::string();
    }
    chart_.has_scripts = true;
    emit(OperationKind::script, elements_.add_text(std::move(statements)));
}

void ContentReader::choice(const XmlElement& element) {
    std::vector<std::uint32_t> jumps;
    std::uint32_t branch = emit(OperationKind::branch, elements_.expression(element, "cond"));
    bool has_else = false;
    for (const XmlElement& child : element.children) {
        const bool is_else = child.is(scxml_namespace, "else");
        if (!is_else && !child.is(scxml_namespace, "elseif")) {
            content(child);
            continue;
        }
        elements_.check(child);
        if (has_else) {
            elements_.diagnostics().error(
                child.place,
                "element_unknown",
                fmt::format("<{}> stands after <else>, which is the last part of <if>",
                            child.name));
            continue;
        }
        has_else = is_else;
        jumps.push_back(emit(OperationKind::jump));
        chart_.operations[branch].second = static_cast<std::uint32_t>(chart_.operations.size());
        if (!is_else) {
            branch = emit(OperationKind::branch, elements_.expression(child, "cond"));
        }
    }
    const auto end = static_cast<std::uint32_t>(chart_.operations.size());
    if (!has_else) {
        chart_.operations[branch].second = end;
    }
    for (const std::uint32_t jump : jumps) {
        chart_.operations[jump].first = end;
    }
}

void ContentReader::foreach (const XmlElement& element) {
    elements_.require_ecmascript(element);
    LoopRecord loop;
    loop.array = elements_.expression(element, "array");
    loop.item = elements_.expression(element, "item");
    loop.index = elements_.expression(element, "index");
    chart_.loops.push_back(loop);
    const std::uint32_t operation =
        emit(OperationKind::foreach, static_cast<std::uint32_t>(chart_.loops.size()) - 1);
    for (const XmlElement& child : element.children) {
        content(child);
    }
    chart_.operations[operation].second = static_cast<std::uint32_t>(chart_.operations.size());
}

void ContentReader::send(const XmlElement& element) {
    SendRecord send;
    send.event = elements_.text_or_expression(element, "event", "eventexpr");
    send.target = elements_.text_or_expression(element, "target", "targetexpr");
    send.type = elements_.text_or_expression(element, "type", "typeexpr");
    send.delay = elements_.text_or_expression(element, "delay", "delayexpr");
    elements_.check_exclusive(element, "id", "idlocation");
    send.id = element.attribute_or("id", "");
    send.id_location = elements_.expression(element, "idlocation");
    send.payload = elements_.payload(element);
    send.place = element.place;
    const bool has_content =
        send.payload != none && chart_.payloads[send.payload].parameters.empty();
    // Another processor may take the name from elsewhere, as Basic HTTP does.
    if (!send.event.is_given() && !has_content && !send.type.is_given()) {
        elements_.diagnostics().error(
            element.place,
            "attribute_missing",
            "<send> needs the attribute \"event\" or \"eventexpr\", or <content>");
    }
    if (send.delay.text != none && !parse_delay(chart_.texts[send.delay.text])) {
        elements_.diagnostics().error(
            element.place,
            "delay_malformed",
            fmt::format("delay=\"{}\" is no delay", chart_.texts[send.delay.text]),
            "write seconds or milliseconds, such as \"1.5s\" or \"200ms\"");
    }
    if (send.delay.is_given() && element.attribute_or("target", "") == "#_internal") {
        elements_.diagnostics().error(
            element.place, "attribute_conflict", "<send> to #_internal cannot have a delay");
    }
    chart_.sends.push_back(std::move(send));
    emit(OperationKind::send, static_cast<std::uint32_t>(chart_.sends.size()) - 1);
}

void ContentReader::cancel(const XmlElement& element) {
    const TextOrExpression id = elements_.text_or_expression(element, "sendid", "sendidexpr");
    if (!id.is_given()) {
        elements_.diagnostics().error(element.place,
                                      "attribute_missing",
                                      "<cancel> needs the attribute \"sendid\" or \"sendidexpr\"");
    }
    emit(OperationKind::cancel, id.text, id.expression);
}

}  // namespace guildmark::scxml
