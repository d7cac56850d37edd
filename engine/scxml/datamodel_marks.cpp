// What a variable is besides its value: a function, or one object with others. A session holds
// values only, so both are kept beside its data.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "engine/scxml/datamodel.h"

namespace guildmark::scxml {

void Datamodel::resize_tables() {
    positions_.resize(symbols_.size());
    declared_.resize(symbols_.size());
    saved_in_run_.resize(symbols_.size());
}

SymbolIndex Datamodel::intern(const std::string& name) {
    const SymbolIndex symbol = symbols_.intern(name);
    resize_tables();
    return symbol;
}

/// The variable has another value from now on.
void Datamodel::unmark(const std::string& name) {
    if (!session_->functions.empty()) {
        std::erase(session_->functions, name);
    }
    if (!session_->aliases.empty()) {
        for (std::vector<std::string>& group : session_->aliases) {
            std::erase(group, name);
        }
        std::erase_if(session_->aliases, [](const auto& group) { return group.size() < 2; });
    }
}

// Functions.

bool Datamodel::is_function(SymbolIndex symbol) const {
    return !session_->functions.empty() &&
           std::ranges::binary_search(session_->functions, symbols_.name(symbol));
}

Result<void> Datamodel::store_function(SymbolIndex symbol, std::string source) {
    TRY(store(symbol, Value(std::move(source))));
    const std::string& name = symbols_.name(symbol);
    std::vector<std::string>& functions = session_->functions;
    functions.insert(std::ranges::lower_bound(functions, name), name);
    return {};
}

/// Evaluates the expression, which gives a function, where functions are, and takes its source.
Result<void> Datamodel::make_function(SymbolIndex symbol, const Expression& value) {
    return execute(fmt::format("{} = ({}\n);", symbols_.name(symbol), value.text));
}

Result<void> Datamodel::initialize(SymbolIndex symbol, const Expression& value) {
    Result<std::optional<Value>> result = evaluate(value);
    if (!result) {
        return result.error().code == "script_function" ? make_function(symbol, value)
                                                        : Result<void>(std::move(result).error());
    }
    TRY(initialize(symbol, std::move(result).value()));
    join(symbol, value);
    return {};
}

// One object.

/// After a variable was assigned what another one holds: an object is the same in both, until one
/// of them changes.
void Datamodel::join(SymbolIndex symbol, const Expression& value) {
    if (!value.is_plain() || value.nodes.size() != 1 || value.nodes[0].kind != NodeKind::variable ||
        value.nodes[0].first == symbol) {
        return;
    }
    const Value* held = find_variable(symbol);
    if (held == nullptr || (!held->is_array() && !held->is_object())) {
        return;
    }
    const std::string& name = symbols_.name(symbol);
    const std::string& other = symbols_.name(value.nodes[0].first);
    for (std::vector<std::string>& group : session_->aliases) {
        if (std::ranges::find(group, other) != group.end()) {
            group.push_back(name);
            return;
        }
    }
    session_->aliases.push_back({other, name});
}

bool Datamodel::is_same_object(const Value& first, const Value& second) {
    if (session_->aliases.empty() || first != second) {
        return false;
    }
    const auto holds = [this](const std::string& name, const Value& value) {
        const Operand operand = variable(intern(name));
        return operand.kind == Operand::Kind::object && operand.object == &value;
    };
    return std::ranges::any_of(session_->aliases, [&](const auto& group) {
        const auto is_first = [&](const std::string& name) { return holds(name, first); };
        const auto is_second = [&](const std::string& name) { return holds(name, second); };
        return std::ranges::any_of(group, is_first) && std::ranges::any_of(group, is_second);
    });
}

}  // namespace guildmark::scxml
