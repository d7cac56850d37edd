#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "adapters/store/sqlite/connection.h"
#include "engine/base/result.h"

namespace guildmark::sqlite {

/// What a checkpoint waits for.
enum class CheckpointMode {
    passive,   ///< Copies what it can without waiting for anyone.
    truncate,  ///< Waits for readers, copies everything and empties the log.
};

/// Copies committed pages from the write-ahead log into the database. Result: true when everything
/// was copied, so that the log can begin anew. Errors: store_busy, store_failed.
[[nodiscard]] Result<bool> checkpoint(Connection& connection, CheckpointMode mode);

/// Checkpoints on a thread of its own, so that commits need not wait for it.
class Checkpointer {
public:
    /// `report` is called on the thread, once for each time that checkpoints begin to fail: data
    /// are safe then, but the log grows.
    Checkpointer(Connection connection, std::function<void(const Error&)> report);

    /// Ends a checkpoint that is under way and the thread.
    ~Checkpointer();

    Checkpointer(const Checkpointer&) = delete;
    Checkpointer& operator=(const Checkpointer&) = delete;

    /// Asks for a checkpoint; returns at once.
    void request();

    /// True when everything that was asked for is done.
    [[nodiscard]] bool is_idle() const { return idle_; }

    /// Keeps the thread from beginning a checkpoint; waits for the end of one that is under way.
    [[nodiscard]] std::unique_lock<std::mutex> pause() { return std::unique_lock(running_); }

private:
    void run();

    Connection connection_;
    std::function<void(const Error&)> report_;
    std::mutex running_;
    std::mutex mutex_;  // Of the two flags.
    std::condition_variable changed_;
    std::atomic<bool> idle_ = true;
    bool requested_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace guildmark::sqlite
