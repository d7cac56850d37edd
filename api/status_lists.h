#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/cases/certificate_editions.h"
#include "engine/ports/store.h"

namespace guildmark::api {

/// The status lists of all certificates. Read from the journal when they are first asked for, and
/// from where that ended each time after, so an answer is as new as the reader's.
///
/// Thread: any, each with a reader of its own.
class StatusLists {
public:
    /// The place of the edition that shows what `certificate` does; see CertificateEditions::find.
    /// Errors: those of the reader and of decode_case_event.
    [[nodiscard]] Result<std::optional<status_list::Place>> find(
        StoreReader& reader, const rows::Certificate& certificate);

    /// The indexes of `list` that are set; nothing when there is no such list. Errors: as find().
    [[nodiscard]] Result<std::optional<std::vector<std::uint32_t>>> set_in(
        StoreReader& reader, std::uint32_t list, status_list::Purpose purpose);

private:
    /// REQUIRES: mutex_ is held.
    [[nodiscard]] Result<void> catch_up(StoreReader& reader);

    std::mutex mutex_;
    CertificateEditions editions_;
};

/// What the lists' names are put behind: their address, or, on a server that was not told its own,
/// a name that only tells them apart.
[[nodiscard]] std::string status_list_base(const std::string& public_origin);

}  // namespace guildmark::api
