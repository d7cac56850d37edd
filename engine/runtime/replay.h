#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/ports/store.h"

namespace guildmark {

/// Told now and then during long work: how many records were read.
using ReplayProgress = std::function<void(std::uint64_t records)>;

/// What a replay went through.
struct ReplayCount {
    std::uint64_t records = 0;
    std::uint64_t streams = 0;
};

/// Writes every read model, timer and effect anew from the journal, in one transaction.
/// Errors: journal_end_differs, record_missing, chain_broken, event_unknown, event_malformed, those
/// of the store.
[[nodiscard]] Result<ReplayCount> rebuild(Store& store, const ReplayProgress& progress);

/// What a check of the journal against the rows found.
struct VerifyReport {
    ReplayCount count;  ///< Of all that is there.
    ReplayCount sound;  ///< Records up to each stream's first fault; streams without one.
    /// Of each stream its first bad record, then rows, ends and files; store_faults_max at most.
    std::vector<StoreFault> faults;
    std::uint64_t faults_count = 0;  ///< Of all, told or not.

    [[nodiscard]] bool is_sound() const { return faults_count == 0; }
};

/// Reads the whole journal, checks every chain, end and position, replays every stream, and
/// compares what follows with the rows that are stored; runs the store's own check as well. Goes on
/// behind what is damaged. Changes nothing.
/// Errors: only what keeps it from looking; what it finds are faults.
[[nodiscard]] Result<VerifyReport> verify(Store& store, const ReplayProgress& progress);

}  // namespace guildmark
