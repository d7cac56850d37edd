#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/digest.h"
#include "engine/base/id.h"
#include "engine/base/instant.h"
#include "engine/base/value.h"
#include "engine/ports/read_model.h"

/// What people and the system ask of a case or an organisation. A command is checked by `decide`,
/// which answers with events or with a refusal; what each may be refused for stands in decide.h.
namespace guildmark {

/// Opens a case: one client, one standard, one workflow, one scope.
struct OpenCase {
    std::string
        workflow;  ///< Its id; the version that is loaded now is the one that the case keeps.
    std::string standard;  ///< "iso-9001:2015"; empty when the workflow serves none.
    std::string title;
    std::map<std::string, OrganisationId> parties;  ///< Every party that the workflow's roles name.
};

/// Ends a task in one of the ways that its workflow offers.
struct CompleteTask {
    TaskId task;
    std::string outcome;
    Value values;  ///< The form's fields, an object; null when the task has no form.
};

/// Adds a document, or a new revision of one.
struct AddEvidence {
    std::optional<EvidenceId> revises;
    Digest digest;  ///< Of bytes that the blob store has.
    std::uint64_t size_bytes = 0;
    std::string media_type;
    std::string name;
    std::string title;  ///< Empty: the name.
    std::string origin;
    std::optional<Instant> origin_modified_at;
    std::vector<std::string> requirements;
    PersonId owner;
    std::optional<Date> valid_from;
    std::optional<Date> valid_until;
};

/// Sets which requirements a document serves.
struct MatchEvidence {
    EvidenceId evidence;
    std::vector<std::string> requirements;
};

/// Takes a document back; it stays in the journal and in the store.
struct WithdrawEvidence {
    EvidenceId evidence;
    std::string reason;
};

/// The client's own answer to a requirement.
struct AnswerRequirement {
    std::string requirement;
    rows::Answer answer = rows::Answer::none;
    std::string note;  ///< Required for not_applicable: the reason.
    PersonId owner;
    std::optional<Date> due;
};

/// The auditor's verdict on a requirement.
struct AssessRequirement {
    std::string requirement;
    rows::Verdict verdict = rows::Verdict::none;
    std::string note;
};

/// An auditor finds that a requirement is not met, or could be met better.
struct RaiseFinding {
    rows::Grade grade = rows::Grade::minor;
    std::string requirement;
    std::string statement;
    std::string objective_evidence;
    std::string site;
    std::optional<Date> due;
};

/// The client's answer to a finding: what was put right, why it came about, what prevents it.
struct RespondToFinding {
    FindingId finding;
    std::string correction;
    std::string cause;
    std::string corrective_action;
    std::vector<EvidenceId> evidence;
};

/// Whether a response is enough.
enum class Judgement { accepted, rejected };

/// The auditor's judgement of the newest response to a finding.
struct JudgeResponse {
    FindingId finding;
    Judgement judgement = Judgement::accepted;
    std::string note;
};

/// Says that the corrective action has taken effect, and how that was seen.
struct VerifyFinding {
    FindingId finding;
    std::string method;  ///< "documents", "onsite" or "next-audit"
    std::string note;
};

/// Stops a case for a while: see docs/reference/workflow.md, "Pauses".
struct PauseCase {
    std::string reason;
};

/// Lets a paused case go on.
struct ResumeCase {
    std::string reason;
};

/// Moves a case to other states by hand: see docs/reference/workflow.md, "Moves".
struct MoveCase {
    std::vector<std::string> states;  ///< Ids.
    std::string reason;
};

/// Lets the case go on under another version of its workflow, as a plan says. Only the command line
/// submits it, for whoever keeps the installation: see docs/reference/migration.md.
struct MigrateCase {
    Digest version;    ///< That it goes on under.
    std::string plan;  ///< XML, as workflows/schema/migration.xsd has it.
};

/// Gives the case a signal that its workflow declares: see docs/reference/workflow.md, "Signals".
struct SignalCase {
    std::string signal;
    Value values;  ///< The form's fields, an object; null when the signal has no form.
};

/// Does again what failed.
struct RetryIncident {
    IncidentId incident;
};

/// Leaves what failed as it is.
struct SkipIncident {
    IncidentId incident;
    std::string reason;
};

/// A timer of this case is due. Only the runtime submits it.
struct FireTimer {
    TimerId timer;
};

/// An effect of this case was carried out, or given up. Only the runtime submits it.
struct CloseEffect {
    EffectId effect;
    std::string failure;  ///< Empty: done.
    std::string code{};   ///< Of the failure.
};

/// Enters an organisation: its stream begins with this.
struct CreateOrganisation {
    std::string name;
    std::string kind;  ///< "client", "body", "group" or "operator"
    std::string country;
    std::string region;
    std::uint32_t personnel = 0;
};

/// Makes a person a member of an organisation, or changes what is known of one.
struct AdmitMember {
    PersonId person;  ///< None: a new person.
    std::string name;
    std::string email;
    std::vector<std::string> roles;
};

/// Makes a token for a member. Only its hash reaches the engine.
struct MakeToken {
    PersonId person;
    Digest hash;
    std::string label;
    std::optional<Instant> expires_at;
};

/// Makes a token worthless from now on.
struct RevokeToken {
    TokenId token;
};

/// Writes down that a member is competent in an area, in the place of what was known of it.
struct RecordCompetence {
    PersonId person;
    std::string area;  ///< Small letters, digits, points and hyphens.
    Date from;
    std::optional<Date> until;
    std::string basis;
};

/// Takes a competence back.
struct EndCompetence {
    PersonId person;
    std::string area;
    std::string reason;
};

using CaseCommand = std::variant<OpenCase,
                                 CompleteTask,
                                 AddEvidence,
                                 MatchEvidence,
                                 WithdrawEvidence,
                                 AnswerRequirement,
                                 AssessRequirement,
                                 RaiseFinding,
                                 RespondToFinding,
                                 JudgeResponse,
                                 VerifyFinding,
                                 PauseCase,
                                 ResumeCase,
                                 MoveCase,
                                 SignalCase,
                                 MigrateCase,
                                 RetryIncident,
                                 SkipIncident,
                                 FireTimer,
                                 CloseEffect>;

using OrganisationCommand = std::variant<CreateOrganisation,
                                         AdmitMember,
                                         MakeToken,
                                         RevokeToken,
                                         RecordCompetence,
                                         EndCompetence>;

}  // namespace guildmark
