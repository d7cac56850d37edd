#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/instant.h"
#include "engine/base/result.h"
#include "engine/journal/record.h"
#include "engine/ports/read_model.h"

/// What became of a certificate, as the journal tells it.
namespace guildmark {

/// An act, and how it left the certificate.
struct CertificateAct {
    std::string action;  ///< "grant", "suspend" ...
    Instant at;
    rows::Certificate certificate;
    std::uint64_t position = 0;  ///< Of its record, in the journal.
};

/// The acts on the certificate `number` among `records` (StoreReader::certificate_acts_of), in
/// order. Errors: those of decode_case_event.
[[nodiscard]] Result<std::vector<CertificateAct>> acts_on_certificate(
    std::string_view number, const std::vector<Record>& records);

/// What `certificate` counts as on `day`: validity that is over has ended by itself, before anybody
/// records it.
[[nodiscard]] rows::CertificateStatus status_on(const rows::Certificate& certificate, Date day);

/// The last of `acts` up to the end of `day` (UTC), which says how the certificate stood then. The
/// first counts from the first day of validity, which is before the day on which it was recorded
/// when publication took a while (ISO/IEC 17021-1:2015, 8.2.2 b). Null: not valid yet.
[[nodiscard]] const CertificateAct* last_act_by(const std::vector<CertificateAct>& acts, Date day);

}  // namespace guildmark
