#include "engine/cases/certificate_editions.h"

#include <algorithm>
#include <variant>

#include <fmt/format.h>

#include "engine/base/digest.h"
#include "engine/cases/event.h"

namespace guildmark {
namespace {

using status_list::Place;
using status_list::Purpose;

constexpr std::uint32_t places_per_list_max = status_list::entries_count / 2;

/// What a certificate shows, whatever it counts for at present.
rows::Certificate shown_by(rows::Certificate certificate) {
    certificate.status = rows::CertificateStatus::active;
    certificate.decision = {};
    return certificate;
}

std::uint32_t index_drawn(const rows::Certificate& certificate, std::uint32_t attempt) {
    const Digest digest = sha256(fmt::format("status list entry\n{}\n{}\n{}",
                                             certificate.number,
                                             certificate.decision.to_text(),
                                             attempt));
    std::uint32_t index = 0;
    for (std::size_t at = 0; at < sizeof(index); ++at) {
        index = index << 8u | digest.bytes[at];
    }
    return index % status_list::entries_count;
}

}  // namespace

Result<void> CertificateEditions::read(const std::vector<Record>& acts) {
    for (const Record& record : acts) {
        if (record.position <= position_) {
            continue;
        }
        const CaseEvent event = TRY(decode_case_event(record));
        if (const auto* const acted = std::get_if<events::CertificateActed>(&event)) {
            act(acted->certificate);
        }
        position_ = record.position;
    }
    return {};
}

void CertificateEditions::act(const rows::Certificate& certificate) {
    std::vector<Edition>& editions = editions_[certificate.number];
    const rows::Certificate shown = shown_by(certificate);
    const auto same = std::find_if(editions.rbegin(), editions.rend(), [&](const Edition& edition) {
        return edition.shown == shown;
    });
    if (same != editions.rend() && !is_set(*same, Purpose::revocation)) {
        same->status = certificate.status;
        return;
    }
    for (Edition& earlier : editions) {
        earlier.is_replaced = true;
    }
    editions.push_back({shown, certificate.status, false, draw(certificate)});
}

Place CertificateEditions::draw(const rows::Certificate& certificate) {
    if (taken_.empty() || last_list_count_ == places_per_list_max) {
        taken_.emplace_back(status_list::entries_count, false);
        last_list_count_ = 0;
    }
    std::vector<bool>& taken = taken_.back();
    std::uint32_t attempt = 0;
    std::uint32_t index = index_drawn(certificate, attempt);
    while (taken[index]) {
        index = index_drawn(certificate, ++attempt);
    }
    taken[index] = true;
    ++last_list_count_;
    return {static_cast<std::uint32_t>(taken_.size()), index};
}

bool CertificateEditions::is_set(const Edition& edition, Purpose purpose) {
    using enum rows::CertificateStatus;
    return purpose == Purpose::suspension
               ? edition.status == suspended
               : edition.is_replaced || edition.status == withdrawn || edition.status == superseded;
}

std::optional<Place> CertificateEditions::find(const rows::Certificate& certificate) const {
    const auto found = editions_.find(certificate.number);
    if (found == editions_.end()) {
        return std::nullopt;
    }
    const rows::Certificate shown = shown_by(certificate);
    const std::vector<Edition>& editions = found->second;
    const auto same = std::find_if(editions.rbegin(), editions.rend(), [&](const Edition& edition) {
        return edition.shown == shown;
    });
    return same == editions.rend() ? std::nullopt : std::optional(same->place);
}

std::uint32_t CertificateEditions::list_count() const {
    return std::max<std::uint32_t>(1, static_cast<std::uint32_t>(taken_.size()));
}

std::vector<std::uint32_t> CertificateEditions::set_in(std::uint32_t list, Purpose purpose) const {
    std::vector<std::uint32_t> set;
    for (const auto& [number, editions] : editions_) {
        for (const Edition& edition : editions) {
            if (edition.place.list == list && is_set(edition, purpose)) {
                set.push_back(edition.place.index);
            }
        }
    }
    return set;
}

}  // namespace guildmark
