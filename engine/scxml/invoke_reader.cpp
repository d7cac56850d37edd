// Reading <invoke> (SCXML 6.4) and the documents that it names or holds.
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "engine/base/limits.h"
#include "engine/scxml/chart_reader.h"

namespace guildmark::scxml {

std::shared_ptr<const Statechart> ElementReader::invoked(const XmlElement& root,
                                                         const XmlElement& place) {
    if (options_.depth == limits::invocation_depth_max) {
        diagnostics_.error(place.place,
                           "invocations_too_deep",
                           fmt::format("documents invoke each other more than {} deep",
                                       limits::invocation_depth_max));
        return nullptr;
    }
    CompileOptions options = options_;
    ++options.depth;
    std::optional<Statechart> chart = Statechart::compile(root, options, diagnostics_);
    return chart ? std::make_shared<const Statechart>(std::move(*chart)) : nullptr;
}

std::shared_ptr<const Statechart> ElementReader::invoked_content(const XmlElement& content) {
    if (content.children.size() != 1 || !content.children.front().is(scxml_namespace, "scxml")) {
        diagnostics_.error(content.place,
                           "scxml_expected",
                           "<content> of <invoke> holds something else than one <scxml>",
                           "write the document to invoke into it, or name it by \"src\"");
        return nullptr;
    }
    return invoked(content.children.front(), content);
}

std::shared_ptr<const Statechart> ElementReader::invoked_source(const XmlElement& invoke) {
    const std::optional<std::string> text = load(invoke);
    const std::optional<XmlElement> root =
        text ? read_xml(*text, *invoke.find_attribute("src"), diagnostics_) : std::nullopt;
    return root ? invoked(*root, invoke) : nullptr;
}

void ChartReader::invokes(StateIndex state) {
    const auto first = static_cast<std::uint32_t>(chart_.invokes.size());
    for (const XmlElement& child : sources_[state]->children) {
        if (child.is(scxml_namespace, "invoke")) {
            chart_.invokes.push_back(invoke(child, state));
        }
    }
    chart_.states[state].invokes = {first, static_cast<std::uint32_t>(chart_.invokes.size())};
}

InvokeRecord ChartReader::invoke(const XmlElement& element, StateIndex state) {
    elements_.check(element);
    InvokeRecord record;
    record.state = state;
    elements_.check_exclusive(element, "id", "idlocation");
    record.id = element.attribute_or("id", "");
    record.id_location = elements_.expression(element, "idlocation");
    record.type = elements_.text_or_expression(element, "type", "typeexpr");
    const std::string forward = element.attribute_or("autoforward", "false");
    if (forward != "true" && forward != "false") {
        diagnostics_.error(
            element.place,
            "attribute_invalid",
            fmt::format("autoforward=\"{}\" of <invoke> is neither true nor false", forward));
    }
    record.is_forwarding = forward == "true";
    invoke_source(element, record);
    for (const XmlElement& child : element.children) {
        if (child.is(scxml_namespace, "finalize")) {
            elements_.check(child);
            record.has_finalize = true;
            record.finalize = child.children.empty() ? none : contents_.finalize_block(child);
        }
    }
    return record;
}

/// One of `src`, `srcexpr` and <content> says what is invoked.
void ChartReader::invoke_source(const XmlElement& element, InvokeRecord& record) {
    elements_.check_exclusive(element, "src", "srcexpr");
    PayloadRecord payload = elements_.parameters(element);
    const bool has_source = element.find_attribute("src") != nullptr;
    record.source = elements_.expression(element, "srcexpr");
    std::size_t given = has_source || record.source != none ? 1 : 0;
    for (const XmlElement& child : element.children) {
        if (!child.is(scxml_namespace, "content")) {
            continue;
        }
        elements_.check(child);
        ++given;
        payload.content = elements_.expression(child, "expr");
        if (payload.content == none) {
            record.chart = elements_.invoked_content(child);
        }
    }
    if (has_source) {
        record.chart = elements_.invoked_source(element);
    }
    if (given != 1) {
        diagnostics_.error(element.place,
                           given == 0 ? "attribute_missing" : "attribute_conflict",
                           "<invoke> needs one of \"src\", \"srcexpr\" and <content>, to say "
                           "what is invoked");
    }
    chart_.payloads.push_back(std::move(payload));
    record.payload = static_cast<std::uint32_t>(chart_.payloads.size()) - 1;
}

}  // namespace guildmark::scxml
