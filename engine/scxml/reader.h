#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "engine/scxml/compiled.h"

/// From the XML of an SCXML document to the arrays of compiled.h. Internal to this folder.
namespace guildmark::scxml {

inline constexpr std::string_view scxml_namespace = "http://www.w3.org/2005/07/scxml";

/// A name that ECMAScript accepts for a variable, and that is not one of SCXML's own.
[[nodiscard]] bool is_variable_name(std::string_view name);

/// A delay in CSS2's form ("1.5s", ".5s", "200ms", "0"), in milliseconds, rounded up; nothing for
/// other text and for more than 100 years.
[[nodiscard]] std::optional<std::int64_t> parse_delay(std::string_view text);

/// The words of a list attribute.
[[nodiscard]] std::vector<std::string> split_words(std::string_view text);

/// Reads attributes and expressions, and tells what is wrong with them.
class ElementReader {
public:
    ElementReader(Statechart::Compiled& chart,
                  const CompileOptions& options,
                  Diagnostics& diagnostics)
        : chart_(chart), options_(options), diagnostics_(diagnostics) {}

    /// Names, attributes and children of the element against SCXML's tables, not its descendants.
    void check(const XmlElement& element);

    /// Tells of two attributes of which only one may stand.
    void check_exclusive(const XmlElement& element,
                         std::string_view first,
                         std::string_view second);

    /// The expression in the attribute; none when it is not there.
    ExpressionIndex expression(const XmlElement& element, std::string_view attribute);
    ExpressionIndex add_expression(std::string_view text, const SourcePlace& place);
    std::uint32_t add_text(std::string text);

    TextOrExpression text_or_expression(const XmlElement& element,
                                        std::string_view text,
                                        std::string_view expression);

    /// Position in values of the element's inline content; none when there is none. Content is JSON
    /// when it reads as such, else text: with white space normalized, or XML as it is written.
    std::uint32_t inline_value(const XmlElement& element);
    std::uint32_t value_of_text(const std::string& text);

    /// The content of `src`; nothing and a diagnostic when it cannot be had.
    std::optional<std::string> load(const XmlElement& element);

    /// <content> or <param> children, and the names of a namelist; none when there are none.
    std::uint32_t payload(const XmlElement& element);

    /// As payload, without <content>.
    PayloadRecord parameters(const XmlElement& element);

    /// The chart in the one <scxml> of the <content>, or of `src`. Nothing and a diagnostic when it
    /// cannot be had.
    std::shared_ptr<const Statechart> invoked_content(const XmlElement& content);
    std::shared_ptr<const Statechart> invoked_source(const XmlElement& invoke);

    void require_ecmascript(const XmlElement& element);

    Diagnostics& diagnostics() { return diagnostics_; }

private:
    void check_attributes(const XmlElement& element);
    void check_children(const XmlElement& element);
    void resolve_states(Expression& expression, const SourcePlace& place);
    void read_parameter(const XmlElement& element, PayloadRecord& payload);
    std::shared_ptr<const Statechart> invoked(const XmlElement& root, const XmlElement& place);

    Statechart::Compiled& chart_;
    const CompileOptions& options_;
    Diagnostics& diagnostics_;
};

/// Compiles executable content.
class ContentReader {
public:
    ContentReader(Statechart::Compiled& chart, ElementReader& elements)
        : chart_(chart), elements_(elements) {}

    /// The block of the children of `element`.
    BlockIndex block(const XmlElement& element);

    /// The block of <finalize>, in which nothing may be sent or raised (6.5).
    BlockIndex finalize_block(const XmlElement& element);

    /// The block of one <script>.
    BlockIndex script_block(const XmlElement& element);

private:
    std::uint32_t emit(OperationKind kind,
                       std::uint32_t first = none,
                       std::uint32_t second = none,
                       std::uint32_t third = none);
    void content(const XmlElement& element);
    void check_finalize(const XmlElement& element);
    void raise(const XmlElement& element);
    void log(const XmlElement& element);
    void assign(const XmlElement& element);
    void script(const XmlElement& element);
    void choice(const XmlElement& element);
    void foreach (const XmlElement& element);
    void send(const XmlElement& element);
    void cancel(const XmlElement& element);

    Statechart::Compiled& chart_;
    ElementReader& elements_;
};

}  // namespace guildmark::scxml
