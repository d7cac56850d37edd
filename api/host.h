#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "engine/runtime/engine.h"

namespace guildmark {

/// Gives the engine its turn, and a thread: a command that comes alone is carried out at once, by
/// the thread that brings it; others wait in a bounded queue, and what has gathered is committed
/// together. Timers and effects run when they are due.
///
/// Thread: any.
class EngineHost {
public:
    using Callback = std::function<void(Result<Answer>)>;
    using Observer = std::function<void(StreamId stream, std::uint64_t sequence)>;

    virtual ~EngineHost() = default;

    /// Takes a command; `done` is called after the commit, on the engine's thread or, when nothing
    /// else is at work, on the caller's before this returns; it must not block. When
    /// limits::command_queue_max wait already, or the host is stopping, `done` is called at once
    /// with overloaded or stopping (Retry::later).
    virtual void submit(Submission submission, Callback done) = 0;

    /// The same, waiting for the answer.
    virtual Result<Answer> submit_and_wait(Submission submission) = 0;

    /// Called after each commit, once for each stream that it wrote, by one thread at a time.
    virtual void set_observer(Observer observer) = 0;

    /// Answers what waits, then ends the thread. Later commands get `stopping`.
    virtual void stop() = 0;
};

/// Starts the engine's thread. When timers and effects fail it says so on standard error, once for
/// each reason.
[[nodiscard]] std::unique_ptr<EngineHost> start_engine_host(std::unique_ptr<Engine> engine,
                                                            Clock& clock);

}  // namespace guildmark
