#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace guildmark {

/// A SHA-256 digest (FIPS 180-4).
struct Digest {
    std::array<std::uint8_t, 32> bytes{};

    auto operator<=>(const Digest&) const = default;

    /// 64 lower-case hexadecimal digits.
    [[nodiscard]] std::string to_text() const;

    /// Errors: digest_malformed.
    [[nodiscard]] static Result<Digest> parse(std::string_view text);

    [[nodiscard]] bool is_zero() const { return *this == Digest{}; }
};

/// The SHA-256 of `bytes` (FIPS 180-4).
[[nodiscard]] Digest sha256(std::string_view bytes);

/// Digests bytes that arrive in pieces.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    void add(std::string_view bytes);

    /// The digest of all that was added. REQUIRES: not called before.
    [[nodiscard]] Digest finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace guildmark
