#include "engine/certificate/status_list.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "engine/base/describe.h"
#include "engine/base/ensure.h"
#include "engine/certificate/gzip.h"

namespace guildmark::status_list {
namespace {

constexpr std::uint32_t bits_per_byte = 8;
constexpr std::size_t own_bytes = entries_count / bits_per_byte;
constexpr std::size_t bytes_max = own_bytes * 8;
constexpr std::size_t text_max = bytes_max * 2;  // What does not shrink grows by a third.
constexpr std::string_view entry_type = "BitstringStatusListEntry";
constexpr std::string_view list_type = "BitstringStatusList";
constexpr std::string_view letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string to_base64url(std::string_view bytes) {
    std::string text;
    std::uint32_t gathered = 0;
    unsigned bits = 0;
    for (const char byte : bytes) {
        gathered = (gathered << 8u | static_cast<unsigned char>(byte)) & 0x3FFFu;
        for (bits += 8; bits >= 6; bits -= 6) {
            text += letters[gathered >> (bits - 6) & 0x3Fu];
        }
    }
    if (bits > 0) {
        text += letters[gathered << (6 - bits) & 0x3Fu];
    }
    return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
    std::string bytes;
    std::uint32_t gathered = 0;
    unsigned bits = 0;
    for (const char letter : text) {
        const std::size_t digit = letters.find(letter);
        if (digit == std::string_view::npos) {
            return std::nullopt;
        }
        gathered = (gathered << 6u | static_cast<std::uint32_t>(digit)) & 0x3FFFu;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes += static_cast<char>(static_cast<unsigned char>(gathered >> bits & 0xFFu));
        }
    }
    return bytes;
}

Error malformed_list(const char* what) {
    return malformed("status_list_malformed", what);
}

std::string issuer_of(const Value& credential) {
    const Value* const issuer = credential.find("issuer");
    if (issuer == nullptr) {
        return {};
    }
    return issuer->is_text() ? issuer->as_text() : issuer->text_or("id", "");
}

std::optional<std::uint32_t> number_in(std::string_view text) {
    std::uint32_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_whole = fault == std::errc() && end == text.data() + text.size();
    return is_whole ? std::optional(number) : std::nullopt;
}

/// The entry of `credential` that names the list `id` for `purpose`; null: none does.
const Value* entry_naming(const Value& credential,
                          const std::string& id,
                          const std::string& purpose) {
    const Value* const entries = credential.find("credentialStatus");
    if (entries == nullptr || !entries->is_array()) {
        return nullptr;
    }
    const auto& all = entries->as_array();
    const auto found = std::ranges::find_if(all, [&](const Value& entry) {
        return entry.is_object() && entry.text_or("type", "") == entry_type &&
               entry.text_or("statusListCredential", "") == id &&
               entry.text_or("statusPurpose", "") == purpose;
    });
    return found == all.end() ? nullptr : &*found;
}

}  // namespace

std::string name_of(Purpose purpose, std::uint32_t list) {
    return fmt::format("{}-{}", to_name(purpose), list);
}

std::optional<Name> parse_name(std::string_view text) {
    const std::size_t dash = text.find('-');
    if (dash == std::string_view::npos) {
        return std::nullopt;
    }
    const auto purpose = from_name<Purpose>(text.substr(0, dash));
    const auto list = number_in(text.substr(dash + 1));
    const bool is_name = purpose && list && name_of(*purpose, *list) == text;
    return is_name ? std::optional(Name{*purpose, *list}) : std::nullopt;
}

std::string encode(const std::vector<std::uint32_t>& set) {
    std::string bytes(own_bytes, '\0');
    for (const std::uint32_t index : set) {
        ENSURE(index < entries_count, "an index lies within its list");
        char& byte = bytes[index / bits_per_byte];
        byte = static_cast<char>(static_cast<unsigned char>(byte) | 0x80u >> index % bits_per_byte);
    }
    return "u" + to_base64url(to_gzip(bytes));
}

Result<bool> bit_of(std::string_view encoded, std::uint32_t index) {
    if (!encoded.starts_with('u') || encoded.size() > text_max) {
        return malformed_list("the list is no base64url text that begins with u");
    }
    const auto packed = from_base64url(encoded.substr(1));
    const auto bytes = packed ? from_gzip(*packed, bytes_max) : std::nullopt;
    if (!bytes || bytes->size() < own_bytes || index / bits_per_byte >= bytes->size()) {
        return malformed_list("the list's bits cannot be read, or there are too few or too many");
    }
    const auto byte = static_cast<unsigned char>((*bytes)[index / bits_per_byte]);
    return (byte & 0x80u >> index % bits_per_byte) != 0;
}

Value entries_of(const std::string& base, Place place) {
    Value::Array entries;
    for (const Purpose purpose : {Purpose::revocation, Purpose::suspension}) {
        const std::string list = base + name_of(purpose, place.list);
        entries.emplace_back(Value::Object{{"id", fmt::format("{}#{}", list, place.index)},
                                           {"type", entry_type},
                                           {"statusPurpose", to_name(purpose)},
                                           {"statusListIndex", std::to_string(place.index)},
                                           {"statusListCredential", list}});
    }
    return entries;
}

Value credential_of(const std::string& id,
                    const std::string& issuer,
                    Purpose purpose,
                    const std::vector<std::uint32_t>& set,
                    Instant now) {
    return Value::Object{
        {"@context", Value::Array{"https://www.w3.org/ns/credentials/v2"}},
        {"id", id},
        {"type", Value::Array{"VerifiableCredential", "BitstringStatusListCredential"}},
        {"issuer", issuer},
        {"validFrom", now.to_text()},
        {"credentialSubject",
         Value::Object{{"id", id + "#list"},
                       {"type", list_type},
                       {"statusPurpose", to_name(purpose)},
                       {"encodedList", encode(set)}}}};
}

Result<Told> look_up(const Value& credential, const Value& list) {
    const Value* const subject = list.find("credentialSubject");
    const bool is_list =
        subject != nullptr && subject->is_object() && subject->text_or("type", "") == list_type;
    const auto purpose =
        is_list ? from_name<Purpose>(subject->text_or("statusPurpose", "")) : std::nullopt;
    if (!purpose) {
        return malformed_list("this is no status list for revocation or suspension");
    }
    const std::string id = list.text_or("id", "");
    const Value* const entry = entry_naming(credential, id, std::string(to_name(*purpose)));
    const auto index =
        entry == nullptr ? std::nullopt : number_in(entry->text_or("statusListIndex", ""));
    if (!index || issuer_of(credential) != issuer_of(list)) {
        return refused("status_list_not_named",
                       "the certificate names another status list, or its issuer is another",
                       id);
    }
    const bool is_set = TRY(bit_of(subject->text_or("encodedList", ""), *index));
    return Told{*purpose, is_set};
}

}  // namespace guildmark::status_list
