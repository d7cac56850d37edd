#include "engine/certificate/checkpoint.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "engine/base/base64.h"
#include "engine/base/limits.h"

namespace guildmark {
namespace {

constexpr std::string_view dash = "\u2014 ";
constexpr std::size_t key_hash_size = 4;
constexpr char ed25519_type = 1;

std::string_view view_of(const auto& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// What distinguishes a key of this name from others (signed-note, "Signatures").
std::string key_hash(std::string_view name, const PublicKeyBytes& key) {
    const std::string named = fmt::format("{}\n{}{}", name, ed25519_type, view_of(key));
    return std::string(view_of(sha256(named).bytes).substr(0, key_hash_size));
}

std::string text_of(const Checkpoint& checkpoint) {
    return fmt::format("{}\n{}\n{}\n",
                       checkpoint.origin,
                       checkpoint.size,
                       to_base64(view_of(checkpoint.root.bytes)));
}

/// Takes a line off the front; none when the text has no further end of line.
std::optional<std::string_view> take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

std::optional<std::uint64_t> read_size(std::string_view text) {
    std::uint64_t size = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
    const bool is_whole = error == std::errc() && fmt::to_string(size) == text;
    return is_whole ? std::optional(size) : std::nullopt;
}

/// The three lines that say how the log stood; what may follow them says nothing to us.
std::optional<Checkpoint> read_text(std::string_view text) {
    const auto origin = take_line(text);
    const auto size = take_line(text);
    const auto root = take_line(text);
    if (!origin || origin->empty() || !size || !root) {
        return std::nullopt;
    }
    const auto entries = read_size(*size);
    const auto bytes = from_base64(*root);
    Checkpoint checkpoint;
    if (!entries || !bytes || bytes->size() != checkpoint.root.bytes.size()) {
        return std::nullopt;
    }
    checkpoint.origin = *origin;
    checkpoint.size = *entries;
    std::ranges::copy(*bytes, checkpoint.root.bytes.begin());
    return checkpoint;
}

struct NoteSignature {
    std::string_view name;
    std::string hash;
    std::string bytes;
};

std::optional<NoteSignature> read_signature(std::string_view line) {
    if (!line.starts_with(dash)) {
        return std::nullopt;
    }
    line.remove_prefix(dash.size());
    const std::size_t space = line.find(' ');
    if (space == 0 || space == std::string_view::npos) {
        return std::nullopt;
    }
    const auto bytes = from_base64(line.substr(space + 1));
    if (!bytes || bytes->size() < key_hash_size) {
        return std::nullopt;
    }
    return NoteSignature{
        line.substr(0, space), bytes->substr(0, key_hash_size), bytes->substr(key_hash_size)};
}

Error malformed_checkpoint() {
    return malformed("checkpoint_malformed",
                     "this is no signed checkpoint of a log as /api/v1/log/checkpoint gives it");
}

Result<void> check_signature(std::string_view text,
                             const NoteSignature& signature,
                             const SigningKey& key,
                             const SignatureChecker& checker) {
    if (key.state == KeyState::compromised) {
        return refused("key_compromised",
                       fmt::format("key {} may be in other hands: no checkpoint that it signed can "
                                   "be believed",
                                   key.id),
                       key.id);
    }
    SignatureBytes bytes{};
    const bool fits = signature.bytes.size() == bytes.size();
    if (fits) {
        std::ranges::copy(signature.bytes, bytes.begin());
    }
    if (!fits || !checker.holds(key.bytes, text, bytes)) {
        return refused("proof_does_not_hold", "the checkpoint is not as it was signed");
    }
    return {};
}

}  // namespace

Result<std::string> sign_checkpoint(const Checkpoint& checkpoint, const Signer& signer) {
    const std::string text = text_of(checkpoint);
    const Signature signature = TRY(signer.sign(text));
    return fmt::format("{}\n{}{} {}\n",
                       text,
                       dash,
                       checkpoint.origin,
                       to_base64(key_hash(checkpoint.origin, signature.key.bytes) +
                                 std::string(view_of(signature.bytes))));
}

Result<Checkpoint> read_checkpoint(std::string_view note,
                                   const std::vector<SigningKey>& keys,
                                   const SignatureChecker& checker) {
    const std::size_t gap = note.rfind("\n\n");
    if (note.size() > limits::checkpoint_bytes_max || gap == std::string_view::npos) {
        return malformed_checkpoint();
    }
    const std::string_view text = note.substr(0, gap + 1);
    const auto checkpoint = read_text(text);
    if (!checkpoint) {
        return malformed_checkpoint();
    }
    std::string_view signatures = note.substr(gap + 2);
    while (const auto line = take_line(signatures)) {
        const auto signature = read_signature(*line);
        if (!signature) {
            return malformed_checkpoint();
        }
        const auto key = std::ranges::find_if(keys, [&](const SigningKey& each) {
            return key_hash(checkpoint->origin, each.bytes) == signature->hash;
        });
        if (signature->name == checkpoint->origin && key != keys.end()) {
            TRY(check_signature(text, *signature, *key, checker));
            return *checkpoint;
        }
    }
    return refused("key_not_trusted",
                   "the checkpoint is signed by none of the keys that you trust",
                   checkpoint->origin);
}

std::string verifier_key(std::string_view origin, const PublicKeyBytes& key) {
    std::string hash;
    for (const char byte : key_hash(origin, key)) {
        hash += fmt::format("{:02x}", static_cast<unsigned char>(byte));
    }
    return fmt::format("{}+{}+{}",
                       origin,
                       hash,
                       to_base64(std::string(1, ed25519_type) + std::string(view_of(key))));
}

}  // namespace guildmark
