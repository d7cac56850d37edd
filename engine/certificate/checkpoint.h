#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/digest.h"
#include "engine/ports/signer.h"

namespace guildmark {

/// How a log stood: so many entries, under this root (RFC 9162, 2.1).
struct Checkpoint {
    std::string origin;  ///< Which log: "guildmark.example/api/v1/log". No spaces, no "+".
    std::uint64_t size = 0;
    Digest root;

    bool operator==(const Checkpoint&) const = default;
};

/// `checkpoint` as a note that the signer's current key has signed under the log's origin as its
/// name (C2SP tlog-checkpoint and signed-note, signature type 1). Errors: those of the signer.
[[nodiscard]] Result<std::string> sign_checkpoint(const Checkpoint& checkpoint,
                                                  const Signer& signer);

/// Reads a signed note, whose other signatures (of witnesses) are passed over. A checkpoint names
/// no time, so that a key which was replaced still counts. Errors, in order: checkpoint_malformed,
/// key_not_trusted (no signature by one of `keys`), key_compromised, proof_does_not_hold.
[[nodiscard]] Result<Checkpoint> read_checkpoint(std::string_view note,
                                                 const std::vector<SigningKey>& keys,
                                                 const SignatureChecker& checker);

/// The key as the tools for signed notes take it: "NAME+KEYID+BASE64".
[[nodiscard]] std::string verifier_key(std::string_view origin, const PublicKeyBytes& key);

}  // namespace guildmark
