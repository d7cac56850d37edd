#include "engine/scxml/datamodel.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "engine/base/ensure.h"
#include "engine/base/limits.h"
#include "engine/scxml/ecmascript.h"

namespace guildmark::scxml {
namespace {

constexpr std::size_t dynamic_expressions_max = 1024;

/// Handling so many bytes takes about as long as one operation.
constexpr std::size_t bytes_per_operation = 256;

/// The item or member of that name; null when there is none.
Value* find_member(Value& holder, const std::string& name) {
    if (!holder.is_array()) {
        return holder.find(name);
    }
    const auto index = text_to_array_index(name);
    return index && *index < holder.as_array().size() ? &holder.as_array()[*index] : nullptr;
}

/// As find_member; a member that an object lacks, and an array's next item, is made.
Value* make_member(Value& holder, const std::string& name) {
    if (holder.is_object() && holder.find(name) == nullptr) {
        holder.set(name, Value());
    } else if (holder.is_array() && holder.as_array().size() < limits::foreach_items_max &&
               text_to_array_index(name) == holder.as_array().size()) {
        holder.as_array().emplace_back();
    }
    return find_member(holder, name);
}

bool is_scalar(const Value& value) {
    return value.is_number() || value.is_bool() || value.is_null();
}

Result<void> make_storable(Value& value, std::size_t depth) {
    if (depth > limits::json_depth_max) {
        return refused(
            "value_not_storable",
            fmt::format("a value nested more than {} deep cannot be kept", limits::json_depth_max));
    }
    if (value.is_number()) {
        if (!std::isfinite(value.as_number())) {
            return refused("value_not_storable",
                           fmt::format("{} cannot be kept, because JSON has no such number",
                                       number_to_text(value.as_number())));
        }
        if (value.as_number() == 0) {
            value = Value(0);
        }
    } else if (value.is_array()) {
        for (Value& item : value.as_array()) {
            TRY(make_storable(item, depth + 1));
        }
    } else if (value.is_object()) {
        for (auto& member : value.as_object()) {
            TRY(make_storable(member.second, depth + 1));
        }
    }
    return {};
}

}  // namespace

Result<void> make_storable(Value& value) {
    return make_storable(value, 0);
}

Datamodel::Datamodel(const Statechart& chart, Host& host, ScriptEngine& scripts)
    : statechart_(chart),
      chart_(chart.compiled()),
      host_(host),
      scripts_(scripts),
      evaluator_(*this),
      symbols_(chart_.symbols),
      name_symbol_(symbols_.intern("_name")),
      session_id_symbol_(symbols_.intern("_sessionid")),
      io_processors_symbol_(symbols_.intern("_ioprocessors")),
      event_symbol_(symbols_.intern("_event")),
      platform_symbol_(symbols_.intern("_x")) {
    declared_.resize(symbols_.size());
    for (const DataRecord& data : chart_.data) {
        declared_[data.symbol] = true;
    }
    positions_.resize(symbols_.size());
    saved_in_run_.resize(symbols_.size());
}

void Datamodel::begin(Session& session, const StateSet& configuration) {
    session_ = &session;
    configuration_ = &configuration;
    event_ = nullptr;
    ++run_;
    saved_.clear();
    saved_all_.reset();
    saved_before_all_ = 0;
    growth_bytes_ = 0;
    cost_ = 0;
    limits_exceeded_ = 0;
    saved_functions_ = session.functions;
    saved_aliases_ = session.aliases;
    whole_event_ = Value();
    if (session.data.is_null()) {
        save_all();
        session.data = Value(Value::Object());
    }
    if (!io_processors_.is_null()) {
        io_processors_ = Value();
    }
}

void Datamodel::commit() {
    context_.reset();
    session_ = nullptr;
}

void Datamodel::rollback() {
    const bool is_all = saved_all_.has_value();
    if (is_all) {
        session_->data = std::move(*saved_all_);
    }
    for (std::size_t at = is_all ? saved_before_all_ : saved_.size(); at > 0; --at) {
        *find_variable(saved_[at - 1].symbol) = std::move(saved_[at - 1].value);
    }
    saved_.clear();
    saved_all_.reset();
    session_->functions = std::move(saved_functions_);
    session_->aliases = std::move(saved_aliases_);
    commit();
}

const Expression& Datamodel::dynamic_expression(std::string_view text) {
    if (const auto found = dynamic_.find(text); found != dynamic_.end()) {
        return found->second;
    }
    if (dynamic_.size() == dynamic_expressions_max) {
        dynamic_.clear();
    }
    Expression expression = parse_expression(text, symbols_);
    resize_tables();
    return dynamic_.emplace(std::string(text), std::move(expression)).first->second;
}

// Reading.

Value* Datamodel::find_variable(SymbolIndex symbol) {
    Value::Object& variables = session_->data.as_object();
    const std::string& name = symbols_.name(symbol);
    std::uint32_t& position = positions_[symbol];
    if (position < variables.size() && variables[position].first == name) {
        return &variables[position].second;
    }
    for (std::size_t at = 0; at < variables.size(); ++at) {
        if (variables[at].first == name) {
            position = static_cast<std::uint32_t>(at);
            return &variables[at].second;
        }
    }
    return nullptr;
}

Operand Datamodel::variable(SymbolIndex symbol) {
    if (const Value* value = find_variable(symbol)) {
        return is_function(symbol) ? Operand{Operand::Kind::unsupported, 0, {}, nullptr}
                                   : operand_of(*value);
    }
    if (declared_[symbol]) {
        return {};
    }
    if (const Operand operand = system_variable(symbol); operand.kind != Operand::Kind::failed) {
        return operand;
    }
    if (const Value* fact = host_.facts().find(symbols_.name(symbol))) {
        return operand_of(*fact);
    }
    // A script may have made a function or a class of this name.
    return {
        chart_.has_scripts ? Operand::Kind::unsupported : Operand::Kind::failed, 0, {}, nullptr};
}

/// `failed` when it is none.
Operand Datamodel::system_variable(SymbolIndex symbol) {
    if (symbol == name_symbol_) {
        return chart_.name.empty() ? Operand()
                                   : Operand{Operand::Kind::text, 0, chart_.name, nullptr};
    }
    if (symbol == session_id_symbol_) {
        return {Operand::Kind::text, 0, session_->session_id, nullptr};
    }
    if (symbol == platform_symbol_) {
        return operand_of(host_.facts());
    }
    if (symbol == io_processors_symbol_) {
        if (io_processors_.is_null()) {
            Value location;
            location.set("location", "#_scxml_" + session_->session_id);
            io_processors_ = host_.io_processors(session_->session_id);
            io_processors_.set(scxml_processor, location);
            io_processors_.set("scxml", std::move(location));
        }
        return operand_of(io_processors_);
    }
    return symbol == event_symbol_ ? whole_event() : Operand{Operand::Kind::failed, 0, {}, nullptr};
}

/// What JSON keeps of `_event`: the fields that are not undefined.
Operand Datamodel::whole_event() {
    if (event_ == nullptr) {
        return {Operand::Kind::unsupported, 0, {}, nullptr};
    }
    if (whole_event_.is_null()) {
        for (std::size_t field = 0; field < event_field_names.size(); ++field) {
            if (auto value = value_of(event_field(static_cast<EventField>(field)))) {
                whole_event_.set(event_field_names[field], std::move(*value));
            }
        }
    }
    return operand_of(whole_event_);
}

Operand Datamodel::event_field(EventField field) {
    if (event_ == nullptr) {
        return {Operand::Kind::unsupported, 0, {}, nullptr};
    }
    const auto text_or_undefined = [](const std::string& text) {
        return text.empty() ? Operand() : Operand{Operand::Kind::text, 0, text, nullptr};
    };
    static constexpr std::array<std::string_view, 3> types = {"platform", "internal", "external"};
    switch (field) {
        case EventField::name:
            return {Operand::Kind::text, 0, event_->name, nullptr};
        case EventField::type:
            return {Operand::Kind::text, 0, types[static_cast<std::size_t>(event_->type)], nullptr};
        case EventField::sendid:
            return text_or_undefined(event_->sendid);
        case EventField::origin:
            return text_or_undefined(event_->origin);
        case EventField::origintype:
            return text_or_undefined(event_->origintype);
        case EventField::invokeid:
            return text_or_undefined(event_->invokeid);
        case EventField::data:
            return event_->data ? operand_of(*event_->data) : Operand();
        case EventField::raw:
            return text_or_undefined(event_->raw);
    }
    return {};
}

bool Datamodel::is_active(StateIndex state) {
    return configuration_->has(state);
}

bool Datamodel::is_active(std::string_view state_id) {
    const auto state = statechart_.find_state(state_id);
    return state && configuration_->has(*state);
}

Error Datamodel::failure(const Expression& expression) const {
    return refused("evaluation_failed",
                   fmt::format("\"{}\": {}", expression.text, evaluator_.failure()));
}

Result<std::optional<Value>> Datamodel::evaluate(const Expression& expression) {
    if (expression.is_plain()) {
        const Operand operand = evaluator_.evaluate(expression);
        if (operand.is_value()) {
            cost_ += operand_bytes(operand) / bytes_per_operation;
            return value_of(operand);
        }
        if (operand.kind == Operand::Kind::failed) {
            return failure(expression);
        }
    }
    return evaluate_by_script(expression);
}

Result<bool> Datamodel::condition(const Expression& expression) {
    if (expression.is_plain()) {
        const Operand operand = evaluator_.evaluate(expression);
        if (operand.is_value()) {
            return is_truthy(operand);
        }
        if (operand.kind == Operand::Kind::failed) {
            return failure(expression);
        }
    }
    const std::optional<Value> value = TRY(evaluate(expression));
    return value && is_truthy(operand_of(*value));
}

// Writing.

void Datamodel::save(SymbolIndex symbol, const Value& value) {
    if (!saved_all_ && saved_in_run_[symbol] != run_) {
        saved_in_run_[symbol] = run_;
        saved_.push_back({symbol, value});
    }
}

void Datamodel::save_all() {
    if (!saved_all_) {
        saved_all_ = session_->data;
        saved_before_all_ = saved_.size();
    }
}

std::size_t Datamodel::take_cost() {
    return std::exchange(cost_, 0) + evaluator_.take_made_bytes() / bytes_per_operation;
}

/// Puts a value where another one was, unless there is too much data then.
/// OPTIMIZATION: what there is is counted now and then, so the limit may be exceeded by a part.
Result<void> Datamodel::replace(Value& place, Value value) {
    const std::size_t bytes = value_bytes(value);
    growth_bytes_ += bytes;
    cost_ += bytes / bytes_per_operation;
    std::swap(place, value);
    if (growth_bytes_ <= limits::session_data_bytes_max / 16) {
        return {};
    }
    growth_bytes_ = 0;
    const std::size_t all = value_bytes(session_->data);
    cost_ += all / bytes_per_operation;
    if (all > limits::session_data_bytes_max) {
        place = std::move(value);
        return too_large(
            "session_data_too_large",
            fmt::format("the data of the session would take {} bytes; at most {} are kept",
                        all,
                        limits::session_data_bytes_max));
    }
    return {};
}

Result<void> Datamodel::store(SymbolIndex symbol, std::optional<Value> value) {
    unmark(symbols_.name(symbol));
    Value* variable = find_variable(symbol);
    if (!value) {
        if (variable != nullptr) {
            save_all();
            Value::Object& variables = session_->data.as_object();
            variables.erase(variables.begin() + positions_[symbol]);
        }
        return {};
    }
    TRY(make_storable(*value));
    const bool is_new = variable == nullptr;
    if (is_new) {
        save_all();
        session_->data.set(symbols_.name(symbol), Value());
        variable = find_variable(symbol);
    } else {
        save(symbol, *variable);
    }
    if (is_scalar(*value)) {
        *variable = std::move(*value);
        return {};
    }
    Result<void> replaced = replace(*variable, std::move(*value));
    if (!replaced && is_new) {
        session_->data.as_object().pop_back();
    }
    return replaced;
}

Result<void> Datamodel::initialize(SymbolIndex symbol, std::optional<Value> value) {
    TRY(store(symbol, std::move(value)));
    return tell(symbol);
}

bool Datamodel::is_read_only(SymbolIndex symbol) {
    return symbol == name_symbol_ || symbol == session_id_symbol_ || symbol == event_symbol_ ||
           symbol == io_processors_symbol_ || symbol == platform_symbol_ ||
           (find_variable(symbol) == nullptr && !declared_[symbol] &&
            host_.facts().find(symbols_.name(symbol)) != nullptr);
}

Result<Datamodel::Path> Datamodel::path(const Expression& location) {
    Path path;
    const auto refuse = [&](std::string_view why) {
        return refused("location_invalid", fmt::format("\"{}\" {}", location.text, why));
    };
    std::uint32_t at = location.is_plain() ? location.root() : none;
    for (; at != none && location.nodes[at].kind == NodeKind::member;
         at = location.nodes[at].first) {
        const Operand name = evaluator_.evaluate(location, location.nodes[at].second);
        if (name.kind == Operand::Kind::text) {
            path.members.emplace_back(name.text);
        } else if (name.kind == Operand::Kind::number) {
            path.members.push_back(number_to_text(name.number));
        } else {
            return refuse("has a member name that is neither text nor number");
        }
    }
    if (at == none || location.nodes[at].kind != NodeKind::variable) {
        return refuse("is nothing that can be assigned to");
    }
    path.variable = location.nodes[at].first;
    if (is_read_only(path.variable)) {
        return refuse("is read-only");
    }
    std::ranges::reverse(path.members);
    return path;
}

Result<void> Datamodel::assign(const Expression& location, const Expression& value) {
    Result<std::optional<Value>> result = evaluate(value);
    const bool is_variable = location.is_plain() && location.nodes.size() == 1 &&
                             location.nodes[0].kind == NodeKind::variable;
    if (!result) {
        const bool is_held = result.error().code == "script_function" && is_variable &&
                             (declared_[location.nodes[0].first] ||
                              find_variable(location.nodes[0].first) != nullptr);
        return is_held ? make_function(location.nodes[0].first, value)
                       : Result<void>(std::move(result).error());
    }
    TRY(assign(location, std::move(result).value()));
    if (is_variable) {
        join(location.nodes[0].first, value);
    }
    return {};
}

Result<void> Datamodel::assign(const Expression& location, std::optional<Value> value) {
    const bool is_variable = location.is_plain() && location.nodes.size() == 1 &&
                             location.nodes[0].kind == NodeKind::variable;
    if (!is_variable) {
        return location.is_plain() ? assign_member(location, std::move(value))
                                   : assign_by_script(location, value);
    }
    const SymbolIndex symbol = location.nodes[0].first;
    if (!declared_[symbol] && find_variable(symbol) == nullptr) {
        return refused("location_invalid",
                       is_read_only(symbol)
                           ? fmt::format("\"{}\" is read-only", location.text)
                           : fmt::format("there is no variable \"{}\"", location.text));
    }
    return initialize(symbol, std::move(value));
}

Result<void> Datamodel::declare_and_assign(const Expression& location, std::optional<Value> value) {
    const bool is_variable = location.is_plain() && location.nodes.size() == 1 &&
                             location.nodes[0].kind == NodeKind::variable;
    if (!is_variable || is_read_only(location.nodes[0].first)) {
        return assign(location, std::move(value));
    }
    return initialize(location.nodes[0].first, std::move(value));
}

Result<void> Datamodel::assign_member(const Expression& location, std::optional<Value> value) {
    const Path path = TRY(this->path(location));
    const auto refuse = [&](std::string_view why) {
        return refused("location_invalid", fmt::format("\"{}\": {}", location.text, why));
    };
    Value* variable = find_variable(path.variable);
    if (variable == nullptr || path.members.empty()) {
        return refuse("the variable has no value to assign in");
    }
    if (!value) {
        return refuse("a member cannot be made undefined");
    }
    TRY(make_storable(*value));
    unmark(symbols_.name(path.variable));
    save(path.variable, *variable);
    Value* holder = variable;
    for (std::size_t at = 0; at < path.members.size(); ++at) {
        const std::string& name = path.members[at];
        holder =
            at + 1 < path.members.size() ? find_member(*holder, name) : make_member(*holder, name);
        if (holder == nullptr) {
            return refuse(fmt::format("there is no \"{}\" to assign to", name));
        }
    }
    TRY(replace(*holder, std::move(*value)));
    return tell(path.variable);
}

}  // namespace guildmark::scxml
