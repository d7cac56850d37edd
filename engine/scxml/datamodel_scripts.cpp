// The part of the datamodel that speaks with the script engine.
#include <array>
#include <utility>

#include <fmt/format.h>

#include "engine/base/json.h"
#include "engine/scxml/datamodel.h"

namespace guildmark::scxml {
namespace {

/// After so many scripts that ran out of time or memory a run gets no further script context.
constexpr unsigned limits_exceeded_max = 3;

}  // namespace

Error Datamodel::script_error(Error error) {
    if (error.code == "script_limit") {
        ++limits_exceeded_;
        context_.reset();
    } else if (error.code == "script_failed") {
        // What the script changed before it failed stays changed, as in any ECMAScript.
        if (Result<void> taken = take_changes(); !taken) {
            return std::move(taken).error();
        }
    }
    return error;
}

Result<ScriptContext*> Datamodel::context() {
    if (limits_exceeded_ >= limits_exceeded_max) {
        return too_large("script_limit",
                         "scripts have exceeded their time or memory too often in this run");
    }
    if (!context_) {
        context_ = TRY(scripts_.open());
        facts_told_ = Value();
        configuration_told_ = false;
        if (Result<void> filled = fill(*context_); !filled) {
            return script_error(std::move(filled).error());
        }
    }
    if (facts_told_ != host_.facts()) {
        facts_told_ = host_.facts();
        for (const auto& [name, fact] : facts_told_.as_object()) {
            if (session_->data.find(name) == nullptr) {
                TRY(context_->define_read_only(name, fact, {}));
            }
        }
    }
    if (!configuration_told_) {
        configuration_told_ = true;
        std::vector<std::string> active;
        const auto count = static_cast<StateIndex>(chart_.states.size());
        for (StateIndex state = configuration_->next(1, count); state < count;
             state = configuration_->next(state + 1, count)) {
            active.push_back(chart_.states[state].id);
        }
        TRY(context_->define_membership("In", active));
    }
    return context_.get();
}

Result<void> Datamodel::fill(ScriptContext& context) {
    if (chart_.name.empty()) {
        TRY(context.define_undefined("_name"));
    } else {
        TRY(context.define_read_only("_name", chart_.name, {}));
    }
    TRY(context.define_read_only("_sessionid", session_->session_id, {}));
    TRY(context.define_read_only("_ioprocessors", *value_of(variable(io_processors_symbol_)), {}));
    TRY(define_variables(context));
    if (document_scripts_ran_ && !chart_.scripts.empty()) {
        TRY(run_document_scripts(context));
    }
    return event_ == nullptr ? Result<void>() : define_event(context);
}

Result<void> Datamodel::define_variables(ScriptContext& context) {
    for (const DataRecord& data : chart_.data) {
        if (find_variable(data.symbol) == nullptr) {
            TRY(context.define_undefined(symbols_.name(data.symbol)));
        }
    }
    for (const auto& [name, value] : session_->data.as_object()) {
        TRY(context.define(name, value));
    }
    return {};
}

/// A session holds values only. What else the document's <script> elements made, functions above
/// all, is made again in each context, and the variables then get their values back.
Result<void> Datamodel::run_document_scripts(ScriptContext& context) {
    TRY(context.define_membership("In", {}));
    for (const BlockIndex block : chart_.scripts) {
        const Operation& operation = chart_.operations[chart_.blocks[block].first];
        Result<void> ran = context.declare(chart_.texts[operation.first]);
        // One that throws did so at the start, too, where it became an error event.
        if (!ran && ran.error().code != "script_failed") {
            return ran;
        }
    }
    static_cast<void>(context.take_changes());
    return define_variables(context);
}

Result<void> Datamodel::define_event(ScriptContext& context) {
    static constexpr std::array<std::string_view, 7> names = {
        "name", "type", "sendid", "origin", "origintype", "invokeid", "data"};
    Value event{Value::Object()};
    std::vector<std::string_view> undefined;
    for (std::size_t field = 0; field < names.size(); ++field) {
        if (auto value = value_of(event_field(static_cast<EventField>(field)))) {
            event.set(names[field], std::move(*value));
        } else {
            undefined.push_back(names[field]);
        }
    }
    return context.define_read_only("_event", event, undefined);
}

void Datamodel::set_event(const Event& event) {
    event_ = &event;
    if (context_) {
        // An error shows up again in the next evaluation, which reports it.
        static_cast<void>(define_event(*context_).has_value());
    }
}

Result<void> Datamodel::tell(SymbolIndex symbol) {
    if (!context_) {
        return {};
    }
    const Value* value = find_variable(symbol);
    return value == nullptr ? context_->define_undefined(symbols_.name(symbol))
                            : context_->define(symbols_.name(symbol), *value);
}

Result<void> Datamodel::take_changes() {
    ScriptChanges changes = context_->take_changes();
    const auto symbol_of = [this](const std::string& name) {
        const SymbolIndex symbol = symbols_.intern(name);
        positions_.resize(symbols_.size());
        declared_.resize(symbols_.size());
        saved_in_run_.resize(symbols_.size());
        return symbol;
    };
    for (auto& [name, value] : changes.values) {
        const SymbolIndex symbol = symbol_of(name);
        if (Result<void> stored = store(symbol, std::move(value)); !stored) {
            TRY(tell(symbol));
            return stored;
        }
    }
    for (const std::string& name : changes.undefined) {
        TRY(store(symbol_of(name), std::nullopt));
    }
    return {};
}

Result<void> Datamodel::execute(std::string_view statements) {
    ScriptContext* scripts = TRY(context());
    if (Result<void> ran = scripts->execute(statements); !ran) {
        return script_error(std::move(ran).error());
    }
    return take_changes();
}

Result<void> Datamodel::declare(std::string_view statements) {
    ScriptContext* scripts = TRY(context());
    if (Result<void> ran = scripts->declare(statements); !ran) {
        return script_error(std::move(ran).error());
    }
    return take_changes();
}

Result<void> Datamodel::assign_by_script(const Expression& location,
                                         const std::optional<Value>& value) {
    return execute(
        fmt::format("({}\n) = {};", location.text, value ? to_json(*value) : "undefined"));
}

}  // namespace guildmark::scxml
