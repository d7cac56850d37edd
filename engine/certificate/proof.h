#pragma once

#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/value.h"
#include "engine/ports/signer.h"

/// Data Integrity proofs of the cryptosuite eddsa-jcs-2022 (W3C Data Integrity EdDSA Cryptosuites
/// 1.0, 3.3), and the names that keys have in them.
namespace guildmark::proof {

/// A key as a Multikey says it: "z6Mk..." (W3C Controlled Identifiers 1.0, 2.2.2).
[[nodiscard]] std::string multikey(const PublicKeyBytes& key);

/// The key itself as an issuer's name, for installations that have no address of their own:
/// "did:key:z6Mk...".
[[nodiscard]] std::string did_key(const PublicKeyBytes& key);

/// The name of a key in a proof: `issuer` # its multikey for a did:key, # its id else.
[[nodiscard]] std::string verification_method(const std::string& issuer, const SigningKey& key);

/// `document`, which names `issuer`, with a proof that the signer's current key made at `now`;
/// `key` is the key that the caller named in it. Errors: those of the signer, number_not_canonical,
/// signing_key_changed (another key is current meanwhile).
[[nodiscard]] Result<Value> sign(Value document,
                                 const std::string& issuer,
                                 const SigningKey& key,
                                 const Signer& signer,
                                 Instant now);

/// What a proof that holds says.
struct Proven {
    SigningKey key;
    Instant created;
};

/// Checks the proof of `document` against keys that the reader trusts. Errors, in order:
/// proof_missing, proof_unsupported (another type, suite or purpose), proof_malformed,
/// key_not_trusted (none of `keys`), key_compromised, proof_outside_key (made before the key's time
/// or after it ended), number_not_canonical, proof_does_not_hold.
[[nodiscard]] Result<Proven> check(const Value& document,
                                   const std::vector<SigningKey>& keys,
                                   const SignatureChecker& checker);

}  // namespace guildmark::proof
