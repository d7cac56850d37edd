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
/// Errors: record_missing, chain_broken, event_unknown, event_malformed, those of the store.
[[nodiscard]] Result<ReplayCount> rebuild(Store& store, const ReplayProgress& progress);

/// What is wrong with a store, in words, the first of each kind of fault first.
struct VerifyFault {
    std::string code;
    std::string message;
    std::string subject;  ///< "stream/sequence", or the stream of a row.
};

/// What a check of the journal against the rows found.
struct VerifyReport {
    ReplayCount count;
    std::vector<VerifyFault> faults;  ///< At most 100.
};

/// Reads the whole journal, checks every chain and position, replays every stream, and compares
/// what follows with the rows that are stored; runs the store's own check first. Changes nothing.
/// Errors: only what keeps it from looking; what it finds are faults.
[[nodiscard]] Result<VerifyReport> verify(Store& store, const ReplayProgress& progress);

}  // namespace guildmark
