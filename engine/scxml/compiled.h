#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/scxml/compiled_content.h"
#include "engine/scxml/expression.h"
#include "engine/scxml/statechart.h"

/// The arrays of a compiled statechart. Only this folder includes this file.
namespace guildmark::scxml {

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
    Range invokes;        ///< In invokes.
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
    std::vector<SourcePlace> transition_places;  ///< Of each; apart, since no run looks at them.
    std::vector<StateIndex> target_table;
    std::vector<Descriptor> descriptors;

    std::vector<Operation> operations;
    std::vector<Range> blocks;
    std::vector<std::string> texts;
    std::vector<Value> values;
    std::vector<Expression> expressions;
    std::vector<LoopRecord> loops;
    std::vector<SendRecord> sends;
    std::vector<InvokeRecord> invokes;
    std::vector<PayloadRecord> payloads;
    std::vector<DataRecord> data;
    std::vector<BlockIndex> scripts;  ///< <script> children of <scxml>, in document order.
    std::string script_text;          ///< All of them.
    /// See find_script_words.
    std::optional<std::vector<std::string>> script_words;
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

    [[nodiscard]] bool may_be_targets_together(StateIndex first, StateIndex second) const;
};

}  // namespace guildmark::scxml
