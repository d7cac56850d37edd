#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/digest.h"
#include "engine/base/id.h"
#include "engine/base/instant.h"
#include "engine/base/money.h"

/// What lists, pages and reports read. Each row is derived from the journal alone: it is written in
/// the transaction of the records it follows from, and can be written anew from them.
namespace guildmark::rows {

/// Which organisation takes which part in a case: ("client", …), ("body", …).
struct Party {
    std::string party;
    OrganisationId organisation;

    bool operator==(const Party&) const = default;
};

/// One certification case, summed up for lists.
struct Case {
    CaseId id;
    std::string workflow;
    Digest workflow_version;
    std::string standard;  ///< "iso-9001:2015"; empty when the workflow serves none.
    std::string title;
    std::vector<Party> parties;  ///< In order of the party's name.
    Instant opened_at;
    Instant changed_at;
    std::uint64_t sequence = 0;  ///< The last record that it shows ...
    Digest hash;                 ///< ... and that record's hash: where the stream ends.
    bool finished = false;
    std::string states;  ///< Ids of the active atomic states, in document order, one space between.
    std::string milestone;        ///< The current one's id; empty when none is.
    std::string milestones_done;  ///< Ids, one space between, in the workflow's order.
    std::uint32_t open_tasks = 0;
    std::optional<Instant> next_due;  ///< The earliest due time of its open tasks.
    std::uint32_t requirements_applicable = 0;
    std::uint32_t requirements_answered = 0;
    std::uint32_t requirements_covered = 0;  ///< With current evidence.
    std::uint32_t requirements_conforming = 0;
    std::uint32_t majors_open = 0;
    std::uint32_t minors_open = 0;
    std::optional<Instant> paused_at;  ///< Set while it is paused.
    PersonId paused_by;
    std::string paused_reason;
    std::uint32_t incidents_open = 0;
    std::vector<std::string> terms;  ///< By which it is found (terms.h); sorted, each once.

    bool operator==(const Case&) const = default;
};

/// Withdrawn: the case went on without it.
enum class TaskStatus { open, done, withdrawn };

/// Something that people of one role are asked to do in a case.
struct Task {
    TaskId id;
    CaseId case_id;
    std::string task;  ///< Its definition's id in the workflow.
    std::string role;
    OrganisationId organisation;  ///< Whose people do it.
    TaskStatus status = TaskStatus::open;
    bool optional = false;
    Instant opened_at;
    std::optional<Instant> due;
    std::optional<Instant> closed_at;
    std::string outcome;
    PersonId closed_by;
    std::string values;  ///< The form as sent, JSON; empty when there was none.

    bool operator==(const Task&) const = default;
};

/// The client's own answer.
enum class Answer { none, in_place, partly, not_yet, not_applicable };

/// The auditor's verdict.
enum class Verdict { none, conforming, nonconforming, not_applicable };

/// One requirement of the case's standard, and how far the case is with it.
struct Requirement {
    CaseId case_id;
    std::string requirement;
    std::uint32_t ordinal = 0;  ///< 1, 2, 3 ... in the standard's order, by which lists go.
    Answer answer = Answer::none;
    std::string answer_note;
    PersonId owner;
    std::optional<Date> due;
    Verdict verdict = Verdict::none;
    std::string verdict_note;
    PersonId assessed_by;
    std::optional<Instant> assessed_at;
    std::uint32_t evidence_count = 0;  ///< Current evidence matched to it.

    bool operator==(const Requirement&) const = default;
};

/// Superseded: a newer revision took its place.
enum class EvidenceStatus { current, superseded, withdrawn };

/// One revision of a document of a case.
struct Evidence {
    EvidenceId id;
    CaseId case_id;
    std::uint32_t revision = 1;
    EvidenceStatus status = EvidenceStatus::current;
    std::string title;
    std::string name;        ///< The file's name, UTF-8.
    std::string media_type;  ///< "application/pdf"
    std::uint64_t size_bytes = 0;
    Digest digest;
    std::string origin;  ///< "folder:/…/path", "upload"; see docs/reference/evidence.md.
    std::optional<Instant> origin_modified_at;
    Instant added_at;
    PersonId added_by;
    PersonId owner;
    std::optional<Date> valid_from;
    std::optional<Date> valid_until;
    std::string requirements;  ///< Numbers, one space between, in the standard's order.

    bool operator==(const Evidence&) const = default;
};

/// How grave a finding is; an opportunity is no nonconformity.
enum class Grade { major, minor, opportunity };

/// How far a finding is on its way from raised to verified.
enum class FindingStatus { open, responded, accepted, rejected, verified };

/// What an auditor found, with the newest response and what became of it.
struct Finding {
    FindingId id;
    CaseId case_id;
    std::uint32_t number = 0;  ///< 1, 2, 3 ... within its case.
    Grade grade = Grade::minor;
    FindingStatus status = FindingStatus::open;
    std::string requirement;
    std::string statement;
    std::string objective_evidence;
    std::string site;
    PersonId raised_by;
    Instant raised_at;
    std::optional<Date> due;
    std::uint32_t responses = 0;
    std::string correction;
    std::string cause;
    std::string corrective_action;
    std::string judgement_note;
    std::string verification_method;
    PersonId verified_by;
    std::optional<Instant> verified_at;

    bool operator==(const Finding&) const = default;
};

/// A decision of a person on the case, such as to grant.
struct Decision {
    DecisionId id;
    CaseId case_id;
    std::string kind;  ///< "grant", "refuse" ...
    std::string reason;
    PersonId decided_by;
    Instant decided_at;
    std::uint64_t on_sequence = 0;  ///< The record that stood last when it was decided ...
    Digest on_hash;                 ///< ... and its hash: the exact state it was made on.

    bool operator==(const Decision&) const = default;
};

/// Superseded: a newer certificate took its place.
enum class CertificateStatus { active, suspended, withdrawn, expired, superseded };

/// A certificate as it stands now.
struct Certificate {
    CertificateId id;
    CaseId case_id;
    std::string number;
    CertificateStatus status = CertificateStatus::active;
    OrganisationId holder;
    OrganisationId issuer;
    std::string standard;
    std::string scope;
    Date valid_from;
    Date valid_until;
    Date first_granted;
    DecisionId decision;

    bool operator==(const Certificate&) const = default;
};

/// A fee that fell due in a case.
struct Charge {
    ChargeId id;
    CaseId case_id;
    std::string charge;  ///< Its id in the workflow.
    std::string title;
    OrganisationId payer;
    std::int64_t amount_minor = 0;
    std::string currency;
    Instant charged_at;

    bool operator==(const Charge&) const = default;
};

/// What failed: content of the chart, the chart itself, an effect, or a timer that could not fire.
enum class IncidentKind { script, chart, effect, timer };

/// Resolved: somebody saw to it.
enum class IncidentStatus { open, resolved };

/// What became of it.
enum class IncidentResolution { none, retried, skipped, moved };

/// Something in a case failed and waits for somebody who keeps cases running.
struct Incident {
    IncidentId id;
    CaseId case_id;
    IncidentKind kind = IncidentKind::script;
    IncidentStatus status = IncidentStatus::open;
    OrganisationId organisation;  ///< Whose people mend it; none when the workflow names nobody.
    std::string code;
    std::string message;
    std::string where;  ///< The event on which the chart ran, its states, or the effect's kind.
    Instant opened_at;
    IncidentResolution resolution = IncidentResolution::none;
    std::string reason;
    PersonId resolved_by;
    std::optional<Instant> resolved_at;

    bool operator==(const Incident&) const = default;
};

/// Every row of one case but its timers and effects.
struct CaseRows {
    Case summary;
    std::vector<Task> tasks;
    std::vector<Requirement> requirements;
    std::vector<Evidence> evidence;
    std::vector<Finding> findings;
    std::vector<Decision> decisions;
    std::vector<Certificate> certificates;
    std::vector<Charge> charges;
    std::vector<Incident> incidents;

    bool operator==(const CaseRows&) const = default;
};

/// What of a case asks for attention: what its page shows, whatever else the case has gathered.
struct CaseOverview {
    Case summary;
    std::vector<Task> tasks;                ///< The open ones.
    std::vector<Requirement> requirements;  ///< Those with a due date.
    std::vector<Evidence> evidence;         ///< Current, and soon to expire; the earliest first.
    std::vector<Finding> findings;          ///< Those not verified.
    std::vector<Decision> decisions;
    std::vector<Certificate> certificates;
    std::vector<Charge> charges;

    bool operator==(const CaseOverview&) const = default;
};

/// What gates look at. Documents that count are in their requirements' evidence_count.
struct GateRows {
    std::vector<Requirement> requirements;
    std::vector<Evidence> expired;  ///< Current by status, but past its last day.
    std::vector<Finding> findings;

    bool operator==(const GateRows&) const = default;
};

/// An organisation that takes part in cases.
struct Organisation {
    OrganisationId id;
    std::string name;
    std::string kind;     ///< "client", "body", "group", "operator"
    std::string country;  ///< ISO 3166-1 alpha-2
    std::string region;
    std::uint32_t personnel = 0;
    Instant created_at;
    std::uint64_t sequence = 0;  ///< As of a case ...
    Digest hash;                 ///< ... with its hash.

    bool operator==(const Organisation&) const = default;
};

/// A person in one organisation, and the roles that person may fill there.
struct Member {
    OrganisationId organisation;
    PersonId person;
    std::string name;
    std::string email;
    std::string roles;  ///< Ids, one space between, sorted.

    bool operator==(const Member&) const = default;
};

/// What a person signs in with.
struct Token {
    TokenId id;
    Digest hash;  ///< SHA-256 of the token's text, which is nowhere kept.
    OrganisationId organisation;
    PersonId person;
    std::string label;
    Instant created_at;
    std::optional<Instant> expires_at;
    bool revoked = false;

    bool operator==(const Token&) const = default;
};

/// That a member is competent in an area, as last recorded.
struct Competence {
    OrganisationId organisation;
    PersonId person;
    std::string area;  ///< A code of the organisation's own choice: "iaf-17", "iso-9001".
    Date from;
    std::optional<Date> until;  ///< The last day; none: no end is known.
    std::string basis;          ///< What shows it: a course, a witnessed audit, years of work.
    std::optional<Date> ended;  ///< The day on which it was taken back.
    std::string ended_reason;

    /// Whether the member may be taken for competent on `day`.
    [[nodiscard]] bool holds_on(Date day) const {
        return !ended && from <= day && (!until || day <= *until);
    }

    bool operator==(const Competence&) const = default;
};

/// Every row of one organisation.
struct OrganisationRows {
    Organisation summary;
    std::vector<Member> members;
    std::vector<Token> tokens;
    std::vector<Competence> competences;

    bool operator==(const OrganisationRows&) const = default;
};

/// Rows to write in a commit. Each replaces the row of the same key, or is new; rows are never
/// removed, because nothing in the journal is.
struct Changes {
    std::vector<Case> cases;
    std::vector<Task> tasks;
    std::vector<Requirement> requirements;
    std::vector<Evidence> evidence;  ///< Key: id and revision.
    std::vector<Finding> findings;
    std::vector<Decision> decisions;
    std::vector<Certificate> certificates;
    std::vector<Charge> charges;
    std::vector<Incident> incidents;
    std::vector<Organisation> organisations;
    std::vector<Member> members;  ///< Key: organisation and person.
    std::vector<Token> tokens;
    std::vector<Competence> competences;  ///< Key: organisation, person and area.

    bool operator==(const Changes&) const = default;
};

}  // namespace guildmark::rows
