#include "adapters/signer/sodium/ed25519.h"

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

/// Both halves of the key pair that the seed makes.
std::pair<PublicKeyBytes, SecretKey> pair_of(const std::array<std::uint8_t, 32>& seed) {
    begin();
    std::pair<PublicKeyBytes, SecretKey> pair;
    ENSURE(crypto_sign_seed_keypair(pair.first.data(), pair.second.data(), seed.data()) == 0,
           "every seed makes a key");
    return pair;
}

const unsigned char* data_of(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

Seed Seed::random() {
    begin();
    Seed seed;
    randombytes_buf(seed.bytes_.data(), seed.bytes_.size());
    return seed;
}

Seed::~Seed() {
    sodium_memzero(bytes_.data(), bytes_.size());
}

PublicKeyBytes Seed::public_key() const {
    auto pair = pair_of(bytes_);
    sodium_memzero(pair.second.data(), pair.second.size());
    return pair.first;
}

SignatureBytes Seed::sign(std::string_view bytes) const {
    auto pair = pair_of(bytes_);
    SignatureBytes signature{};
    crypto_sign_detached(
        signature.data(), nullptr, data_of(bytes), bytes.size(), pair.second.data());
    sodium_memzero(pair.second.data(), pair.second.size());
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
