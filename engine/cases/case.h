#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/cases/documents.h"
#include "engine/cases/event.h"
#include "engine/ports/store.h"

namespace guildmark {

/// A timer that a case waits for: the event that it gives to the chart, or a task's escalation.
struct PendingTimer {
    Instant due;
    std::string sendid;
    std::string event;
    Value data;
    bool has_data = false;
    TaskId task;
    std::uint32_t escalation = 0;
    std::string session;  ///< As in events::TimerSet.
    std::string target;
    std::optional<workflow::Overdue> overdue;
    Instant set_at;
    std::int64_t delay_ms = 0;  ///< From then to the first due time.

    /// Whether it ends the validity of a certificate, which no pause moves.
    [[nodiscard]] bool is_expiry() const;
};

/// An effect that was asked for and not closed yet.
struct PendingEffect {
    std::string kind;
    Value payload;
    Instant requested_at;
};

/// The last act of a person in a role.
struct LastAct {
    std::uint64_t sequence = 0;
    Instant at;
};

/// The present round of assessment. Round 0 is there from the beginning.
struct Round {
    std::uint32_t number = 0;
    std::uint64_t sequence = 0;  ///< Of the record that began it.
    Date began;
    std::uint32_t findings_before =
        0;  ///< Findings raised in earlier rounds have numbers up to it.
};

/// One client's way to one certificate: the aggregate that a case's records make. Values only. It
/// is changed by `apply` alone, and what people see of it are its own parts, the rows.
struct Case {
    StreamHead head;
    rows::Case summary;
    std::map<TaskId, rows::Task> tasks;
    std::set<TaskId> open_tasks;
    std::map<std::string, TaskId> newest_tasks;  ///< By definition: the one that was opened last.
    std::map<TaskId, std::int64_t> task_delays_ms;  ///< Of open ones: to their first due time.
    std::vector<rows::Requirement> requirements;    ///< In the standard's order.
    Documents evidence;                             ///< The newest revision of each.
    std::map<FindingId, rows::Finding> findings;
    std::map<DecisionId, rows::Decision> decisions;
    std::map<CertificateId, rows::Certificate> certificates;
    std::map<ChargeId, rows::Charge> charges;
    std::map<TimerId, PendingTimer> timers;
    std::map<EffectId, PendingEffect> effects;
    std::map<IncidentId, rows::Incident> incidents;
    std::map<IncidentId, events::Retry> retries;  ///< Of those that are open.

    Value session;  ///< The chart's, as its codec writes it; null before the start.
    /// The last values and outcome of each task, by its definition's id.
    std::map<std::string, Value> forms;
    std::map<std::string, std::string> outcomes;
    std::map<std::string, std::string> search_values;  ///< What it is searched by, by its id.
    /// The day on which each state was last entered and left.
    std::map<std::string, Date> entered;
    std::map<std::string, Date> left;
    std::set<std::string> excludable;  ///< Requirements that may be declared not applicable.
    /// Who has acted in which roles, and when last: what separations are judged by.
    std::map<PersonId, std::map<std::string, LastAct>> acted;
    Round round;
    /// Decisions that no act on a certificate has used yet.
    std::set<DecisionId> unused_decisions;

    [[nodiscard]] bool is_open() const { return head.sequence > 0 && !summary.finished; }

    [[nodiscard]] bool is_paused() const { return summary.paused_at.has_value(); }

    /// Whether the timer fires only when the case is resumed: in a pause all do but those that end
    /// the validity of a certificate.
    [[nodiscard]] bool awaits_resumption(const PendingTimer& timer) const;

    /// The last certificate that is active or suspended; null when there is none.
    [[nodiscard]] const rows::Certificate* running_certificate() const;

    /// Whether the finding is a nonconformity of an earlier round that nobody has verified.
    [[nodiscard]] bool is_carried(const rows::Finding& finding) const;

    [[nodiscard]] OrganisationId party(std::string_view name) const;

    [[nodiscard]] const rows::Requirement* find_requirement(std::string_view number) const;

    /// Whether anything in the case has the id `value`, of whatever kind it is.
    [[nodiscard]] bool has_id(std::uint64_t value) const;
};

/// What an apply has touched, so that only that is written anew.
struct Touched {
    bool summary = false;
    std::set<TaskId> tasks;
    std::set<std::string> requirements;
    std::set<EvidenceId> evidence;
    std::vector<rows::Evidence> evidence_before;  ///< Revisions that a newer one has superseded.
    std::set<FindingId> findings;
    std::set<DecisionId> decisions;
    std::set<CertificateId> certificates;
    std::set<ChargeId> charges;
    std::set<IncidentId> incidents;
    std::set<TimerId> timers_set;
    std::set<TimerId> timers_removed;
    std::set<EffectId> effects_set;
    std::set<EffectId> effects_removed;
};

/// Changes `subject` as `event`, which `record` carries, says; cannot fail. Takes the record's
/// sequence, hash, time and actor. REQUIRES: the record follows the case's head.
void apply(Case& subject, const CaseEvent& event, const Record& record, Touched& touched);

/// Adds the rows, timers and effects of what was touched to `commit`.
void project(const Case& subject, const Touched& touched, Commit& commit);

/// Every row of the case, as a rebuild writes them. Superseded revisions of evidence are not in
/// the case any more; `history` collects them during a replay (Touched::evidence_before).
[[nodiscard]] rows::CaseRows rows_of(const Case& subject,
                                     const std::vector<rows::Evidence>& history);

/// What gates look at on the day `today`.
[[nodiscard]] rows::GateRows gate_rows_of(const Case& subject, Date today);

/// A snapshot's payload, and back. Errors: snapshot_malformed.
[[nodiscard]] std::string encode_snapshot(const Case& subject);
[[nodiscard]] Result<Case> decode_case_snapshot(const Snapshot& snapshot);

inline constexpr std::uint32_t case_snapshot_version = 7;

}  // namespace guildmark
