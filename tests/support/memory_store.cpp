#include "tests/support/memory_store.h"

#include <utility>

#include "engine/base/ensure.h"
#include "tests/support/memory_store_contents.h"

namespace guildmark::tests {
namespace {

void put(ReadModels& models, const rows::Changes& changes) {
    for (const auto& row : changes.cases) {
        models.cases[row.id] = row;
    }
    for (const auto& row : changes.tasks) {
        models.tasks[{row.case_id, row.id}] = row;
    }
    for (const auto& row : changes.requirements) {
        models.requirements[{row.case_id, row.requirement}] = row;
    }
    for (const auto& row : changes.evidence) {
        models.evidence[{row.case_id, {row.id, row.revision}}] = row;
    }
    for (const auto& row : changes.findings) {
        models.findings[{row.case_id, row.id}] = row;
    }
    for (const auto& row : changes.decisions) {
        models.decisions[{row.case_id, row.id}] = row;
    }
    for (const auto& row : changes.certificates) {
        models.certificates[{row.case_id, row.id}] = row;
    }
    for (const auto& row : changes.charges) {
        models.charges[{row.case_id, row.id}] = row;
    }
    for (const auto& row : changes.incidents) {
        models.incidents[{row.case_id, row.id}] = row;
    }
    for (const auto& row : changes.organisations) {
        models.organisations[row.id] = row;
    }
    for (const auto& row : changes.members) {
        models.members[{row.organisation, row.person}] = row;
    }
    for (const auto& row : changes.tokens) {
        models.tokens[{row.organisation, row.id}] = row;
    }
    for (const auto& row : changes.competences) {
        models.competences[{row.organisation, {row.person, row.area}}] = row;
    }
}

void put_due(ReadModels& models, const Commit& commit) {
    for (const TimerId id : commit.timers_removed) {
        models.timers.erase(id);
    }
    for (const Timer& timer : commit.timers_set) {
        models.timers[timer.id] = timer;
    }
    for (const EffectId id : commit.effects_removed) {
        models.effects.erase(id);
    }
    for (const Effect& effect : commit.effects_set) {
        models.effects[effect.id] = effect;
    }
}

}  // namespace

Result<void> MemoryStore::Shared::check_sequences(const std::vector<Record>& records) const {
    std::map<StreamId, std::uint64_t> sequences;
    std::uint64_t last = position;
    for (const Record& record : records) {
        const auto stream = streams.find(record.stream);
        const std::uint64_t start = stream == streams.end() ? 0 : stream->second.size();
        std::uint64_t& sequence = sequences.emplace(record.stream, start).first->second;
        if (record.sequence != ++sequence || record.position != ++last) {
            return conflict("sequence_conflict",
                            "a record does not follow the last one",
                            record.stream.to_text());
        }
    }
    return {};
}

void MemoryStore::Shared::apply(const Commit& commit) {
    for (const Record& record : commit.records) {
        streams[record.stream].push_back(record);
        position = record.position;
    }
    for (const Snapshot& snapshot : commit.snapshots) {
        snapshots[snapshot.stream] = snapshot;
    }
    for (const KeyedAnswer& answer : commit.answers) {
        answers[answer.key] = answer;
    }
    for (const Definition& definition : commit.definitions) {
        definitions.emplace(definition.version, definition);
    }
    put_due(models, commit);
    put(models, commit.rows);
}

MemoryStore::MemoryStore() : shared_(std::make_shared<Shared>()) {}

MemoryStore::~MemoryStore() = default;

void MemoryStore::fail_next_commit(Error error, Outcome outcome) {
    ENSURE(outcome == Outcome::not_written || error.code == "commit_in_doubt",
           "a commit that was refused is not written");
    failure_ = PlannedFailure{std::move(error), outcome};
}

/// Applies a change that is in order, unless a failure is planned.
Result<void> MemoryStore::finish(const std::function<void()>& apply) {
    const auto failure = std::exchange(failure_, std::nullopt);
    if (!failure || failure->outcome == Outcome::written) {
        apply();
    }
    if (failure) {
        in_doubt_ = failure->error.code == "commit_in_doubt";
        return failure->error;
    }
    return {};
}

Result<void> MemoryStore::commit(const Commit& commit) {
    if (in_doubt_) {
        return unavailable("commit_in_doubt", "recover the store first");
    }
    const std::lock_guard lock(shared_->mutex);
    TRY(shared_->check_sequences(commit.records));
    return finish([&] { shared_->apply(commit); });
}

Result<void> MemoryStore::recover() {
    in_doubt_ = false;
    return {};
}

Result<std::unique_ptr<StoreReader>> MemoryStore::open_reader() {
    return make_memory_reader(shared_);
}

Result<std::unique_ptr<StoreReader>> MemoryStore::open_writers_reader() {
    return open_reader();
}

Result<void> MemoryStore::rebuild(const std::function<Result<void>(const RebuildSink&)>& write) {
    if (in_doubt_) {
        return unavailable("commit_in_doubt", "recover the store first");
    }
    ReadModels models;
    TRY(write([&](const Commit& part) -> Result<void> {
        put_due(models, part);
        put(models, part.rows);
        return {};
    }));
    const std::lock_guard lock(shared_->mutex);
    return finish([&] { shared_->models = std::move(models); });
}

Result<std::vector<StoreFault>> MemoryStore::check_integrity() {
    return std::vector<StoreFault>();
}

}  // namespace guildmark::tests
