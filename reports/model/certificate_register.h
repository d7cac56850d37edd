#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/cases/certificate_history.h"
#include "engine/ports/read_model.h"
#include "reports/messages/messages.h"
#include "reports/model/progress.h"
#include "reports/model/table.h"

namespace guildmark::reports {

/// One certificate with what became of it. Everything is only read.
struct CertificateEntry {
    const std::vector<CertificateAct>& acts;  ///< In order; at least one.
    std::string holder;                       ///< Its name.
    std::string country;                      ///< Of the holder, ISO 3166-1.
};

/// The register of a body's certificates as they stood on a day: one row for each, and one for each
/// act on it up to that day. A certificate that nobody had granted by then is left out.
///
/// Certificates are added one after another and their rows given away at once; what is kept grows
/// with standards and months alone.
class CertificateRegister {
public:
    /// `messages` outlives the register; the day of `as_of` is the one it is about.
    CertificateRegister(const Messages& messages, Instant as_of)
        : say_(messages), as_of_(as_of), today_(Date::of(as_of)) {}

    /// The report as it begins: titles, cover and the two tables, which have no rows yet.
    [[nodiscard]] ProgressReport begin(std::string subject, std::vector<Fact> cover) const;

    /// Gives the rows of one certificate: itself to table 0, what became of it to table 1.
    /// Errors: those of `sink`.
    [[nodiscard]] Result<void> add(const CertificateEntry& entry, const RowSink& sink);

    /// Fills in the summary of all that was added.
    void summarize(ProgressReport& report) const;

private:
    using StatusCounts = std::array<std::uint64_t, 5>;  ///< In the order of CertificateStatus.

    const Messages& say_;
    Instant as_of_;
    Date today_;
    StatusCounts statuses_{};
    std::map<std::string, std::array<std::uint64_t, 2>> standards_;  ///< Valid, and all others.
    std::array<std::uint64_t, 24> ending_{};  ///< Valid ones by months from today to their end.
    std::uint64_t ending_soon_ = 0;
};

}  // namespace guildmark::reports
