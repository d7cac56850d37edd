#include "engine/cases/documents.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "api/scenario/world.h"
#include "engine/cases/describe_case.h"
#include "engine/cases/gate.h"

namespace guildmark::tests {
namespace {

Date day(std::uint64_t number) {
    return Date::parse("2026-03-02").value_or(Date()).plus_days(static_cast<int>(number));
}

rows::Evidence some_document(scenario::SeededRandom& chance) {
    rows::Evidence document;
    document.id = EvidenceId(1 + chance.next() % 40);
    document.digest = sha256(std::to_string(chance.next() % 30));
    document.status = static_cast<rows::EvidenceStatus>(chance.next() % 3);
    if (chance.next() % 2 == 0) {
        document.valid_until = day(chance.next() % 20);
    }
    return document;
}

/// What is kept beside the documents must be what going through all of them tells.
void expect_agreement(const Documents& documents, Date today) {
    std::size_t current = 0;
    std::size_t expired = 0;
    for (const auto& [id, document] : documents) {
        const bool is_current = document.status == rows::EvidenceStatus::current;
        current += is_current ? 1u : 0u;
        expired += is_current && !counts_on(document, today) ? 1u : 0u;
        if (is_current) {
            const rows::Evidence* found = documents.find_current(document.digest);
            ASSERT_NE(found, nullptr);
            EXPECT_EQ(found->digest, document.digest);
            EXPECT_EQ(found->status, rows::EvidenceStatus::current);
        }
    }
    EXPECT_EQ(documents.count_current(), current);
    const auto listed = documents.expired(today);
    EXPECT_EQ(listed.size(), expired);
    EXPECT_TRUE(std::ranges::none_of(
        listed, [&](const rows::Evidence* document) { return counts_on(*document, today); }));
}

TEST(Documents, tell_after_any_changes_what_going_through_all_of_them_tells) {
    scenario::SeededRandom chance(11);
    Documents documents;
    for (int step = 0; step < 2'000; ++step) {
        documents.put(some_document(chance));
        expect_agreement(documents, day(chance.next() % 20));
    }
    EXPECT_EQ(documents.find_current(sha256("never put")), nullptr);
}

TEST(Documents, of_a_copy_stay_as_they_are_when_the_original_changes) {
    scenario::SeededRandom chance(12);
    Documents documents;
    for (int step = 0; step < 100; ++step) {
        documents.put(some_document(chance));
    }
    const Documents copy = documents;
    const Documents::Map before = copy.all();
    for (int step = 0; step < 100; ++step) {
        documents.put(some_document(chance));
    }
    EXPECT_EQ(copy.all(), before);
    EXPECT_NE(documents.all(), before);
    expect_agreement(copy, day(10));
}

TEST(Documents, are_the_same_after_writing_and_reading_with_what_is_kept_beside_them) {
    scenario::SeededRandom chance(13);
    Documents documents;
    for (int step = 0; step < 100; ++step) {
        documents.put(some_document(chance));
    }
    const auto read = from_value<Documents>(to_value(documents));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->all(), documents.all());
    EXPECT_EQ(read->count_current(), documents.count_current());
    EXPECT_EQ(read->expired(day(10)).size(), documents.expired(day(10)).size());
}

}  // namespace
}  // namespace guildmark::tests
