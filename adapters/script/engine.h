#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "engine/ports/script_engine.h"

namespace guildmark {

/// Where and how many script workers there are.
struct ScriptWorkersOptions {
    /// The worker's program; empty: "guildmark-script-worker" in the folder of the running program.
    std::string program;
    /// Contexts open at one time; further ones are script_unavailable.
    std::size_t workers_max = 4;
};

/// Runs scripts in JavaScriptCore, in processes of their own, one a context. A script that takes
/// too much time (limits::script_time_ms_max, ten times that for all evaluations of a context) or
/// memory (limits::script_memory_bytes_max) is ended with its process, and the next context gets
/// another.
///
/// Scripts see no Date, no Math.random, no Intl, no weak references and nothing of the machine, and
/// what ECMAScript itself brings is frozen, so that the same scripts on the same variables always
/// have the same results.
///
/// Lifetime: outlives its contexts. Thread: any; a context, one at a time.
class ScriptWorkers final : public ScriptEngine {
public:
    explicit ScriptWorkers(ScriptWorkersOptions options = {});
    ~ScriptWorkers() override;

    Result<std::unique_ptr<ScriptContext>> open() override;

    Result<std::optional<Value>> evaluate_pure(std::string_view expression,
                                               std::span<const ScriptInput> inputs,
                                               std::string_view functions) override;

    struct Pool;

private:
    std::unique_ptr<Pool> pool_;
};

}  // namespace guildmark
