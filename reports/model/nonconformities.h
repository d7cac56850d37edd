#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/journal/record.h"
#include "engine/ports/read_model.h"
#include "reports/messages/messages.h"
#include "reports/model/nonconformity_tally.h"
#include "reports/model/progress.h"
#include "reports/model/table.h"

namespace guildmark::reports {

/// The findings of one case, with what the journal says of each. Everything is only read.
struct FindingsInput {
    const rows::Case& summary;
    const std::vector<rows::Finding>& findings;
    const std::vector<Record>& records;  ///< In order; others than those of findings are ignored.
    const std::map<OrganisationId, std::string>& organisations;  ///< Names.
    const std::map<PersonId, std::string>& people;               ///< Names.
};

/// The register of nonconformities of one case or of many: one row for each nonconformity, and one
/// for each version of each response. Opportunities are none and stand elsewhere.
///
/// Cases are added one after another and their rows given away at once, so that what is kept does
/// not grow with them.
class NonconformityRegister {
public:
    /// `messages` outlives the register; `as_of` decides what is late and how long it is open.
    NonconformityRegister(const Messages& messages, Instant as_of)
        : say_(messages), as_of_(as_of), tally_(Date::of(as_of)) {}

    /// The report as it begins: titles, cover and the two tables, which have no rows yet.
    [[nodiscard]] ProgressReport begin(std::string subject, std::vector<Fact> cover) const;

    /// Gives the rows of one case: nonconformities to table 0, responses to table 1.
    /// Errors: those of `sink`.
    [[nodiscard]] Result<void> add(const FindingsInput& input, const RowSink& sink);

    /// Fills in the summary of all that was added.
    void summarize(ProgressReport& report) const;

private:
    const Messages& say_;
    Instant as_of_;
    NonconformityTally tally_;
};

/// A report that has a language, a font and the words of its pages, and nothing else yet.
/// `prefix` names its messages: "PREFIX.title" and "PREFIX.about".
[[nodiscard]] ProgressReport blank_report(const Messages& messages,
                                          std::string_view prefix,
                                          Instant as_of);

}  // namespace guildmark::reports
