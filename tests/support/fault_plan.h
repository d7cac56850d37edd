#pragma once

#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guildmark::tests {

/// How a port's call goes wrong.
enum class FaultKind {
    later,             ///< With the port's error that may pass.
    for_good,          ///< With the port's error that nobody waits out, though it does pass.
    lost_in_doubt,     ///< A commit's outcome is unknown, and nothing was written. Others: later.
    written_in_doubt,  ///< A commit's outcome is unknown, and it was written. Others: later.
};

/// Which calls go wrong: `count` in a row, beginning with call number `first`.
struct PlannedFault {
    std::size_t first = 0;  ///< 1 is the first call; 0: none.
    std::size_t count = 1;
    FaultKind kind = FaultKind::later;
};

/// Counts the calls of all ports of one run together and says which of them fail.
///
/// Thread: any number at once.
class FaultPlan {
public:
    explicit FaultPlan(PlannedFault fault = {}) : fault_(fault) {}

    /// Begins to count anew, for another fault.
    void begin(PlannedFault fault) {
        const std::lock_guard lock(mutex_);
        fault_ = fault;
        names_.clear();
        struck_ = 0;
    }

    /// Counts one call; `name` is the port's and the function's, such as "StoreReader::head".
    /// Tells how it fails; nothing when it goes through.
    std::optional<FaultKind> count(std::string_view name) {
        const std::lock_guard lock(mutex_);
        names_.emplace_back(name);
        const std::size_t number = names_.size();
        const bool strikes =
            fault_.first != 0 && number >= fault_.first && number < fault_.first + fault_.count;
        struck_ += strikes ? 1 : 0;
        return strikes ? std::optional(fault_.kind) : std::nullopt;
    }

    /// The names of all calls since the beginning, in their order.
    [[nodiscard]] std::vector<std::string> names() const {
        const std::lock_guard lock(mutex_);
        return names_;
    }

    /// How many calls have failed.
    [[nodiscard]] std::size_t struck() const {
        const std::lock_guard lock(mutex_);
        return struck_;
    }

private:
    mutable std::mutex mutex_;
    PlannedFault fault_;
    std::vector<std::string> names_;
    std::size_t struck_ = 0;
};

}  // namespace guildmark::tests
