#include "engine/certificate/multibase.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace guildmark {
namespace {

constexpr std::string_view alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr std::size_t text_max = 128;

/// Digits of one base written in another, without zeros in front; both have the last digit last.
std::vector<std::uint32_t> rebase(const std::vector<std::uint32_t>& digits,
                                  std::uint32_t from,
                                  std::uint32_t to) {
    std::vector<std::uint32_t> reversed;
    for (std::uint32_t carry : digits) {
        for (std::uint32_t& place : reversed) {
            carry += place * from;
            place = carry % to;
            carry /= to;
        }
        for (; carry > 0; carry /= to) {
            reversed.push_back(carry % to);
        }
    }
    return {reversed.rbegin(), reversed.rend()};
}

Error malformed_multibase() {
    return malformed("multibase_malformed", "this is no base58 text that begins with z");
}

}  // namespace

std::string to_multibase(std::string_view bytes) {
    const std::size_t zeros = std::min(bytes.find_first_not_of('\0'), bytes.size());
    std::vector<std::uint32_t> digits;
    for (const char byte : bytes.substr(zeros)) {
        digits.push_back(static_cast<unsigned char>(byte));
    }
    std::string text = "z" + std::string(zeros, alphabet.front());
    for (const std::uint32_t digit : rebase(digits, 256, 58)) {
        text += alphabet[digit];
    }
    return text;
}

Result<std::string> from_multibase(std::string_view text) {
    if (!text.starts_with('z') || text.size() > text_max) {
        return malformed_multibase();
    }
    text.remove_prefix(1);
    const std::size_t zeros = std::min(text.find_first_not_of(alphabet.front()), text.size());
    std::vector<std::uint32_t> digits;
    for (const char letter : text.substr(zeros)) {
        const std::size_t digit = alphabet.find(letter);
        if (digit == std::string_view::npos) {
            return malformed_multibase();
        }
        digits.push_back(static_cast<std::uint32_t>(digit));
    }
    std::string bytes(zeros, '\0');
    for (const std::uint32_t digit : rebase(digits, 58, 256)) {
        bytes += static_cast<char>(static_cast<unsigned char>(digit));
    }
    return bytes;
}

}  // namespace guildmark
