#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/certificate/status_list.h"
#include "engine/journal/record.h"
#include "engine/ports/read_model.h"

namespace guildmark {

/// Every certificate in each form in which it was shown, and where that form's status bits stand.
///
/// A certificate whose scope, validity or another thing that it shows has changed is a new edition,
/// and the one before counts no more (ISO/IEC 17021-1:2015, 8.2.2 i); one that was suspended and
/// restored is the same. An edition's place follows from its number and its decision alone (their
/// SHA-256; the next draw when the place is taken), so that it does not tell the order in which
/// certificates were granted, and from the order of the journal where two meet: every replay finds
/// the same. A list is filled to its half, so that few draws are needed.
class CertificateEditions {
public:
    /// Goes on with acts on certificates (StoreReader::certificate_acts), in order of position;
    /// those up to position() are passed over. Errors: those of decode_case_event.
    [[nodiscard]] Result<void> read(const std::vector<Record>& acts);

    /// That of the last act that was read; 0: none.
    [[nodiscard]] std::uint64_t position() const { return position_; }

    /// The place of the edition that shows what `certificate` does, the newest one; nothing when no
    /// act made it so.
    [[nodiscard]] std::optional<status_list::Place> find(
        const rows::Certificate& certificate) const;

    /// How many lists there are, at least one.
    [[nodiscard]] std::uint32_t list_count() const;

    /// The indexes of `list` whose bit is set, in no order. Revocation: withdrawn, or replaced by
    /// another edition or certificate. Suspension: suspended.
    [[nodiscard]] std::vector<std::uint32_t> set_in(std::uint32_t list,
                                                    status_list::Purpose purpose) const;

private:
    struct Edition {
        rows::Certificate shown;  ///< Active, without a decision.
        rows::CertificateStatus status = rows::CertificateStatus::active;
        bool is_replaced = false;
        status_list::Place place;
    };

    void act(const rows::Certificate& certificate);
    [[nodiscard]] status_list::Place draw(const rows::Certificate& certificate);
    [[nodiscard]] static bool is_set(const Edition& edition, status_list::Purpose purpose);

    std::map<std::string, std::vector<Edition>> editions_;  ///< By number, the oldest first.
    std::vector<std::vector<bool>> taken_;                  ///< By list.
    std::uint32_t last_list_count_ = 0;                     ///< Places taken of the last list.
    std::uint64_t position_ = 0;
};

}  // namespace guildmark
