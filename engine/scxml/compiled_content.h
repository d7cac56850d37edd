#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/scxml/expression.h"
#include "engine/scxml/statechart.h"

/// Compiled executable content, and what <donedata>, <send> and <invoke> carry. Only this folder
/// includes this file.
namespace guildmark::scxml {

using BlockIndex = std::uint32_t;
using ExpressionIndex = std::uint32_t;

/// Half-open positions in one of the arrays below.
struct Range {
    std::uint32_t first = 0;
    std::uint32_t last = 0;

    [[nodiscard]] bool is_empty() const { return first == last; }
};

/// Executable content is one array of operations; a block is a range of it.
enum class OperationKind : std::uint8_t {
    raise,    ///< first: text (event name).
    log,      ///< first: text (label), second: expression or none.
    assign,   ///< first: location (an expression), second: expression or none, third: inline value
              ///< or none.
    script,   ///< first: text.
    branch,   ///< first: expression, second: operation to go to when it is false.
    jump,     ///< first: operation to go to.
    foreach,  ///< first: loops; second: operation after the body, which follows this one.
    send,     ///< first: sends.
    cancel,   ///< first: text or none, second: expression.
    host,     ///< first: elements.
};

/// One step of executable content; what the numbers mean, the kind says.
struct Operation {
    OperationKind kind = OperationKind::raise;
    std::uint32_t first = none;
    std::uint32_t second = none;
    std::uint32_t third = none;
};

/// A text or an expression that gives it; neither when the attribute is not there.
struct TextOrExpression {
    std::uint32_t text = none;
    ExpressionIndex expression = none;

    [[nodiscard]] bool is_given() const { return text != none || expression != none; }
};

/// One <foreach>.
struct LoopRecord {
    ExpressionIndex array = none;
    ExpressionIndex item = none;
    ExpressionIndex index = none;
};

/// One <param>, or one name of a namelist.
struct ParameterRecord {
    std::string name;
    ExpressionIndex expression = none;
    bool is_location = false;  ///< A name of a namelist, or given by `location`.
};

/// What <donedata>, <send> and <invoke> carry: <content>, or parameters (namelist first); <invoke>
/// may have both.
struct PayloadRecord {
    ExpressionIndex content = none;
    std::uint32_t content_value = none;  ///< In values.
    std::vector<ParameterRecord> parameters;
};

/// One <send>.
struct SendRecord {
    TextOrExpression event;
    TextOrExpression target;
    TextOrExpression type;
    TextOrExpression delay;
    std::string id;
    ExpressionIndex id_location = none;
    std::uint32_t payload = none;
    SourcePlace place;
};

/// One <invoke>.
struct InvokeRecord {
    StateIndex state = none;
    std::string id;
    ExpressionIndex id_location = none;
    TextOrExpression type;
    ExpressionIndex source = none;  ///< `srcexpr`.
    /// What `src` or <content> holds; without it the payload's content, or `source`, gives it.
    std::shared_ptr<const Statechart> chart;
    std::uint32_t payload = none;
    bool is_forwarding = false;  ///< `autoforward`.
    bool has_finalize = false;   ///< <finalize> is there; without content it assigns parameters.
    BlockIndex finalize = none;
};

}  // namespace guildmark::scxml
