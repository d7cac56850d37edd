#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "adapters/signer/sodium/ed25519.h"
#include "engine/ports/signer.h"

namespace guildmark::tests {

/// Signs with one key, whatever becomes of it. Each number has a key of its own.
class OneKey final : public Signer {
public:
    explicit OneKey(std::uint8_t number) {
        std::array<std::uint8_t, 32> bytes{};
        bytes.fill(number);
        seed_ = sodium::Seed(bytes);
        key.bytes = seed_.public_key();
        key.id = "key" + std::to_string(number);
        key.valid_from = Instant::parse("2026-01-01T00:00:00Z").value();
    }

    [[nodiscard]] Result<Signature> sign(std::string_view bytes) const override {
        return Signature{key, seed_.sign(bytes)};
    }

    [[nodiscard]] Result<std::vector<SigningKey>> keys() const override {
        return std::vector<SigningKey>{key};
    }

    SigningKey key;

private:
    sodium::Seed seed_;
};

}  // namespace guildmark::tests
