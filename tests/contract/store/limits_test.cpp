// A store's file exactly at each limit, and one beyond it.
#include "engine/base/limits.h"

#include <filesystem>

#include <sqlite3.h>

#include "adapters/store/sqlite/store.h"
#include "tests/contract/store/store_contract.h"
#include "tests/support/temporary_folder.h"

namespace guildmark::tests {
namespace {

class StoreLimits : public testing::Test {
protected:
    StoreLimits() : path_(folder_.path("store.db")) {}

    std::unique_ptr<SqliteStore> open() const { return value_of(SqliteStore::open(path_, {})); }

    /// Opens `count` cases, the first of the workflow "group", and changes what `sql` says.
    void fill(std::uint64_t count, const char* sql = "") {
        std::filesystem::remove(path_);
        SampleJournal journal;
        Commit all;
        for (std::uint64_t id = 1; id <= count; ++id) {
            const Commit one = open_sample_case(journal, CaseId(id));
            all.records.push_back(one.records[0]);
            all.rows.cases.push_back(one.rows.cases[0]);
            all.rows.cases.back().workflow = id == 1 ? "group" : "product";
            all.rows.cases.back().terms = {"state/review"};
        }
        ASSERT_TRUE(open()->commit(all));
        sqlite3* database = nullptr;
        ASSERT_EQ(sqlite3_open(path_.c_str(), &database), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(database);
    }

    TemporaryFolder folder_;
    std::string path_;
};

TEST_F(StoreLimits, hold_the_items_of_a_page) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    fill(limits::page_size_max + 1);
    const auto store = open();
    const auto reader = value_of(store->open_reader());
    EXPECT_EQ(value_of(reader->cases({}, {"", limits::page_size_max})).items.size(),
              limits::page_size_max);
    EXPECT_DEATH(static_cast<void>(reader->cases({}, {"", limits::page_size_max + 1})),
                 "a page has");
}

TEST_F(StoreLimits, hold_the_look_ups_of_a_search) {
    // Each case takes three: for what it has, for whose it is, and for its workflow.
    constexpr std::uint64_t cases_max = limits::search_steps_max / 3;
    const CaseFilter filter{.workflow = "group", .terms = {"state/review"}};
    fill(cases_max + 1);
    {
        const auto store = open();
        const auto reader = value_of(store->open_reader());
        const auto first = value_of(reader->cases(filter, {"", 1}));
        EXPECT_TRUE(first.items.empty());
        EXPECT_NE(first.next, "");
        EXPECT_EQ(value_of(reader->cases(filter, {first.next, 1})).items.size(), 1u);
    }
    fill(cases_max);
    const auto store = open();
    const auto reader = value_of(store->open_reader());
    EXPECT_EQ(value_of(reader->cases(filter, {"", 1})).items.size(), 1u);
}

TEST_F(StoreLimits, hold_the_faults_that_a_check_tells) {
    const auto faults_of = [this](std::uint64_t count) {
        fill(count, "UPDATE case_summary SET title='Other'");
        return value_of(open()->check_integrity()).size();
    };
    EXPECT_EQ(faults_of(limits::store_faults_max + 1), limits::store_faults_max);
    // The index of cases differs too, which is one fault more.
    EXPECT_EQ(faults_of(limits::store_faults_max - 1), limits::store_faults_max);
    EXPECT_EQ(faults_of(limits::store_faults_max - 2), limits::store_faults_max - 1);
}

}  // namespace
}  // namespace guildmark::tests
