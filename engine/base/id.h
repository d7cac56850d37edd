#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace guildmark {

/// Thirteen characters of Crockford base32, lower case, most significant first: the text form of
/// every Id. Sorting the text sorts the numbers.
[[nodiscard]] std::string id_to_text(std::uint64_t value);

/// The number of a text that id_to_text wrote; nothing for any other text. Zero is no id.
[[nodiscard]] std::optional<std::uint64_t> id_from_text(std::string_view text);

/// A number that names one thing of one kind; ids of different kinds do not mix. Its value is
/// positive and below 2^63 (so that it is a key in SQL), and grows with the time at which it was
/// drawn, so new rows land at the end of a table. Zero means none.
template <typename Tag>
class Id {
public:
    constexpr Id() = default;

    explicit constexpr Id(std::uint64_t value) : value_(value) {}

    [[nodiscard]] constexpr std::uint64_t value() const { return value_; }

    [[nodiscard]] constexpr bool is_none() const { return value_ == 0; }

    [[nodiscard]] std::string to_text() const {
        return is_none() ? std::string() : id_to_text(value_);
    }

    /// The id that `text` spells; nothing when it spells none.
    [[nodiscard]] static std::optional<Id> parse(std::string_view text) {
        const auto value = id_from_text(text);
        return value ? std::optional<Id>(Id(*value)) : std::nullopt;
    }

    constexpr auto operator<=>(const Id&) const = default;

private:
    std::uint64_t value_ = 0;
};

using StreamId = Id<struct StreamTag>;
using CaseId = Id<struct CaseTag>;
using OrganisationId = Id<struct OrganisationTag>;
using PersonId = Id<struct PersonTag>;
using TokenId = Id<struct TokenTag>;
using TaskId = Id<struct TaskTag>;
using EvidenceId = Id<struct EvidenceTag>;
using FindingId = Id<struct FindingTag>;
using DecisionId = Id<struct DecisionTag>;
using CertificateId = Id<struct CertificateTag>;
using ChargeId = Id<struct ChargeTag>;
using TimerId = Id<struct TimerTag>;
using EffectId = Id<struct EffectTag>;
using IncidentId = Id<struct IncidentTag>;

/// A case's records stand in the stream of the same number.
[[nodiscard]] constexpr StreamId stream_of(CaseId id) {
    return StreamId(id.value());
}

}  // namespace guildmark
