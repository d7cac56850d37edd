#include "engine/base/digest.h"

#include <openssl/evp.h>

namespace guildmark {
namespace {

/// The algorithm is fetched once: OpenSSL 3 otherwise looks it up for every digest.
const EVP_MD* algorithm() {
    static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    ENSURE(fetched != nullptr, "this OpenSSL has no SHA-256");
    return fetched;
}

int hex_value(char letter) {
    if (letter >= '0' && letter <= '9') {
        return letter - '0';
    }
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

}  // namespace

struct Sha256::State {
    EVP_MD_CTX* context = EVP_MD_CTX_new();

    State() {
        ENSURE(context != nullptr && EVP_DigestInit_ex2(context, algorithm(), nullptr) == 1,
               "SHA-256 could not begin");
    }

    ~State() { EVP_MD_CTX_free(context); }

    State(const State&) = delete;
    State& operator=(const State&) = delete;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {}

Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::add(std::string_view bytes) {
    ENSURE(EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()) == 1,
           "SHA-256 could not go on");
}

Digest Sha256::finish() {
    Digest digest;
    ENSURE(EVP_DigestFinal_ex(state_->context, digest.bytes.data(), nullptr) == 1,
           "SHA-256 could not finish");
    return digest;
}

Digest sha256(std::string_view bytes) {
    Sha256 hash;
    hash.add(bytes);
    return hash.finish();
}

std::string Digest::to_text() const {
    constexpr std::string_view hex = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        text += hex[byte >> 4u];
        text += hex[byte & 15u];
    }
    return text;
}

Result<Digest> Digest::parse(std::string_view text) {
    Digest digest;
    bool good = text.size() == digest.bytes.size() * 2;
    for (std::size_t index = 0; good && index < digest.bytes.size(); ++index) {
        const int high = hex_value(text[2 * index]);
        const int low = hex_value(text[2 * index + 1]);
        good = high >= 0 && low >= 0;
        digest.bytes[index] = static_cast<std::uint8_t>(good ? high * 16 + low : 0);
    }
    if (!good) {
        return malformed("digest_malformed", "a digest is 64 lower-case hexadecimal digits");
    }
    return digest;
}

}  // namespace guildmark
