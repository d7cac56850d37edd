#include "adapters/script/javascript.h"

#include <algorithm>
#include <cmath>

#include <JavaScriptCore/JavaScript.h>

#include "adapters/script/bootstrap.h"
#include "adapters/script/message.h"
#include "engine/base/ensure.h"

namespace guildmark::script {
namespace {

constexpr std::size_t reason_bytes_max = 500;

/// Above it not every whole number is one.
constexpr double whole_number_max = 9007199254740991;

}  // namespace

Text::Text(std::string_view text)
    : text_(JSStringCreateWithUTF8CString(std::string(text).c_str())) {}

Text::~Text() {
    if (text_ != nullptr) {
        JSStringRelease(text_);
    }
}

std::string Text::to_utf8() const {
    if (text_ == nullptr) {
        return {};
    }
    std::string out(JSStringGetMaximumUTF8CStringSize(text_), '\0');
    const std::size_t written = JSStringGetUTF8CString(text_, out.data(), out.size());
    out.resize(written == 0 ? 0 : written - 1);
    return out;
}

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

World::World(JSContextGroupRef group, bool is_pure)
    : context_(JSGlobalContextCreateInGroup(group, nullptr)) {
    const std::string text =
        std::string("(") + bootstrap + ")(" + xml + ", " + (is_pure ? "true" : "false") + ")";
    JSValueRef exception = nullptr;
    const JSValueRef value = run(text, &exception);
    ENSURE(exception == nullptr, "the bootstrap script failed");
    helpers_ = JSValueToObject(context_, value, nullptr);
    JSValueProtect(context_, helpers_);
}

World::~World() {
    JSGlobalContextRelease(context_);
}

JSValueRef World::call(const char* function,
                       std::initializer_list<JSValueRef> arguments,
                       JSValueRef* exception) const {
    const JSValueRef found =
        JSObjectGetProperty(context_, helpers_, Text(std::string_view(function)).get(), nullptr);
    return JSObjectCallAsFunction(context_,
                                  JSValueToObject(context_, found, nullptr),
                                  nullptr,
                                  arguments.size(),
                                  arguments.begin(),
                                  exception);
}

JSValueRef World::run(const std::string& source, JSValueRef* exception) const {
    return JSEvaluateScript(context_, Text(source).get(), nullptr, nullptr, 1, exception);
}

JSValueRef World::make(std::string_view text) const {
    return JSValueMakeString(context_, Text(text).get());
}

/// OPTIMIZATION: truth values and whole numbers, which guards come to, need no call of the helper.
Outcome World::describe(JSValueRef value) const {
    if (JSValueIsBoolean(context_, value)) {
        return {answer::value, JSValueToBoolean(context_, value) ? "true" : "false"};
    }
    if (JSValueIsNumber(context_, value)) {
        const double number = JSValueToNumber(context_, value, nullptr);
        if (std::trunc(number) == number && std::fabs(number) <= whole_number_max && number != 0) {
            return {answer::value, std::to_string(static_cast<long long>(number))};
        }
    }
    JSValueRef exception = nullptr;
    const JSValueRef described = call("describe", {value}, &exception);
    if (exception != nullptr) {
        return exception_outcome(context_, exception);
    }
    const std::string text = text_of(context_, described);
    if (text.empty()) {
        return {answer::limit, "the value is too large"};
    }
    return {text.front(), text.substr(1)};
}

}  // namespace guildmark::script
