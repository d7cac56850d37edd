#include "tests/contract/store/store_contract.h"
#include "tests/support/memory_store.h"

namespace guildmark::tests {
namespace {

class MemoryWorld final : public StoreWorld {
public:
    Store& store() override { return store_; }

    void reopen() override {}

private:
    MemoryStore store_;
};

const StoreKind memory{"memory", [] { return std::make_unique<MemoryWorld>(); }};

const auto name_of = [](const testing::TestParamInfo<StoreKind>& kind) { return kind.param.name; };

INSTANTIATE_TEST_SUITE_P(Memory, StoreCommit, testing::Values(memory), name_of);
INSTANTIATE_TEST_SUITE_P(Memory, StoreLists, testing::Values(memory), name_of);
INSTANTIATE_TEST_SUITE_P(Memory, StoreRebuild, testing::Values(memory), name_of);

const Error doubt = unavailable("commit_in_doubt", "planned");

TEST(MemoryStore, writes_nothing_when_a_commit_is_to_fail) {
    MemoryStore store;
    SampleJournal journal;
    const Commit first = open_sample_case(journal, CaseId(1));
    store.fail_next_commit(unavailable("store_full", "planned"), MemoryStore::Outcome::not_written);
    EXPECT_EQ(code_of(store.commit(first)), "store_full");
    EXPECT_EQ(value_of(value_of(store.open_reader())->last_position()), 0u);
    EXPECT_TRUE(store.commit(first));
}

TEST(MemoryStore, refuses_commits_after_one_in_doubt_until_it_has_recovered) {
    for (const auto outcome : {MemoryStore::Outcome::not_written, MemoryStore::Outcome::written}) {
        MemoryStore store;
        SampleJournal journal;
        store.fail_next_commit(doubt, outcome);
        EXPECT_EQ(code_of(store.commit(open_sample_case(journal, CaseId(1)))), "commit_in_doubt");
        EXPECT_EQ(code_of(store.commit({})), "commit_in_doubt");
        EXPECT_TRUE(store.recover());
        EXPECT_TRUE(store.commit({}));
        EXPECT_EQ(value_of(value_of(store.open_reader())->last_position()),
                  outcome == MemoryStore::Outcome::written ? 1u : 0u);
    }
}

}  // namespace
}  // namespace guildmark::tests
