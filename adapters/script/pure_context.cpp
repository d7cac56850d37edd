#include "adapters/script/pure_context.h"

#include <algorithm>
#include <cctype>

#include <JavaScriptCore/JavaScript.h>

#include "adapters/script/message.h"
#include "engine/base/ensure.h"

namespace guildmark::script {
namespace {

constexpr std::size_t functions_max = 1'000;

bool is_word_part(char letter) {
    return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_' ||
           letter == '$' || (static_cast<unsigned char>(letter) & 0x80u) != 0;
}

/// Whether "(" follows the word wherever it stands in the text, in a text or a comment too.
bool is_only_called(std::string_view word, std::string_view text) {
    for (std::size_t at = text.find(word); at != std::string_view::npos;
         at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        const bool is_word = (at == 0 || !is_word_part(text[at - 1])) &&
                             (end == text.size() || !is_word_part(text[end]));
        const std::size_t next = text.find_first_not_of(" \t\r\n", end);
        if (is_word && (next == std::string_view::npos || text[next] != '(')) {
            return false;
        }
    }
    return true;
}

}  // namespace

PureContext::PureContext(JSContextGroupRef group) : group_(group), world_(group, true) {
    JSValueRef exception = nullptr;
    world_.call("close", {}, &exception);
    ENSURE(exception == nullptr, "the global object is frozen");
}

PureContext::~PureContext() {
    forget_functions();
}

void PureContext::forget_functions() {
    for (const auto& [key, function] : functions_) {
        if (function != nullptr) {
            JSValueUnprotect(world_.context(), function);
        }
    }
    functions_.clear();
    declared_.clear();
}

void PureContext::give(std::string_view name,
                       std::string_view json,
                       std::string_view undefined_members) {
    const bool is_structure = json.starts_with('{') || json.starts_with('[');
    JSValueRef exception = nullptr;
    const JSValueRef value =
        is_structure
            ? world_.call("frozen", {world_.make(json), world_.make(undefined_members)}, &exception)
            : JSValueMakeFromJSONString(world_.context(), Text(json).get());
    const bool has_document = json.find("\"#xml\"") != std::string_view::npos;
    give(name, exception == nullptr && !has_document ? value : nullptr);
}

void PureContext::give_undefined(std::string_view name) {
    give(name, JSValueMakeUndefined(world_.context()));
}

void PureContext::give_membership(std::string_view name, std::string_view members) {
    JSValueRef exception = nullptr;
    const JSValueRef function = world_.call("membership", {world_.make(members)}, &exception);
    give(name, exception == nullptr ? function : nullptr);
}

/// Null: it could not be made.
void PureContext::give(std::string_view name, JSValueRef value) {
    if (value == nullptr) {
        is_given_ = false;
        return;
    }
    JSValueProtect(world_.context(), value);
    names_.append(name) += ',';
    values_.push_back(value);
}

/// Whether the text is an expression and cannot end what stands around it: one that ends two
/// parentheses does not end a parenthesis and a bracket.
bool PureContext::is_one_expression(std::string_view text) const {
    const auto parses = [this](const std::string& source) {
        return JSCheckScriptSyntax(world_.context(), Text(source).get(), nullptr, 1, nullptr);
    };
    const std::string inner = "(" + std::string(text) + "\n)";
    return text.find('\0') == std::string_view::npos && parses("(" + inner + ")") &&
           parses("[" + inner + "]");
}

void PureContext::give_functions(std::string_view statements) {
    statements_ = statements;
}

/// They are run in a world of their own, and again there, because what `let`, `const` and `class`
/// declare shows only in that it cannot be declared twice.
const std::optional<std::string>& PureContext::declared_names() {
    const auto found = declared_.find(statements_);
    if (found != declared_.end()) {
        return found->second;
    }
    std::optional<std::string> names;
    if (statements_.find('\0') == std::string::npos) {
        const World trial(group_, false);
        const std::string strict = "'use strict';" + statements_;
        JSValueRef exception = nullptr;
        for (int run = 0; run < 2 && exception == nullptr; ++run) {
            trial.run(strict, &exception);
        }
        const JSValueRef value =
            exception == nullptr ? trial.call("declared", {}, &exception) : nullptr;
        if (exception == nullptr && JSValueIsString(trial.context(), value)) {
            names = text_of(trial.context(), value);
        }
    }
    return declared_.emplace(statements_, std::move(names)).first->second;
}

/// Whether a parenthesis follows each name of a declared function: nothing else is done with them.
bool PureContext::are_only_called(std::string_view expression) {
    const std::optional<std::string>& names = declared_names();
    if (!names) {
        return false;
    }
    for (std::string_view rest = *names; !rest.empty();) {
        const std::string_view name = rest.substr(0, rest.find(','));
        if (!is_only_called(name, statements_) || !is_only_called(name, expression)) {
            return false;
        }
        rest.remove_prefix(std::min(rest.size(), name.size() + 1));
    }
    return true;
}

/// A function of the variables. They are constants in it, so that to assign one throws.
OpaqueJSValue* PureContext::compile(std::string_view expression) {
    if (!is_one_expression(expression) || (!statements_.empty() && !are_only_called(expression))) {
        return nullptr;
    }
    std::string parameters;
    std::string constants;
    std::size_t count = 0;
    for (std::string_view rest = names_; !rest.empty(); ++count) {
        const std::size_t end = rest.find(',');
        const std::string parameter = "$" + std::to_string(count);
        parameters += parameter + ",";
        constants += "const " + std::string(rest.substr(0, end)) + "=" + parameter + ";";
        rest.remove_prefix(end + 1);
    }
    JSValueRef exception = nullptr;
    const JSValueRef function =
        world_.run("((" + parameters + ")=>{'use strict';" + constants + statements_ +
                       "\n;return(" + std::string(expression) + "\n);})",
                   &exception);
    if (exception != nullptr) {
        return nullptr;
    }
    JSObjectRef object = JSValueToObject(world_.context(), function, nullptr);
    JSValueProtect(world_.context(), object);
    return object;
}

Outcome PureContext::call(OpaqueJSValue* function) const {
    JSValueRef exception = nullptr;
    const JSValueRef value = JSObjectCallAsFunction(
        world_.context(), function, nullptr, values_.size(), values_.data(), &exception);
    Outcome outcome = exception == nullptr ? world_.describe(value)
                                           : exception_outcome(world_.context(), exception);
    if (outcome.kind == answer::failed || outcome.kind == answer::function) {
        return {answer::impure, {}};
    }
    return outcome;
}

Outcome PureContext::evaluate(std::string_view expression) {
    if (functions_.size() >= functions_max) {
        forget_functions();
    }
    Outcome outcome{answer::impure, {}};
    if (is_given_) {
        std::string key = names_ + "\n" + statements_ + "\n" + std::string(expression);
        auto found = functions_.find(key);
        if (found == functions_.end()) {
            found = functions_.emplace(std::move(key), compile(expression)).first;
        }
        if (found->second != nullptr) {
            outcome = call(found->second);
        }
    }
    for (const JSValueRef value : values_) {
        JSValueUnprotect(world_.context(), value);
    }
    values_.clear();
    names_.clear();
    statements_.clear();
    is_given_ = true;
    return outcome;
}

}  // namespace guildmark::script
