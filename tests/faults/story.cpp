#include "tests/faults/story.h"

#include <algorithm>
#include <cstdlib>

#include "engine/base/ensure.h"
#include "tests/support/memory_store.h"
#include "tests/support/sample_store.h"

namespace guildmark::tests {
namespace {

constexpr std::uint64_t case_count = 5;
constexpr std::uint64_t transition_count = 14;

/// A transition of a case as the engine commits it: a record, its rows, a snapshot now and then.
Commit transition(SampleJournal& journal, std::uint64_t number) {
    const CaseId id(1 + number % case_count);
    Commit commit;
    // Payloads from nothing to more than a page.
    commit.records.push_back(
        journal.next(stream_of(id), "\"" + std::string(number * number * 25, 'p') + "\""));
    const rows::CaseRows rows = sample_case_rows(id);
    commit.rows = changes_of(rows);
    commit.rows.cases[0].sequence = journal.head(stream_of(id)).sequence;
    commit.rows.cases[0].hash = journal.head(stream_of(id)).hash;
    commit.rows.cases[0].finished = number % 4 == 3;
    commit.rows.tasks[0].status = number % 2 == 0 ? rows::TaskStatus::done : rows::TaskStatus::open;
    commit.timers_set = {
        {TimerId(500 + number % 4), stream_of(id), sample_time(static_cast<std::int64_t>(number))}};
    commit.timers_removed = {TimerId(id.value() * 10)};
    commit.effects_set = {{EffectId(600 + number), stream_of(id), "notify", "{}", sample_time()}};
    commit.effects_removed = {EffectId(598 + number)};
    if (number % 3 == 0) {
        commit.snapshots = {{stream_of(id), journal.head(stream_of(id)).sequence, 1, "{\"n\":1}"}};
    }
    return commit;
}

Commit several_cases_at_once(SampleJournal& journal) {
    Commit all;
    for (std::uint64_t number = 0; number < 12; ++number) {
        Commit one = open_sample_case(journal, CaseId(50 + number));
        all.records.push_back(one.records[0]);
        all.rows.cases.push_back(one.rows.cases[0]);
        all.rows.tasks.push_back(one.rows.tasks[0]);
        all.timers_set.push_back(one.timers_set[0]);
    }
    return all;
}

Result<void> write_rebuilt_rows(const Store::RebuildSink& sink) {
    for (std::uint64_t id = 1; id <= case_count; ++id) {
        Commit part;
        part.rows = changes_of(sample_case_rows(CaseId(id)));
        part.timers_set = {{TimerId(id), stream_of(CaseId(id)), sample_time(7)}};
        TRY(sink(part));
    }
    return {};
}

}  // namespace

Story::Story() {
    contents_.emplace_back();
    SampleJournal journal;
    for (std::uint64_t id = 1; id <= case_count; ++id) {
        Commit commit = open_sample_case(journal, CaseId(id));
        keys_.push_back("31 open " + std::to_string(id));
        commit.answers = {{keys_.back(), sha256(keys_.back()), "{\"sequence\":1}", sample_time()}};
        commit.definitions = {{sha256("file"), "workflow", "product", std::string(9'000, 'x')}};
        add_commit(commit);
    }
    Commit organisation;
    organisation.records = {journal.next(StreamId(11))};
    organisation.rows.organisations = {sample_organisation(OrganisationId(11))};
    organisation.rows.members = {sample_member(OrganisationId(11), PersonId(31))};
    organisation.rows.tokens = {sample_token(OrganisationId(11), TokenId(1))};
    add_commit(organisation);
    for (std::uint64_t number = 1; number <= transition_count; ++number) {
        add_commit(transition(journal, number));
    }
    add_commit(several_cases_at_once(journal));
    add([](Store& store) { return store.rebuild(write_rebuilt_rows); });
    add_commit(transition(journal, 3));

    MemoryStore model;
    for (const Step& step : steps_) {
        ENSURE(step(model).has_value(), "the story is one that a store takes");
        contents_.push_back(read(model).value());
    }
}

void Story::add(Step step) {
    steps_.push_back(std::move(step));
}

void Story::add_commit(Commit commit) {
    add([commit = std::move(commit)](Store& store) { return store.commit(commit); });
}

Result<StoreContents> Story::read(Store& store) const {
    const auto reader = TRY(store.open_reader());
    return read_contents(*reader, keys_, {"workflow"});
}

std::uint64_t fault_points(std::uint64_t usual) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing sets the environment.
    const char* const text = std::getenv("GUILDMARK_FAULT_POINTS");
    const std::uint64_t asked = text == nullptr ? 0 : std::strtoull(text, nullptr, 10);
    return std::max(usual, asked);
}

Result<std::unique_ptr<SqliteStore>> open_on(const std::string& vfs_name, StoreSync sync) {
    SqliteOptions options;
    options.vfs = vfs_name;
    options.sync = sync;
    options.lock = StoreLock::none;
    options.checkpoints = StoreCheckpoints::within_commits;
    options.checkpoint_pages = 40;
    options.log_pages_max = 80;
    return SqliteStore::open("guildmark.db", options);
}

}  // namespace guildmark::tests
