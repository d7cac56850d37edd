#pragma once

#include <string>
#include <string_view>

namespace guildmark::scxml {

/// What a token is; `unknown` ends every plain expression.
enum class TokenKind { end, name, keyword, number, text, punctuator, unknown };

/// One token.
struct Token {
    TokenKind kind = TokenKind::end;
    std::string text;  ///< A name, keyword or punctuator; the value of a string literal.
    double number = 0;
};

/// The ECMAScript tokens of plain expressions, one ahead. What it does not know is `unknown`.
class Tokens {
public:
    explicit Tokens(std::string_view text) : text_(text) { skip(); }

    [[nodiscard]] const Token& peek() const { return token_; }

    /// Goes to the next token.
    void skip();

    /// The token, and goes to the next one.
    Token next();

    /// Whether the token is this punctuator or keyword.
    [[nodiscard]] bool is(std::string_view text) const;

    /// Goes to the next token when this one is the punctuator or keyword `text`.
    bool take(std::string_view text);

private:
    void read_number();
    void read_text();
    bool read_escape();
    bool read_unicode_escape();
    void read_word();
    void read_punctuator();

    std::string_view text_;
    std::size_t at_ = 0;
    Token token_;
};

/// Whether ECMAScript itself has a global variable of that name.
[[nodiscard]] bool is_script_global(std::string_view name);

}  // namespace guildmark::scxml
