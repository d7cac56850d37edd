#pragma once

namespace guildmark {

/// Prints the condition, the reason and the place to standard error, and aborts. A bug of ours must
/// not go on to write; it is never used for input, whatever that holds.
[[noreturn]] void ensure_failed(const char* condition, const char* why, const char* file, int line);

}  // namespace guildmark

/// States what must hold. Always on, in every build.
#define ENSURE(condition, why)                                               \
    do {                                                                     \
        if (!(condition)) [[unlikely]] {                                     \
            ::guildmark::ensure_failed(#condition, why, __FILE__, __LINE__); \
        }                                                                    \
    } while (false)
