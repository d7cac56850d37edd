#include "engine/scxml/token.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

#include "engine/scxml/ecmascript.h"

namespace guildmark::scxml {
namespace {

// Sorted. "let", "static", "yield" and the like are names in some places only: not plain.
constexpr std::array<std::string_view, 49> keywords = {
    "arguments", "async",    "await",      "break",   "case",    "catch",      "class",
    "const",     "continue", "debugger",   "default", "delete",  "do",         "else",
    "enum",      "eval",     "export",     "extends", "false",   "finally",    "for",
    "function",  "if",       "implements", "import",  "in",      "instanceof", "interface",
    "let",       "new",      "null",       "package", "private", "protected",  "public",
    "return",    "static",   "super",      "switch",  "this",    "throw",      "true",
    "try",       "typeof",   "var",        "void",    "while",   "with",       "yield"};

// Sorted.
constexpr std::array<std::string_view, 62> globals = {"AggregateError",
                                                      "Array",
                                                      "ArrayBuffer",
                                                      "Atomics",
                                                      "BigInt",
                                                      "BigInt64Array",
                                                      "BigUint64Array",
                                                      "Boolean",
                                                      "DataView",
                                                      "Date",
                                                      "Error",
                                                      "EvalError",
                                                      "FinalizationRegistry",
                                                      "Float16Array",
                                                      "Float32Array",
                                                      "Float64Array",
                                                      "Function",
                                                      "Int16Array",
                                                      "Int32Array",
                                                      "Int8Array",
                                                      "Intl",
                                                      "Iterator",
                                                      "JSON",
                                                      "Map",
                                                      "Math",
                                                      "Number",
                                                      "Object",
                                                      "Promise",
                                                      "Proxy",
                                                      "RangeError",
                                                      "ReferenceError",
                                                      "Reflect",
                                                      "RegExp",
                                                      "Set",
                                                      "SharedArrayBuffer",
                                                      "String",
                                                      "SuppressedError",
                                                      "Symbol",
                                                      "SyntaxError",
                                                      "Temporal",
                                                      "TypeError",
                                                      "URIError",
                                                      "Uint16Array",
                                                      "Uint32Array",
                                                      "Uint8Array",
                                                      "Uint8ClampedArray",
                                                      "WeakMap",
                                                      "WeakRef",
                                                      "WeakSet",
                                                      "WebAssembly",
                                                      "console",
                                                      "decodeURI",
                                                      "decodeURIComponent",
                                                      "encodeURI",
                                                      "encodeURIComponent",
                                                      "escape",
                                                      "globalThis",
                                                      "isFinite",
                                                      "isNaN",
                                                      "parseFloat",
                                                      "parseInt",
                                                      "unescape"};

static_assert(std::ranges::is_sorted(keywords) && std::ranges::is_sorted(globals));

// Longer ones first. Those that are not plain are here so that they are not read as two others.
constexpr std::array<std::string_view, 53> punctuators = {
    ">>>=", "===", "!==", "**=", "<<=", ">>=", ">>>",  "...", "&&=", "||=", "\?\?=",
    "==",   "!=",  "<=",  ">=",  "&&",  "||",  "\?\?", "?.",  "++",  "--",  "**",
    "<<",   ">>",  "+=",  "-=",  "*=",  "/=",  "%=",   "&=",  "|=",  "^=",  "=>",
    "//",   "/*",  "<",   ">",   "+",   "-",   "*",    "/",   "%",   "!",   "?",
    ":",    "(",   ")",   "[",   "]",   "{",   "}",    ",",   "."};

bool is_name_start(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '_' ||
           letter == '$';
}

bool is_number_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

bool is_name_part(char letter) {
    return is_name_start(letter) || is_number_digit(letter);
}

}  // namespace

bool is_script_global(std::string_view name) {
    return std::ranges::binary_search(globals, name);
}

void Tokens::skip() {
    const std::string_view rest = text_.substr(at_);
    const std::size_t space = rest.find_first_not_of(" \t\r\n");
    at_ = space == std::string_view::npos ? text_.size() : at_ + space;
    token_.text.clear();
    if (at_ == text_.size()) {
        token_.kind = TokenKind::end;
        return;
    }
    const char letter = text_[at_];
    const bool is_fraction =
        letter == '.' && at_ + 1 < text_.size() && is_number_digit(text_[at_ + 1]);
    if (is_name_start(letter)) {
        read_word();
    } else if (is_number_digit(letter) || is_fraction) {
        read_number();
    } else if (letter == '"' || letter == '\'') {
        read_text();
    } else {
        read_punctuator();
    }
}

Token Tokens::next() {
    Token token = std::move(token_);
    token_ = Token();
    skip();
    return token;
}

bool Tokens::is(std::string_view text) const {
    return (token_.kind == TokenKind::punctuator || token_.kind == TokenKind::keyword) &&
           token_.text == text;
}

bool Tokens::take(std::string_view text) {
    if (!is(text)) {
        return false;
    }
    skip();
    return true;
}

void Tokens::read_word() {
    const std::size_t start = at_;
    while (at_ < text_.size() && is_name_part(text_[at_])) {
        ++at_;
    }
    token_.text = text_.substr(start, at_ - start);
    const bool is_continued =
        at_ < text_.size() &&
        (text_[at_] == '\\' || (static_cast<unsigned char>(text_[at_]) & 0x80u) != 0);
    token_.kind = is_continued                                        ? TokenKind::unknown
                  : std::ranges::binary_search(keywords, token_.text) ? TokenKind::keyword
                                                                      : TokenKind::name;
}

void Tokens::read_number() {
    const std::size_t start = at_;
    const auto part = [this](std::size_t at) { return at < text_.size() ? text_[at] : ' '; };
    while (is_name_part(part(at_)) || part(at_) == '.' ||
           ((part(at_) == '+' || part(at_) == '-') &&
            (part(at_ - 1) == 'e' || part(at_ - 1) == 'E') && part(start + 1) != 'x')) {
        ++at_;
    }
    const std::string_view literal = text_.substr(start, at_ - start);
    token_.number = text_to_number(literal);
    // 010 is octal in old scripts and refused in new ones; 1_000 and 10n are not plain.
    const bool is_legacy = literal.size() > 1 && literal[0] == '0' && is_number_digit(literal[1]);
    const bool is_number = token_.number == token_.number;
    token_.kind = is_legacy || !is_number ? TokenKind::unknown : TokenKind::number;
}

void Tokens::read_text() {
    const char quote = text_[at_++];
    token_.kind = TokenKind::unknown;
    while (at_ < text_.size() && text_[at_] != '\n' && text_[at_] != '\r') {
        const char letter = text_[at_++];
        if (letter == quote) {
            token_.kind = TokenKind::text;
            return;
        }
        if (letter != '\\') {
            token_.text += letter;
        } else if (!read_escape()) {
            return;
        }
    }
}

bool Tokens::read_escape() {
    if (at_ == text_.size()) {
        return false;
    }
    static constexpr std::string_view letters = "ntrbfv";
    static constexpr std::string_view meanings = "\n\t\r\b\f\v";
    const char letter = text_[at_++];
    if (const std::size_t found = letters.find(letter); found != std::string_view::npos) {
        token_.text += meanings[found];
        return true;
    }
    if (letter == 'u' || letter == 'x') {
        --at_;
        return read_unicode_escape();
    }
    if (is_number_digit(letter) || letter == '\n' || letter == '\r' ||
        (static_cast<unsigned char>(letter) & 0x80u) != 0) {
        return false;
    }
    token_.text += letter;
    return true;
}

bool Tokens::read_unicode_escape() {
    std::size_t size = text_[at_++] == 'x' ? 2 : 4;
    bool is_braced = false;
    if (size == 4 && at_ < text_.size() && text_[at_] == '{') {
        is_braced = true;
        const std::size_t end = text_.find('}', ++at_);
        size = end == std::string_view::npos ? 0 : end - at_;
    }
    const std::string_view digits = text_.substr(at_, size);
    std::uint32_t code = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
    if (digits.empty() || digits.size() != size || read.ec != std::errc() ||
        read.ptr != digits.data() + size || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) {
        return false;
    }
    at_ += size + (is_braced ? 1 : 0);
    append_utf8(token_.text, code);
    return true;
}

void Tokens::read_punctuator() {
    for (const std::string_view punctuator : punctuators) {
        if (text_.substr(at_).starts_with(punctuator)) {
            at_ += punctuator.size();
            token_.kind = TokenKind::punctuator;
            token_.text = punctuator;
            return;
        }
    }
    token_.kind = TokenKind::unknown;
}

}  // namespace guildmark::scxml
