#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/value.h"
#include "engine/ports/signer.h"

/// How an installation's keys are told to others, and read again by them.
namespace guildmark::api {

/// As whom an installation signs: under the address that people reach it by, when that is one of
/// https ("did:web:guildmark.example:api:v1", W3C did:web method), else under its current key alone
/// ("did:key:..."). REQUIRES: `keys` has a current key, or the origin begins with https.
[[nodiscard]] std::string issuer_id(std::string_view public_origin,
                                    const std::vector<SigningKey>& keys);

/// How the log of certificates is called in its checkpoints: by its address without the scheme,
/// else as issuer_id has it.
[[nodiscard]] std::string log_origin(std::string_view public_origin,
                                     const std::vector<SigningKey>& keys);

/// The signer's keys. Errors: signing_unavailable (there is no signer), those of Signer::keys.
[[nodiscard]] Result<std::vector<SigningKey>> keys_of(const Signer* signer);

/// The one that signs. Errors: signing_key_missing.
[[nodiscard]] Result<SigningKey> current_key(const std::vector<SigningKey>& keys);

/// {issuer, keys: [{id, multikey, state, valid_from, ended_at}]}.
[[nodiscard]] Value key_list_value(const std::string& issuer, const std::vector<SigningKey>& keys);

/// Reads what key_list_value wrote. Errors: json_malformed and its like, keys_malformed.
[[nodiscard]] Result<std::vector<SigningKey>> read_key_list(std::string_view text);

/// The DID document of `issuer` (W3C DID Core 1.0): every key as a Multikey; those that are not
/// compromised make assertions.
[[nodiscard]] Value did_document(const std::string& issuer, const std::vector<SigningKey>& keys);

}  // namespace guildmark::api
