#include "adapters/store/sqlite/values.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <iterator>

#include <fmt/format.h>

namespace guildmark::sqlite {
namespace {

/// Takes a decimal number and the sign behind it from the front of `text`.
std::optional<std::uint64_t> take_number(std::string_view& text, char end) {
    std::uint64_t number = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const auto size = static_cast<std::size_t>(rest - text.data());
    if (error != std::errc() || size == text.size() || text[size] != end) {
        return std::nullopt;
    }
    text.remove_prefix(size + 1);
    return number;
}

}  // namespace

std::string parties_to_text(const std::vector<rows::Party>& parties) {
    std::string text;
    for (const auto& party : parties) {
        fmt::format_to(std::back_inserter(text),
                       "{}:{}{};",
                       party.party.size(),
                       party.party,
                       party.organisation.value());
    }
    return text;
}

std::optional<std::vector<rows::Party>> parties_from_text(std::string_view text) {
    std::vector<rows::Party> parties;
    while (!text.empty()) {
        const auto size = take_number(text, ':');
        if (!size || *size > text.size()) {
            return std::nullopt;
        }
        const std::string_view name = text.substr(0, *size);
        text.remove_prefix(*size);
        const auto organisation = take_number(text, ';');
        if (!organisation) {
            return std::nullopt;
        }
        parties.push_back({std::string(name), OrganisationId(*organisation)});
    }
    return parties;
}

std::string texts_to_text(const std::vector<std::string>& texts) {
    std::string text;
    for (const std::string& one : texts) {
        fmt::format_to(std::back_inserter(text), "{}:{}", one.size(), one);
    }
    return text;
}

std::optional<std::vector<std::string>> texts_from_text(std::string_view text) {
    std::vector<std::string> texts;
    while (!text.empty()) {
        const auto size = take_number(text, ':');
        if (!size || *size > text.size()) {
            return std::nullopt;
        }
        texts.emplace_back(text.substr(0, *size));
        text.remove_prefix(*size);
    }
    return texts;
}

void Columns::read(Date& date) {
    using std::chrono::days;
    using std::chrono::sys_days;
    using std::chrono::year;
    constexpr sys_days first(year{1900} / std::chrono::January / 1);
    constexpr sys_days last(year{9999} / std::chrono::December / 31);

    const std::int64_t count = number();
    if (count < first.time_since_epoch().count() || count > last.time_since_epoch().count()) {
        sound_ = false;
        return;
    }
    date = Date().plus_days(static_cast<int>(count));
}

void Columns::read(Digest& digest) {
    sound_ = sound_ && statement_.is_bytes(next_);
    const std::string_view bytes = statement_.bytes(next_++);
    check_.add(bytes);
    if (bytes.size() != digest.bytes.size()) {
        sound_ = false;
        return;
    }
    std::memcpy(digest.bytes.data(), bytes.data(), bytes.size());
}

void Columns::read(std::vector<rows::Party>& parties) {
    auto read = parties_from_text(text());
    sound_ = sound_ && read.has_value();
    parties = std::move(read).value_or(std::vector<rows::Party>());
}

void Columns::read(std::vector<std::string>& texts) {
    auto read = texts_from_text(text());
    sound_ = sound_ && read.has_value();
    texts = std::move(read).value_or(std::vector<std::string>());
}

}  // namespace guildmark::sqlite
