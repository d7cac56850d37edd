#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace guildmark::script {

/// What an evaluation came to, in the letters of message.h.
struct Outcome {
    char kind = 0;
    std::string text;
};

/// One closed ECMAScript context over another, and one beside them for pure expressions.
class Runtime {
public:
    Runtime();
    ~Runtime();
    Runtime(const Runtime&) = delete;
    Runtime& operator=(const Runtime&) = delete;

    /// Begins anew: nothing of what was defined is left. A context that was only used for what can
    /// be taken back is cleaned and used again, because making one takes milliseconds.
    void reset();

    /// Each gives the kind `undefined`, or `failed` or `limit` with the reason.
    Outcome define(std::string_view name, std::string_view json);
    Outcome define_undefined(std::string_view name);
    Outcome define_function(std::string_view name, std::string_view source);
    Outcome define_read_only(std::string_view name,
                             std::string_view json,
                             std::string_view members);
    Outcome define_membership(std::string_view name, std::string_view json);
    Outcome evaluate(std::string_view expression);
    Outcome execute(std::string_view statements);
    Outcome declare(std::string_view statements);

    /// As PureContext.
    void give(std::string_view name, std::string_view json, std::string_view members);
    void give_undefined(std::string_view name);
    void give_membership(std::string_view name, std::string_view members);
    void give_functions(std::string_view statements);
    Outcome evaluate_pure(std::string_view expression);

    /// Appends the changes since the last call to `message`; `undefined` when that went well.
    Outcome append_changes(std::string& message);

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace guildmark::script
