#include <array>

#include "api/resource/handlers.h"

namespace guildmark::api {
namespace {

using enum Access;
constexpr auto get = Method::get;
constexpr auto post = Method::post;
constexpr auto put = Method::put;
constexpr auto json = Route::Body::json;

// clang-format off
constexpr std::array table{
    Route{get, "/api/v1/health", anyone, get_health},
    Route{get, "/api/v1/me", member, get_me},
    Route{post, "/api/v1/session", anyone, open_session, json},
    Route{Method::delete_, "/api/v1/session", anyone, close_session},

    Route{get, "/api/v1/cases", member, list_cases},
    Route{post, "/api/v1/cases", member, open_case, json},
    Route{get, "/api/v1/cases/{case}", party_of_case, get_case},
    Route{get, "/api/v1/cases/{case}/chart", party_of_case, get_case_chart},
    Route{get, "/api/v1/cases/{case}/workflow", party_of_case, get_case_workflow},
    Route{post, "/api/v1/cases/{case}/pause", party_of_case, pause_case, json},
    Route{post, "/api/v1/cases/{case}/resumption", party_of_case, resume_case, json},
    Route{post, "/api/v1/cases/{case}/move", party_of_case, move_case, json},
    Route{post, "/api/v1/cases/{case}/signals", party_of_case, signal_case, json},
    Route{get, "/api/v1/cases/{case}/incidents", party_of_case, list_case_incidents},
    Route{post, "/api/v1/cases/{case}/incidents/{incident}/retry", party_of_case, retry_incident},
    Route{post, "/api/v1/cases/{case}/incidents/{incident}/skip", party_of_case, skip_incident, json},
    Route{post, "/api/v1/batches/preview", member, preview_batch, json},
    Route{post, "/api/v1/batches", member, carry_out_batch, json},
    Route{get, "/api/v1/incidents", member, list_incidents},
    Route{get, "/api/v1/cases/{case}/tasks", party_of_case, list_case_tasks},
    Route{get, "/api/v1/cases/{case}/requirements", party_of_case, list_requirements},
    Route{put, "/api/v1/cases/{case}/requirements/{number}/answer", party_of_case, answer_requirement, json},
    Route{put, "/api/v1/cases/{case}/requirements/{number}/assessment", party_of_case, assess_requirement, json},
    Route{get, "/api/v1/cases/{case}/evidence", party_of_case, list_evidence},
    Route{post, "/api/v1/cases/{case}/evidence", party_of_case, add_evidence},
    Route{put, "/api/v1/cases/{case}/evidence/{evidence}/requirements", party_of_case, match_evidence, json},
    Route{post, "/api/v1/cases/{case}/evidence/{evidence}/withdrawal", party_of_case, withdraw_evidence, json},
    Route{get, "/api/v1/cases/{case}/evidence/{evidence}/content", party_of_case, get_evidence_content},
    Route{get, "/api/v1/cases/{case}/findings", party_of_case, list_findings},
    Route{post, "/api/v1/cases/{case}/findings", party_of_case, raise_finding, json},
    Route{post, "/api/v1/cases/{case}/findings/{finding}/responses", party_of_case, respond_to_finding, json},
    Route{post, "/api/v1/cases/{case}/findings/{finding}/judgements", party_of_case, judge_response, json},
    Route{post, "/api/v1/cases/{case}/findings/{finding}/verification", party_of_case, verify_finding, json},
    Route{get, "/api/v1/cases/{case}/history", party_of_case, list_history},
    Route{get, "/api/v1/cases/{case}/trace", party_of_case, list_trace},
    Route{get, "/api/v1/cases/{case}/events", party_of_case, follow_case},
    Route{get, "/api/v1/cases/{case}/report", party_of_case, get_report},

    Route{get, "/api/v1/tasks", member, list_my_tasks},
    Route{get, "/api/v1/tasks/{task}", party_of_task, get_task},
    Route{post, "/api/v1/tasks/{task}/completion", party_of_task, complete_task, json},

    Route{get, "/api/v1/workflows", member, list_workflows},
    Route{get, "/api/v1/workflows/{workflow}", member, get_workflow},
    Route{get, "/api/v1/workflows/{workflow}/chart", member, get_workflow_chart},
    Route{get, "/api/v1/standards", member, list_standards},
    Route{get, "/api/v1/standards/{standard}", member, get_standard},

    Route{get, "/api/v1/organisations", member, list_organisations},
    Route{post, "/api/v1/organisations", administrator, create_organisation, json},
    Route{get, "/api/v1/organisations/{organisation}", sees_organisation, get_organisation},
    Route{get, "/api/v1/organisations/{organisation}/members", belongs_to_organisation, list_members},
    Route{post, "/api/v1/organisations/{organisation}/members", administrator, admit_member, json},
    Route{get, "/api/v1/organisations/{organisation}/competences", belongs_to_organisation, list_competences},
    Route{post, "/api/v1/organisations/{organisation}/competences", administrator, record_competence, json},
    Route{post, "/api/v1/organisations/{organisation}/competences/end", administrator, end_competence, json},
    Route{get, "/api/v1/organisations/{organisation}/report", belongs_to_organisation, get_organisation_report},
    Route{get, "/api/v1/organisations/{organisation}/tokens", administrator, list_tokens},
    Route{post, "/api/v1/organisations/{organisation}/tokens", administrator, make_token, json},
    Route{Method::delete_, "/api/v1/organisations/{organisation}/tokens/{token}", administrator, revoke_token},

    Route{get, "/api/v1/certificates/{number}", anyone, verify_certificate},
    Route{get, "/api/v1/certificates/{number}/credential", anyone, get_credential},
    Route{get, "/api/v1/certificates/{number}/bundle", anyone, get_certificate_bundle},
    Route{get, "/api/v1/log/checkpoint", anyone, get_log_checkpoint},
    Route{get, "/api/v1/log/tile/{level}/{index*}", anyone, get_log_tile},
    Route{get, "/api/v1/certificates/{number}/document", anyone, get_certificate_document},
    Route{get, "/api/v1/certificates/{number}/labels/{kind}", anyone, get_certificate_label},
    Route{get, "/api/v1/keys", anyone, list_signing_keys},
    Route{get, "/api/v1/did.json", anyone, get_did_document},
    Route{get, "/api/v1/status-lists/{list}", anyone, get_status_list},
    Route{get, "/api/v1/register", anyone, list_register},
    Route{post, "/api/v1/register/checks", anyone, check_certificates, json},
};
// clang-format on

}  // namespace

std::span<const Route> routes() {
    return table;
}

}  // namespace guildmark::api
