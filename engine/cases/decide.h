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
    const Standard* standard = nullptr;  ///< The case's, in the catalogue of today; null: none.
    ScriptEngine& scripts;
    OrganisationNames organisation_name;
    std::string actor_name;  ///< As the actor's organisation has them; empty for the system.
    std::string actor_email;
    /// Gets each transition that the case's own chart takes, in order, also when the command is
    /// refused in the end; null: nobody asks.
    std::vector<scxml::TransitionIndex>* taken = nullptr;
    const workflow::Workflow* target = nullptr;  ///< MigrateCase only: the version it goes to.
    /// The actor's; null where there are no people, as in a simulation: gates about them are open.
    const Organisation* organisation = nullptr;
};

/// What a command leads to: events in order, and the id of what was made, if anything.
struct CaseDecision {
    std::vector<CaseEvent> events;
    std::string created;
};

/// Decides a command on a case. Reads and validates; changes nothing. Ids that it draws are new to
/// the case.
///
/// Errors, in the order they are tested; a text is field_missing when it is empty and must not be,
/// field_too_long when it is over its limit:
/// - every command but OpenCase: case_not_found, case_finished (not CloseEffect, RetryIncident,
///   SkipIncident);
/// - every command: role_unknown (a person who fires timers or migrates a case, the system that
///   does anything else, or not a role of the workflow);
/// - of a person, but OpenCase: role_not_of_party (the actor's organisation does not take the part
///   whose people fill the role), separation_of_duties (ISO/IEC 17021-1; the rule's id is the
///   subject), person_barred (a form of the case names the actor; the rule's id is the subject),
///   person_not_in_team (a form of the case names others; likewise);
/// - CompleteTask, AssessRequirement, RaiseFinding, JudgeResponse, VerifyFinding, SignalCase:
///   case_paused;
/// - OpenCase: standard_unknown, standard_not_served, the title, party_unknown (no party of the
///   workflow, or no such organisation), party_missing, role_not_of_party;
/// - CompleteTask: task_not_found, task_closed, task_of_other_role, outcome_unknown, form_invalid,
///   gate_not_met (expression_failed when its condition cannot be told), then as a chart that runs;
/// - AddEvidence: not_allowed_now, name, title, origin, media type, period_backwards,
///   evidence_not_found and evidence_withdrawn (of what it revises) or evidence_too_many,
///   evidence_known (the case has these bytes already), requirements_too_many, requirement_unknown;
/// - MatchEvidence: not_allowed_now, evidence_not_found, evidence_withdrawn, requirements_too_many,
///   requirement_unknown;
/// - WithdrawEvidence: not_allowed_now, evidence_not_found, evidence_withdrawn, the reason;
/// - AnswerRequirement: not_allowed_now, requirement_unknown, the note's length,
///   not_applicable_refused (the standard lets no firm leave it out), the note's absence;
/// - AssessRequirement: not_allowed_now, requirement_unknown, the note;
/// - RaiseFinding: not_allowed_now, requirement_unknown, statement, objective evidence, site,
///   findings_too_many;
/// - RespondToFinding: not_allowed_now, finding_not_found, finding_settled, correction, cause,
///   corrective action, evidence_not_found;
/// - JudgeResponse: not_allowed_now, finding_not_found, finding_settled, the note;
/// - VerifyFinding: not_allowed_now, finding_not_found, finding_settled, method_unknown, the note;
/// - PauseCase: not_allowed_now, case_paused, the reason;
/// - ResumeCase: not_allowed_now, case_not_paused, the reason;
/// - MoveCase: not_allowed_now, field_missing (no state), field_too_long (more than
///   limits::states_per_move_max), state_unknown, targets_conflict, the reason, then as a chart
///   that runs;
/// - SignalCase: not_allowed_now, signal_unknown, form_invalid, then as a chart that runs, then
///   signal_unheard (neither it nor a session that it invoked took a transition);
/// - MigrateCase: plan_invalid (the plan cannot be read, or is about another workflow), then the
///   first refusal of plan_migration (decide_migration.h);
/// - RetryIncident: not_allowed_now, incident_not_found, incident_resolved; unless it is of an
///   effect, case_finished, case_paused, incident_without_event, then as a chart that runs;
/// - SkipIncident: not_allowed_now, incident_not_found, incident_resolved, the reason;
/// - FireTimer: timer_gone, case_paused (a certificate expires even then), then as a chart that
///   runs;
/// - CloseEffect: effect_closed;
/// - where the chart runs: the store's session_malformed, chart_failed, and script_unavailable when
///   it was for want of a script engine.
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

/// Decides a command on an organisation. Errors, in the order they are tested; texts as above:
/// - every command but CreateOrganisation: organisation_not_found;
/// - CreateOrganisation: name, kind_unknown, country_malformed, region;
/// - AdmitMember: name, email, role_malformed;
/// - MakeToken: member_not_found, label;
/// - RevokeToken: token_not_found, token_revoked;
/// - RecordCompetence: member_not_found, area_malformed, period_backwards, the basis;
/// - EndCompetence: competence_not_found, competence_ended, the reason.
[[nodiscard]] Result<OrganisationDecision> decide(const Organisation& subject,
                                                  const OrganisationCommand& command,
                                                  OrganisationContext& context);

}  // namespace guildmark
