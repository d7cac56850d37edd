// The part of the datamodel that speaks with the script engine.
#include <algorithm>
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

Result<std::optional<Value>> Datamodel::evaluate_by_script(const Expression& expression) {
    if (expression.pure_words) {
        Result<std::optional<Value>> value = evaluate_pure(expression);
        if (value || value.error().code != "script_impure") {
            return value;
        }
    }
    ScriptContext* scripts = TRY(context());
    cost_ += operations_per_script;
    TRY(tell_io_processors(*scripts, expression.text));
    auto result = scripts->evaluate(expression.text);
    if (!result) {
        return script_error(std::move(result).error());
    }
    TRY(take_changes());
    return result;
}

/// What a <script> in executable content made is in a context only; and so is that two variables
/// are one object.
Result<std::optional<Value>> Datamodel::evaluate_pure(const Expression& expression) {
    Inputs inputs;
    const bool has_functions = document_scripts_ran_ && !chart_.scripts.empty();
    const auto is_given = [&](const std::string& word) { return give(word, inputs); };
    const bool is_pure =
        !context_ && session_->aliases.empty() && limits_exceeded_ < limits_exceeded_max &&
        std::ranges::all_of(*expression.pure_words, is_given) &&
        (!has_functions ||
         (chart_.script_words && std::ranges::all_of(*chart_.script_words, is_given)));
    if (!is_pure) {
        return refused("script_impure", expression.text);
    }
    cost_ += operations_per_script;
    auto value = scripts_.evaluate_pure(
        expression.text, inputs.list, has_functions ? chart_.script_text : std::string_view());
    if (!value && value.error().code == "script_limit") {
        return script_error(std::move(value).error());
    }
    return value;
}

std::vector<std::string> Datamodel::active_states() const {
    std::vector<std::string> active;
    const auto count = static_cast<StateIndex>(chart_.states.size());
    for (StateIndex state = configuration_->next(1, count); state < count;
         state = configuration_->next(state + 1, count)) {
        active.push_back(chart_.states[state].id);
    }
    return active;
}

/// False when the word names what only a context has. Finds variables as variable() does.
bool Datamodel::give(const std::string& word, Inputs& inputs) {
    if (std::ranges::find(inputs.list, word, &ScriptInput::name) != inputs.list.end()) {
        return true;
    }
    if (word == "In") {
        inputs.active_states = active_states();
        inputs.list.push_back({word, nullptr, {}, &inputs.active_states});
        return true;
    }
    const SymbolIndex symbol = intern(word);
    if (const Value* value = find_variable(symbol)) {
        inputs.list.push_back({word, value, {}, nullptr});
        return !is_function(symbol);
    }
    if (declared_[symbol] || (symbol == name_symbol_ && chart_.name.empty())) {
        inputs.list.push_back({word, nullptr, {}, nullptr});
    } else if (symbol == name_symbol_) {
        inputs.name = chart_.name;
        inputs.list.push_back({word, &inputs.name, {}, nullptr});
    } else if (symbol == session_id_symbol_) {
        inputs.session_id = session_->session_id;
        inputs.list.push_back({word, &inputs.session_id, {}, nullptr});
    } else if (symbol == platform_symbol_) {
        inputs.list.push_back({word, &host_.facts(), {}, nullptr});
    } else if (symbol == event_symbol_ && event_ != nullptr) {
        inputs.event = event_value(inputs.undefined_event_fields);
        inputs.list.push_back({word, &inputs.event, inputs.undefined_event_fields, nullptr});
    } else if (const Value* fact = host_.facts().find(word)) {
        inputs.list.push_back({word, fact, {}, nullptr});
    }
    return symbol != io_processors_symbol_;
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
        io_processors_told_ = false;
        if (Result<void> filled = fill(*context_); !filled) {
            return script_error(std::move(filled).error());
        }
    }
    if (facts_told_ != host_.facts()) {
        facts_told_ = host_.facts();
        TRY(context_->define_read_only("_x", facts_told_, {}));
        for (const auto& [name, fact] : facts_told_.as_object()) {
            if (session_->data.find(name) == nullptr) {
                TRY(context_->define_read_only(name, fact, {}));
            }
        }
    }
    if (!configuration_told_) {
        configuration_told_ = true;
        TRY(context_->define_membership("In", active_states()));
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
        const bool is_function =
            value.is_text() && std::ranges::binary_search(session_->functions, name);
        TRY(is_function ? context.define_function(name, value.as_text())
                        : context.define(name, value));
    }
    return {};
}

/// OPTIMIZATION: only to a script that names them; asking the host for them may open a port.
Result<void> Datamodel::tell_io_processors(ScriptContext& context, std::string_view script) {
    if (io_processors_told_ || script.find("_ioprocessors") == std::string_view::npos) {
        return {};
    }
    io_processors_told_ = true;
    return context.define_read_only(
        "_ioprocessors", *value_of(variable(io_processors_symbol_)), {});
}

/// A session holds values only. What else the document's <script> elements made, functions above
/// all, is made again in each context, and the variables then get their values back.
Result<void> Datamodel::run_document_scripts(ScriptContext& context) {
    TRY(context.define_membership("In", {}));
    for (const BlockIndex block : chart_.scripts) {
        const std::string& text = chart_.texts[chart_.operations[chart_.blocks[block].first].first];
        TRY(tell_io_processors(context, text));
        Result<void> ran = context.declare(text);
        // One that throws did so at the start, too, where it became an error event.
        if (!ran && ran.error().code != "script_failed") {
            return ran;
        }
    }
    static_cast<void>(context.take_changes());
    return define_variables(context);
}

Value Datamodel::event_value(std::vector<std::string_view>& undefined_fields) {
    Value event{Value::Object()};
    for (std::size_t field = 0; field < event_field_names.size(); ++field) {
        if (auto value = value_of(event_field(static_cast<EventField>(field)))) {
            event.set(event_field_names[field], std::move(*value));
        } else if (static_cast<EventField>(field) != EventField::raw) {
            undefined_fields.push_back(event_field_names[field]);
        }
    }
    return event;
}

Result<void> Datamodel::define_event(ScriptContext& context) {
    std::vector<std::string_view> undefined;
    const Value event = event_value(undefined);
    return context.define_read_only("_event", event, undefined);
}

void Datamodel::set_event(const Event& event) {
    event_ = &event;
    whole_event_ = Value();
    if (!session_->aliases.empty()) {
        unmark("_event");
    }
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
    if (value != nullptr && value->is_text() && is_function(symbol)) {
        return context_->define_function(symbols_.name(symbol), value->as_text());
    }
    return value == nullptr ? context_->define_undefined(symbols_.name(symbol))
                            : context_->define(symbols_.name(symbol), *value);
}

Result<void> Datamodel::take_changes() {
    ScriptChanges changes = context_->take_changes();
    for (auto& [name, value] : changes.values) {
        const SymbolIndex symbol = intern(name);
        if (Result<void> stored = store(symbol, std::move(value)); !stored) {
            TRY(tell(symbol));
            return stored;
        }
    }
    for (const std::string& name : changes.undefined) {
        TRY(store(intern(name), std::nullopt));
    }
    for (auto& [name, source] : changes.functions) {
        TRY(store_function(intern(name), std::move(source)));
    }
    return {};
}

Result<void> Datamodel::execute(std::string_view statements) {
    ScriptContext* scripts = TRY(context());
    cost_ += operations_per_script;
    TRY(tell_io_processors(*scripts, statements));
    if (Result<void> ran = scripts->execute(statements); !ran) {
        return script_error(std::move(ran).error());
    }
    return take_changes();
}

Result<void> Datamodel::declare(std::string_view statements) {
    ScriptContext* scripts = TRY(context());
    cost_ += operations_per_script;
    TRY(tell_io_processors(*scripts, statements));
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
