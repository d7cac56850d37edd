#include "adapters/signer/sodium/ed25519.h"

#include <algorithm>
#include <sodium.h>

#include "engine/base/ensure.h"

namespace guildmark::sodium {
namespace {

using SecretKey = std::array<unsigned char, crypto_sign_SECRETKEYBYTES>;

/// Once for the process; any thread.
void begin() {
    static const bool is_ready = sodium_init() >= 0;
    ENSURE(is_ready, "libsodium has no randomness");
}

const unsigned char* data_of(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

Seed::Seed(const std::array<std::uint8_t, 32>& bytes) : bytes_(bytes) {
    begin();
    SecretKey secret;
    ENSURE(crypto_sign_seed_keypair(public_key_.data(), secret.data(), bytes_.data()) == 0,
           "every seed makes a key");
    sodium_memzero(secret.data(), secret.size());
}

Seed Seed::random() {
    begin();
    std::array<std::uint8_t, 32> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    Seed seed(bytes);
    sodium_memzero(bytes.data(), bytes.size());
    return seed;
}

Seed::~Seed() {
    sodium_memzero(bytes_.data(), bytes_.size());
}

SignatureBytes Seed::sign(std::string_view bytes) const {
    // The library's form of a secret key is the seed and the public key behind it.
    SecretKey secret;
    std::ranges::copy(public_key_, std::ranges::copy(bytes_, secret.begin()).out);
    SignatureBytes signature{};
    crypto_sign_detached(signature.data(), nullptr, data_of(bytes), bytes.size(), secret.data());
    sodium_memzero(secret.data(), secret.size());
    return signature;
}

bool Checker::holds(const PublicKeyBytes& key,
                    std::string_view bytes,
                    const SignatureBytes& signature) const {
    begin();
    return crypto_sign_verify_detached(
               signature.data(), data_of(bytes), bytes.size(), key.data()) == 0;
}

}  // namespace guildmark::sodium
