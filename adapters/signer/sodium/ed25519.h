#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "engine/ports/signer.h"

/// Ed25519 (RFC 8032) by libsodium.
namespace guildmark::sodium {

/// What a private key is made from (RFC 8032, 5.1.5). Wiped when it goes.
class Seed {
public:
    Seed() = default;

    /// From the kernel's randomness.
    static Seed random();

    explicit Seed(const std::array<std::uint8_t, 32>& bytes);

    ~Seed();
    Seed(const Seed&) = default;
    Seed& operator=(const Seed&) = default;

    [[nodiscard]] const std::array<std::uint8_t, 32>& bytes() const { return bytes_; }

    [[nodiscard]] const PublicKeyBytes& public_key() const { return public_key_; }

    [[nodiscard]] SignatureBytes sign(std::string_view bytes) const;

private:
    std::array<std::uint8_t, 32> bytes_{};
    PublicKeyBytes public_key_{};  ///< Made once: it costs as much as a signature.
};

/// Checks signatures by libsodium, which refuses keys of small order itself.
class Checker final : public SignatureChecker {
public:
    [[nodiscard]] bool holds(const PublicKeyBytes& key,
                             std::string_view bytes,
                             const SignatureBytes& signature) const override;
};

}  // namespace guildmark::sodium
