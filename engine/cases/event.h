#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/describe.h"
#include "engine/cases/describe_rows.h"
#include "engine/journal/record.h"
#include "engine/workflow/overdue.h"

/// What has happened to a case or an organisation: the payloads of the journal. An event says
/// everything that `apply` needs; nothing is looked up or evaluated again when it is replayed.
/// A name or a meaning that was released never changes: a new version of an event stands beside.
namespace guildmark::events {

/// A case began: its first record.
struct CaseOpened {
    std::string workflow;
    Digest workflow_version;
    std::string standard;
    std::string title;
    std::vector<rows::Party> parties;
    std::vector<std::string> requirements;  ///< All numbers of the standard, in its order.
    std::vector<std::string> excludable;    ///< Those that a firm may declare not applicable.
};

/// The statechart ran. All that it now holds is written down.
struct ChartAdvanced {
    std::string trigger;  ///< The event it ran on; empty for the start.
    std::vector<std::string> left;
    std::vector<std::string> entered;
    Value session;  ///< As scxml's session codec writes it.
    std::string states;
    bool finished = false;
    std::string milestone;
    std::string milestones_done;
    std::vector<std::string> log;
};

/// People of a role are asked to do something.
struct TaskOpened {
    TaskId id;
    std::string task;
    std::string role;
    OrganisationId organisation;
    bool optional = false;
    std::optional<Instant> due;
};

/// A person ended a task in one of its ways.
struct TaskCompleted {
    TaskId id;
    std::string outcome;
    Value values;
};

/// Its state was left, so nobody need do it any more.
struct TaskWithdrawn {
    TaskId id;
};

/// A delayed <send> of the chart, or an escalation of a task.
struct TimerSet {
    TimerId id;
    Instant due;
    std::string sendid;
    std::string event;  ///< The event's name; may be empty for an escalation that only notifies.
    Value data;         ///< The event's data; null when it has none.
    bool has_data = false;
    TaskId task;                   ///< An escalation's task.
    std::uint32_t escalation = 0;  ///< Its place among the task's escalations.
    std::string session;  ///< Of the chart or of what it invoked, that sends; empty: the chart.
    std::string target;   ///< As in <send>; empty: the session that sends.
    /// What the <send> says becomes of `due` at the end of a pause; none: as the workflow says.
    std::optional<workflow::Overdue> overdue;
};

/// The chart needs a timer no more.
struct TimerCancelled {
    TimerId id;
};

/// A timer was due, and is gone.
struct TimerFired {
    TimerId id;
};

/// Somebody stopped the case for a while: until it is resumed no timer of it fires.
struct CasePaused {
    std::string reason;
};

/// When a timer or a task is due from now on.
template <typename IdType>
struct NewDue {
    IdType id;
    Instant due;
};

/// It goes on.
struct CaseResumed {
    std::string reason;
    std::vector<NewDue<TimerId>> timers;  ///< All of them.
    std::vector<NewDue<TaskId>> tasks;    ///< All that are open and have a due time.
};

/// Somebody moved the chart to other states by hand; what follows from it stands behind.
struct CaseMoved {
    std::vector<std::string> from;  ///< The innermost active states.
    std::vector<std::string> to;    ///< As they were named.
    std::string reason;
};

/// Somebody sent the case a signal that its workflow declares; what follows from it stands behind.
struct SignalReceived {
    std::string signal;
    Value values;  ///< The form's; null when it has none.
};

/// What people find the case by, from now on: the values that its workflow names, all of them.
struct SearchValuesChanged {
    std::map<std::string, std::string> values;
};

/// What is done again when an incident is retried.
struct Retry {
    /// An event that the chart gets, as of a timer; with `task`, one of its escalations.
    bool has_event = false;
    std::string event;
    Value data;
    bool has_data = false;
    std::string sendid;
    std::string session;
    std::string target;
    TaskId task;
    std::uint32_t escalation = 0;
    /// Or an effect that is asked for; empty: none.
    std::string effect;
    Value payload;
};

/// Something failed, and waits for somebody.
struct IncidentOpened {
    IncidentId id;
    rows::IncidentKind kind = rows::IncidentKind::script;
    OrganisationId organisation;
    std::string code;
    std::string message;
    std::string where;
    Retry retry;
};

/// Somebody saw to it.
struct IncidentResolved {
    IncidentId id;
    rows::IncidentResolution resolution = rows::IncidentResolution::none;
    std::string reason;
};

/// A document was added, or a new revision of one.
struct EvidenceAdded {
    EvidenceId id;
    std::uint32_t revision = 1;
    Digest digest;
    std::uint64_t size_bytes = 0;
    std::string media_type;
    std::string name;
    std::string title;
    std::string origin;
    std::optional<Instant> origin_modified_at;
    std::vector<std::string> requirements;
    PersonId owner;
    std::optional<Date> valid_from;
    std::optional<Date> valid_until;
};

/// A document serves these requirements from now on, and no others.
struct EvidenceMatched {
    EvidenceId id;
    std::vector<std::string> requirements;
};

/// A document is evidence no more.
struct EvidenceWithdrawn {
    EvidenceId id;
    std::string reason;
};

/// The client said how far it is with a requirement.
struct RequirementAnswered {
    std::string requirement;
    rows::Answer answer = rows::Answer::none;
    std::string note;
    PersonId owner;
    std::optional<Date> due;
};

/// An auditor gave a verdict on a requirement.
struct RequirementAssessed {
    std::string requirement;
    rows::Verdict verdict = rows::Verdict::none;
    std::string note;
};

/// An auditor raised a finding.
struct FindingRaised {
    FindingId id;
    std::uint32_t number = 0;
    rows::Grade grade = rows::Grade::minor;
    std::string requirement;
    std::string statement;
    std::string objective_evidence;
    std::string site;
    std::optional<Date> due;
};

/// The client answered a finding.
struct FindingResponded {
    FindingId id;
    std::uint32_t response = 0;  ///< 1, 2, 3 ...: every version is kept.
    std::string correction;
    std::string cause;
    std::string corrective_action;
    std::vector<EvidenceId> evidence;
};

/// An auditor accepted the newest response to a finding, or did not.
struct ResponseJudged {
    FindingId id;
    bool accepted = false;
    std::string note;
};

/// An auditor saw that the corrective action has taken effect.
struct FindingVerified {
    FindingId id;
    std::string method;
    std::string note;
};

/// A minor that nobody verified in time became a major, and waits for an answer again.
struct FindingRegraded {
    FindingId id;
    rows::Grade grade = rows::Grade::major;
};

/// A new round of assessment began, such as an audit in a later year: verdicts are given anew.
struct RoundBegan {
    std::uint32_t number = 0;  ///< 1 for the second one: a case begins in round 0.
};

/// A person decided.
struct DecisionRecorded {
    DecisionId id;
    std::string kind;
    std::string reason;
    TaskId task;
    std::uint64_t on_sequence = 0;
    Digest on_hash;
};

/// The certificate is as `certificate` says from now on.
struct CertificateActed {
    std::string action;
    rows::Certificate certificate;
};

/// A fee fell due.
struct ChargeMade {
    ChargeId id;
    std::string charge;
    std::string title;
    OrganisationId payer;
    std::int64_t amount_minor = 0;
    std::string currency;
};

/// Something is to be done outside, after the commit.
struct EffectRequested {
    EffectId id;
    std::string kind;
    Value payload;
};

/// It was done, or given up.
struct EffectClosed {
    EffectId id;
    std::string failure;
};

/// Somebody asked for what the rules refuse. Changes nothing, and stays on record.
struct CommandRejected {
    std::string command;
    std::string code;
    std::string message;
    std::string subject;
};

/// What is called otherwise in another version of a workflow.
struct Renaming {
    std::string from;
    std::string to;
};

/// An open task under its definition in another version.
struct TaskRedefined {
    TaskId id;
    std::string task;
    std::string role;
    OrganisationId organisation;
    bool optional = false;
};

/// The event that a timer gives to the chart from now on.
struct TimerRenamed {
    TimerId id;
    std::string event;
};

/// The case goes on under another version of its workflow. Nothing was entered, left or executed.
struct CaseMigrated {
    Digest from_version;
    Digest to_version;
    std::string reason;
    Value session;  ///< As in ChartAdvanced, of the new version's chart.
    std::string states;
    std::string milestone;
    std::string milestones_done;
    std::vector<Renaming> states_renamed;
    std::vector<Renaming> tasks_renamed;  ///< Definitions, by which forms and outcomes are kept.
    std::vector<TaskRedefined> tasks;     ///< Open ones, all of them.
    std::vector<TimerRenamed> timers;     ///< Those whose event changes.
    std::vector<std::string> dropped;     ///< Variables that are gone.
};

/// An organisation was entered: its first record.
struct OrganisationCreated {
    std::string name;
    std::string kind;
    std::string country;
    std::string region;
    std::uint32_t personnel = 0;
};

/// A person became a member, or what is known of one changed.
struct MemberAdmitted {
    PersonId person;
    std::string name;
    std::string email;
    std::vector<std::string> roles;
};

/// A member got a token.
struct TokenMade {
    TokenId id;
    PersonId person;
    Digest hash;
    std::string label;
    std::optional<Instant> expires_at;
};

/// A token became worthless.
struct TokenRevoked {
    TokenId id;
};

/// A member was found competent in an area, or what was known of it changed.
struct CompetenceRecorded {
    PersonId person;
    std::string area;
    Date from;
    std::optional<Date> until;
    std::string basis;
};

/// A member is taken for competent in an area no more.
struct CompetenceEnded {
    PersonId person;
    std::string area;
    std::string reason;
};

}  // namespace guildmark::events

namespace guildmark {

using CaseEvent = std::variant<events::CaseOpened,
                               events::ChartAdvanced,
                               events::TaskOpened,
                               events::TaskCompleted,
                               events::TaskWithdrawn,
                               events::TimerSet,
                               events::TimerCancelled,
                               events::TimerFired,
                               events::EvidenceAdded,
                               events::EvidenceMatched,
                               events::EvidenceWithdrawn,
                               events::RequirementAnswered,
                               events::RequirementAssessed,
                               events::FindingRaised,
                               events::FindingResponded,
                               events::ResponseJudged,
                               events::FindingVerified,
                               events::DecisionRecorded,
                               events::CertificateActed,
                               events::ChargeMade,
                               events::EffectRequested,
                               events::EffectClosed,
                               events::CommandRejected,
                               events::CasePaused,
                               events::CaseResumed,
                               events::CaseMoved,
                               events::CaseMigrated,
                               events::IncidentOpened,
                               events::IncidentResolved,
                               events::SignalReceived,
                               events::SearchValuesChanged,
                               events::FindingRegraded,
                               events::RoundBegan>;

using OrganisationEvent = std::variant<events::OrganisationCreated,
                                       events::MemberAdmitted,
                                       events::TokenMade,
                                       events::TokenRevoked,
                                       events::CompetenceRecorded,
                                       events::CompetenceEnded,
                                       events::CommandRejected>;

/// An event's name in the journal, the version of its payload, and the payload.
struct EncodedEvent {
    std::string kind;
    std::uint32_t version = 1;
    std::string payload;
};

/// The event as a record carries it.
[[nodiscard]] EncodedEvent encode(const CaseEvent& event);
[[nodiscard]] EncodedEvent encode(const OrganisationEvent& event);

/// Errors of both: event_unknown (a kind or version that this program does not know: it is older
/// than the journal), event_malformed.
[[nodiscard]] Result<CaseEvent> decode_case_event(const Record& record);
[[nodiscard]] Result<OrganisationEvent> decode_organisation_event(const Record& record);

/// True for a record of an organisation's stream, by its kind.
[[nodiscard]] bool is_organisation_kind(std::string_view kind);

}  // namespace guildmark
