#include "api/kept_reads.h"

#include <gtest/gtest.h>

namespace guildmark::api {
namespace {

constexpr StreamId stream(4711);
constexpr StreamId other(815);
constexpr Period hour{Instant{1'000}, Instant{3'601'000}};
constexpr Instant inside{2'000};

std::optional<Basis> basis_of(const StreamVersions& versions, std::uint64_t before) {
    return Basis::of(versions, before, {&stream, 1}, hour);
}

TEST(Basis, is_none_when_something_was_written_while_reading) {
    StreamVersions versions;
    const std::uint64_t before = versions.changes();
    versions.changed(other);
    EXPECT_FALSE(basis_of(versions, before));
    EXPECT_TRUE(basis_of(versions, versions.changes()));
}

TEST(Basis, ends_with_a_write_to_its_stream_and_not_with_another) {
    StreamVersions versions;
    const auto basis = basis_of(versions, versions.changes());
    ASSERT_TRUE(basis);
    versions.changed(other);
    EXPECT_TRUE(basis->holds(versions, inside));
    versions.changed(stream);
    EXPECT_FALSE(basis->holds(versions, inside));
}

TEST(Basis, ends_when_the_outcome_of_any_commit_was_in_doubt) {
    StreamVersions versions;
    const auto basis = basis_of(versions, versions.changes());
    ASSERT_TRUE(basis);
    versions.all_changed();
    EXPECT_FALSE(basis->holds(versions, inside));
}

TEST(Basis, holds_from_the_first_to_the_last_moment_of_its_period) {
    StreamVersions versions;
    const auto basis = basis_of(versions, versions.changes());
    ASSERT_TRUE(basis);
    EXPECT_FALSE(basis->holds(versions, Instant{999}));
    EXPECT_TRUE(basis->holds(versions, Instant{1'000}));
    EXPECT_TRUE(basis->holds(versions, Instant{3'601'000}));
    EXPECT_FALSE(basis->holds(versions, Instant{3'601'001}));
}

TEST(LatelyUsed, forgets_what_was_not_asked_for) {
    LatelyUsed<int, int, std::hash<int>> table(3);
    for (int key = 1; key <= 3; ++key) {
        table.put(key, key * 10, 1);
    }
    table.put(4, 40, 1);  // 1 to 3 are old now.
    ASSERT_NE(table.find(2), nullptr);
    EXPECT_EQ(*table.find(2), 20);
    table.put(5, 50, 1);
    table.put(6, 60, 1);  // 2, 4 and 5 are old now, 1 and 3 are gone.
    EXPECT_EQ(table.find(1), nullptr);
    EXPECT_EQ(table.find(3), nullptr);
    EXPECT_NE(table.find(2), nullptr);
    EXPECT_NE(table.find(6), nullptr);
}

TEST(LatelyUsed, gives_the_value_that_was_put_last) {
    LatelyUsed<int, int, std::hash<int>> table(1);
    table.put(1, 10, 1);
    table.put(2, 20, 1);
    table.put(1, 11, 1);
    ASSERT_NE(table.find(1), nullptr);
    EXPECT_EQ(*table.find(1), 11);
}

TEST(KeptReads, tell_apart_who_looks_and_in_which_language) {
    Caller caller;
    caller.organisation = OrganisationId(1);
    caller.person = PersonId(2);
    const std::vector<std::string> german{"de"};
    const std::string key = KeptReads::page_key(CaseId(3), caller, {});
    EXPECT_NE(key, KeptReads::page_key(CaseId(3), caller, german));
    EXPECT_NE(key, KeptReads::page_key(CaseId(4), caller, {}));
    caller.person = PersonId(5);
    EXPECT_NE(key, KeptReads::page_key(CaseId(3), caller, {}));
}

TEST(KeptReads, keep_no_page_over_the_limit) {
    StreamVersions versions;
    KeptReads kept(versions);
    kept.keep_page("small", {"{}", 1}, versions.changes(), {&stream, 1}, hour);
    EXPECT_NE(kept.find_page("small", inside), nullptr);
    kept.keep_page("large", {std::string(100'000, 'x'), 1}, versions.changes(), {}, hour);
    EXPECT_EQ(kept.find_page("large", inside), nullptr);
}

TEST(KeptReads, tell_a_case_exactly_until_it_is_written_to_and_what_it_keeps_for_life_longer) {
    StreamVersions versions;
    KeptReads kept(versions);
    const CaseId id(stream.value());
    EXPECT_EQ(kept.find_former_case(id), nullptr);
    auto row = std::make_shared<rows::Case>();
    row->id = id;
    kept.keep_case(row, versions.changes());
    EXPECT_EQ(kept.find_case(id), row);
    versions.changed(stream);
    EXPECT_EQ(kept.find_case(id), nullptr);
    EXPECT_EQ(kept.find_former_case(id), row);
    versions.all_changed();  // The commit that opened it may have come to nothing.
    EXPECT_EQ(kept.find_former_case(id), nullptr);
}

}  // namespace
}  // namespace guildmark::api
