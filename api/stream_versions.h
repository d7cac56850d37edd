#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "engine/base/id.h"

namespace guildmark::api {

/// Tells whether anything was written to a stream since one looked, without a look at the store.
/// What is kept of an answer is exact as long as all streams that it was made from stand still.
///
/// Streams share counts, so a count that has moved says only that there may be something new.
///
/// Thread: any.
class StreamVersions {
public:
    /// Where a stream stood.
    struct Mark {
        std::size_t count_index = 0;
        std::uint64_t count = 0;
    };

    /// A commit that wrote the stream can be read from now on, and was not answered yet.
    void changed(StreamId stream);

    /// Any stream may have been written: the outcome of a commit was in doubt.
    void all_changed();

    [[nodiscard]] Mark mark(StreamId stream) const;
    [[nodiscard]] bool holds(const Mark& mark) const;

    /// How often something changed. Marks that are taken after reading are true of what was read
    /// when this is, after that, what it was before.
    [[nodiscard]] std::uint64_t changes() const { return changes_.load(); }

private:
    [[nodiscard]] std::uint64_t count(std::size_t count_index) const {
        return counts_[count_index].load() + doubts_.load();
    }

    static constexpr std::size_t count_of_counts = 1u << 16;

    std::array<std::atomic<std::uint64_t>, count_of_counts> counts_{};
    std::atomic<std::uint64_t> doubts_{0};
    std::atomic<std::uint64_t> changes_{0};
};

}  // namespace guildmark::api
