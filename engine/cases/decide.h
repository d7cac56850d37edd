#pragma once

#include <string>
#include <vector>

#include "engine/base/limits.h"
#include "engine/cases/case.h"
#include "engine/cases/command.h"
#include "engine/cases/facts.h"
#include "engine/cases/id_source.h"
#include "engine/cases/organisation.h"
#include "engine/ports/script_engine.h"
#include "engine/standard/standard.h"
#include "engine/workflow/action.h"
#include "engine/workflow/workflow.h"

namespace guildmark {

/// What a decision about a case may look at beside the case itself.
struct CaseContext {
    Instant now;
    Actor actor;  ///< Its membership was checked: it fills its role in its organisation.
    IdSource& ids;
    const workflow::Workflow& workflow;  ///< The version that the case keeps.
    const Standard* standard = nullptr;  ///< OpenCase only: the catalogue of today.
    ScriptEngine& scripts;
    OrganisationNames organisation_name;
};

/// What a command leads to: events in order, and the id of what was made, if anything.
struct CaseDecision {
    std::vector<CaseEvent> events;
    std::string created;
};

/// Decides a command on a case. Reads and validates; changes nothing.
///
/// Errors, in the order they are tested:
/// - every command but OpenCase: case_not_found, case_finished;
/// - every command of a person: role_unknown (not a role of the workflow), role_not_of_party (the
///   actor's organisation does not take the part whose people fill the role),
///   separation_of_duties (ISO/IEC 17021-1; the rule's id is the subject);
/// - OpenCase: standard_unknown, standard_not_served, title_missing, party_missing, party_unknown;
/// - CompleteTask: task_not_found, task_closed, task_of_other_role, outcome_unknown, form_invalid,
///   gate_not_met, and chart_failed when the chart could not run; script_unavailable when it was
///   for want of a script engine;
/// - what needs a permission of the workflow: not_allowed_now;
/// - what names evidence, findings or requirements: evidence_not_found, evidence_withdrawn,
///   evidence_known (the case has these bytes already), requirement_unknown,
///   not_applicable_refused (the standard lets no firm leave the requirement out),
///   finding_not_found, finding_settled, and those of missing or over-long texts (field_missing,
///   field_too_long).
[[nodiscard]] Result<CaseDecision> decide(const Case& subject,
                                          const CaseCommand& command,
                                          CaseContext& context);

/// What a decision about an organisation may look at beside it.
struct OrganisationContext {
    Instant now;
    Actor actor;
    IdSource& ids;
};

/// What a command leads to, as CaseDecision.
struct OrganisationDecision {
    std::vector<OrganisationEvent> events;
    std::string created;
};

/// Decides a command on an organisation. Errors, in order: organisation_not_found, name_missing,
/// kind_unknown, country_malformed, member_not_found, role_malformed, token_not_found,
/// token_revoked.
[[nodiscard]] Result<OrganisationDecision> decide(const Organisation& subject,
                                                  const OrganisationCommand& command,
                                                  OrganisationContext& context);

}  // namespace guildmark
