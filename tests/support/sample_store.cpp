#include "tests/support/sample_store.h"

#include <chrono>

namespace guildmark::tests {
namespace {

Date sample_date(int days) {
    return Date(std::chrono::year{2026} / std::chrono::March / 2).plus_days(days);
}

Digest sample_digest(std::uint64_t number) {
    return sha256("sample " + std::to_string(number));
}

}  // namespace

Instant sample_time(std::int64_t minutes) {
    return Instant{1'772'442'000'000 + minutes * 60'000};
}

Record SampleJournal::next(StreamId stream, std::string payload) {
    StreamHead& head = heads_[stream];
    Record record;
    record.stream = stream;
    record.sequence = head.sequence + 1;
    record.position = ++position_;
    record.kind = "task_completed";
    record.version = 2;
    record.at = sample_time(static_cast<std::int64_t>(position_));
    record.actor = Actor{PersonId(31), OrganisationId(11), "quality_manager"};
    record.payload = std::move(payload);
    record.hash = chain_hash(head.hash, record);
    head = StreamHead{record.sequence, record.hash};
    return record;
}

StreamHead SampleJournal::head(StreamId stream) const {
    const auto found = heads_.find(stream);
    return found == heads_.end() ? StreamHead{} : found->second;
}

rows::Case sample_case(CaseId id, OrganisationId client, OrganisationId body) {
    rows::Case row;
    row.id = id;
    row.workflow = "product";
    row.workflow_version = sample_digest(1);
    row.standard = "iso-9001:2015";
    row.title = "Größere Öfen; erste Prüfung";
    row.parties = {{"body", body}, {"client", client}};
    row.opened_at = sample_time();
    row.changed_at = sample_time(5);
    row.states = "review stage.one";
    row.milestone = "applied";
    row.milestones_done = "asked offered";
    row.terms = {"role/applicant", "state/review", "state/stage.one", "task/apply"};
    row.open_tasks = 1;
    row.next_due = sample_time(600);
    row.requirements_applicable = 60;
    row.requirements_answered = 40;
    row.requirements_covered = 30;
    row.requirements_conforming = 20;
    row.majors_open = 1;
    row.minors_open = 3;
    return row;
}

rows::Task sample_task(TaskId id, CaseId case_id, OrganisationId organisation) {
    rows::Task row;
    row.id = id;
    row.case_id = case_id;
    row.task = "apply";
    row.role = "applicant";
    row.organisation = organisation;
    row.optional = true;
    row.opened_at = sample_time(1);
    row.due = sample_time(600);
    return row;
}

rows::Requirement sample_requirement(CaseId case_id, std::string requirement) {
    rows::Requirement row;
    row.case_id = case_id;
    row.requirement = std::move(requirement);
    row.answer = rows::Answer::partly;
    row.answer_note = "two of three sites";
    row.owner = PersonId(32);
    row.due = sample_date(30);
    row.verdict = rows::Verdict::nonconforming;
    row.verdict_note = "third site open";
    row.assessed_by = PersonId(33);
    row.assessed_at = sample_time(90);
    row.evidence_count = 4;
    return row;
}

rows::Evidence sample_evidence(EvidenceId id, CaseId case_id, std::uint32_t revision) {
    rows::Evidence row;
    row.id = id;
    row.case_id = case_id;
    row.revision = revision;
    row.status = rows::EvidenceStatus::superseded;
    row.title = "Calibration of gauge HM-003";
    row.name = "2025-11 HM-003.pdf";
    row.media_type = "application/pdf";
    row.size_bytes = 5'000'000'000;
    row.digest = sample_digest(id.value());
    row.origin = "folder:/quality/2025-11 HM-003.pdf";
    row.origin_modified_at = sample_time(-9'000);
    row.added_at = sample_time(3);
    row.added_by = PersonId(31);
    row.owner = PersonId(32);
    row.valid_from = sample_date(-100);
    row.valid_until = sample_date(265);
    row.requirements = "7.1.5.1 7.1.5.2";
    return row;
}

rows::Finding sample_finding(FindingId id, CaseId case_id) {
    rows::Finding row;
    row.id = id;
    row.case_id = case_id;
    row.number = 2;
    row.grade = rows::Grade::opportunity;
    row.status = rows::FindingStatus::verified;
    row.requirement = "7.1.5.2";
    row.statement = "One gauge was used after its date";
    row.objective_evidence = "HM-004, label of 2025-01";
    row.site = "hall 2";
    row.raised_by = PersonId(33);
    row.raised_at = sample_time(100);
    row.due = sample_date(90);
    row.responses = 2;
    row.correction = "Gauge taken out of use";
    row.cause = "No reminder";
    row.corrective_action = "List with dates";
    row.judgement_note = "Fits";
    row.verification_method = "Seen on site";
    row.verified_by = PersonId(34);
    row.verified_at = sample_time(200);
    return row;
}

rows::Decision sample_decision(DecisionId id, CaseId case_id) {
    return {
        id, case_id, "grant", "All closed", PersonId(35), sample_time(300), 17, sample_digest(2)};
}

rows::Certificate sample_certificate(CertificateId id, CaseId case_id, std::string number) {
    rows::Certificate row;
    row.id = id;
    row.case_id = case_id;
    row.number = std::move(number);
    row.status = rows::CertificateStatus::suspended;
    row.holder = OrganisationId(11);
    row.issuer = OrganisationId(22);
    row.standard = "iso-9001:2015";
    row.scope = "Making of milled parts";
    row.valid_from = sample_date(10);
    row.valid_until = sample_date(1'105);
    row.first_granted = sample_date(-2'000);
    row.decision = DecisionId(71);
    return row;
}

rows::Charge sample_charge(ChargeId id, CaseId case_id) {
    return {
        id, case_id, "stage_one", "Stage 1", OrganisationId(11), -125'050, "EUR", sample_time(9)};
}

rows::Incident sample_incident(IncidentId id, CaseId case_id) {
    rows::Incident row;
    row.id = id;
    row.case_id = case_id;
    row.kind = rows::IncidentKind::timer;
    row.status = rows::IncidentStatus::resolved;
    row.organisation = OrganisationId(22);
    row.code = "chart_failed";
    row.message = "The chart does not come to rest";
    row.where = "apply.late";
    row.opened_at = sample_time(40);
    row.resolution = rows::IncidentResolution::skipped;
    row.reason = "Told by phone";
    row.resolved_by = PersonId(31);
    row.resolved_at = sample_time(50);
    return row;
}

rows::Organisation sample_organisation(OrganisationId id) {
    return {id, "Brenner Feinwerk", "client", "DE", "DE-BW", 84, sample_time(-50), 0, {}};
}

rows::Member sample_member(OrganisationId organisation, PersonId person) {
    return {organisation, person, "Ines Brenner", "ines@example.org", "applicant quality_manager"};
}

rows::Competence sample_competence(OrganisationId organisation, PersonId person) {
    const Date day = Date::of(sample_time(0));
    return {organisation, person, "iaf-17", day, day, "Witnessed audit of März", day, "Left"};
}

rows::Token sample_token(OrganisationId organisation, TokenId id) {
    rows::Token row;
    row.id = id;
    row.hash = sample_digest(1'000 + id.value());
    row.organisation = organisation;
    row.person = PersonId(31);
    row.label = "laptop";
    row.created_at = sample_time(2);
    row.expires_at = sample_time(90'000);
    row.revoked = true;
    return row;
}

Commit sample_commit() {
    Commit all;
    all.rows = changes_of(sample_case_rows(CaseId(7)));
    all.rows.organisations = {sample_organisation(OrganisationId(11))};
    all.rows.members = {sample_member(OrganisationId(11), PersonId(31))};
    all.rows.tokens = {sample_token(OrganisationId(11), TokenId(1))};
    all.rows.competences = {sample_competence(OrganisationId(11), PersonId(31))};
    all.snapshots = {{StreamId(7), 1, 1, "{}"}};
    all.answers = {{"key", sha256("request"), "{}", sample_time()}};
    all.effects_set = {{EffectId(1), StreamId(7), "notify", "{}", sample_time()}};
    all.definitions = {{sha256("file"), "workflow", "product", "<scxml/>"}};
    return all;
}

Commit open_sample_case(SampleJournal& journal,
                        CaseId id,
                        OrganisationId client,
                        OrganisationId body) {
    Commit commit;
    commit.records.push_back(journal.next(stream_of(id), R"({"title":"Öfen"})"));
    commit.rows.cases.push_back(sample_case(id, client, body));
    commit.rows.cases.back().sequence = commit.records.back().sequence;
    commit.rows.cases.back().hash = commit.records.back().hash;
    commit.rows.tasks.push_back(sample_task(TaskId(id.value() * 10), id, client));
    commit.timers_set.push_back({TimerId(id.value() * 10), stream_of(id), sample_time(600)});
    return commit;
}

rows::CaseRows sample_case_rows(CaseId id) {
    const std::uint64_t base = id.value() * 10;
    rows::CaseRows rows;
    rows.summary = sample_case(id, OrganisationId(11), OrganisationId(22));
    rows.summary.paused_at = sample_time(8);
    rows.summary.paused_by = PersonId(31);
    rows.summary.paused_reason = "The firm moves";
    rows.tasks = {sample_task(TaskId(base), id, OrganisationId(11)),
                  sample_task(TaskId(base + 1), id, OrganisationId(22))};
    rows.tasks[1].status = rows::TaskStatus::done;
    rows.tasks[1].due = std::nullopt;
    rows.tasks[1].closed_at = sample_time(7);
    rows.tasks[1].outcome = "accepted";
    rows.tasks[1].closed_by = PersonId(36);
    rows.tasks[1].values = R"({"days":3})";
    rows.requirements = {sample_requirement(id, "4.1"), sample_requirement(id, "10.2")};
    rows.requirements[0].ordinal = 1;
    rows.requirements[1].ordinal = 2;
    rows.requirements[1].due = std::nullopt;
    rows.requirements[1].assessed_at = std::nullopt;
    rows.evidence = {sample_evidence(EvidenceId(base), id, 1),
                     sample_evidence(EvidenceId(base), id, 2),
                     sample_evidence(EvidenceId(base + 1), id, 1)};
    rows.evidence[2].valid_until = std::nullopt;
    rows.findings = {sample_finding(FindingId(base), id)};
    rows.decisions = {sample_decision(DecisionId(base), id)};
    rows.certificates = {sample_certificate(CertificateId(base), id, "GM-" + std::to_string(base))};
    rows.charges = {sample_charge(ChargeId(base), id)};
    rows.incidents = {sample_incident(IncidentId(base), id),
                      sample_incident(IncidentId(base + 1), id)};
    rows.incidents[1].status = rows::IncidentStatus::open;
    rows.incidents[1].resolution = rows::IncidentResolution::none;
    rows.incidents[1].resolved_at = std::nullopt;
    rows.summary.incidents_open = 1;
    return rows;
}

rows::Changes changes_of(const rows::CaseRows& rows) {
    rows::Changes changes;
    changes.cases = {rows.summary};
    changes.tasks = rows.tasks;
    changes.requirements = rows.requirements;
    changes.evidence = rows.evidence;
    changes.findings = rows.findings;
    changes.decisions = rows.decisions;
    changes.certificates = rows.certificates;
    changes.charges = rows.charges;
    changes.incidents = rows.incidents;
    return changes;
}

}  // namespace guildmark::tests
