#include "adapters/store/sqlite/checkpointer.h"

#include <sqlite3.h>

namespace guildmark::sqlite {

Result<bool> checkpoint(Connection& connection, CheckpointMode mode) {
    int frames_in_log = 0;
    int frames_copied = 0;
    const int code = sqlite3_wal_checkpoint_v2(
        connection.handle(),
        "main",
        mode == CheckpointMode::passive ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_TRUNCATE,
        &frames_in_log,
        &frames_copied);
    if (code != SQLITE_OK) {
        return connection.error(code, "checkpointing");
    }
    return frames_in_log == frames_copied;
}

Checkpointer::Checkpointer(Connection connection, std::function<void(const Error&)> report)
    : connection_(std::move(connection)), report_(std::move(report)), thread_([this] { run(); }) {}

Checkpointer::~Checkpointer() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

void Checkpointer::request() {
    {
        const std::lock_guard lock(mutex_);
        requested_ = true;
        idle_ = false;
    }
    changed_.notify_one();
}

void Checkpointer::run() {
    bool failing = false;
    while (true) {
        {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [this] { return requested_ || stopping_; });
            if (stopping_) {
                return;
            }
            requested_ = false;
        }
        const std::lock_guard lock(running_);
        const auto done = checkpoint(connection_, CheckpointMode::passive);
        const bool fails = !done && done.error().code != "store_busy";
        if (fails && !failing && report_) {
            report_(done.error());
        }
        failing = fails;
        const std::lock_guard end(mutex_);
        idle_ = !requested_;
    }
}

}  // namespace guildmark::sqlite
