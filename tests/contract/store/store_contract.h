#pragma once

#include <functional>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "engine/ports/store.h"
#include "tests/support/sample_store.h"
#include "tests/support/store_contents.h"

namespace guildmark::tests {

/// Gives stores that keep what was written as long as the object lives.
class StoreWorld {
public:
    virtual ~StoreWorld() = default;

    /// The store, opened at the first call. REQUIRES: nothing else holds it open.
    virtual Store& store() = 0;

    /// Closes the store; the next store() finds what was committed.
    virtual void reopen() = 0;
};

struct StoreKind {
    std::string name;
    std::function<std::unique_ptr<StoreWorld>()> make;
};

/// What every store must do. Instantiated once for each kind, in its own file.
class StoreContract : public testing::TestWithParam<StoreKind> {
protected:
    StoreContract() : world_(GetParam().make()) {}

    Store& store() { return world_->store(); }

    void reopen() {
        reader_.reset();
        world_->reopen();
    }

    /// A reader that the test keeps; made anew after reopen().
    StoreReader& reader() {
        if (!reader_) {
            auto opened = store().open_reader();
            EXPECT_TRUE(opened) << opened.error().message;
            reader_ = std::move(opened).value();
        }
        return *reader_;
    }

    /// Commits, and expects that it succeeds.
    void commit(const Commit& commit) {
        const auto result = store().commit(commit);
        ASSERT_TRUE(result) << result.error().message;
    }

    SampleJournal journal_;

private:
    std::unique_ptr<StoreWorld> world_;
    std::unique_ptr<StoreReader> reader_;
};

using StoreCommit = StoreContract;
using StoreLists = StoreContract;
using StoreRebuild = StoreContract;

/// The value of a result that must be one.
template <typename T>
T value_of(Result<T> result) {
    EXPECT_TRUE(result) << result.error().message;
    return std::move(result).value();
}

template <typename T>
std::string code_of(const Result<T>& result) {
    return result ? "" : result.error().code;
}

}  // namespace guildmark::tests
