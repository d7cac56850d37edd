#include "adapters/signer/sodium/key_file.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/base/describe.h"
#include "engine/base/digest.h"
#include "engine/base/json.h"

namespace guildmark::sodium {
namespace {

constexpr int file_version = 1;
constexpr std::size_t id_digits = 16;

using Bytes32 = std::array<std::uint8_t, 32>;

std::string_view view_of(const Bytes32& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// 64 hexadecimal digits, as a digest has.
std::string hex_of(const Bytes32& bytes) {
    return Digest{bytes}.to_text();
}

Error malformed_file(std::string what) {
    return failed("signing_keys_malformed",
                  fmt::format("the file of signing keys is damaged: {}; take it from a backup",
                              std::move(what)));
}

Result<Bytes32> bytes_of(const Value& entry, std::string_view name) {
    const auto digest = Digest::parse(entry.text_or(name, ""));
    return digest ? Result<Bytes32>(digest->bytes)
                  : malformed_file(fmt::format("\"{}\" has no 64 hexadecimal digits", name));
}

Result<SigningKey> read_key(const Value& entry) {
    SigningKey key;
    key.bytes = TRY(bytes_of(entry, "public"));
    key.id = key_id(key.bytes);
    const auto state = from_name<KeyState>(entry.text_or("state", ""));
    const auto begin = Instant::parse(entry.text_or("valid_from", ""));
    if (!state || !begin) {
        return malformed_file(fmt::format("key {} has no state or beginning", key.id));
    }
    key.state = *state;
    key.valid_from = *begin;
    if (key.state != KeyState::current) {
        const auto end = Instant::parse(entry.text_or("ended_at", ""));
        if (!end) {
            return malformed_file(fmt::format("key {} has ended and does not say when", key.id));
        }
        key.ended_at = *end;
    }
    return key;
}

bool is_current(const SigningKey& key) {
    return key.state == KeyState::current;
}

}  // namespace

std::string key_id(const PublicKeyBytes& key) {
    return sha256(view_of(key)).to_text().substr(0, id_digits);
}

Result<KeyFile> read_key_file(std::string_view text) {
    const auto value = parse_json(text);
    const Value* const keys = value ? value->find("keys") : nullptr;
    if (keys == nullptr || !keys->is_array() || value->number_or("version", 0) != file_version) {
        return malformed_file("it is no list of keys of version 1");
    }
    KeyFile file;
    for (const Value& entry : keys->as_array()) {
        file.keys.push_back(TRY(read_key(entry)));
        if (is_current(file.keys.back())) {
            file.seed = Seed(TRY(bytes_of(entry, "seed")));
            if (file.seed->public_key() != file.keys.back().bytes) {
                return malformed_file("the current key's halves do not belong together");
            }
        }
    }
    if (std::ranges::count_if(file.keys, is_current) > 1) {
        return malformed_file("more than one key is current");
    }
    return file;
}

std::string key_file_text(const KeyFile& file) {
    Value::Array keys;
    for (const SigningKey& key : file.keys) {
        Value entry(Value::Object{{"id", key.id},
                                  {"public", hex_of(key.bytes)},
                                  {"state", to_name(key.state)},
                                  {"valid_from", key.valid_from.to_text()}});
        if (key.ended_at) {
            entry.set("ended_at", key.ended_at->to_text());
        }
        if (is_current(key) && file.seed) {
            entry.set("seed", hex_of(file.seed->bytes()));
        }
        keys.push_back(std::move(entry));
    }
    return to_json(Value::Object{{"version", file_version}, {"keys", std::move(keys)}}) + "\n";
}

}  // namespace guildmark::sodium
