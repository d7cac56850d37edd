#include "tests/bench/store/workload.h"

namespace guildmark::bench {
namespace {

constexpr std::int64_t begin_ms = 1'772'442'000'000;

rows::Task task_of(std::uint64_t index, std::uint64_t number, rows::TaskStatus status) {
    rows::Task row;
    row.id = TaskId(Workload::case_id(index).value() + number);
    row.case_id = Workload::case_id(index);
    row.task = "review";
    row.role = index % 10 == 0 ? "decider" : "auditor";
    row.organisation = Workload::body_of(index);
    row.status = status;
    row.opened_at = Instant{begin_ms};
    row.due = Instant{begin_ms + 1'000'000};
    if (status == rows::TaskStatus::done) {
        row.closed_at = Instant{begin_ms + 500'000};
        row.closed_by = PersonId(7);
        row.outcome = "accepted";
    }
    return row;
}

}  // namespace

Workload::Workload(std::uint64_t case_count) : heads_(case_count) {}

CaseId Workload::case_id(std::uint64_t index) {
    return CaseId((std::uint64_t{1} << 59) + (index << 20));
}

OrganisationId Workload::client_of(std::uint64_t index) {
    return OrganisationId(1'000'000 + index * 7 % client_count);
}

OrganisationId Workload::body_of(std::uint64_t index) {
    return OrganisationId(100 + index % body_count);
}

rows::Case Workload::summary(std::uint64_t index) const {
    rows::Case row;
    row.id = case_id(index);
    row.workflow = "product";
    row.workflow_version = sha256("product");
    row.standard = "iso-9001:2015";
    row.title = "Milled parts for machine tools, number " + std::to_string(index);
    row.parties = {{"body", body_of(index)}, {"client", client_of(index)}};
    row.opened_at = Instant{begin_ms};
    row.changed_at = Instant{begin_ms + static_cast<std::int64_t>(position_)};
    row.sequence = heads_[index].sequence;
    row.finished = index % 3 == 0;
    row.states = "stage_one.review";
    row.milestone = "applied";
    row.open_tasks = 1;
    row.next_due = Instant{begin_ms + 1'000'000};
    row.requirements_applicable = 60;
    row.requirements_answered = 40;
    return row;
}

void Workload::record(std::uint64_t index, Commit& commit) {
    StreamHead& head = heads_[index];
    Record record;
    record.stream = stream_of(case_id(index));
    record.sequence = head.sequence + 1;
    record.position = ++position_;
    record.kind = "task_completed";
    record.at = Instant{begin_ms + static_cast<std::int64_t>(position_)};
    record.actor = Actor{PersonId(7), body_of(index), "auditor"};
    record.payload =
        R"({"task":"review","outcome":"accepted","values":{"days":3,"note":"as agreed at the opening )"
        R"(meeting; nothing is open"}})";
    record.hash = chain_hash(head.hash, record);
    head = StreamHead{record.sequence, record.hash};
    commit.records.push_back(std::move(record));
}

void Workload::open(std::uint64_t index, Commit& commit) {
    record(index, commit);
    commit.rows.cases.push_back(summary(index));
    commit.rows.tasks.push_back(task_of(index, 1, rows::TaskStatus::done));
    commit.rows.tasks.push_back(task_of(index, 2, rows::TaskStatus::done));
    commit.rows.tasks.push_back(task_of(index, 3, rows::TaskStatus::open));
}

void Workload::transition(std::uint64_t index, Commit& commit) {
    record(index, commit);
    commit.rows.cases.push_back(summary(index));
    commit.rows.tasks.push_back(task_of(index, 2, rows::TaskStatus::done));
    const std::string key = "7 " + std::to_string(++answers_);
    commit.answers.push_back({key, heads_[index].hash, R"({"sequence":2})", Instant{begin_ms}});
}

}  // namespace guildmark::bench
