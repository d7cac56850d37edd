#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/signer/sodium/ed25519.h"
#include "engine/ports/signer.h"

namespace guildmark::sodium {

/// All keys of an installation, and of the current one what signs.
struct KeyFile {
    std::vector<SigningKey> keys;  ///< The oldest first.
    std::optional<Seed> seed;      ///< Of the key that is current; none when none is.
};

/// Errors: signing_keys_malformed (of another version, or against the rules above).
[[nodiscard]] Result<KeyFile> read_key_file(std::string_view text);

/// What read_key_file reads back: JSON, with the private half of the current key.
[[nodiscard]] std::string key_file_text(const KeyFile& file);

/// The first 16 hexadecimal digits of the SHA-256 of the key.
[[nodiscard]] std::string key_id(const PublicKeyBytes& key);

}  // namespace guildmark::sodium
