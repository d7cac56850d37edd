#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/value.h"

namespace guildmark {

/// What scripts did to the variables of a context.
struct ScriptChanges {
    Value::Object values;  ///< Changed or newly created variables and their values.
    /// Variables that were defined and hold functions now, and the functions' sources.
    std::vector<std::pair<std::string, std::string>> functions;
    std::vector<std::string> undefined;  ///< Variables that have no value any more.
};

/// One place in which ECMAScript runs: the variables of one session during one run of macrosteps.
/// A script sees its variables, nothing of the machine: no files, network, clock or randomness.
///
/// The defining functions may put off their work, and its errors, to the next evaluation.
class ScriptContext {
public:
    virtual ~ScriptContext() = default;

    /// Sets a variable that scripts may change.
    virtual Result<void> define(std::string_view name, const Value& value) = 0;

    /// As define, for a variable that has no value: it is there and undefined.
    virtual Result<void> define_undefined(std::string_view name) = 0;

    /// As define, for a variable that holds a function of that source, made in the global scope.
    virtual Result<void> define_function(std::string_view name, std::string_view source) = 0;

    /// Sets a variable that scripts may not change, nor anything in it. Members named in
    /// `undefined_members` are there beside the value's own, and undefined.
    virtual Result<void> define_read_only(std::string_view name,
                                          const Value& value,
                                          std::span<const std::string_view> undefined_members) = 0;

    /// Sets a function of one argument that tells whether the argument is one of `members`.
    virtual Result<void> define_membership(std::string_view function,
                                           std::span<const std::string> members) = 0;

    /// The value of an expression as JSON.stringify would keep it, save that a number is itself;
    /// nothing for undefined. Errors: script_failed (the script threw or does not parse),
    /// script_function (the value is a function), script_limit (time or memory bound of limits.h;
    /// the context is gone), script_unavailable (Retry::later).
    virtual Result<std::optional<Value>> evaluate(std::string_view expression) = 0;

    /// Runs statements. Variables and functions that they declare stay until the context ends; what
    /// `let`, `const` and `class` declare ends with them. Errors: as evaluate.
    virtual Result<void> execute(std::string_view statements) = 0;

    /// As execute, and everything that the statements declare stays.
    virtual Result<void> declare(std::string_view statements) = 0;

    /// What evaluate and execute changed since the last call of this: variables that were defined,
    /// and global variables that a script created, functions left out. Also what a script changed
    /// before it failed; nothing when the context is gone.
    virtual ScriptChanges take_changes() = 0;
};

/// A variable that an expression is given.
struct ScriptInput {
    std::string_view name;
    const Value* value = nullptr;  ///< Null: it is there and undefined.
    /// As ScriptContext::define_read_only.
    std::span<const std::string_view> undefined_members;
    /// Not null: instead of a value, a function as ScriptContext::define_membership makes.
    const std::vector<std::string>* members = nullptr;
};

/// Where ECMAScript is evaluated that is more than a plain expression.
class ScriptEngine {
public:
    virtual ~ScriptEngine() = default;

    /// The value of an expression that changes nothing, as ScriptContext::evaluate would give it on
    /// the same variables after it ran `functions`, which declare functions and do nothing else. It
    /// is quicker than a context, which is told all variables and asked for all changes. REQUIRES:
    /// both texts may be pure (engine/scxml/pure.h), and `inputs` are all variables among their
    /// words. Errors: script_impure (the expression throws, tries to change something, or gives a
    /// function: only a context can tell what it comes to), script_limit, script_unavailable.
    virtual Result<std::optional<Value>> evaluate_pure(std::string_view expression,
                                                       std::span<const ScriptInput> inputs,
                                                       std::string_view functions) {
        static_cast<void>(expression);
        static_cast<void>(inputs);
        static_cast<void>(functions);
        return refused("script_impure", "pure expressions are not evaluated apart");
    }

    /// A fresh context with no variables. Errors: script_unavailable.
    virtual Result<std::unique_ptr<ScriptContext>> open() = 0;
};

}  // namespace guildmark
