#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/instant.h"
#include "engine/base/result.h"

namespace guildmark {

/// An Ed25519 public key (RFC 8032, 5.1.5) and signature (5.1.6).
using PublicKeyBytes = std::array<std::uint8_t, 32>;
using SignatureBytes = std::array<std::uint8_t, 64>;

/// Current: it signs, and is the only one that does. Retired: what it signed before it ended holds.
/// Compromised: somebody else may have it, so nothing that it signed is believed any more.
enum class KeyState { current, retired, compromised };

constexpr auto names_of(KeyState /*unused*/) {
    return std::array<std::string_view, 3>{"current", "retired", "compromised"};
}

/// A public key, and the time in which its owner signed with it.
struct SigningKey {
    std::string id;  ///< 16 hexadecimal digits: the beginning of the SHA-256 of `bytes`.
    PublicKeyBytes bytes{};
    KeyState state = KeyState::current;
    Instant valid_from;
    std::optional<Instant> ended_at;  ///< Absent for the current key alone.

    bool operator==(const SigningKey&) const = default;
};

/// A signature, and the key that made it.
struct Signature {
    SigningKey key;
    SignatureBytes bytes{};
};

/// Signs as the organisation that runs this installation. Thread: any, also several at once.
class Signer {
public:
    virtual ~Signer() = default;

    /// Signs with the current key: Ed25519 without context or prehash, so that the same bytes and
    /// key give the same signature. Errors: those of keys(), signing_key_missing (none is current).
    [[nodiscard]] virtual Result<Signature> sign(std::string_view bytes) const = 0;

    /// Every key that ever was, the oldest first. Errors: signing_keys_missing,
    /// signing_keys_exposed (others than their owner may read them), signing_keys_malformed.
    [[nodiscard]] virtual Result<std::vector<SigningKey>> keys() const = 0;
};

/// Checks signatures of anybody; holds no key. Thread: any, also several at once.
class SignatureChecker {
public:
    virtual ~SignatureChecker() = default;

    /// Whether `signature` is that of `bytes` by `key` (RFC 8032, 5.1.7); keys of small order and
    /// signatures that are not in canonical form are refused.
    [[nodiscard]] virtual bool holds(const PublicKeyBytes& key,
                                     std::string_view bytes,
                                     const SignatureBytes& signature) const = 0;
};

}  // namespace guildmark
