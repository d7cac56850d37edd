#include "adapters/script/pure_context.h"

#include <JavaScriptCore/JavaScript.h>

#include "adapters/script/message.h"
#include "engine/base/ensure.h"

namespace guildmark::script {
namespace {

constexpr std::size_t functions_max = 1'000;

}  // namespace

PureContext::PureContext(JSContextGroupRef group) : world_(group, true) {
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

/// A function of the variables. They are constants in it, so that to assign one throws.
OpaqueJSValue* PureContext::compile(std::string_view expression) const {
    if (!is_one_expression(expression)) {
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
    const JSValueRef function = world_.run("((" + parameters + ")=>{'use strict';" + constants +
                                               "return(" + std::string(expression) + "\n);})",
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
        std::string key = names_ + "\n" + std::string(expression);
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
    is_given_ = true;
    return outcome;
}

}  // namespace guildmark::script
