#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/scxml/expression.h"
#include "engine/scxml/statechart.h"

/// The arrays of a compiled statechart. Only this folder includes this file.
namespace guildmark::scxml {

using TransitionIndex = std::uint32_t;
using BlockIndex = std::uint32_t;
using ExpressionIndex = std::uint32_t;

/// Half-open positions in one of the arrays below.
struct Range {
    std::uint32_t first = 0;
    std::uint32_t last = 0;

    [[nodiscard]] bool is_empty() const { return first == last; }
};

/// `domain` of a transition whose targets depend on history.
inline constexpr StateIndex domain_by_history = none - 1;

/// One state. Number 0 is <scxml>.
struct StateRecord {
    std::string id;
    StateKind kind = StateKind::atomic;
    StateIndex parent = none;
    StateIndex last = 0;  ///< The state itself or its last descendant, in document order.
    Range children;       ///< In child_table: states, parallels and finals.
    Range histories;      ///< In child_table.
    Range eventless;      ///< In transitions.
    Range evented;        ///< In transitions.
    Range onentry;        ///< In blocks, one a handler.
    Range onexit;         ///< In blocks.
    Range data;           ///< In data.
    TransitionIndex initial = none;  ///< Of a compound state; of a history, its default.
    std::uint32_t donedata = none;   ///< In payloads.
    SourcePlace place;
};

/// One transition; also the initial one of a state and the default of a history.
struct TransitionRecord {
    StateIndex source = none;
    StateIndex domain = none;  ///< none without targets; domain_by_history when not known yet.
    Range targets;             ///< In target_table.
    Range descriptors;         ///< In descriptors.
    ExpressionIndex condition = none;
    BlockIndex content = none;
    bool is_internal = false;
};

/// An event descriptor without its ".*"; empty for "*".
struct Descriptor {
    std::string prefix;
    std::string written;
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
};

/// What <donedata> and <send> carry: <content>, else parameters (namelist first).
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
};

/// One <data>; with neither expression nor value it is undefined.
struct DataRecord {
    SymbolIndex symbol = none;
    StateIndex state = 0;
    ExpressionIndex expression = none;
    std::uint32_t value = none;  ///< In values; from inline content or `src`.
    SourcePlace place;
};

/// Which expressions a document may have (SCXML appendix B).
enum class DatamodelKind { null, ecmascript };
/// When <data> get their values (5.3.3).
enum class Binding { early, late };

/// All arrays of one document.
struct Statechart::Compiled {
    std::string name;
    DatamodelKind datamodel = DatamodelKind::null;
    Binding binding = Binding::early;
    bool has_eventless = false;
    bool has_scripts = false;

    std::vector<StateRecord> states;
    std::vector<std::pair<std::string, StateIndex>> states_by_id;  ///< Sorted.
    std::vector<StateIndex> child_table;
    std::vector<TransitionRecord> transitions;
    std::vector<StateIndex> target_table;
    std::vector<Descriptor> descriptors;

    std::vector<Operation> operations;
    std::vector<Range> blocks;
    std::vector<std::string> texts;
    std::vector<Value> values;
    std::vector<Expression> expressions;
    std::vector<LoopRecord> loops;
    std::vector<SendRecord> sends;
    std::vector<PayloadRecord> payloads;
    std::vector<DataRecord> data;
    std::vector<BlockIndex> scripts;  ///< <script> children of <scxml>, in document order.
    std::vector<XmlElement> elements;
    std::vector<StateExtension> extensions;
    Symbols symbols;

    [[nodiscard]] bool is_descendant(StateIndex state, StateIndex ancestor) const {
        return state > ancestor && state <= states[ancestor].last;
    }

    [[nodiscard]] bool is_atomic(StateIndex state) const {
        return states[state].kind == StateKind::atomic || states[state].kind == StateKind::final;
    }

    /// <scxml> counts as compound.
    [[nodiscard]] bool is_compound(StateIndex state) const {
        return states[state].kind == StateKind::compound || states[state].kind == StateKind::scxml;
    }

    [[nodiscard]] bool is_history(StateIndex state) const {
        return states[state].kind == StateKind::history_shallow ||
               states[state].kind == StateKind::history_deep;
    }
};

}  // namespace guildmark::scxml
