#include <filesystem>
#include <sys/wait.h>
#include <unistd.h>

#include <sqlite3.h>

#include "adapters/store/sqlite/store.h"
#include "tests/contract/store/store_contract.h"
#include "tests/support/temporary_folder.h"

namespace guildmark::tests {
namespace {

class SqliteWorld final : public StoreWorld {
public:
    Store& store() override {
        if (!store_) {
            auto opened = SqliteStore::open(folder_.path("store.db"), {});
            EXPECT_TRUE(opened) << opened.error().message;
            store_ = std::move(opened).value();
        }
        return *store_;
    }

    void reopen() override { store_.reset(); }

private:
    TemporaryFolder folder_;
    std::unique_ptr<SqliteStore> store_;
};

const StoreKind sqlite{"sqlite", [] { return std::make_unique<SqliteWorld>(); }};

const auto sqlite_name_of = [](const testing::TestParamInfo<StoreKind>& kind) {
    return kind.param.name;
};

INSTANTIATE_TEST_SUITE_P(Sqlite, StoreCommit, testing::Values(sqlite), sqlite_name_of);
INSTANTIATE_TEST_SUITE_P(Sqlite, StoreLists, testing::Values(sqlite), sqlite_name_of);
INSTANTIATE_TEST_SUITE_P(Sqlite, StoreRebuild, testing::Values(sqlite), sqlite_name_of);

/// Runs `action` in a process of its own; tells whether it returned true.
bool in_another_process(const std::function<bool()>& action) {
    const pid_t child = ::fork();
    if (child == 0) {
        ::_exit(action() ? 0 : 1);
    }
    int status = 1;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// Runs SQL against the file, past the store.
void tamper(const std::string& path, const std::string& sql) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(database);
    sqlite3_close(database);
}

class SqliteFile : public testing::Test {
protected:
    SqliteFile() : path_(folder_.path("store.db")) {}

    std::unique_ptr<SqliteStore> open(const SqliteOptions& options = {}) const {
        return value_of(SqliteStore::open(path_, options));
    }

    std::string open_code(const SqliteOptions& options = {}) const {
        return code_of(SqliteStore::open(path_, options));
    }

    /// Writes `count` cases at once and closes the store.
    void fill(std::uint64_t count) {
        Commit all;
        for (std::uint64_t id = 1; id <= count; ++id) {
            const Commit one = open_sample_case(journal_, CaseId(id));
            all.records.push_back(one.records[0]);
            all.rows.cases.push_back(one.rows.cases[0]);
            all.rows.tasks.push_back(one.rows.tasks[0]);
            all.timers_set.push_back(one.timers_set[0]);
        }
        ASSERT_TRUE(open()->commit(all));
    }

    /// A further record of a case that fill() wrote, with the row that shows it.
    Commit next_of(CaseId id) {
        Commit commit{.records = {journal_.next(stream_of(id))}};
        commit.rows.cases = {sample_case(id, OrganisationId(11), OrganisationId(22))};
        commit.rows.cases[0].sequence = commit.records[0].sequence;
        commit.rows.cases[0].hash = commit.records[0].hash;
        return commit;
    }

    /// As the first release left it.
    void make_old() const {
        tamper(
            path_,
            "ALTER TABLE requirement DROP COLUMN ordinal; "
            "ALTER TABLE case_summary DROP COLUMN paused_at; ALTER TABLE case_summary DROP "
            "COLUMN paused_by; ALTER TABLE case_summary DROP COLUMN paused_reason; "
            "ALTER TABLE case_summary DROP COLUMN incidents_open; DROP TABLE incident; "
            "DROP TABLE competence; "
            "ALTER TABLE case_summary DROP COLUMN terms; DROP TABLE case_term; "
            "DROP INDEX record_certificate_acted; DROP INDEX record_certificate_acted_by_stream; "
            "ALTER TABLE case_summary DROP COLUMN hash; UPDATE case_summary SET row_check=0; "
            "ALTER TABLE organisation DROP COLUMN hash; "
            "PRAGMA user_version=1");
    }

    static SqliteOptions reading() {
        SqliteOptions options;
        options.access = StoreAccess::read;
        return options;
    }

    TemporaryFolder folder_;
    std::string path_;
    SampleJournal journal_;
};

TEST_F(SqliteFile, refuses_a_second_writer_in_this_process) {
    const auto store = open();
    EXPECT_EQ(open_code(), "store_in_use");
}

TEST_F(SqliteFile, refuses_a_second_writer_in_another_process_and_names_the_first) {
    const auto store = open();
    const std::string first = std::to_string(::getpid());
    EXPECT_TRUE(in_another_process([&] {
        const auto second = SqliteStore::open(path_, {});
        return !second && second.error().code == "store_in_use" &&
               second.error().message.find(first) != std::string::npos;
    }));
}

TEST_F(SqliteFile, takes_a_new_writer_when_the_last_one_was_killed) {
    in_another_process([&] {
        const auto store = SqliteStore::open(path_, {});
        SampleJournal journal;
        static_cast<void>((*store)->commit(open_sample_case(journal, CaseId(1))));
        ::_exit(0);  // Nothing is closed.
        return true;
    });
    EXPECT_EQ(value_of(value_of(open()->open_reader())->last_position()), 1u);
}

TEST_F(SqliteFile, lets_another_process_read_beside_the_writer) {
    const auto store = open();
    ASSERT_TRUE(store->commit(open_sample_case(journal_, CaseId(1))));
    EXPECT_TRUE(in_another_process([&] {
        const auto beside = SqliteStore::open(path_, reading());
        if (!beside || !first_fault(**beside).empty()) {
            return false;
        }
        const auto reader = (*beside)->open_reader();
        return reader && (*reader)->last_position().value_or(0) == 1;
    }));
}

TEST_F(SqliteFile, is_not_made_by_a_reader) {
    EXPECT_EQ(open_code(reading()), "store_failed");
    EXPECT_EQ(folder_.count_files(), 0u);
}

TEST_F(SqliteFile, is_not_written_by_a_reader) {
    fill(1);
    const auto store = open(reading());
    EXPECT_EQ(code_of(store->commit(open_sample_case(journal_, CaseId(2)))), "store_read_only");
    EXPECT_EQ(code_of(store->rebuild([](const auto& /*sink*/) { return Result<void>(); })),
              "store_read_only");
    EXPECT_EQ(value_of(value_of(store->open_reader())->last_position()), 1u);
}

TEST_F(SqliteFile, of_another_program_is_refused_and_left_as_it_is) {
    tamper(path_, "CREATE TABLE recipe (name TEXT)");
    const std::string before = read_file(path_);
    EXPECT_EQ(open_code(), "store_foreign");
    EXPECT_EQ(open_code(reading()), "store_foreign");
    EXPECT_EQ(read_file(path_), before);
}

TEST_F(SqliteFile, of_a_later_release_is_refused) {
    fill(1);
    tamper(path_, "PRAGMA user_version=99");
    EXPECT_EQ(open_code(), "store_too_new");
    EXPECT_EQ(open_code(reading()), "store_too_new");
}

TEST_F(SqliteFile, that_is_no_database_is_refused) {
    folder_.write("store.db", std::string(8'192, 'x'));
    EXPECT_EQ(open_code(), "store_foreign");
    EXPECT_EQ(open_code(reading()), "store_foreign");
}

TEST_F(SqliteFile, in_a_folder_that_is_not_there_is_refused) {
    EXPECT_EQ(code_of(SqliteStore::open(folder_.path("none/store.db"), {})), "store_failed");
}

TEST_F(SqliteFile, whose_tables_were_changed_is_refused) {
    fill(1);
    tamper(path_, "DROP INDEX task_open");
    EXPECT_EQ(open_code(), "store_corrupted");
}

TEST_F(SqliteFile, whose_last_records_were_changed_is_refused) {
    for (const char* const sql : {"UPDATE record SET payload='{}' WHERE position=3",
                                  "UPDATE record SET at=at+1 WHERE position=4",
                                  "DELETE FROM record WHERE position=2",
                                  "UPDATE record SET position=9 WHERE position=4"}) {
        const TemporaryFolder folder;
        path_ = folder.path("store.db");
        journal_ = SampleJournal();
        fill(4);
        tamper(path_, sql);
        EXPECT_EQ(open_code(), "store_corrupted") << sql;
    }
}

TEST_F(SqliteFile, whose_streams_end_early_is_neither_written_to_nor_rebuilt) {
    fill(70);
    Commit last = next_of(CaseId(5));
    for (int count = 0; count < 64; ++count) {
        last.records.push_back(journal_.next(StreamId(60)));
    }
    ASSERT_TRUE(open()->commit(last));
    const Commit next = next_of(CaseId(5));
    // As if it had never been: the positions behind it close up.
    tamper(path_,
           "DELETE FROM record WHERE stream=5 AND sequence=2; "
           "UPDATE record SET position=position-1 WHERE position>71");
    SqliteOptions unchecked;
    unchecked.start = StoreStart::unchecked;
    const auto store = open(unchecked);
    EXPECT_EQ(code_of(store->commit(next)), "journal_end_differs");
    bool is_written = false;
    const auto rebuilt = store->rebuild([&](const auto& /*sink*/) {
        is_written = true;
        return Result<void>();
    });
    EXPECT_EQ(code_of(rebuilt), "journal_end_differs");
    EXPECT_EQ(rebuilt.error().subject, "0000000000005");
    EXPECT_FALSE(is_written);
}

TEST_F(SqliteFile, whose_newest_streams_end_early_is_refused) {
    fill(3);
    ASSERT_TRUE(open()->commit(next_of(CaseId(3))));
    ASSERT_TRUE(open()->commit(next_of(CaseId(2))));
    tamper(path_, "DELETE FROM record WHERE position=5");
    EXPECT_EQ(open_code(), "journal_end_differs");
    EXPECT_EQ(open_code(reading()), "journal_end_differs");
}

TEST_F(SqliteFile, whose_organisation_ends_early_is_not_written_to) {
    rows::Organisation row = sample_organisation(OrganisationId(11));
    Commit created{.records = {journal_.next(StreamId(11)), journal_.next(StreamId(11))}};
    row.sequence = 2;
    row.hash = created.records[1].hash;
    created.rows.organisations = {row};
    ASSERT_TRUE(open()->commit(created));
    tamper(path_, "DELETE FROM record WHERE position=2");
    EXPECT_EQ(open_code(), "journal_end_differs");
}

TEST_F(SqliteFile, whose_newest_record_is_not_the_one_that_was_written_is_refused) {
    fill(3);
    tamper(path_, "UPDATE case_summary SET hash=zeroblob(32) WHERE id=3");
    EXPECT_EQ(open_code(), "journal_end_differs");
}

TEST_F(SqliteFile, of_the_first_schema_gets_the_ends_of_its_streams) {
    fill(3);
    make_old();
    EXPECT_EQ(open_code(reading()), "store_too_old");
    {
        const auto store = open();
        EXPECT_EQ(first_fault(*store), "");
        EXPECT_TRUE(store->commit({.records = {journal_.next(StreamId(2))}}));
    }
    tamper(path_, "DELETE FROM record WHERE position>2");
    EXPECT_TRUE(first_fault(*open()).starts_with("journal_end_differs 0000000000003"))
        << first_fault(*open());
}

TEST_F(SqliteFile, of_the_first_schema_shows_its_cases_as_not_paused) {
    fill(3);
    make_old();
    const auto store = open();
    EXPECT_EQ(first_fault(*store), "");
    const auto row = value_of(value_of(store->open_reader())->find_case(CaseId(2)));
    ASSERT_TRUE(row);
    rows::Case expected = sample_case(CaseId(2), OrganisationId(11), OrganisationId(22));
    expected.sequence = 1;
    expected.hash = journal_.head(StreamId(2)).hash;
    EXPECT_EQ(*row, expected);
    EXPECT_FALSE(row->paused_at);
}

TEST_F(SqliteFile, of_the_first_schema_finds_its_cases_by_where_they_stand) {
    Commit opened = open_sample_case(journal_, CaseId(1));
    Record& record = opened.records[0];
    record.kind = "chart_advanced";
    record.payload = R"({"session":{"configuration":["underway","review"]}})";
    record.hash = chain_hash(Digest{}, record);
    opened.rows.cases[0].hash = record.hash;
    ASSERT_TRUE(open()->commit(opened));
    make_old();
    const auto store = open();
    EXPECT_EQ(first_fault(*store), "");
    const auto reader = value_of(store->open_reader());
    for (const std::string term : {"state/underway", "state/stage.one", "task/apply"}) {
        const auto found = value_of(reader->cases({.terms = {term}}, {"", 10})).items;
        ASSERT_EQ(found.size(), 1u) << term;
        EXPECT_EQ(found[0].terms,
                  (std::vector<std::string>{"role/applicant",
                                            "state/review",
                                            "state/stage.one",
                                            "state/underway",
                                            "task/apply"}));
    }
}

TEST_F(SqliteFile, of_the_first_schema_gets_its_requirements_in_the_standards_order) {
    const rows::CaseRows rows = sample_case_rows(CaseId(7));
    const StreamId stream(7);
    ASSERT_TRUE(
        open()->commit({.records = {journal_.next(stream, R"({"requirements":["4.1","10.2"]})"),
                                    journal_.next(stream, R"({"requirements":["10.2","4.1"]})"),
                                    journal_.next(StreamId(8), "no JSON")},
                        .rows = changes_of(rows)}));
    make_old();
    const auto store = open();
    EXPECT_EQ(first_fault(*store), "");
    EXPECT_EQ(value_of(value_of(store->open_reader())->requirements(CaseId(7))), rows.requirements);
}

TEST_F(SqliteFile, writes_no_page_of_the_terms_that_stay) {
    fill(50);
    const auto store = open();
    const auto pages_of = [&](const std::vector<std::string>& terms) {
        constexpr std::uintmax_t frame_bytes = 4'096 + 24;
        const std::string log = path_ + "-wal";
        const auto before = std::filesystem::exists(log) ? std::filesystem::file_size(log) : 0;
        Commit commit = next_of(CaseId(7));
        commit.rows.cases[0].terms = terms;
        EXPECT_TRUE(store->commit(commit));
        return (std::filesystem::file_size(log) - before) / frame_bytes;
    };
    const auto terms = sample_case(CaseId(7), OrganisationId(11), OrganisationId(22)).terms;
    // The record, its position, and the row of the case.
    EXPECT_EQ(pages_of(terms), 3u);
    EXPECT_EQ(pages_of({"state/other"}), 4u);
    EXPECT_EQ(pages_of({"state/other"}), 3u);
}

TEST_F(SqliteFile, fails_its_check_when_any_table_was_changed) {
    // The change, and what the check says of it.
    const std::vector<std::pair<std::string, std::string>> changes{
        {"UPDATE record SET payload='{}' WHERE position=2", "store_corrupted 0000000000002/1"},
        {"DELETE FROM record WHERE stream=3", "position_missing "},
        {"UPDATE case_summary SET title='Other' WHERE id=3",
         "rows_differ case_summary 0000000000003"},
        {"UPDATE case_index SET workflow='other' WHERE organisation=0",
         "rows_differ 0000000000001"},
        {"DELETE FROM case_index WHERE organisation=22 AND case_id=3", "rows_differ 0000000000003"},
        {"INSERT INTO case_index VALUES (99, 0, 3, 'product')", "rows_differ case_index"},
        {"UPDATE case_count SET count=count+1 WHERE organisation=0", "rows_differ case_count"},
        {"DELETE FROM case_count WHERE organisation=22", "rows_differ case_count"},
        {"DELETE FROM case_term WHERE term='state/review' AND case_id=2",
         "rows_differ 0000000000002"},
        {"INSERT INTO case_term VALUES ('state/other', 2)", "rows_differ case_term"},
        {"UPDATE task SET status=1 WHERE id=20", "rows_differ task 0000000000002/000000000000m"},
        {"UPDATE timer SET due=due+1 WHERE id=20", "rows_differ timer 000000000000m"},
        {"UPDATE requirement SET answer_note=answer_note || ' '",
         "rows_differ requirement 0000000000007/"},
        {"UPDATE evidence SET valid_until=NULL WHERE revision=1",
         "rows_differ evidence 0000000000007/"},
        {"UPDATE finding SET responses=responses-1", "rows_differ finding 0000000000007/"},
        {"UPDATE decision SET decided_by=decided_by+1", "rows_differ decision 0000000000007/"},
        {"UPDATE certificate SET scope='Everything'", "rows_differ certificate 0000000000007/"},
        {"UPDATE charge SET amount_minor=-amount_minor", "rows_differ charge 0000000000007/"},
        {"UPDATE organisation SET region=country, country=region",
         "rows_differ organisation 000000000000b"},
        {"UPDATE member SET roles='decider'", "rows_differ member 000000000000b/000000000000z"},
        {"UPDATE token SET revoked=0", "rows_differ token 000000000000b/0000000000001"},
        {"UPDATE competence SET ended=NULL",
         "rows_differ competence 000000000000b/000000000000z/iaf-17"},
        {"UPDATE snapshot SET sequence=2", "store_corrupted snapshot 0000000000007"},
        {"UPDATE answer SET answer='[]'", "store_corrupted answer key"},
        {"UPDATE effect SET attempts=attempts+1", "rows_differ effect 0000000000001"},
        {"UPDATE definition SET payload=upper(payload)", "store_corrupted definition "},
    };
    for (const auto& [sql, expected] : changes) {
        const TemporaryFolder folder;
        path_ = folder.path("store.db");
        journal_ = SampleJournal();
        fill(70);
        {
            const auto store = open();
            ASSERT_TRUE(store->commit(sample_commit()));
            ASSERT_EQ(first_fault(*store), "");
        }
        tamper(path_, sql);
        const std::string fault = first_fault(*open());
        EXPECT_EQ(fault.substr(0, expected.size()), expected) << sql;
    }
}

TEST_F(SqliteFile, does_not_give_out_a_row_that_was_changed) {
    fill(70);
    tamper(path_, "UPDATE case_summary SET title='Other' WHERE id=7");
    tamper(path_, "UPDATE record SET payload='{}' WHERE stream=5");
    const auto store = open();
    const auto reader = value_of(store->open_reader());
    EXPECT_EQ(code_of(reader->find_case(CaseId(7))), "store_corrupted");
    EXPECT_EQ(code_of(reader->cases({}, {"", 100})), "store_corrupted");
    EXPECT_EQ(code_of(reader->records(StreamId(5), 0, 10)), "store_corrupted");
    EXPECT_EQ(code_of(reader->head(StreamId(5))), "store_corrupted");
    EXPECT_TRUE(value_of(reader->find_case(CaseId(8))));
}

TEST_F(SqliteFile, is_busy_while_another_connection_writes) {
    SqliteOptions options;
    options.busy_timeout = std::chrono::milliseconds(20);
    const auto store = open(options);
    sqlite3* other = nullptr;
    ASSERT_EQ(sqlite3_open(path_.c_str(), &other), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
    const Commit commit = open_sample_case(journal_, CaseId(1));

    const auto refused = store->commit(commit);
    EXPECT_EQ(code_of(refused), "store_busy");
    EXPECT_EQ(refused.error().retry, Retry::later);
    EXPECT_EQ(value_of(value_of(store->open_reader())->last_position()), 0u);

    sqlite3_close(other);
    EXPECT_TRUE(store->commit(commit));
}

TEST_F(SqliteFile, leaves_one_file_and_its_lock_when_it_is_closed) {
    fill(3);
    EXPECT_EQ(folder_.count_files(), 2u);
}

TEST_F(SqliteFile, keeps_its_log_under_the_cap) {
    SqliteOptions options;
    options.checkpoint_pages = 50;
    options.log_pages_max = 200;
    const auto store = open(options);
    std::size_t longest = 0;
    for (std::uint64_t id = 1; id <= 300; ++id) {
        ASSERT_TRUE(store->commit(open_sample_case(journal_, CaseId(id))));
        longest = std::max(longest, read_file(path_ + "-wal").size());
    }
    // A copy that is under way is waited for at twice the cap, and one commit may go past that; a
    // page and its header are 4120 bytes.
    EXPECT_LT(longest, (2 * 200u + 20u) * 4'120u);
    EXPECT_EQ(first_fault(*store), "");
}

TEST_F(SqliteFile, copies_its_log_sooner_after_large_commits) {
    SqliteOptions options;
    options.checkpoints = StoreCheckpoints::within_commits;
    options.checkpoint_pages = 600;
    options.checkpoint_pages_busy = 100;
    options.commit_pages_large = 40;
    const auto store = open(options);
    const auto longest_log = [&](std::size_t records_per_commit) {
        std::size_t longest = 0;
        for (std::size_t written = 0; written < 400; written += records_per_commit) {
            Commit commit;
            for (std::size_t count = 0; count < records_per_commit; ++count) {
                // Of a page each.
                commit.records.push_back(journal_.next(StreamId(1), std::string(4'000, 'x')));
            }
            EXPECT_TRUE(store->commit(commit));
            longest = std::max(longest, read_file(path_ + "-wal").size());
        }
        return longest;
    };
    EXPECT_LT(longest_log(50), 250u * 4'120u);
    EXPECT_GT(longest_log(1), 500u * 4'120u);
    EXPECT_EQ(first_fault(*store), "");
}

}  // namespace
}  // namespace guildmark::tests
