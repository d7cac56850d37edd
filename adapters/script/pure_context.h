#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "adapters/script/javascript.h"

namespace guildmark::script {

/// Evaluates expressions that change nothing. All that ECMAScript brings is frozen here, the global
/// object too, and so is what an expression is given: there is nothing in which one could leave
/// anything for the next. So one context serves all, and keeps the expressions compiled.
///
/// An expression that throws, because it tries to change something or for another reason, is
/// `impure`: a context of its own shows what it really comes to.
class PureContext {
public:
    explicit PureContext(const OpaqueJSContextGroup* group);
    ~PureContext();
    PureContext(const PureContext&) = delete;
    PureContext& operator=(const PureContext&) = delete;

    /// Gives the next expression a variable. `undefined_members`: a JSON list, as
    /// ScriptContext::define_read_only.
    void give(std::string_view name, std::string_view json, std::string_view undefined_members);
    void give_undefined(std::string_view name);

    /// Gives it a function; `members` is a JSON list.
    void give_membership(std::string_view name, std::string_view members);

    /// Gives it what a document's scripts declare, which has to be functions alone that are only
    /// called: then nothing can be kept in them from one expression to the next.
    void give_functions(std::string_view statements);

    /// The value of an expression on what was given, which is forgotten then; or `impure`, or
    /// `limit` with the reason.
    Outcome evaluate(std::string_view expression);

private:
    void give(std::string_view name, const OpaqueJSValue* value);
    OpaqueJSValue* compile(std::string_view expression);
    const std::optional<std::string>& declared_names();
    [[nodiscard]] bool are_only_called(std::string_view expression);
    [[nodiscard]] bool is_one_expression(std::string_view text) const;
    Outcome call(OpaqueJSValue* function) const;
    void forget_functions();

    const OpaqueJSContextGroup* group_;
    World world_;
    /// By names and text; null for what cannot be compiled.
    std::unordered_map<std::string, OpaqueJSValue*> functions_;
    /// By statements: the names of the functions that they declare, when they do nothing else.
    std::unordered_map<std::string, std::optional<std::string>> declared_;
    std::string statements_;
    std::string names_;
    std::vector<const OpaqueJSValue*> values_;
    bool is_given_ = true;  ///< Whether all values could be made.
};

}  // namespace guildmark::script
