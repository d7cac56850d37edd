#include "adapters/script/runtime.h"

#include <initializer_list>
#include <optional>

#include <JavaScriptCore/JavaScript.h>

#include "adapters/script/javascript.h"
#include "adapters/script/message.h"
#include "adapters/script/pure_context.h"

// Of the library, though of none of its installed headers: JSGarbageCollect only asks for a
// collection some time later, which would then be paid for by another context's script.
extern "C" void JSSynchronousGarbageCollectForDebugging(JSContextRef context);

namespace guildmark::script {
namespace {

constexpr unsigned contexts_between_collections = 16;

/// The C interface reads up to the first zero byte.
Outcome zero_byte() {
    return {answer::failed, "SyntaxError: the script holds a zero byte"};
}

}  // namespace

struct Runtime::Parts {
    JSContextGroupRef group = JSContextGroupCreate();
    std::optional<World> world{std::in_place, group, false};
    std::optional<PureContext> pure;
    unsigned contexts = 0;
    bool is_declared = false;

    Parts() = default;

    ~Parts() {
        pure.reset();
        world.reset();
        JSContextGroupRelease(group);
    }

    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;

    void reset() {
        if (is_clean_enough()) {
            return;
        }
        world.emplace(group, false);
        is_declared = false;
        if (++contexts % contexts_between_collections == 0) {
            JSSynchronousGarbageCollectForDebugging(world->context());
        }
    }

    /// Whether nothing is left after cleaning. What `let` and `const` declare cannot be taken back.
    [[nodiscard]] bool is_clean_enough() const {
        JSValueRef exception = nullptr;
        const JSValueRef cleaned = is_declared ? nullptr : world->call("clean", {}, &exception);
        return cleaned != nullptr && exception == nullptr &&
               JSValueToBoolean(world->context(), cleaned);
    }

    [[nodiscard]] JSValueRef make(std::string_view text) const { return world->make(text); }

    Outcome call_texts(const char* function, std::initializer_list<JSValueRef> arguments) const {
        JSValueRef exception = nullptr;
        world->call(function, arguments, &exception);
        return exception == nullptr ? Outcome{answer::undefined, {}}
                                    : exception_outcome(world->context(), exception);
    }

    Outcome run(const std::string& source, JSValueRef& value) const {
        if (source.find('\0') != std::string::npos) {
            return zero_byte();
        }
        JSValueRef exception = nullptr;
        value = world->run(source, &exception);
        return exception == nullptr ? Outcome{answer::undefined, {}}
                                    : exception_outcome(world->context(), exception);
    }

    PureContext& pure_context() {
        if (!pure) {
            pure.emplace(group);
        }
        return *pure;
    }
};

Runtime::Runtime() : parts_(std::make_unique<Parts>()) {}

Runtime::~Runtime() = default;

void Runtime::reset() {
    parts_->reset();
}

Outcome Runtime::define(std::string_view name, std::string_view json) {
    return parts_->call_texts("define", {parts_->make(name), parts_->make(json)});
}

Outcome Runtime::define_undefined(std::string_view name) {
    return parts_->call_texts("define_undefined", {parts_->make(name)});
}

Outcome Runtime::define_function(std::string_view name, std::string_view source) {
    return parts_->call_texts("define_function", {parts_->make(name), parts_->make(source)});
}

Outcome Runtime::define_read_only(std::string_view name,
                                  std::string_view json,
                                  std::string_view members) {
    return parts_->call_texts("define_read_only",
                              {parts_->make(name), parts_->make(json), parts_->make(members)});
}

Outcome Runtime::define_membership(std::string_view name, std::string_view json) {
    return parts_->call_texts("define_membership", {parts_->make(name), parts_->make(json)});
}

Outcome Runtime::evaluate(std::string_view expression) {
    JSValueRef value = nullptr;
    // The line end closes a comment at the end of the expression.
    Outcome outcome = parts_->run("(" + std::string(expression) + "\n)", value);
    return outcome.kind == answer::undefined ? parts_->world->describe(value) : outcome;
}

void Runtime::give(std::string_view name, std::string_view json, std::string_view members) {
    parts_->pure_context().give(name, json, members);
}

void Runtime::give_undefined(std::string_view name) {
    parts_->pure_context().give_undefined(name);
}

void Runtime::give_membership(std::string_view name, std::string_view members) {
    parts_->pure_context().give_membership(name, members);
}

void Runtime::give_functions(std::string_view statements) {
    parts_->pure_context().give_functions(statements);
}

Outcome Runtime::evaluate_pure(std::string_view expression) {
    return parts_->pure_context().evaluate(expression);
}

Outcome Runtime::execute(std::string_view statements) {
    if (statements.find('\0') != std::string_view::npos) {
        return zero_byte();
    }
    return parts_->call_texts("execute", {parts_->make(statements)});
}

Outcome Runtime::declare(std::string_view statements) {
    parts_->is_declared = true;
    JSValueRef value = nullptr;
    return parts_->run(std::string(statements), value);
}

Outcome Runtime::append_changes(std::string& message) {
    JSContextRef context = parts_->world->context();
    JSValueRef exception = nullptr;
    const JSValueRef result = parts_->world->call("changes", {}, &exception);
    if (exception != nullptr) {
        return exception_outcome(context, exception);
    }
    JSObjectRef object = JSValueToObject(context, result, nullptr);
    const JSValueRef list = JSObjectGetProperty(context, object, Text("out").get(), nullptr);
    JSObjectRef items = JSValueToObject(context, list, nullptr);
    const JSValueRef length = JSObjectGetProperty(context, items, Text("length").get(), nullptr);
    const auto count = static_cast<unsigned>(JSValueToNumber(context, length, nullptr));
    for (unsigned at = 0; at < count; ++at) {
        append_text(message,
                    text_of(context, JSObjectGetPropertyAtIndex(context, items, at, nullptr)));
        if (message.size() > message_bytes_max / 2) {
            return {answer::limit, "the variables are too large"};
        }
    }
    const JSValueRef failure = JSObjectGetProperty(context, object, Text("failure").get(), nullptr);
    return JSValueIsUndefined(context, failure) ? Outcome{answer::undefined, {}}
                                                : exception_outcome(context, failure);
}

}  // namespace guildmark::script
