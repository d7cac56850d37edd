#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "engine/base/result.h"
#include "engine/base/value.h"

namespace guildmark {

/// One place in which ECMAScript runs: the variables of one session during one run of macrosteps.
/// A script sees its variables, nothing of the machine: no files, network, clock or randomness.
class ScriptContext {
public:
    virtual ~ScriptContext() = default;

    /// Sets a variable that scripts may change, or a read-only one that they may not.
    virtual Result<void> define(std::string_view name, const Value& value) = 0;
    virtual Result<void> define_read_only(std::string_view name, const Value& value) = 0;

    /// The value of an expression, which must be one of JSON's; nothing for undefined.
    /// Errors: script_failed (the script threw or does not parse), script_limit (time or memory
    /// bound of limits.h; the context is gone), script_unavailable (Retry::later).
    virtual Result<std::optional<Value>> evaluate(std::string_view expression) = 0;

    /// Runs statements. Errors: as evaluate.
    virtual Result<void> execute(std::string_view statements) = 0;

    /// The present values of the variables named to define(). Errors: as evaluate.
    virtual Result<Value> variables() = 0;
};

/// Where ECMAScript is evaluated that is more than a plain expression.
class ScriptEngine {
public:
    virtual ~ScriptEngine() = default;

    /// A fresh context with no variables. Errors: script_unavailable.
    virtual Result<std::unique_ptr<ScriptContext>> open() = 0;
};

}  // namespace guildmark
