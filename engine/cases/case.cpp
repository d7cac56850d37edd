// Invariants that apply keeps:
// - head.sequence and head.hash are those of the last record applied;
// - open_tasks holds exactly the tasks whose status is open;
// - evidence holds the newest revision of each document;
// - summary's counts agree with the parts (recount).

#include "engine/cases/case.h"

#include <algorithm>

#include "engine/base/json.h"
#include "engine/cases/gate.h"
#include "engine/cases/recount.h"

namespace guildmark {
namespace {

rows::Requirement* find_requirement(Case& subject, std::string_view number) {
    const auto found =
        std::ranges::find(subject.requirements, number, &rows::Requirement::requirement);
    return found == subject.requirements.end() ? nullptr : &*found;
}

/// Adds `step` to the evidence count of each requirement that `evidence` serves.
void count_evidence(Case& subject, const rows::Evidence& evidence, int step, Touched& touched) {
    for (const std::string& number : split_words(evidence.requirements)) {
        rows::Requirement* requirement = find_requirement(subject, number);
        requirement->evidence_count += static_cast<std::uint32_t>(step);
        touched.requirements.insert(number);
    }
}

/// Applies events one by one; each overload is one event's meaning.
class Applier {
public:
    Applier(Case& subject, const Record& record, Touched& touched)
        : case_(subject), record_(record), touched_(touched) {}

    void operator()(const events::CaseOpened& event) {
        rows::Case& summary = case_.summary;
        summary.id = CaseId(record_.stream.value());
        summary.workflow = event.workflow;
        summary.workflow_version = event.workflow_version;
        summary.standard = event.standard;
        summary.title = event.title;
        summary.parties = event.parties;
        summary.opened_at = record_.at;
        case_.excludable.insert(event.excludable.begin(), event.excludable.end());
        for (const std::string& number : event.requirements) {
            rows::Requirement requirement;
            requirement.case_id = summary.id;
            requirement.requirement = number;
            requirement.ordinal = static_cast<std::uint32_t>(case_.requirements.size() + 1);
            case_.requirements.push_back(std::move(requirement));
            touched_.requirements.insert(number);
        }
    }

    void operator()(const events::ChartAdvanced& event) {
        const Date today = Date::of(record_.at);
        for (const std::string& state : event.left) {
            case_.left.insert_or_assign(state, today);
        }
        for (const std::string& state : event.entered) {
            case_.entered.insert_or_assign(state, today);
        }
        case_.session = event.session;
        case_.summary.states = event.states;
        case_.summary.finished = event.finished;
        case_.summary.milestone = event.milestone;
        case_.summary.milestones_done = event.milestones_done;
        if (event.finished) {
            end_pause();  // Nothing waits in a case that has ended.
        }
    }

    void operator()(const events::TaskOpened& event) {
        rows::Task task;
        task.id = event.id;
        task.case_id = case_.summary.id;
        task.task = event.task;
        task.role = event.role;
        task.organisation = event.organisation;
        task.optional = event.optional;
        task.opened_at = record_.at;
        task.due = event.due;
        if (task.due) {
            case_.task_delays_ms[event.id] = task.due->milliseconds - record_.at.milliseconds;
        }
        case_.tasks.insert_or_assign(event.id, std::move(task));
        case_.open_tasks.insert(event.id);
        case_.newest_tasks.insert_or_assign(event.task, event.id);
        touched_.tasks.insert(event.id);
    }

    void operator()(const events::TaskCompleted& event) {
        rows::Task& task = close_task(event.id, rows::TaskStatus::done);
        task.outcome = event.outcome;
        task.closed_by = record_.actor.person;
        task.values = event.values.is_null() ? std::string() : to_json(event.values);
        case_.forms.insert_or_assign(task.task, event.values);
        case_.outcomes.insert_or_assign(task.task, event.outcome);
    }

    void operator()(const events::TaskWithdrawn& event) {
        close_task(event.id, rows::TaskStatus::withdrawn);
    }

    void operator()(const events::TimerSet& event) {
        case_.timers.insert_or_assign(
            event.id,
            PendingTimer{event.due,
                         event.sendid,
                         event.event,
                         event.data,
                         event.has_data,
                         event.task,
                         event.escalation,
                         event.session,
                         event.target,
                         event.overdue,
                         record_.at,
                         event.due.milliseconds - record_.at.milliseconds});
        touched_.timers_set.insert(event.id);
    }

    void operator()(const events::TimerCancelled& event) { remove_timer(event.id); }

    void operator()(const events::TimerFired& event) { remove_timer(event.id); }

    void operator()(const events::CasePaused& event) {
        case_.summary.paused_at = record_.at;
        case_.summary.paused_by = record_.actor.person;
        case_.summary.paused_reason = event.reason;
        touch_timers();
    }

    void operator()(const events::CaseResumed& event) {
        end_pause();
        for (const auto& [id, due] : event.timers) {
            case_.timers.at(id).due = due;
            touched_.timers_set.insert(id);
        }
        for (const auto& [id, due] : event.tasks) {
            case_.tasks.at(id).due = due;
            touched_.tasks.insert(id);
        }
    }

    void operator()(const events::EvidenceAdded& event) {
        rows::Evidence evidence;
        evidence.id = event.id;
        evidence.case_id = case_.summary.id;
        evidence.revision = event.revision;
        evidence.title = event.title;
        evidence.name = event.name;
        evidence.media_type = event.media_type;
        evidence.size_bytes = event.size_bytes;
        evidence.digest = event.digest;
        evidence.origin = event.origin;
        evidence.origin_modified_at = event.origin_modified_at;
        evidence.added_at = record_.at;
        evidence.added_by = record_.actor.person;
        evidence.owner = event.owner;
        evidence.valid_from = event.valid_from;
        evidence.valid_until = event.valid_until;
        evidence.requirements = join_words(event.requirements);
        if (const rows::Evidence* before = case_.evidence.find(event.id)) {
            supersede(*before);
        }
        count_evidence(case_, evidence, 1, touched_);
        case_.evidence.put(std::move(evidence));
        touched_.evidence.insert(event.id);
    }

    void operator()(const events::EvidenceMatched& event) {
        rows::Evidence evidence = case_.evidence.at(event.id);
        count_evidence(case_, evidence, -1, touched_);
        evidence.requirements = join_words(event.requirements);
        count_evidence(case_, evidence, 1, touched_);
        case_.evidence.put(std::move(evidence));
        touched_.evidence.insert(event.id);
    }

    void operator()(const events::EvidenceWithdrawn& event) {
        rows::Evidence evidence = case_.evidence.at(event.id);
        count_evidence(case_, evidence, -1, touched_);
        evidence.status = rows::EvidenceStatus::withdrawn;
        case_.evidence.put(std::move(evidence));
        touched_.evidence.insert(event.id);
    }

    void operator()(const events::RequirementAnswered& event) {
        rows::Requirement& requirement = *find_requirement(case_, event.requirement);
        requirement.answer = event.answer;
        requirement.answer_note = event.note;
        requirement.owner = event.owner;
        requirement.due = event.due;
        touched_.requirements.insert(event.requirement);
    }

    void operator()(const events::RequirementAssessed& event) {
        rows::Requirement& requirement = *find_requirement(case_, event.requirement);
        requirement.verdict = event.verdict;
        requirement.verdict_note = event.note;
        requirement.assessed_by = record_.actor.person;
        requirement.assessed_at = record_.at;
        touched_.requirements.insert(event.requirement);
    }

    void operator()(const events::FindingRaised& event) {
        rows::Finding finding;
        finding.id = event.id;
        finding.case_id = case_.summary.id;
        finding.number = event.number;
        finding.grade = event.grade;
        finding.requirement = event.requirement;
        finding.statement = event.statement;
        finding.objective_evidence = event.objective_evidence;
        finding.site = event.site;
        finding.raised_by = record_.actor.person;
        finding.raised_at = record_.at;
        finding.due = event.due;
        case_.findings.insert_or_assign(event.id, std::move(finding));
        touched_.findings.insert(event.id);
    }

    void operator()(const events::FindingResponded& event) {
        rows::Finding& finding = touch_finding(event.id, rows::FindingStatus::responded);
        finding.responses = event.response;
        finding.correction = event.correction;
        finding.cause = event.cause;
        finding.corrective_action = event.corrective_action;
    }

    void operator()(const events::ResponseJudged& event) {
        rows::Finding& finding = touch_finding(
            event.id,
            event.accepted ? rows::FindingStatus::accepted : rows::FindingStatus::rejected);
        finding.judgement_note = event.note;
    }

    void operator()(const events::FindingVerified& event) {
        rows::Finding& finding = touch_finding(event.id, rows::FindingStatus::verified);
        finding.verification_method = event.method;
        finding.verified_by = record_.actor.person;
        finding.verified_at = record_.at;
    }

    void operator()(const events::FindingRegraded& event) {
        touch_finding(event.id, rows::FindingStatus::open).grade = event.grade;
    }

    void operator()(const events::RoundBegan& event) {
        case_.round = Round{event.number,
                            record_.sequence,
                            Date::of(record_.at),
                            static_cast<std::uint32_t>(case_.findings.size())};
        for (rows::Requirement& requirement : case_.requirements) {
            if (requirement.verdict != rows::Verdict::none) {
                requirement.verdict = rows::Verdict::none;
                requirement.verdict_note.clear();
                requirement.assessed_by = PersonId();
                requirement.assessed_at.reset();
                touched_.requirements.insert(requirement.requirement);
            }
        }
    }

    void operator()(const events::DecisionRecorded& event) {
        case_.decisions.insert_or_assign(event.id,
                                         rows::Decision{event.id,
                                                        case_.summary.id,
                                                        event.kind,
                                                        event.reason,
                                                        record_.actor.person,
                                                        record_.at,
                                                        event.on_sequence,
                                                        event.on_hash});
        case_.unused_decisions.insert(event.id);
        touched_.decisions.insert(event.id);
    }

    void operator()(const events::CertificateActed& event) {
        case_.certificates.insert_or_assign(event.certificate.id, event.certificate);
        case_.unused_decisions.erase(event.certificate.decision);
        touched_.certificates.insert(event.certificate.id);
        if (case_.is_paused()) {
            touch_timers();  // Whether the one of its expiry waits may be different now.
        }
    }

    void operator()(const events::ChargeMade& event) {
        case_.charges.insert_or_assign(event.id,
                                       rows::Charge{event.id,
                                                    case_.summary.id,
                                                    event.charge,
                                                    event.title,
                                                    event.payer,
                                                    event.amount_minor,
                                                    event.currency,
                                                    record_.at});
        touched_.charges.insert(event.id);
    }

    void operator()(const events::EffectRequested& event) {
        case_.effects.insert_or_assign(event.id,
                                       PendingEffect{event.kind, event.payload, record_.at});
        touched_.effects_set.insert(event.id);
    }

    void operator()(const events::EffectClosed& event) {
        case_.effects.erase(event.id);
        touched_.effects_set.erase(event.id);
        touched_.effects_removed.insert(event.id);
    }

    void operator()(const events::CaseMoved&) {}

    void operator()(const events::SignalReceived&) {}

    void operator()(const events::SearchValuesChanged& event) {
        case_.search_values = event.values;
    }

    void operator()(const events::CaseMigrated& event) {
        case_.summary.workflow_version = event.to_version;
        case_.summary.states = event.states;
        case_.summary.milestone = event.milestone;
        case_.summary.milestones_done = event.milestones_done;
        case_.session = event.session;
        rename(case_.entered, event.states_renamed);
        rename(case_.left, event.states_renamed);
        rename(case_.forms, event.tasks_renamed);
        rename(case_.outcomes, event.tasks_renamed);
        rename(case_.newest_tasks, event.tasks_renamed);
        for (const events::TaskRedefined& redefined : event.tasks) {
            rows::Task& task = case_.tasks.at(redefined.id);
            task.task = redefined.task;
            task.role = redefined.role;
            task.organisation = redefined.organisation;
            task.optional = redefined.optional;
            touched_.tasks.insert(redefined.id);
        }
        for (const events::TimerRenamed& timer : event.timers) {
            case_.timers.at(timer.id).event = timer.event;
        }
    }

    void operator()(const events::IncidentOpened& event) {
        rows::Incident incident;
        incident.id = event.id;
        incident.case_id = case_.summary.id;
        incident.kind = event.kind;
        incident.organisation = event.organisation;
        incident.code = event.code;
        incident.message = event.message;
        incident.where = event.where;
        incident.opened_at = record_.at;
        case_.incidents.insert_or_assign(event.id, std::move(incident));
        case_.retries.insert_or_assign(event.id, event.retry);
        touched_.incidents.insert(event.id);
    }

    void operator()(const events::IncidentResolved& event) {
        rows::Incident& incident = case_.incidents.at(event.id);
        incident.status = rows::IncidentStatus::resolved;
        incident.resolution = event.resolution;
        incident.reason = event.reason;
        incident.resolved_by = record_.actor.person;
        incident.resolved_at = record_.at;
        case_.retries.erase(event.id);
        touched_.incidents.insert(event.id);
    }

    void operator()(const events::CommandRejected&) {}

private:
    void end_pause() {
        case_.summary.paused_at.reset();
        case_.summary.paused_by = PersonId();
        case_.summary.paused_reason.clear();
    }

    /// All at once, so that two may change places.
    template <typename Kept>
    static void rename(std::map<std::string, Kept>& kept,
                       const std::vector<events::Renaming>& renamings) {
        std::map<std::string, Kept> renamed;
        for (const events::Renaming& renaming : renamings) {
            if (auto node = kept.extract(renaming.from)) {
                node.key() = renaming.to;
                renamed.insert(std::move(node));
            }
        }
        for (auto& [name, value] : renamed) {
            kept.insert_or_assign(name, std::move(value));
        }
    }

    rows::Task& close_task(TaskId id, rows::TaskStatus status) {
        rows::Task& task = case_.tasks.at(id);
        task.status = status;
        task.closed_at = record_.at;
        case_.open_tasks.erase(id);
        case_.task_delays_ms.erase(id);
        touched_.tasks.insert(id);
        // A task's escalations end with it.
        for (auto timer = case_.timers.begin(); timer != case_.timers.end();) {
            const TimerId timer_id = timer->first;
            const bool ends = timer->second.task == id;
            ++timer;
            if (ends) {
                remove_timer(timer_id);
            }
        }
        return task;
    }

    void touch_timers() {
        for (const auto& [id, timer] : case_.timers) {
            touched_.timers_set.insert(id);
        }
    }

    void remove_timer(TimerId id) {
        case_.timers.erase(id);
        touched_.timers_set.erase(id);
        touched_.timers_removed.insert(id);
    }

    void supersede(rows::Evidence before) {
        if (before.status == rows::EvidenceStatus::current) {
            count_evidence(case_, before, -1, touched_);
            before.status = rows::EvidenceStatus::superseded;
        }
        touched_.evidence_before.push_back(std::move(before));
    }

    rows::Finding& touch_finding(FindingId id, rows::FindingStatus status) {
        rows::Finding& finding = case_.findings.at(id);
        finding.status = status;
        touched_.findings.insert(id);
        return finding;
    }

    Case& case_;
    const Record& record_;
    Touched& touched_;
};

}  // namespace

void apply(Case& subject, const CaseEvent& event, const Record& record, Touched& touched) {
    ENSURE(record.sequence == subject.head.sequence + 1, "a record that does not follow the head");
    std::visit(Applier(subject, record, touched), event);
    const bool rejected = std::holds_alternative<events::CommandRejected>(event);
    if (!rejected && !record.actor.person.is_none()) {
        subject.acted[record.actor.person][record.actor.role] = {record.sequence, record.at};
    }
    subject.head = StreamHead{record.sequence, record.hash};
    subject.summary.sequence = record.sequence;
    subject.summary.hash = record.hash;
    subject.summary.changed_at = record.at;
    touched.summary = true;
    recount(subject);
}

}  // namespace guildmark
