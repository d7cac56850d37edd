#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guildmark::scxml {

/// The words of an expression that may be pure, so that ScriptEngine::evaluate_pure may be asked
/// for its value: whatever in the text could name a variable, each once. Nothing when one of the
/// words could be a way to see what is around the expression, to make code of text, or to go on
/// after a failure (`this`, `eval`, `catch` ...); then it takes a ScriptContext.
///
/// A word counts wherever it stands, in a string too: more is left to the context than need be, and
/// nothing is overlooked.
[[nodiscard]] std::optional<std::vector<std::string>> find_pure_words(std::string_view text);

/// The same of a document's scripts, in which functions may be declared outside of all braces.
[[nodiscard]] std::optional<std::vector<std::string>> find_script_words(std::string_view text);

}  // namespace guildmark::scxml
