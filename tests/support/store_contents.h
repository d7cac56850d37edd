#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/ports/store.h"

namespace guildmark::tests {

/// All that a store holds, for comparison.
struct StoreContents {
    std::vector<Record> records;
    std::vector<rows::CaseRows> cases;
    std::vector<rows::OrganisationRows> organisations;
    std::vector<rows::Task> tasks;
    std::vector<Timer> timers;
    std::vector<Effect> effects;
    std::vector<Snapshot> snapshots;
    std::vector<Definition> definitions;
    std::vector<KeyedAnswer> answers;
    std::uint64_t last_position = 0;
    std::uint64_t open_cases = 0;

    bool operator==(const StoreContents&) const = default;
};

/// Reads everything; of answers and definitions those of `keys` and `kinds`.
/// Errors: those of the store, and those of ChainChecker when a stream's chain does not hold.
[[nodiscard]] Result<StoreContents> read_contents(StoreReader& reader,
                                                  const std::vector<std::string>& keys,
                                                  const std::vector<std::string>& kinds);

/// The first fault that the store's own check finds, or why it could not look, as
/// "CODE SUBJECT: MESSAGE"; empty when all is sound.
[[nodiscard]] std::string first_fault(Store& store);

}  // namespace guildmark::tests
