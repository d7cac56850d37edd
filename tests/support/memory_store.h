#pragma once

#include <memory>
#include <optional>

#include "engine/ports/store.h"

namespace guildmark::tests {

/// A Store in memory that keeps the whole contract, and fails when it is told to. Lists go through
/// all rows, so it is for what fits a test.
///
/// Thread: as Store; readers may be used on other threads meanwhile.
class MemoryStore final : public Store {
public:
    /// Whether a commit that reports a failure was written all the same.
    enum class Outcome { not_written, written };

    MemoryStore();
    ~MemoryStore() override;

    /// Makes the next commit or rebuild return `error`. With the code commit_in_doubt the store
    /// refuses every further one until recover().
    /// REQUIRES: Outcome::written only with commit_in_doubt.
    void fail_next_commit(Error error, Outcome outcome);

    Result<void> commit(const Commit& commit) override;
    Result<void> recover() override;
    Result<std::unique_ptr<StoreReader>> open_reader() override;
    Result<std::unique_ptr<StoreReader>> open_writers_reader() override;
    Result<void> rebuild(const std::function<Result<void>(const RebuildSink&)>& write) override;
    Result<std::vector<StoreFault>> check_integrity() override;

    struct Shared;

private:
    struct PlannedFailure {
        Error error;
        Outcome outcome = Outcome::not_written;
    };

    Result<void> finish(const std::function<void()>& apply);

    std::shared_ptr<Shared> shared_;
    std::optional<PlannedFailure> failure_;
    bool in_doubt_ = false;
};

}  // namespace guildmark::tests
