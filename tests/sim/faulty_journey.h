#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/ports/script_engine.h"
#include "engine/ports/store.h"
#include "tests/support/fault_plan.h"
#include "tests/support/memory_store.h"

namespace guildmark::tests {

/// What is played, and in what.
struct JourneySetting {
    std::string scenario;  ///< Relative to the project's folder.
    /// Folder of a workflow beside the project's own ones; empty: none.
    std::string workflow;
    ScriptEngine* scripts = nullptr;  ///< None: the scenario needs none.
    /// What stands between the engine and its store, when something does: a store that is broken on
    /// purpose, to see that the checks notice.
    std::function<std::unique_ptr<Store>(Store& real)> damage;
};

/// How a journey ended, once every failed call was repeated.
struct JourneyEnd {
    std::vector<std::string> calls;    ///< Every call of a port, in order.
    std::size_t struck = 0;            ///< How many of them failed.
    std::vector<std::string> journal;  ///< Canonical; without refusals and closings of effects.
    std::vector<std::string> facts;    ///< Of each case, canonical.
    std::size_t messages = 0;          ///< How many different ones were delivered.
    std::vector<std::string> wrong;    ///< What does not hold, in words.
};

/// Plays the scenario with clients that give each command a key, repeat what the world failed, and
/// take every other answer as it is; the server restarts now and then. Looks afterwards whether the
/// journal is sound, whether rebuilding changes any row, whether every acknowledged command is
/// there and whether anything is left undone.
[[nodiscard]] JourneyEnd play_journey(const JourneySetting& setting, PlannedFault fault);

}  // namespace guildmark::tests
