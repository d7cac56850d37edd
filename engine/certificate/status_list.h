#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/instant.h"
#include "engine/base/result.h"
#include "engine/base/value.h"

/// Lists of one bit for each certificate, so that whoever asks how one stands tells nobody which
/// (W3C Bitstring Status List 1.0).
namespace guildmark::status_list {

/// Entries of a list: the least that keeps one among many (3, "herd privacy": 131,072).
inline constexpr std::uint32_t entries_count = 131'072;

/// Revocation is for ever; suspension may end.
enum class Purpose { revocation, suspension };

constexpr auto names_of(Purpose /*unused*/) {
    return std::array<std::string_view, 2>{"revocation", "suspension"};
}

/// Where a certificate's bits stand, the same in the list of either purpose.
struct Place {
    std::uint32_t list = 0;   ///< 1, 2, 3 ...
    std::uint32_t index = 0;  ///< Below entries_count.

    auto operator<=>(const Place&) const = default;
};

/// What a list is called where it is served: "revocation-1".
[[nodiscard]] std::string name_of(Purpose purpose, std::uint32_t list);

/// A list of one purpose.
struct Name {
    Purpose purpose = Purpose::revocation;
    std::uint32_t list = 0;
};

/// What name_of() made a name from; nothing when it made no such name.
[[nodiscard]] std::optional<Name> parse_name(std::string_view text);

/// The bits of a list, the first one the highest of the first byte (3.2), as GZIP (RFC 1952) in
/// base64url with the multibase letter u. REQUIRES: each of `set` is below entries_count.
[[nodiscard]] std::string encode(const std::vector<std::uint32_t>& set);

/// Whether the bit at `index` of what encode() made is set. Lists of others may be up to eight
/// times as long. Errors: status_list_malformed (no such text, no whole GZIP, too long or too
/// short, no such index).
[[nodiscard]] Result<bool> bit_of(std::string_view encoded, std::uint32_t index);

/// The entries of a credential (2.1), one for each purpose; `base` is what a list's name is put
/// behind, such as "https://guildmark.example/api/v1/status-lists/".
[[nodiscard]] Value entries_of(const std::string& base, Place place);

/// A list as an unsigned credential (2.2) that tells how things stand at `now`.
[[nodiscard]] Value credential_of(const std::string& id,
                                  const std::string& issuer,
                                  Purpose purpose,
                                  const std::vector<std::uint32_t>& set,
                                  Instant now);

/// What a list tells of a credential.
struct Told {
    Purpose purpose = Purpose::revocation;
    bool is_set = false;
};

/// Looks `credential` up in `list` (3.3); whether the proofs of both hold is for the caller to
/// check. Errors, in order: status_list_malformed (no list of ours), status_list_not_named (the
/// credential names another, or another issuer), those of bit_of().
[[nodiscard]] Result<Told> look_up(const Value& credential, const Value& list);

}  // namespace guildmark::status_list
