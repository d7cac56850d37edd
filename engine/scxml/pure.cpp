#include "engine/scxml/pure.h"

#include <algorithm>
#include <array>

namespace guildmark::scxml {
namespace {

/// Sorted. With them an expression could tell that its variables are constants of a function in a
/// frozen world (ECMA-262, clauses 10.2, 13.3, 20.1.2), or go on when that stopped it
/// (14.15, 27.2).
constexpr std::array<std::string_view, 20> impure_words = {"Function",
                                                           "Promise",
                                                           "Proxy",
                                                           "Reflect",
                                                           "arguments",
                                                           "async",
                                                           "catch",
                                                           "constructor",
                                                           "eval",
                                                           "finally",
                                                           "fromAsync",
                                                           "getOwnPropertyDescriptor",
                                                           "getOwnPropertyDescriptors",
                                                           "globalThis",
                                                           "import",
                                                           "isExtensible",
                                                           "isFrozen",
                                                           "isSealed",
                                                           "stack",
                                                           "this"};
static_assert(std::ranges::is_sorted(impure_words));

bool is_decimal_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

/// Bytes of other scripts' letters are parts of words, too.
bool is_word_part(char letter) {
    return is_decimal_digit(letter) || (letter >= 'a' && letter <= 'z') ||
           (letter >= 'A' && letter <= 'Z') || letter == '_' || letter == '$' ||
           (static_cast<unsigned char>(letter) & 0x80u) != 0;
}

/// Whether what stands before a word makes it the name of a member: one dot, but not three.
bool is_after_dot(std::string_view before) {
    return before.ends_with('.') && !before.ends_with("..");
}

/// Whether a function there is an expression. A declaration in a block means something else where
/// the rules are strict (ECMA-262, B.3.3), without throwing.
bool is_expression_place(std::string_view before) {
    const std::size_t last = before.find_last_not_of(" \t\r\n");
    return last != std::string_view::npos &&
           std::string_view("(,=:?&|![>").find(before[last]) != std::string_view::npos;
}

bool is_outside_of_braces(std::string_view before) {
    return std::ranges::count(before, '{') == std::ranges::count(before, '}');
}

/// `may_declare` tells of what stands before a function that is no expression.
template <typename MayDeclare>
std::optional<std::vector<std::string>> find_words(std::string_view text, MayDeclare may_declare) {
    // An escape can spell any word.
    if (text.find("\\u") != std::string_view::npos) {
        return std::nullopt;
    }
    std::vector<std::string> words;
    for (std::size_t start = 0; start < text.size();) {
        const auto* const end = std::find_if_not(text.begin() + start, text.end(), is_word_part);
        const std::string_view word =
            text.substr(start, static_cast<std::size_t>(end - text.begin()) - start);
        const std::string_view before = text.substr(0, start);
        if (std::ranges::binary_search(impure_words, word) ||
            (word == "function" && !is_expression_place(before) && !may_declare(before))) {
            return std::nullopt;
        }
        if (!word.empty() && !is_decimal_digit(word.front()) && !is_after_dot(before) &&
            std::ranges::find(words, word) == words.end()) {
            words.emplace_back(word);
        }
        start += word.size() + 1;
    }
    return words;
}

}  // namespace

std::optional<std::vector<std::string>> find_pure_words(std::string_view text) {
    return find_words(text, [](std::string_view) { return false; });
}

std::optional<std::vector<std::string>> find_script_words(std::string_view text) {
    return find_words(text, is_outside_of_braces);
}

}  // namespace guildmark::scxml
