#include "engine/runtime/batch.h"

#include <algorithm>

#include "engine/base/limits.h"

namespace guildmark {
namespace {

/// A snapshot costs what the case has gathered, so a case that has gathered much gets one less
/// often: spread over the records between them it costs the same.
std::uint64_t records_between_snapshots(const Case& subject) {
    constexpr std::size_t things_per_record = 4;
    const std::size_t things = subject.evidence.size() + subject.tasks.size() +
                               subject.findings.size() + subject.requirements.size();
    return std::max<std::uint64_t>(limits::records_between_snapshots, things / things_per_record);
}

}  // namespace

Record Batch::append(
    StreamId stream, const StreamHead& head, EncodedEvent encoded, const Actor& actor, Instant at) {
    Record record;
    record.stream = stream;
    record.sequence = head.sequence + 1;
    record.position = ++position_;
    record.kind = std::move(encoded.kind);
    record.version = encoded.version;
    record.at = at;
    record.actor = actor;
    record.payload = std::move(encoded.payload);
    record.hash = chain_hash(head.hash, record);
    commit_.records.push_back(record);
    return record;
}

void Batch::write(LoadedCase& subject,
                  const std::vector<CaseEvent>& events,
                  const Actor& actor,
                  Instant at) {
    const StreamId stream = stream_of(subject.value.summary.id);
    auto& [loaded, touched] = cases_[stream];
    loaded = &subject;
    for (const CaseEvent& event : events) {
        const Record record = append(stream, subject.value.head, encode(event), actor, at);
        apply(subject.value, event, record, touched);
    }
}

void Batch::write(Organisation& subject,
                  const std::vector<OrganisationEvent>& events,
                  const Actor& actor,
                  Instant at) {
    const StreamId stream(subject.summary.id.value());
    auto& [loaded, touched] = organisations_[stream];
    loaded = &subject;
    for (const OrganisationEvent& event : events) {
        const Record record = append(stream, subject.head, encode(event), actor, at);
        apply(subject, event, record, touched);
    }
}

const KeyedAnswer* Batch::find_answer(std::string_view key) const {
    const auto found = std::ranges::find(commit_.answers, key, &KeyedAnswer::key);
    return found == commit_.answers.end() ? nullptr : &*found;
}

std::map<StreamId, std::uint64_t> Batch::streams() const {
    std::map<StreamId, std::uint64_t> streams;
    for (const auto& [stream, entry] : cases_) {
        streams.emplace(stream, entry.first->value.head.sequence);
    }
    for (const auto& [stream, entry] : organisations_) {
        streams.emplace(stream, entry.first->head.sequence);
    }
    return streams;
}

Commit& Batch::finish() {
    for (auto& [stream, entry] : cases_) {
        auto& [loaded, touched] = entry;
        project(loaded->value, touched, commit_);
        const std::uint64_t sequence = loaded->value.head.sequence;
        if (sequence - loaded->snapshot_sequence >= records_between_snapshots(loaded->value)) {
            commit_.snapshots.push_back(
                Snapshot{stream, sequence, case_snapshot_version, encode_snapshot(loaded->value)});
            loaded->snapshot_sequence = sequence;
        }
    }
    for (auto& [stream, entry] : organisations_) {
        project(*entry.first, entry.second, commit_);
    }
    return commit_;
}

}  // namespace guildmark
