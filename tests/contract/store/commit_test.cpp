#include "tests/contract/store/store_contract.h"

namespace guildmark::tests {
namespace {

constexpr CaseId first_case(100);
constexpr CaseId second_case(200);

TEST_P(StoreCommit, refuses_a_record_that_does_not_follow_its_stream) {
    commit(open_sample_case(journal_, first_case));
    SampleJournal late = journal_;
    commit({.records = {journal_.next(stream_of(first_case))}});

    EXPECT_EQ(code_of(store().commit({.records = {late.next(stream_of(first_case))}})),
              "sequence_conflict");
    EXPECT_EQ(value_of(reader().head(stream_of(first_case))), journal_.head(stream_of(first_case)));
}

TEST_P(StoreCommit, refuses_a_record_that_leaves_a_gap) {
    commit(open_sample_case(journal_, first_case));
    journal_.next(stream_of(first_case));

    EXPECT_EQ(code_of(store().commit({.records = {journal_.next(stream_of(first_case))}})),
              "sequence_conflict");
}

TEST_P(StoreCommit, refuses_a_record_whose_position_another_writer_took) {
    SampleJournal late = journal_;
    commit(open_sample_case(journal_, first_case));

    EXPECT_EQ(code_of(store().commit(open_sample_case(late, second_case))), "sequence_conflict");
}

TEST_P(StoreCommit, writes_nothing_of_a_commit_of_which_one_record_is_refused) {
    commit(open_sample_case(journal_, first_case));
    SampleJournal ahead = journal_;
    Commit half = open_sample_case(ahead, second_case);
    ahead.next(stream_of(first_case));
    half.records.push_back(ahead.next(stream_of(first_case)));
    half.answers.push_back({"key", sha256("request"), "{}", sample_time()});
    half.definitions.push_back({sha256("file"), "workflow", "product", "<scxml/>"});
    half.snapshots.push_back({stream_of(second_case), 1, 1, "{}"});
    half.effects_set.push_back(
        {EffectId(5), stream_of(second_case), "notify", "{}", sample_time()});
    half.timers_removed.push_back(TimerId(1'000));

    EXPECT_EQ(code_of(store().commit(half)), "sequence_conflict");

    EXPECT_EQ(value_of(reader().last_position()), 1u);
    EXPECT_FALSE(value_of(reader().find_case(second_case)));
    EXPECT_FALSE(value_of(reader().find_answer("key")));
    EXPECT_FALSE(value_of(reader().find_definition(sha256("file"))));
    EXPECT_FALSE(value_of(reader().find_snapshot(stream_of(second_case))));
    EXPECT_TRUE(value_of(reader().due_effects(sample_time(), 10)).empty());
    EXPECT_EQ(value_of(reader().due_timers(sample_time(600), 10)).size(), 1u);
    EXPECT_EQ(value_of(reader().count_cases({})), 1u);
}

TEST_P(StoreCommit, goes_on_after_a_refusal) {
    SampleJournal wrong = journal_;
    wrong.next(stream_of(first_case));
    EXPECT_FALSE(store().commit({.records = {wrong.next(stream_of(first_case))}}));

    commit(open_sample_case(journal_, first_case));
    EXPECT_EQ(value_of(reader().last_position()), 1u);
}

TEST_P(StoreCommit, is_seen_at_once_by_the_reader_of_the_thread_that_commits) {
    const auto beside = value_of(store().open_writers_reader());
    EXPECT_EQ(value_of(beside->last_position()), 0u);
    commit(open_sample_case(journal_, first_case));
    EXPECT_EQ(value_of(beside->last_position()), 1u);
    EXPECT_TRUE(value_of(beside->find_case(first_case)));
}

TEST_P(StoreCommit, needs_no_recovery_when_nothing_is_in_doubt) {
    commit(open_sample_case(journal_, first_case));
    EXPECT_TRUE(store().recover());
    commit(open_sample_case(journal_, second_case));
}

TEST_P(StoreCommit, keeps_records_as_they_were_given) {
    Record record = journal_.next(stream_of(first_case), std::string("[\"a\0b ö\"]", 10));
    Record system = journal_.next(stream_of(first_case), "{}");
    system.actor = system_actor();
    system.at = Instant{-1};
    system.hash = chain_hash(record.hash, system);
    commit({.records = {record, system}});
    reopen();

    EXPECT_EQ(value_of(reader().records(stream_of(first_case), 0, 10)),
              (std::vector<Record>{record, system}));
    EXPECT_EQ(value_of(reader().records(stream_of(first_case), 1, 10)),
              std::vector<Record>{system});
    EXPECT_EQ(value_of(reader().records(stream_of(first_case), 0, 1)), std::vector<Record>{record});
    EXPECT_TRUE(value_of(reader().records(stream_of(second_case), 0, 10)).empty());
}

TEST_P(StoreCommit, takes_records_of_several_streams_at_once) {
    Commit both = open_sample_case(journal_, first_case);
    both.records.push_back(journal_.next(stream_of(second_case)));
    both.records.push_back(journal_.next(stream_of(first_case)));
    commit(both);

    EXPECT_EQ(value_of(reader().head(stream_of(first_case))).sequence, 2u);
    EXPECT_EQ(value_of(reader().head(stream_of(second_case))),
              journal_.head(stream_of(second_case)));
    EXPECT_EQ(value_of(reader().last_position()), 3u);
    EXPECT_EQ(value_of(reader().last_stream()), second_case.value());
}

TEST_P(StoreCommit, of_nothing_changes_nothing) {
    commit({});
    EXPECT_EQ(value_of(reader().last_position()), 0u);
    EXPECT_EQ(value_of(reader().last_stream()), 0u);
    EXPECT_EQ(value_of(reader().head(stream_of(first_case))), StreamHead{});
}

TEST_P(StoreCommit, keeps_the_newest_snapshot_of_a_stream) {
    commit({.snapshots = {{stream_of(first_case), 64, 1, "old"}}});
    const Snapshot newest{stream_of(first_case), 128, 2, "new"};
    commit({.snapshots = {newest}});
    reopen();

    EXPECT_EQ(value_of(reader().find_snapshot(stream_of(first_case))), newest);
    EXPECT_FALSE(value_of(reader().find_snapshot(stream_of(second_case))));
}

TEST_P(StoreCommit, answers_a_repeated_key_with_what_was_answered_first) {
    const KeyedAnswer answer{"31 monday", sha256("request"), R"({"sequence":2})", sample_time(4)};
    EXPECT_FALSE(value_of(reader().find_answer(answer.key)));
    commit({.answers = {answer}});
    commit(open_sample_case(journal_, first_case));
    reopen();

    EXPECT_EQ(value_of(reader().find_answer(answer.key)), answer);
    EXPECT_FALSE(value_of(reader().find_answer("31 monda")));
    EXPECT_FALSE(value_of(reader().find_answer("31 monday ")));
}

TEST_P(StoreCommit, replaces_an_answer_that_is_written_again) {
    commit({.answers = {{"key", sha256("old"), "old", sample_time()}}});
    const KeyedAnswer answer{"key", sha256("new"), "new", sample_time(9)};
    commit({.answers = {answer}});
    EXPECT_EQ(value_of(reader().find_answer("key")), answer);
}

TEST_P(StoreCommit, leaves_a_definition_that_is_there_as_it_is) {
    const Definition product{sha256("1"), "workflow", "product", "<scxml version='1.0'/>"};
    const Definition group{sha256("2"), "workflow", "group", "<scxml/>"};
    const Definition standard{sha256("3"), "standard", "iso-9001:2015", "<standard/>"};
    commit({.definitions = {product, group, standard}});
    Definition changed = product;
    changed.payload = "<other/>";
    commit({.definitions = {changed}});
    reopen();

    EXPECT_EQ(value_of(reader().find_definition(product.version)), product);
    EXPECT_FALSE(value_of(reader().find_definition(sha256("4"))));
    EXPECT_EQ(value_of(reader().definitions("standard")), std::vector<Definition>{standard});
    EXPECT_EQ(value_of(reader().definitions("workflow")).size(), 2u);
    EXPECT_TRUE(value_of(reader().definitions("other")).empty());
}

TEST_P(StoreCommit, gives_timers_that_are_due_in_the_order_in_which_they_fall_due) {
    const Timer late{TimerId(1), stream_of(first_case), sample_time(30)};
    const Timer early{TimerId(9), stream_of(second_case), sample_time(10)};
    const Timer same_time{TimerId(2), stream_of(first_case), sample_time(10)};
    EXPECT_EQ(value_of(reader().next_timer()), std::nullopt);
    commit({.timers_set = {late, early, same_time}});

    EXPECT_TRUE(value_of(reader().due_timers(sample_time(9), 10)).empty());
    EXPECT_EQ(value_of(reader().due_timers(sample_time(10), 10)),
              (std::vector<Timer>{same_time, early}));
    EXPECT_EQ(value_of(reader().due_timers(sample_time(99), 1)), std::vector<Timer>{same_time});
    EXPECT_EQ(value_of(reader().next_timer()), same_time.due);

    const Timer moved{TimerId(2), stream_of(first_case), sample_time(40)};
    commit({.timers_set = {moved}, .timers_removed = {early.id, TimerId(77)}});
    reopen();
    EXPECT_EQ(value_of(reader().due_timers(sample_time(99), 10)),
              (std::vector<Timer>{late, moved}));
}

TEST_P(StoreCommit, gives_effects_whose_time_has_come) {
    const Effect now{EffectId(8), stream_of(first_case), "notify", R"({"to":"x"})", sample_time(1)};
    const Effect later{EffectId(3), stream_of(first_case), "notify", "{}", sample_time(5)};
    commit({.effects_set = {now, later}});
    EXPECT_EQ(value_of(reader().due_effects(sample_time(4), 10)), std::vector<Effect>{now});

    Effect tried = now;
    tried.not_before = sample_time(60);
    tried.attempts = 1;
    commit({.effects_set = {tried}});
    EXPECT_EQ(value_of(reader().due_effects(sample_time(60), 10)),
              (std::vector<Effect>{later, tried}));

    commit({.effects_removed = {later.id}});
    reopen();
    EXPECT_EQ(value_of(reader().due_effects(sample_time(60), 10)), std::vector<Effect>{tried});
}

TEST_P(StoreCommit, scans_every_stream_in_order_of_its_id_and_sequence) {
    commit(open_sample_case(journal_, second_case));
    commit(open_sample_case(journal_, first_case));
    commit({.records = {journal_.next(stream_of(second_case))}});
    std::vector<std::pair<std::uint64_t, std::uint64_t>> seen;
    EXPECT_TRUE(reader().scan_streams([&](const Record& record) -> Result<void> {
        seen.emplace_back(record.stream.value(), record.sequence);
        return {};
    }));
    EXPECT_EQ(seen,
              (std::vector<std::pair<std::uint64_t, std::uint64_t>>{{100, 1}, {200, 1}, {200, 2}}));
}

TEST_P(StoreCommit, ends_a_scan_with_the_error_of_its_visitor) {
    commit(open_sample_case(journal_, first_case));
    commit({.records = {journal_.next(stream_of(first_case))}});
    int visits = 0;
    const auto result = reader().scan_streams([&](const Record& /*record*/) -> Result<void> {
        ++visits;
        return failed("enough", "one is enough");
    });
    EXPECT_EQ(code_of(result), "enough");
    EXPECT_EQ(visits, 1);
}

TEST_P(StoreCommit, is_seen_by_readers_that_were_open_before_it) {
    EXPECT_EQ(value_of(reader().last_position()), 0u);
    commit(open_sample_case(journal_, first_case));
    EXPECT_EQ(value_of(reader().last_position()), 1u);
}

TEST_P(StoreCommit, made_during_a_call_is_not_seen_by_that_call) {
    commit(open_sample_case(journal_, first_case));
    int visits = 0;
    EXPECT_TRUE(reader().scan_streams([&](const Record& /*record*/) -> Result<void> {
        ++visits;
        commit(open_sample_case(journal_, CaseId(second_case.value() + journal_.position())));
        return {};
    }));
    EXPECT_EQ(visits, 1);
    EXPECT_EQ(value_of(reader().last_position()), 2u);
}

TEST_P(StoreCommit, leaves_files_that_pass_their_check) {
    for (std::uint64_t number = 1; number <= 50; ++number) {
        commit(open_sample_case(journal_, CaseId(number)));
    }
    EXPECT_EQ(first_fault(store()), "");
    reopen();
    EXPECT_EQ(first_fault(store()), "");
}

}  // namespace
}  // namespace guildmark::tests
