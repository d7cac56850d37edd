#pragma once

#include <functional>
#include <string>
#include <vector>

#include "adapters/store/sqlite/store.h"
#include "tests/support/fault_disk.h"
#include "tests/support/store_contents.h"

namespace guildmark::tests {

/// What happens to a store in a fault test, step by step, and what it must hold after each step.
class Story {
public:
    using Step = std::function<Result<void>(Store&)>;

    Story();

    [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }

    /// What the store holds after the first `steps` steps.
    [[nodiscard]] const StoreContents& contents_after(std::size_t steps) const {
        return contents_[steps];
    }

    /// Reads what the store holds. Errors: of the store, and of a broken chain.
    [[nodiscard]] Result<StoreContents> read(Store& store) const;

private:
    void add(Step step);
    void add_commit(Commit commit);

    std::vector<Step> steps_;
    std::vector<StoreContents> contents_;
    std::vector<std::string> keys_;
};

/// How many places a test tries: `usual`, or GUILDMARK_FAULT_POINTS when that is set and larger.
[[nodiscard]] std::uint64_t fault_points(std::uint64_t usual);

/// The store on the disk of that VFS, opened so that all its reads and writes have one order and
/// checkpoints come often.
[[nodiscard]] Result<std::unique_ptr<SqliteStore>> open_on(const std::string& vfs_name,
                                                           StoreSync sync = StoreSync::full);

}  // namespace guildmark::tests
