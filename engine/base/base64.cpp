#include "engine/base/base64.h"

#include <openssl/evp.h>

namespace guildmark {
namespace {

const unsigned char* data_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* data_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

}  // namespace

std::string to_base64(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4, '\0');
    EVP_EncodeBlock(data_of(text), data_of(bytes), static_cast<int>(bytes.size()));
    return text;
}

Result<std::string> from_base64(std::string_view text) {
    std::string bytes(text.size() / 4 * 3, '\0');
    if (EVP_DecodeBlock(data_of(bytes), data_of(text), static_cast<int>(text.size())) >= 0) {
        // The library tells what padding stands for as zeros.
        const std::size_t letters = text.find_last_not_of('=') + 1;
        bytes.resize(letters * 3 / 4);
        if (to_base64(bytes) == text) {
            return bytes;
        }
    }
    return malformed("base64_malformed", "this is no base64 with padding");
}

}  // namespace guildmark
