// Power goes at any operation of a run. What a store had acknowledged is there afterwards, what it
// had not is there whole or not at all, and nothing is damaged. Disks that lose more than they may
// are tried as well: a test that does not see that sees nothing.
#include <algorithm>
#include <cstdio>

#include <gtest/gtest.h>

#include "tests/faults/story.h"

namespace guildmark::tests {
namespace {

constexpr std::uint64_t losses_usual = 400;
constexpr std::uint64_t control_points = 80;

struct Tally {
    std::uint64_t points = 0;
    std::uint64_t commits_checked = 0;
    std::uint64_t lost = 0;  ///< An acknowledged commit is not there.
    std::uint64_t damaged =
        0;  ///< The store does not open, fails its check or holds half a commit.
    std::string first_finding;
};

class PowerLoss : public testing::Test {
protected:
    static constexpr const char* vfs = "power-loss";

    /// Lives through the story, from step `done` on, until it ends or a step fails. Result: how
    /// many steps are acknowledged.
    std::size_t live(SqliteStore& store, std::size_t done) const {
        while (done < story_.steps().size() && story_.steps()[done](store)) {
            ++done;
        }
        return done;
    }

    /// Operations of a whole life from an empty disk, with a clean close in the middle.
    std::uint64_t operations_of_a_life(StoreSync sync) {
        disk_.load({});
        begin_life(sync);
        EXPECT_TRUE(disk_.has_power());
        return disk_.operations();
    }

    /// As far as power lasts. Result: how many steps are acknowledged.
    std::size_t begin_life(StoreSync sync) {
        std::size_t done = 0;
        for (const std::size_t end : {std::size_t{9}, story_.steps().size()}) {
            const auto store = open_on(vfs, sync);
            while (store && done < end && story_.steps()[done](**store)) {
                ++done;
            }
        }
        return done;
    }

    /// Opens the store, perhaps losing power once more while it recovers.
    Result<std::unique_ptr<SqliteStore>> open_again(SeededNumbers& numbers) {
        if (numbers.below(2) == 0) {
            disk_.lose_power_at(1 + numbers.below(40));
            auto store = open_on(vfs);
            if (store && disk_.has_power()) {
                disk_.lose_power_at(0);
                return store;
            }
            store = failed("power_lost", "closes what is open");
            disk_.restore_power(numbers.next());
        }
        return open_on(vfs);
    }

    /// What is wrong with the store after `acknowledged` steps; empty when nothing is.
    std::string find_damage(SqliteStore& store, std::size_t acknowledged, Tally& tally) const {
        if (const std::string fault = first_fault(store); !fault.empty()) {
            return fault;
        }
        const auto contents = story_.read(store);
        if (!contents) {
            return contents.error().message;
        }
        for (const std::size_t after : {acknowledged, acknowledged + 1}) {
            if (after <= story_.steps().size() && *contents == story_.contents_after(after)) {
                return live(store, after) == story_.steps().size() ? "" : "it cannot go on";
            }
        }
        for (std::size_t after = 0; after < acknowledged; ++after) {
            if (*contents == story_.contents_after(after)) {
                ++tally.lost;
                return "";
            }
        }
        return "it holds half a commit";
    }

    void try_point(std::uint64_t operation, std::uint64_t seed, StoreSync sync, Tally& tally) {
        SeededNumbers numbers(seed);
        disk_.lose_power_at(operation);
        const std::size_t acknowledged = begin_life(sync);
        disk_.restore_power(numbers.next());
        ++tally.points;
        tally.commits_checked += acknowledged;
        const auto store = open_again(numbers);
        const std::string finding =
            store ? find_damage(**store, acknowledged, tally) : store.error().message;
        if (!finding.empty()) {
            ++tally.damaged;
            if (tally.first_finding.empty()) {
                tally.first_finding = finding + " (operation " + std::to_string(operation) +
                                      ", seed " + std::to_string(seed) + ")";
            }
        }
    }

    Tally try_points(std::uint64_t points, StoreSync sync, const std::function<void()>& prepare) {
        const std::uint64_t operations = operations_of_a_life(sync);
        EXPECT_GT(operations, 300u);
        Tally tally;
        for (std::uint64_t point = 0; point < points; ++point) {
            disk_.load({});
            prepare();
            // A prime stride comes to every operation before it comes to one twice.
            try_point(1 + point * 7'919 % operations, point, sync, tally);
        }
        RecordProperty("operations", std::to_string(operations));
        RecordProperty("commits_checked", std::to_string(tally.commits_checked));
        return tally;
    }

    Story story_;
    FaultDisk disk_{vfs};
};

TEST_F(PowerLoss, loses_no_acknowledged_commit_and_leaves_none_half_written) {
    const Tally tally = try_points(fault_points(losses_usual), StoreSync::full, [] {});
    EXPECT_EQ(tally.lost, 0u);
    EXPECT_EQ(tally.damaged, 0u) << tally.first_finding;
    std::printf("%llu points, %llu acknowledged commits looked for\n",
                static_cast<unsigned long long>(tally.points),
                static_cast<unsigned long long>(tally.commits_checked));
}

TEST_F(PowerLoss, is_seen_to_lose_commits_when_they_are_not_synced) {
    const Tally tally = try_points(control_points, StoreSync::normal, [] {});
    EXPECT_GT(tally.lost, 10u) << "the test is blind";
    EXPECT_EQ(tally.damaged, 0u) << tally.first_finding;
}

TEST_F(PowerLoss, is_seen_to_lose_commits_when_the_disk_does_not_sync) {
    const Tally tally =
        try_points(control_points, StoreSync::full, [this] { disk_.ignore_syncs(); });
    EXPECT_GT(tally.lost + tally.damaged, 10u) << "the test is blind";
}

}  // namespace
}  // namespace guildmark::tests
