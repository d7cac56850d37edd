#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/journal/record.h"
#include "engine/ports/read_model.h"
#include "engine/standard/standard.h"
#include "engine/workflow/workflow.h"
#include "reports/messages/messages.h"
#include "reports/model/table.h"

namespace guildmark::reports {

/// What a progress and gap report is made from. Everything is only read.
struct ProgressInput {
    const rows::CaseRows& rows;
    const Standard* standard = nullptr;  ///< Null when the workflow serves none.
    const workflow::Workflow& workflow;
    const std::map<OrganisationId, std::string>& organisations;  ///< Names.
    const std::map<PersonId, std::string>& people;               ///< Names.
    const std::vector<Record>& records;  ///< The case's, in order of sequence.
    Instant as_of;                       ///< Decides what is late or expired.
};

/// The report, in one language, ready to be written in any form.
struct ProgressReport {
    std::string language;
    std::string font;
    std::string title;
    std::string subject;  ///< The case's title.
    Instant as_of;
    std::string page;  ///< Before, between and behind "1" and "9" in "page 1 of 9".
    std::string page_of;
    std::string page_end;

    std::string cover_name;
    std::string about;
    std::vector<Fact> cover;

    std::string summary_name;
    Table path;
    Table figures;
    std::vector<Chart> charts;

    /// Requirements, evidence, findings and timeline.
    std::vector<Table> tables;
};

/// Puts the report together. The same input gives the same report.
[[nodiscard]] ProgressReport build_progress_report(const ProgressInput& input,
                                                   const Messages& messages);

}  // namespace guildmark::reports
