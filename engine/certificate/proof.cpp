#include "engine/certificate/proof.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/base/digest.h"
#include "engine/certificate/canonical_json.h"
#include "engine/certificate/multibase.h"

namespace guildmark::proof {
namespace {

constexpr std::string_view suite = "eddsa-jcs-2022";
constexpr std::string_view ed25519_public = "\xed\x01";  // Multicodec 0xed, as a varint.

std::string_view view_of(const auto& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Value without(const Value& object, std::string_view name) {
    Value::Object kept;
    for (const Value::Member& member : object.as_object()) {
        if (member.first != name) {
            kept.push_back(member);
        }
    }
    return kept;
}

/// What is signed (3.3.4): the digests of the proof's options and of the document, 64 bytes.
Result<std::string> signed_bytes(const Value& document, const Value& options) {
    const Digest of_options = sha256(TRY(canonical_json(options)));
    const Digest of_document = sha256(TRY(canonical_json(document)));
    return std::string(view_of(of_options.bytes)) + std::string(view_of(of_document.bytes));
}

bool is_supported(const Value& proof) {
    return proof.text_or("type", "") == "DataIntegrityProof" &&
           proof.text_or("cryptosuite", "") == suite &&
           proof.text_or("proofPurpose", "") == "assertionMethod";
}

/// The trusted key that the proof names.
Result<SigningKey> key_of(const std::string& method, const std::vector<SigningKey>& keys) {
    const auto key = std::ranges::find_if(keys, [&](const SigningKey& each) {
        return method.ends_with("#" + each.id) || method.ends_with("#" + multikey(each.bytes));
    });
    if (key == keys.end()) {
        return refused(
            "key_not_trusted",
            fmt::format("it is signed by {}, which is none of the keys that you trust", method),
            method);
    }
    return *key;
}

Result<void> check_time(const SigningKey& key, Instant created) {
    if (key.state == KeyState::compromised) {
        return refused("key_compromised",
                       fmt::format("key {} may be in other hands: nothing it signed can be "
                                   "believed; ask for the document anew",
                                   key.id),
                       key.id);
    }
    if (created < key.valid_from || (key.ended_at && *key.ended_at < created)) {
        return refused(
            "proof_outside_key",
            fmt::format("the proof says {}, when key {} did not sign", created.to_text(), key.id),
            key.id);
    }
    return {};
}

}  // namespace

std::string multikey(const PublicKeyBytes& key) {
    return to_multibase(std::string(ed25519_public) + std::string(view_of(key)));
}

std::string did_key(const PublicKeyBytes& key) {
    return "did:key:" + multikey(key);
}

std::string verification_method(const std::string& issuer, const SigningKey& key) {
    return fmt::format(
        "{}#{}", issuer, issuer.starts_with("did:key:") ? multikey(key.bytes) : key.id);
}

Result<Value> sign(Value document,
                   const std::string& issuer,
                   const SigningKey& key,
                   const Signer& signer,
                   Instant now) {
    Value options(Value::Object{{"type", "DataIntegrityProof"},
                                {"cryptosuite", suite},
                                {"created", now.to_text()},
                                {"verificationMethod", verification_method(issuer, key)},
                                {"proofPurpose", "assertionMethod"}});
    if (const Value* const context = document.find("@context")) {
        options.set("@context", *context);
    }
    const Signature signature = TRY(signer.sign(TRY(signed_bytes(document, options))));
    if (signature.key.id != key.id) {
        return conflict("signing_key_changed", "the key was replaced meanwhile; ask again", key.id);
    }
    options.set("proofValue", to_multibase(view_of(signature.bytes)));
    document.set("proof", std::move(options));
    return document;
}

Result<Proven> check(const Value& document,
                     const std::vector<SigningKey>& keys,
                     const SignatureChecker& checker) {
    const Value* const proof = document.find("proof");
    if (proof == nullptr || !proof->is_object()) {
        return malformed("proof_missing", "the document has no proof, or more than one");
    }
    if (!is_supported(*proof)) {
        return malformed("proof_unsupported",
                         fmt::format("only assertions by {} are understood", suite));
    }
    const auto created = Instant::parse(proof->text_or("created", ""));
    const auto bytes = from_multibase(proof->text_or("proofValue", ""));
    SignatureBytes signature{};
    if (!created || !bytes || bytes->size() != signature.size()) {
        return malformed("proof_malformed", "the proof has no time, or no signature of 64 bytes");
    }
    std::ranges::copy(*bytes, signature.begin());
    const SigningKey key = TRY(key_of(proof->text_or("verificationMethod", ""), keys));
    TRY(check_time(key, *created));
    const Value* const context = document.find("@context");
    const Value* const told = proof->find("@context");
    const bool same_context =
        (context == nullptr) == (told == nullptr) && (told == nullptr || *context == *told);
    const std::string text =
        TRY(signed_bytes(without(document, "proof"), without(*proof, "proofValue")));
    if (!same_context || !checker.holds(key.bytes, text, signature)) {
        return refused("proof_does_not_hold",
                       "the document is not as it was signed: something in it was changed");
    }
    return Proven{key, *created};
}

}  // namespace guildmark::proof
