#include "api/kept_reads.h"

#include <gtest/gtest.h>

#include "engine/base/limits.h"

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
    const std::string key = "page";
    const auto keep = [&](std::size_t bytes) {
        const std::string body(bytes - key.size(), 'x');
        kept.keep_page(key, {body, 1}, versions.changes(), {&stream, 1}, hour);
        return kept.find_page(key, inside) != nullptr;
    };
    EXPECT_FALSE(keep(limits::kept_page_bytes_max + 1));
    EXPECT_TRUE(keep(limits::kept_page_bytes_max));
}

/// What is looked for is kept longer, so each count of things is kept anew.
TEST(KeptReads, keep_as_many_bytes_of_pages_as_the_limit_says) {
    constexpr std::size_t count_max = limits::kept_pages_bytes_max / limits::kept_page_bytes_max;
    const auto is_first_there_after = [](std::size_t count) {
        StreamVersions versions;
        KeptReads kept(versions);
        for (std::size_t number = 0; number < count; ++number) {
            const std::string key = std::to_string(number);
            const std::string body(limits::kept_page_bytes_max - key.size(), 'x');
            kept.keep_page(key, {body, 1}, versions.changes(), {&stream, 1}, hour);
        }
        return kept.find_page("0", inside) != nullptr;
    };
    EXPECT_FALSE(is_first_there_after(count_max + 1));
    EXPECT_TRUE(is_first_there_after(count_max));
}

TEST(KeptReads, keep_as_many_cases_as_the_limit_says) {
    const auto is_first_there_after = [](std::uint64_t count) {
        StreamVersions versions;
        KeptReads kept(versions);
        for (std::uint64_t id = 1; id <= count; ++id) {
            auto row = std::make_shared<rows::Case>();
            row->id = CaseId(id);
            kept.keep_case(row, versions.changes());
        }
        return kept.find_case(CaseId(1)) != nullptr;
    };
    EXPECT_FALSE(is_first_there_after(limits::kept_cases_max + 1));
    EXPECT_TRUE(is_first_there_after(limits::kept_cases_max));
}

TEST(KeptReads, keep_as_many_callers_as_the_limit_says) {
    const auto token_of = [](std::size_t number) { return sha256(std::to_string(number)); };
    const auto is_first_there_after = [&token_of](std::size_t count) {
        StreamVersions versions;
        KeptReads kept(versions);
        auto caller = std::make_shared<Caller>();
        caller->organisation = OrganisationId(stream.value());
        for (std::size_t number = 0; number < count; ++number) {
            kept.keep_caller(token_of(number), caller, versions.changes(), hour);
        }
        return kept.find_caller(token_of(0), caller->credential, inside) != nullptr;
    };
    EXPECT_FALSE(is_first_there_after(limits::kept_callers_max + 1));
    EXPECT_TRUE(is_first_there_after(limits::kept_callers_max));
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
