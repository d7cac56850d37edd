#include "tests/contract/store/store_contract.h"

namespace guildmark::tests {
namespace {

constexpr CaseId opened_case(100);

TEST_P(StoreRebuild, changes_nothing_when_its_writer_fails) {
    commit(open_sample_case(journal_, opened_case));
    commit({.effects_set = {{EffectId(1), stream_of(opened_case), "notify", "{}", sample_time()}}});

    const auto result = store().rebuild([](const Store::RebuildSink& sink) -> Result<void> {
        Commit part;
        part.rows.cases = {sample_case(CaseId(300), OrganisationId(1), OrganisationId(2))};
        TRY(sink(part));
        return failed("gone", "the journal could not be read");
    });

    EXPECT_EQ(code_of(result), "gone");
    EXPECT_FALSE(value_of(reader().find_case(CaseId(300))));
    EXPECT_TRUE(value_of(reader().find_case(opened_case)));
    EXPECT_EQ(value_of(reader().due_timers(sample_time(600), 10)).size(), 1u);
    EXPECT_EQ(value_of(reader().due_effects(sample_time(), 10)).size(), 1u);
    EXPECT_TRUE(value_of(reader().find_task(TaskId(1'000))));
    EXPECT_EQ(value_of(reader().count_cases({})), 1u);
    commit({.records = {journal_.next(stream_of(opened_case))}});
}

TEST_P(StoreRebuild, shows_readers_the_old_rows_until_it_is_done) {
    commit(open_sample_case(journal_, opened_case));
    EXPECT_TRUE(store().rebuild([&](const Store::RebuildSink& sink) -> Result<void> {
        EXPECT_TRUE(value_of(reader().find_case(opened_case)));
        EXPECT_EQ(value_of(reader().head(stream_of(opened_case))).sequence, 1u);
        return sink({});
    }));
    EXPECT_FALSE(value_of(reader().find_case(opened_case)));
}

TEST_P(StoreRebuild, replaces_rows_timers_and_effects_and_keeps_the_rest) {
    Commit all = open_sample_case(journal_, opened_case);
    all.answers = {{"key", sha256("request"), "{}", sample_time()}};
    all.snapshots = {{stream_of(opened_case), 1, 1, "{}"}};
    all.definitions = {{sha256("file"), "workflow", "product", "<scxml/>"}};
    all.effects_set = {{EffectId(1), stream_of(opened_case), "notify", "{}", sample_time()}};
    all.rows.organisations = {sample_organisation(OrganisationId(11))};
    all.rows.members = {sample_member(OrganisationId(11), PersonId(31))};
    commit(all);
    commit({.rows = changes_of(sample_case_rows(opened_case))});

    const rows::CaseRows other = sample_case_rows(CaseId(300));
    EXPECT_TRUE(store().rebuild([&](const Store::RebuildSink& sink) -> Result<void> {
        Commit part;
        part.rows = changes_of(other);
        TRY(sink(part));
        Commit last;
        last.timers_set = {{TimerId(7), stream_of(CaseId(300)), sample_time(1)}};
        last.effects_set = {{EffectId(9), stream_of(CaseId(300)), "notify", "{}", sample_time(1)}};
        return sink(last);
    }));
    reopen();

    EXPECT_EQ(value_of(reader().find_case_rows(CaseId(300))), other);
    EXPECT_FALSE(value_of(reader().find_case_rows(opened_case)));
    EXPECT_FALSE(value_of(reader().find_task(TaskId(1'000))));
    EXPECT_FALSE(value_of(reader().find_certificate("GM-1000")));
    EXPECT_FALSE(value_of(reader().find_organisation(OrganisationId(11))));
    EXPECT_FALSE(value_of(reader().find_member(OrganisationId(11), PersonId(31))));
    EXPECT_TRUE(value_of(reader().requirements(opened_case)).empty());
    EXPECT_EQ(value_of(reader().count_cases({})), 1u);
    EXPECT_EQ(value_of(reader().due_timers(sample_time(900), 10)).size(), 1u);
    EXPECT_EQ(value_of(reader().due_effects(sample_time(900), 10)).size(), 1u);
    EXPECT_EQ(value_of(reader().head(stream_of(opened_case))).sequence, 1u);
    EXPECT_TRUE(value_of(reader().find_answer("key")));
    EXPECT_TRUE(value_of(reader().find_snapshot(stream_of(opened_case))));
    EXPECT_TRUE(value_of(reader().find_definition(sha256("file"))));
    EXPECT_EQ(first_fault(store()), "");
}

}  // namespace
}  // namespace guildmark::tests
