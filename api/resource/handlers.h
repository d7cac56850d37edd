#pragma once

#include "api/route.h"

/// The handlers, one file for each resource. Each is named after the operation of openapi.yaml.
namespace guildmark::api {

// system.cpp
/// GET /api/v1/health
[[nodiscard]] Result<Response> get_health(Call& call);

// session.cpp
/// GET /api/v1/me
[[nodiscard]] Result<Response> get_me(Call& call);
/// POST /api/v1/session
[[nodiscard]] Result<Response> open_session(Call& call);
/// DELETE /api/v1/session
[[nodiscard]] Result<Response> close_session(Call& call);

// cases.cpp
/// GET /api/v1/cases
[[nodiscard]] Result<Response> list_cases(Call& call);
/// POST /api/v1/cases
[[nodiscard]] Result<Command> open_case(Call& call);
/// GET /api/v1/cases/{case}
[[nodiscard]] Result<Response> get_case(Call& call);
/// GET /api/v1/cases/{case}/chart
[[nodiscard]] Result<Response> get_case_chart(Call& call);

// operations.cpp
/// POST /api/v1/cases/{case}/pause
[[nodiscard]] Result<Command> pause_case(Call& call);
/// POST /api/v1/cases/{case}/resumption
[[nodiscard]] Result<Command> resume_case(Call& call);
/// POST /api/v1/cases/{case}/move
[[nodiscard]] Result<Command> move_case(Call& call);
/// POST /api/v1/cases/{case}/signals
[[nodiscard]] Result<Command> signal_case(Call& call);

// batches.cpp
/// POST /api/v1/batches/preview
[[nodiscard]] Result<Job> preview_batch(Call& call);
/// POST /api/v1/batches
[[nodiscard]] Result<Job> carry_out_batch(Call& call);

// incidents.cpp
/// GET /api/v1/cases/{case}/incidents
[[nodiscard]] Result<Response> list_case_incidents(Call& call);
/// GET /api/v1/incidents
[[nodiscard]] Result<Response> list_incidents(Call& call);
/// POST /api/v1/cases/{case}/incidents/{incident}/retry
[[nodiscard]] Result<Command> retry_incident(Call& call);
/// POST /api/v1/cases/{case}/incidents/{incident}/skip
[[nodiscard]] Result<Command> skip_incident(Call& call);

// tasks.cpp
/// GET /api/v1/cases/{case}/tasks
[[nodiscard]] Result<Response> list_case_tasks(Call& call);
/// GET /api/v1/tasks
[[nodiscard]] Result<Response> list_my_tasks(Call& call);
/// GET /api/v1/tasks/{task}
[[nodiscard]] Result<Response> get_task(Call& call);
/// POST /api/v1/tasks/{task}/completion
[[nodiscard]] Result<Command> complete_task(Call& call);

// requirements.cpp
/// GET /api/v1/cases/{case}/requirements
[[nodiscard]] Result<Response> list_requirements(Call& call);
/// PUT /api/v1/cases/{case}/requirements/{number}/answer
[[nodiscard]] Result<Command> answer_requirement(Call& call);
/// PUT /api/v1/cases/{case}/requirements/{number}/assessment
[[nodiscard]] Result<Command> assess_requirement(Call& call);

// evidence.cpp
/// GET /api/v1/cases/{case}/evidence
[[nodiscard]] Result<Response> list_evidence(Call& call);
/// POST /api/v1/cases/{case}/evidence
[[nodiscard]] Result<Upload> add_evidence(Call& call);
/// PUT /api/v1/cases/{case}/evidence/{evidence}/requirements
[[nodiscard]] Result<Command> match_evidence(Call& call);
/// POST /api/v1/cases/{case}/evidence/{evidence}/withdrawal
[[nodiscard]] Result<Command> withdraw_evidence(Call& call);
/// GET /api/v1/cases/{case}/evidence/{evidence}/content
[[nodiscard]] Result<Response> get_evidence_content(Call& call);

// findings.cpp
/// GET /api/v1/cases/{case}/findings
[[nodiscard]] Result<Response> list_findings(Call& call);
/// POST /api/v1/cases/{case}/findings
[[nodiscard]] Result<Command> raise_finding(Call& call);
/// POST /api/v1/cases/{case}/findings/{finding}/responses
[[nodiscard]] Result<Command> respond_to_finding(Call& call);
/// POST /api/v1/cases/{case}/findings/{finding}/judgements
[[nodiscard]] Result<Command> judge_response(Call& call);
/// POST /api/v1/cases/{case}/findings/{finding}/verification
[[nodiscard]] Result<Command> verify_finding(Call& call);

// history.cpp
/// GET /api/v1/cases/{case}/history
[[nodiscard]] Result<Response> list_history(Call& call);
/// GET /api/v1/cases/{case}/trace
[[nodiscard]] Result<Response> list_trace(Call& call);
/// GET /api/v1/cases/{case}/events
[[nodiscard]] Result<Response> follow_case(Call& call);
/// GET /api/v1/cases/{case}/report
[[nodiscard]] Result<Job> get_report(Call& call);
/// GET /api/v1/organisations/{organisation}/report
[[nodiscard]] Result<Job> get_organisation_report(Call& call);

// workflows.cpp
/// GET /api/v1/workflows
[[nodiscard]] Result<Response> list_workflows(Call& call);
/// GET /api/v1/workflows/{workflow}
[[nodiscard]] Result<Response> get_workflow(Call& call);
/// GET /api/v1/cases/{case}/workflow
[[nodiscard]] Result<Response> get_case_workflow(Call& call);
/// GET /api/v1/workflows/{workflow}/chart
[[nodiscard]] Result<Response> get_workflow_chart(Call& call);

// standards.cpp
/// GET /api/v1/standards
[[nodiscard]] Result<Response> list_standards(Call& call);
/// GET /api/v1/standards/{standard}
[[nodiscard]] Result<Response> get_standard(Call& call);

// organisations.cpp
/// GET /api/v1/organisations
[[nodiscard]] Result<Response> list_organisations(Call& call);
/// POST /api/v1/organisations
[[nodiscard]] Result<Command> create_organisation(Call& call);
/// GET /api/v1/organisations/{organisation}
[[nodiscard]] Result<Response> get_organisation(Call& call);
/// GET /api/v1/organisations/{organisation}/members
[[nodiscard]] Result<Response> list_members(Call& call);
/// POST /api/v1/organisations/{organisation}/members
[[nodiscard]] Result<Command> admit_member(Call& call);

// tokens.cpp
/// GET /api/v1/organisations/{organisation}/tokens
[[nodiscard]] Result<Response> list_tokens(Call& call);
/// POST /api/v1/organisations/{organisation}/tokens
[[nodiscard]] Result<Command> make_token(Call& call);
/// DELETE /api/v1/organisations/{organisation}/tokens/{token}
[[nodiscard]] Result<Command> revoke_token(Call& call);

// competences.cpp
/// GET /api/v1/organisations/{organisation}/competences
[[nodiscard]] Result<Response> list_competences(Call& call);
/// POST /api/v1/organisations/{organisation}/competences
[[nodiscard]] Result<Command> record_competence(Call& call);
/// POST /api/v1/organisations/{organisation}/competences/end
[[nodiscard]] Result<Command> end_competence(Call& call);

// certificates.cpp
/// GET /api/v1/certificates/{number}
[[nodiscard]] Result<Response> verify_certificate(Call& call);
/// GET /api/v1/register
[[nodiscard]] Result<Response> list_register(Call& call);
/// POST /api/v1/register/checks
[[nodiscard]] Result<Response> check_certificates(Call& call);

/// GET /api/v1/certificates/{number}/document
[[nodiscard]] Result<Job> get_certificate_document(Call& call);
/// GET /api/v1/certificates/{number}/labels/{kind}
[[nodiscard]] Result<Job> get_certificate_label(Call& call);

// credentials.cpp
/// GET /api/v1/certificates/{number}/credential
[[nodiscard]] Result<Response> get_credential(Call& call);
/// GET /api/v1/certificates/{number}/bundle
[[nodiscard]] Result<Response> get_certificate_bundle(Call& call);
/// GET /api/v1/keys
[[nodiscard]] Result<Response> list_signing_keys(Call& call);
/// GET /api/v1/did.json
[[nodiscard]] Result<Response> get_did_document(Call& call);
/// GET /api/v1/status-lists/{list}
[[nodiscard]] Result<Response> get_status_list(Call& call);

// log.cpp
/// GET /api/v1/log/checkpoint
[[nodiscard]] Result<Response> get_log_checkpoint(Call& call);
/// GET /api/v1/log/tile/{level}/{index*}
[[nodiscard]] Result<Response> get_log_tile(Call& call);

/// What anybody may know of a certificate: PublicCertificate, without its history.
[[nodiscard]] Result<Value::Object> public_certificate(Call& call, const rows::Certificate& row);

/// A command on the call's case, in a role that allows it. Errors: role_missing; the store's.
[[nodiscard]] Result<Command> command_on_case(Call& call, CaseCommand command, Allowed allowed);

/// The chart of a workflow, as it was loaded.
[[nodiscard]] Response chart_response(const workflow::Workflow& workflow);

}  // namespace guildmark::api
