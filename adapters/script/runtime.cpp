#include "adapters/script/runtime.h"

#include <array>
#include <initializer_list>
#include <utility>
#include <vector>

#include <JavaScriptCore/JavaScript.h>

#include "adapters/script/bootstrap.h"
#include "adapters/script/message.h"
#include "engine/base/ensure.h"

// Of the library, though of none of its installed headers: JSGarbageCollect only asks for a
// collection some time later, which would then be paid for by another context's script.
extern "C" void JSSynchronousGarbageCollectForDebugging(JSContextRef context);

namespace guildmark::script {
namespace {

constexpr std::size_t reason_bytes_max = 500;
constexpr unsigned contexts_between_collections = 16;

/// Owns a JSStringRef.
class Text {
public:
    explicit Text(std::string_view text)
        : text_(JSStringCreateWithUTF8CString(std::string(text).c_str())) {}

    explicit Text(JSStringRef text) : text_(text) {}

    ~Text() {
        if (text_ != nullptr) {
            JSStringRelease(text_);
        }
    }

    Text(const Text&) = delete;
    Text& operator=(const Text&) = delete;

    [[nodiscard]] JSStringRef get() const { return text_; }

    [[nodiscard]] std::string to_utf8() const {
        if (text_ == nullptr) {
            return {};
        }
        std::string out(JSStringGetMaximumUTF8CStringSize(text_), '\0');
        const std::size_t written = JSStringGetUTF8CString(text_, out.data(), out.size());
        out.resize(written == 0 ? 0 : written - 1);
        return out;
    }

private:
    JSStringRef text_;
};

std::string text_of(JSContextRef context, JSValueRef value) {
    return Text(JSValueToStringCopy(context, value, nullptr)).to_utf8();
}

Outcome exception_outcome(JSContextRef context, JSValueRef exception) {
    std::string reason = text_of(context, exception);
    if (reason.empty()) {
        reason = "the script threw something that is no text";
    }
    std::size_t size = std::min(reason.size(), reason_bytes_max);
    while (size < reason.size() && size > 0 &&
           (static_cast<unsigned char>(reason[size]) & 0xC0u) == 0x80u) {
        --size;
    }
    reason.resize(size);
    const bool is_limit = reason.find("Maximum call stack size exceeded") != std::string::npos ||
                          reason.find("Out of memory") != std::string::npos;
    return {is_limit ? answer::limit : answer::failed, std::move(reason)};
}

/// The C interface reads up to the first zero byte.
Outcome zero_byte() {
    return {answer::failed, "SyntaxError: the script holds a zero byte"};
}

}  // namespace

struct Runtime::Parts {
    JSContextGroupRef group = JSContextGroupCreate();
    JSGlobalContextRef context = nullptr;
    JSObjectRef helpers = nullptr;
    unsigned contexts = 0;
    bool is_declared = false;

    Parts() { open(); }

    ~Parts() {
        JSGlobalContextRelease(context);
        JSContextGroupRelease(group);
    }

    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;

    void open() {
        context = JSGlobalContextCreateInGroup(group, nullptr);
        JSValueRef exception = nullptr;
        const std::string text = std::string("(") + bootstrap + ")(" + xml + ")";
        const JSValueRef value =
            JSEvaluateScript(context, Text(text).get(), nullptr, nullptr, 1, &exception);
        ENSURE(exception == nullptr, "the bootstrap script failed");
        helpers = JSValueToObject(context, value, nullptr);
        JSValueProtect(context, helpers);
    }

    void reset() {
        if (is_clean_enough()) {
            return;
        }
        JSGlobalContextRelease(context);
        open();
        is_declared = false;
        if (++contexts % contexts_between_collections == 0) {
            JSSynchronousGarbageCollectForDebugging(context);
        }
    }

    /// Whether nothing is left after cleaning. What `let` and `const` declare cannot be taken back.
    [[nodiscard]] bool is_clean_enough() const {
        JSValueRef exception = nullptr;
        const JSValueRef cleaned = is_declared ? nullptr : call("clean", {}, &exception);
        return cleaned != nullptr && exception == nullptr && JSValueToBoolean(context, cleaned);
    }

    JSValueRef call(const char* function,
                    std::initializer_list<JSValueRef> arguments,
                    JSValueRef* exception) const {
        const JSValueRef found =
            JSObjectGetProperty(context, helpers, Text(std::string_view(function)).get(), nullptr);
        return JSObjectCallAsFunction(context,
                                      JSValueToObject(context, found, nullptr),
                                      nullptr,
                                      arguments.size(),
                                      arguments.begin(),
                                      exception);
    }

    [[nodiscard]] JSValueRef make(std::string_view text) const {
        return JSValueMakeString(context, Text(text).get());
    }

    Outcome call_texts(const char* function, std::initializer_list<JSValueRef> arguments) const {
        JSValueRef exception = nullptr;
        call(function, arguments, &exception);
        return exception == nullptr ? Outcome{answer::undefined, {}}
                                    : exception_outcome(context, exception);
    }

    Outcome run(const std::string& source, JSValueRef& value) const {
        if (source.find('\0') != std::string::npos) {
            return zero_byte();
        }
        JSValueRef exception = nullptr;
        value = JSEvaluateScript(context, Text(source).get(), nullptr, nullptr, 1, &exception);
        return exception == nullptr ? Outcome{answer::undefined, {}}
                                    : exception_outcome(context, exception);
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
    if (outcome.kind != answer::undefined) {
        return outcome;
    }
    JSValueRef exception = nullptr;
    const JSValueRef described = parts_->call("describe", {value}, &exception);
    if (exception != nullptr) {
        return exception_outcome(parts_->context, exception);
    }
    std::string text = text_of(parts_->context, described);
    if (text.empty()) {
        return {answer::limit, "the value is too large"};
    }
    return {text.front(), text.substr(1)};
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
    JSContextRef context = parts_->context;
    JSValueRef exception = nullptr;
    const JSValueRef result = parts_->call("changes", {}, &exception);
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
