// The N-th operation of a run fails, for N = 1, 2, 3 ... Each commit is then there or not, as its
// answer says; the store goes on when the disk does, and what it acknowledged outlives power loss.
#include <algorithm>
#include <cstdio>
#include <set>

#include <gtest/gtest.h>

#include "tests/faults/story.h"

namespace guildmark::tests {
namespace {

constexpr std::uint64_t disk_errors_usual = 200;

class DiskError : public testing::Test {
protected:
    static constexpr const char* vfs = "disk-error";

    DiskError() {
        disk_.load({});
        { static_cast<void>(open_on(vfs)); }
        fresh_ = disk_.image();
    }

    /// Lives through the story on a store that is there. REQUIRES: nothing is planned.
    std::uint64_t operations_of_a_life() {
        disk_.load(fresh_);
        disk_.fail_at(~std::uint64_t{0}, Fault::io_error);
        const auto store = open_on(vfs);
        for (const auto& step : story_.steps()) {
            EXPECT_TRUE(step(**store));
        }
        return disk_.operations();
    }

    /// Opens the store; when the fault comes meanwhile, once more without it.
    std::unique_ptr<SqliteStore> open_healing() {
        auto store = open_on(vfs);
        if (!store) {
            EXPECT_TRUE(disk_.has_failed()) << store.error().message;
            EXPECT_TRUE(error_codes.contains(store.error().code)) << store.error().message;
            disk_.heal();
            store = open_on(vfs);
        }
        EXPECT_TRUE(store) << store.error().message;
        return store ? std::move(store).value() : nullptr;
    }

    /// What step `index` left behind when it failed with `error`. Result: how many steps are done.
    std::size_t look(SqliteStore& store, std::size_t index, const Error& error) {
        EXPECT_TRUE(error_codes.contains(error.code)) << error.code << ": " << error.message;
        const bool in_doubt = error.code == "commit_in_doubt";
        if (in_doubt) {
            EXPECT_EQ(code_of(store.commit({})), "commit_in_doubt");
            EXPECT_EQ(code_of(look_beside(store)), "commit_in_doubt");
        }
        disk_.heal();
        EXPECT_TRUE(store.recover());
        EXPECT_TRUE(look_beside(store));
        const auto contents = story_.read(store);
        if (!contents) {
            ADD_FAILURE() << contents.error().message;
            return story_.steps().size();
        }
        const bool is_done = in_doubt && *contents == story_.contents_after(index + 1);
        EXPECT_TRUE(is_done || *contents == story_.contents_after(index)) << error.message;
        return is_done ? index + 1 : index;
    }

    void try_point(std::uint64_t operation, Fault fault) {
        SCOPED_TRACE("operation " + std::to_string(operation));
        disk_.load(fresh_);
        disk_.fail_at(operation, fault);
        {
            const auto store = open_healing();
            std::size_t done = 0;
            std::size_t failures = 0;
            while (store && done < story_.steps().size() && failures < 2) {
                const auto result = story_.steps()[done](*store);
                if (result) {
                    ++done;
                } else {
                    ++failures;
                    done = look(*store, done, result.error());
                }
            }
            EXPECT_EQ(done, story_.steps().size());
            // What is not synced now will never be.
            disk_.lose_power_at(disk_.operations() + 1);
        }
        disk_.restore_power(operation);
        // The count began anew; a fault that a checkpoint bore in silence would come twice.
        disk_.heal();
        const auto store = open_on(vfs);
        ASSERT_TRUE(store) << store.error().message;
        EXPECT_EQ(first_fault(**store), "");
        const auto contents = story_.read(**store);
        EXPECT_TRUE(contents && *contents == story_.contents_after(story_.steps().size()));
    }

    void try_all(Fault fault) {
        const std::uint64_t operations = operations_of_a_life();
        const std::uint64_t points = std::min(fault_points(disk_errors_usual), operations);
        for (std::uint64_t point = 0; point < points && !HasFailure(); ++point) {
            try_point(1 + point * operations / points, fault);
        }
        std::printf("%llu of %llu operations failed\n",
                    static_cast<unsigned long long>(points),
                    static_cast<unsigned long long>(operations));
    }

    /// As the engine looks, by the connection that writes.
    static Result<void> look_beside(SqliteStore& store) {
        TRY(TRY(store.open_writers_reader())->last_position());
        return {};
    }

    static std::string code_of(const Result<void>& result) {
        return result ? "" : result.error().code;
    }

    const std::set<std::string> error_codes{
        "store_failed", "store_full", "store_busy", "commit_in_doubt"};
    Story story_;
    FaultDisk disk_{vfs};
    FaultDisk::Image fresh_;
};

TEST_F(DiskError, of_any_operation_leaves_a_commit_whole_or_undone) {
    try_all(Fault::io_error);
}

TEST_F(DiskError, for_want_of_room_changes_nothing) {
    try_all(Fault::disk_full);
}

TEST_F(DiskError, in_the_sync_of_a_commit_leaves_it_in_doubt) {
    disk_.load(fresh_);
    std::set<std::string> codes;
    for (std::uint64_t operation = 1; operation <= 60; ++operation) {
        disk_.load(fresh_);
        const auto store = open_on(vfs);
        disk_.fail_at(disk_.operations() + operation, Fault::io_error);
        codes.insert(code_of(story_.steps()[0](**store)));
        disk_.heal();
    }
    EXPECT_TRUE(codes.contains("commit_in_doubt"));
    EXPECT_TRUE(codes.contains("store_failed"));
    EXPECT_TRUE(codes.contains(""));
}

}  // namespace
}  // namespace guildmark::tests
