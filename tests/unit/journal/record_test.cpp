#include "engine/journal/record.h"

#include <functional>
#include <vector>

#include <gtest/gtest.h>

namespace guildmark {
namespace {

Record next_record(const StreamHead& head, std::string payload) {
    Record record{StreamId(7),
                  head.sequence + 1,
                  head.sequence + 1,
                  "task_completed",
                  1,
                  Instant{1'772'441'600'000},
                  Actor{PersonId(3), OrganisationId(4), "applicant"},
                  std::move(payload),
                  {}};
    record.hash = chain_hash(head.hash, record);
    return record;
}

TEST(Journal, a_change_of_any_field_breaks_the_chain) {
    const Record good = next_record({}, R"({"task":"apply"})");
    const std::vector<std::function<void(Record&)>> changes{
        [](Record& record) { record.stream = StreamId(8); },
        [](Record& record) { record.kind = "task_completee"; },
        [](Record& record) { record.version = 2; },
        [](Record& record) { record.at.milliseconds += 1; },
        [](Record& record) { record.actor.person = PersonId(5); },
        [](Record& record) { record.actor.organisation = OrganisationId(5); },
        [](Record& record) { record.actor.role = "decider"; },
        [](Record& record) { record.payload[0] = '['; },
        [](Record& record) { record.hash.bytes[31] ^= 1u; },
    };
    for (const auto& change : changes) {
        Record damaged = good;
        change(damaged);
        EXPECT_EQ(ChainChecker().accept(damaged).error().code, "chain_broken");
    }
    EXPECT_TRUE(ChainChecker().accept(good));
}

TEST(Journal, a_missing_or_moved_record_is_found) {
    ChainChecker checker;
    const Record first = next_record({}, "{}");
    const Record second = next_record({1, first.hash}, "{}");
    EXPECT_EQ(checker.accept(second).error().code, "record_missing");
    EXPECT_TRUE(checker.accept(first));
    EXPECT_EQ(checker.accept(first).error().code, "record_missing");
    EXPECT_TRUE(checker.accept(second));
}

TEST(Journal, a_field_cannot_borrow_bytes_from_its_neighbor) {
    Record left = next_record({}, "payload");
    Record right = left;
    left.actor.role = "ab";
    left.payload = "c";
    right.actor.role = "a";
    right.payload = "bc";
    EXPECT_NE(chain_hash({}, left), chain_hash({}, right));
}

}  // namespace
}  // namespace guildmark
