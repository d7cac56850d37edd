#pragma once

#include "api/route.h"

/// The handlers, one file for each resource. Each is named after the operation of openapi.yaml.
namespace guildmark::api {

// system.cpp
[[nodiscard]] Result<Response> get_health(Call& call);

// session.cpp
[[nodiscard]] Result<Response> get_me(Call& call);
[[nodiscard]] Result<Response> open_session(Call& call);
[[nodiscard]] Result<Response> close_session(Call& call);

// cases.cpp
[[nodiscard]] Result<Response> list_cases(Call& call);
[[nodiscard]] Result<Command> open_case(Call& call);
[[nodiscard]] Result<Response> get_case(Call& call);
[[nodiscard]] Result<Response> get_case_chart(Call& call);

// tasks.cpp
[[nodiscard]] Result<Response> list_case_tasks(Call& call);
[[nodiscard]] Result<Response> list_my_tasks(Call& call);
[[nodiscard]] Result<Response> get_task(Call& call);
[[nodiscard]] Result<Command> complete_task(Call& call);

// requirements.cpp
[[nodiscard]] Result<Response> list_requirements(Call& call);
[[nodiscard]] Result<Command> answer_requirement(Call& call);
[[nodiscard]] Result<Command> assess_requirement(Call& call);

// evidence.cpp
[[nodiscard]] Result<Response> list_evidence(Call& call);
[[nodiscard]] Result<Upload> add_evidence(Call& call);
[[nodiscard]] Result<Command> match_evidence(Call& call);
[[nodiscard]] Result<Command> withdraw_evidence(Call& call);
[[nodiscard]] Result<Response> get_evidence_content(Call& call);

// findings.cpp
[[nodiscard]] Result<Response> list_findings(Call& call);
[[nodiscard]] Result<Command> raise_finding(Call& call);
[[nodiscard]] Result<Command> respond_to_finding(Call& call);
[[nodiscard]] Result<Command> judge_response(Call& call);
[[nodiscard]] Result<Command> verify_finding(Call& call);

// history.cpp
[[nodiscard]] Result<Response> list_history(Call& call);
[[nodiscard]] Result<Response> follow_case(Call& call);
[[nodiscard]] Result<Job> get_report(Call& call);

// workflows.cpp
[[nodiscard]] Result<Response> list_workflows(Call& call);
[[nodiscard]] Result<Response> get_workflow(Call& call);
[[nodiscard]] Result<Response> get_workflow_chart(Call& call);

// standards.cpp
[[nodiscard]] Result<Response> list_standards(Call& call);
[[nodiscard]] Result<Response> get_standard(Call& call);

// organisations.cpp
[[nodiscard]] Result<Response> list_organisations(Call& call);
[[nodiscard]] Result<Command> create_organisation(Call& call);
[[nodiscard]] Result<Response> get_organisation(Call& call);
[[nodiscard]] Result<Response> list_members(Call& call);
[[nodiscard]] Result<Command> admit_member(Call& call);

// tokens.cpp
[[nodiscard]] Result<Response> list_tokens(Call& call);
[[nodiscard]] Result<Command> make_token(Call& call);
[[nodiscard]] Result<Command> revoke_token(Call& call);

// certificates.cpp
[[nodiscard]] Result<Response> verify_certificate(Call& call);

/// A command on the call's case, in a role that allows it. Errors: role_missing; the store's.
[[nodiscard]] Result<Command> command_on_case(Call& call, CaseCommand command, Allowed allowed);

/// The chart of a workflow, as it was loaded.
[[nodiscard]] Response chart_response(const workflow::Workflow& workflow);

}  // namespace guildmark::api
