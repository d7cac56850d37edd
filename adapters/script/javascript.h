#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "adapters/script/runtime.h"

// JavaScriptCore's types, which its headers define as pointers to these.
struct OpaqueJSContext;
struct OpaqueJSContextGroup;
struct OpaqueJSString;
struct OpaqueJSValue;

namespace guildmark::script {

/// Owns a JSStringRef.
class Text {
public:
    explicit Text(std::string_view text);

    explicit Text(OpaqueJSString* text) : text_(text) {}

    ~Text();
    Text(const Text&) = delete;
    Text& operator=(const Text&) = delete;

    [[nodiscard]] OpaqueJSString* get() const { return text_; }

    [[nodiscard]] std::string to_utf8() const;

private:
    OpaqueJSString* text_;
};

/// The value as ECMAScript makes text of it; empty when that fails.
[[nodiscard]] std::string text_of(const OpaqueJSContext* context, const OpaqueJSValue* value);

/// What a script threw: `failed`, or `limit` when it is how the engine tells of a bound.
[[nodiscard]] Outcome exception_outcome(const OpaqueJSContext* context,
                                        const OpaqueJSValue* exception);

/// One context after the bootstrap script, see bootstrap.h. A context is about 1 MiB, and made in
/// milliseconds.
class World {
public:
    World(const OpaqueJSContextGroup* group, bool is_pure);
    ~World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    [[nodiscard]] OpaqueJSContext* context() const { return context_; }

    /// Calls one of the bootstrap's functions.
    const OpaqueJSValue* call(const char* function,
                              std::initializer_list<const OpaqueJSValue*> arguments,
                              const OpaqueJSValue** exception) const;

    /// The value of a program's text.
    const OpaqueJSValue* run(const std::string& source, const OpaqueJSValue** exception) const;

    [[nodiscard]] const OpaqueJSValue* make(std::string_view text) const;

    /// What an expression came to.
    [[nodiscard]] Outcome describe(const OpaqueJSValue* value) const;

private:
    OpaqueJSContext* context_;
    OpaqueJSValue* helpers_;
};

}  // namespace guildmark::script
