#include "api/signing.h"

#include <algorithm>

#include "api/encode.h"
#include "api/text.h"
#include "engine/base/describe.h"
#include "engine/base/json.h"
#include "engine/certificate/multibase.h"
#include "engine/certificate/proof.h"

namespace guildmark::api {
namespace {

constexpr std::string_view secure = "https://";
constexpr std::size_t multicodec_size = 2;

Result<SigningKey> read_key(const Value& entry) {
    SigningKey key;
    key.id = entry.text_or("id", "");
    const auto bytes = from_multibase(entry.text_or("multikey", ""));
    const auto state = from_name<KeyState>(entry.text_or("state", ""));
    const auto begin = Instant::parse(entry.text_or("valid_from", ""));
    const auto end = Instant::parse(entry.text_or("ended_at", ""));
    const bool is_whole = bytes && bytes->size() == multicodec_size + key.bytes.size() &&
                          !key.id.empty() && state && begin &&
                          (end.has_value() || state == KeyState::current);
    if (!is_whole) {
        return malformed(
            "keys_malformed", "this is no list of keys as /api/v1/keys gives it", key.id);
    }
    std::copy(bytes->begin() + multicodec_size, bytes->end(), key.bytes.begin());
    key.state = *state;
    key.valid_from = *begin;
    if (end) {
        key.ended_at = *end;
    }
    // What does not come back the same is of another kind of key.
    return proof::multikey(key.bytes) == entry.text_or("multikey", "")
               ? Result<SigningKey>(std::move(key))
               : malformed(
                     "keys_malformed", "only Ed25519 keys are known", entry.text_or("id", ""));
}

}  // namespace

std::string issuer_id(std::string_view public_origin, const std::vector<SigningKey>& keys) {
    if (public_origin.starts_with(secure)) {
        std::string host(public_origin.substr(secure.size()));
        const std::size_t port = host.find(':');
        if (port != std::string::npos) {
            host.replace(port, 1, "%3A");
        }
        return "did:web:" + host + ":api:v1";
    }
    const auto current = std::ranges::find(keys, KeyState::current, &SigningKey::state);
    return current == keys.end() ? std::string() : proof::did_key(current->bytes);
}

std::string log_origin(std::string_view public_origin, const std::vector<SigningKey>& keys) {
    const std::size_t host = public_origin.find("://");
    return host == std::string_view::npos
               ? issuer_id(public_origin, keys)
               : std::string(public_origin.substr(host + 3)) + "/api/v1/log";
}

Result<std::vector<SigningKey>> keys_of(const Signer* signer) {
    if (signer == nullptr) {
        return unavailable("signing_unavailable", "this server has no keys to sign with");
    }
    return signer->keys();
}

Result<SigningKey> current_key(const std::vector<SigningKey>& keys) {
    const auto current = std::ranges::find(keys, KeyState::current, &SigningKey::state);
    return current == keys.end()
               ? Result<SigningKey>(unavailable("signing_key_missing",
                                                "the certification body has no current key: "
                                                "nothing is signed until it makes one"))
               : Result<SigningKey>(*current);
}

Value key_list_value(const std::string& issuer, const std::vector<SigningKey>& keys) {
    Value::Array items;
    for (const SigningKey& key : keys) {
        items.emplace_back(Value::Object{{"id", key.id},
                                         {"multikey", proof::multikey(key.bytes)},
                                         {"state", to_name(key.state)},
                                         {"valid_from", key.valid_from.to_text()},
                                         {"ended_at", or_null(key.ended_at)}});
    }
    return Value::Object{{"issuer", issuer}, {"keys", std::move(items)}};
}

Result<std::vector<SigningKey>> read_key_list(std::string_view text) {
    const Value value = TRY(parse_json(text));
    const Value* const items = value.find("keys");
    if (items == nullptr || !items->is_array()) {
        return malformed("keys_malformed", "this is no list of keys as /api/v1/keys gives it");
    }
    std::vector<SigningKey> keys;
    for (const Value& entry : items->as_array()) {
        keys.push_back(TRY(read_key(entry)));
    }
    return keys;
}

Value did_document(const std::string& issuer, const std::vector<SigningKey>& keys) {
    Value::Array methods;
    Value::Array assertions;
    for (const SigningKey& key : keys) {
        const std::string method = proof::verification_method(issuer, key);
        methods.emplace_back(Value::Object{{"id", method},
                                           {"type", "Multikey"},
                                           {"controller", issuer},
                                           {"publicKeyMultibase", proof::multikey(key.bytes)}});
        if (key.state != KeyState::compromised) {
            assertions.emplace_back(method);
        }
    }
    return Value::Object{
        {"@context",
         Value::Array{"https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"}},
        {"id", issuer},
        {"verificationMethod", std::move(methods)},
        {"assertionMethod", std::move(assertions)}};
}

}  // namespace guildmark::api
