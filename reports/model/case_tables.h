#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/ports/read_model.h"
#include "reports/model/case_tasks.h"
#include "reports/model/status.h"
#include "reports/model/table.h"

/// Tables that several papers of a case have.
namespace guildmark::reports {

/// The title of the requirement of that number, in the report's language; empty: it is not known.
[[nodiscard]] std::string title_of_requirement(const Context& context, const std::string& number);

/// Titles of the current documents that serve the requirement, one a line.
[[nodiscard]] std::string titles_of_evidence(const Context& context, const std::string& number);

/// What people answered in those tasks: one row for each field that was filled in, and one for a
/// task without a form. `sheet` is the message of its title.
[[nodiscard]] Table answer_table(const Context& context,
                                 std::string_view sheet,
                                 const std::vector<DoneTask>& tasks);

/// On which day the competences of a team are looked at.
enum class CompetenceDay {
    of_report,
    of_plan,  ///< On which the plan was sent.
};

/// One row for each person whom a plan names, with roles and areas of competence; `parties` are
/// those of the case. Who is no member of a party stands there by the name alone.
[[nodiscard]] Table team_table(const Context& context,
                               const std::vector<DoneTask>& plans,
                               const std::vector<rows::OrganisationRows>& parties,
                               CompetenceDay day);

/// The verdict on each requirement, with its findings and documents.
[[nodiscard]] Table checklist_table(const Context& context);

/// Who did what and when, with an empty column for a signature by hand.
[[nodiscard]] Table signature_table(const Context& context, const std::vector<DoneTask>& tasks);

}  // namespace guildmark::reports
