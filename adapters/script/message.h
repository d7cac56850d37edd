#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace guildmark::script {

/// The file descriptor at which a worker finds its socket.
inline constexpr int worker_socket = 3;

/// No message is longer than this, in either direction.
inline constexpr std::size_t message_bytes_max = 16u << 20;

/// What a request asks, one letter before its texts. A request ends with evaluate, execute,
/// declare, evaluate_pure or reset; those before it stand in the same message.
namespace request {
inline constexpr char define = 'd';             ///< name, JSON
inline constexpr char define_undefined = 'u';   ///< name
inline constexpr char define_function = 'f';    ///< name, source
inline constexpr char define_read_only = 'r';   ///< name, JSON, JSON list of undefined members
inline constexpr char define_membership = 'm';  ///< name, JSON list
inline constexpr char evaluate = 'e';           ///< expression
inline constexpr char execute = 'x';            ///< statements
inline constexpr char declare = 'g';            ///< statements
inline constexpr char give = 'i';               ///< name, JSON, JSON list of undefined members
inline constexpr char give_undefined = 'j';     ///< name
inline constexpr char give_membership = 'k';    ///< name, JSON list
inline constexpr char give_functions = 's';     ///< statements
inline constexpr char evaluate_pure = 'p';      ///< expression, on what was given; no changes
inline constexpr char reset = 'n';              ///< nothing; has no answer: begin a new context
}  // namespace request

/// What an answer begins with. After it come the changes: name, kind, text, again and again.
namespace answer {
inline constexpr char value = 'v';      ///< JSON
inline constexpr char number = 'n';     ///< NaN, Infinity, -Infinity or -0, which JSON lacks
inline constexpr char undefined = 'u';  ///< an empty text
inline constexpr char failed = 'f';     ///< why
inline constexpr char function = 'c';   ///< its source; as the value of an expression, nothing
inline constexpr char impure = 'i';     ///< an expression that needs a context; no text
inline constexpr char limit = 'l';      ///< which bound was exceeded
}  // namespace answer

/// Appends a letter.
inline void append_letter(std::string& message, char letter) {
    message += letter;
}

/// Appends a text with its length.
void append_text(std::string& message, std::string_view text);

/// Takes letters and texts off the front of a message.
class MessageReader {
public:
    explicit MessageReader(std::string_view message) : rest_(message) {}

    [[nodiscard]] bool is_empty() const { return rest_.empty(); }

    /// Nothing at the end, or when the message is not well formed.
    std::optional<char> take_letter();
    std::optional<std::string_view> take_text();

private:
    std::string_view rest_;
};

/// The four bytes before a message on the socket.
using Header = std::uint32_t;

/// The message as it goes over the socket.
[[nodiscard]] std::string framed(std::string_view message);

/// Puts one message after the other together from the bytes that come over the socket.
class FrameReader {
public:
    /// Where the next bytes go; never empty.
    std::span<char> space();

    /// So many bytes were put there.
    void add(std::size_t bytes) { filled_ += bytes; }

    /// Whether a message announced more than message_bytes_max.
    [[nodiscard]] bool is_too_large() const;

    /// The whole message; nothing as long as bytes of it are missing.
    std::optional<std::string> take();

private:
    [[nodiscard]] std::size_t announced() const;

    std::string bytes_;
    std::size_t filled_ = 0;
};

/// How many times as much processor time and memory scripts get in builds for a sanitizer: with its
/// allocator a collection of garbage takes longer, and what is freed is not soon used again, so
/// that scripts within the limits came to them now and then.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr unsigned sanitizer_factor = 4;
#else
inline constexpr unsigned sanitizer_factor = 1;
#endif

/// For so long each side looks for a message again and again before it sleeps, because to be woken
/// takes longer than most scripts; between looks it leaves the processor to whoever wants it, which
/// may be the other side.
inline constexpr std::chrono::microseconds looking_again(50);

}  // namespace guildmark::script
