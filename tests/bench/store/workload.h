#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/ports/store.h"
#include "tests/bench/practice/draw.h"

namespace guildmark::bench {

inline constexpr std::uint64_t client_count = 1'000;
inline constexpr std::uint64_t body_count = 20;
inline constexpr std::size_t records_per_case = 20;

/// A made-up certification practice: cases of 1000 clients at 20 bodies. Writes what the engine
/// would.
class Workload {
public:
    explicit Workload(std::uint64_t case_count);

    [[nodiscard]] std::uint64_t case_count() const { return heads_.size(); }

    /// The id of the case of that index; ids grow as if drawn over some months.
    [[nodiscard]] static CaseId case_id(std::uint64_t index);
    [[nodiscard]] static OrganisationId client_of(std::uint64_t index);
    [[nodiscard]] static OrganisationId body_of(std::uint64_t index);

    /// What opening a case writes: its first record, its summary, three tasks, two of them done.
    void open(std::uint64_t index, Commit& commit);

    /// What one command writes: a record, the case's summary, a task that is done, and the answer.
    void transition(std::uint64_t index, Commit& commit);

    /// Only a record: for filling a store.
    void record(std::uint64_t index, Commit& commit);

private:
    rows::Case summary(std::uint64_t index) const;

    std::vector<StreamHead> heads_;
    std::uint64_t position_ = 0;
    std::uint64_t answers_ = 0;
};

}  // namespace guildmark::bench
