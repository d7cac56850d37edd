#include "api/token.h"

#include <array>
#include <cstdint>

namespace guildmark::api {

std::string new_token(Random& random) {
    static constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    constexpr std::size_t token_bytes = 32;
    std::array<std::uint8_t, token_bytes> bytes{};
    for (std::size_t index = 0; index < token_bytes; index += 8) {
        const std::uint64_t bits = random.next();
        for (std::size_t place = 0; place < 8; ++place) {
            bytes[index + place] = static_cast<std::uint8_t>(bits >> (8 * place));
        }
    }
    std::string token = "gm_";
    std::uint32_t buffer = 0;
    unsigned held = 0;
    for (const std::uint8_t byte : bytes) {
        buffer = (buffer << 8u) | byte;
        for (held += 8; held >= 5; held -= 5) {
            token.push_back(alphabet[(buffer >> (held - 5)) & 31u]);
        }
    }
    if (held > 0) {
        token.push_back(alphabet[(buffer << (5 - held)) & 31u]);
    }
    return token;
}

}  // namespace guildmark::api
