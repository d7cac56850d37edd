#include "engine/cases/event.h"

#include <fmt/format.h>

#include "engine/base/json.h"
#include "engine/base/limits.h"
#include "engine/cases/describe_events.h"

namespace guildmark {
namespace {

/// Session data and forms are bounded where they come in; a record holds a little more than either.
constexpr std::size_t payload_bytes_max = 4 * limits::session_data_bytes_max;

template <typename Event>
EncodedEvent encode_variant(const Event& event) {
    return std::visit(
        []<typename T>(const T& one) {
            return EncodedEvent{
                std::string(kind_of(std::type_identity<T>())), 1, to_json(to_value(one))};
        },
        event);
}

Error unknown_event(const Record& record) {
    return corrupted("event_unknown",
                     fmt::format("record {} of stream {} is a \"{}\" of version {}, which this "
                                 "program does not know; a newer one wrote it",
                                 record.sequence,
                                 record.stream.to_text(),
                                 record.kind,
                                 record.version));
}

/// Tries the alternatives of the variant one after another until the kind fits.
template <typename Event, std::size_t Index = 0>
Result<Event> decode_variant(const Record& record, const Value& payload) {
    if constexpr (Index == std::variant_size_v<Event>) {
        return unknown_event(record);
    } else {
        using T = std::variant_alternative_t<Index, Event>;
        if (record.kind != kind_of(std::type_identity<T>()) || record.version != 1) {
            return decode_variant<Event, Index + 1>(record, payload);
        }
        auto event = from_value<T>(payload);
        if (!event) {
            return corrupted("event_malformed",
                             fmt::format("record {} of stream {}: {} {}",
                                         record.sequence,
                                         record.stream.to_text(),
                                         event.error().subject,
                                         event.error().message));
        }
        return Event(std::move(event).value());
    }
}

template <typename Event>
Result<Event> decode_record(const Record& record) {
    const auto payload = parse_json(record.payload, payload_bytes_max);
    if (!payload) {
        return corrupted("event_malformed",
                         fmt::format("record {} of stream {}: {}",
                                     record.sequence,
                                     record.stream.to_text(),
                                     payload.error().message));
    }
    return decode_variant<Event>(record, *payload);
}

}  // namespace

EncodedEvent encode(const CaseEvent& event) {
    return encode_variant(event);
}

EncodedEvent encode(const OrganisationEvent& event) {
    return encode_variant(event);
}

Result<CaseEvent> decode_case_event(const Record& record) {
    return decode_record<CaseEvent>(record);
}

Result<OrganisationEvent> decode_organisation_event(const Record& record) {
    return decode_record<OrganisationEvent>(record);
}

bool is_organisation_kind(std::string_view kind) {
    return kind == "organisation_created" || kind == "member_admitted" || kind == "token_made" ||
           kind == "token_revoked" || kind == "competence_recorded" || kind == "competence_ended";
}

}  // namespace guildmark
