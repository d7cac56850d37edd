#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <sys/types.h>

#include "engine/base/result.h"

namespace guildmark::script {

/// One running worker. It is killed and waited for when this ends.
class WorkerProcess {
public:
    /// Starts the program and waits until it answers. Errors: script_unavailable.
    static Result<std::unique_ptr<WorkerProcess>> start(const std::string& program);

    ~WorkerProcess();
    WorkerProcess(const WorkerProcess&) = delete;
    WorkerProcess& operator=(const WorkerProcess&) = delete;

    /// Sends a request and waits for its answer: as long as the worker has used less processor time
    /// than limits::script_time_ms_max, but in all no longer than wall_factor_max times that.
    /// Errors: script_limit (too long, or the worker died, which is how too much memory shows). The
    /// worker is of no use any more then.
    Result<std::string> exchange(const std::string& request);

    /// Sends the request to make room for another context, and does not wait for it; false when the
    /// worker is gone.
    bool begin_reset();

    /// Waits until the reset is done, so that what it takes is not counted as the next script's;
    /// false when the worker is of no use any more.
    bool finish_reset();

    /// Processor time that the exchanges took, in milliseconds; for the caller to set back.
    std::int64_t used_ms = 0;

    /// How many contexts it has had; for the caller to count.
    unsigned contexts = 0;

private:
    using Clock = std::chrono::steady_clock;

    /// How long one exchange may still take.
    struct Budget {
        Clock::time_point start = Clock::now();
        std::int64_t processor_start_ms = 0;
        std::int64_t processor_ms_max = 0;
    };

    WorkerProcess(pid_t pid, int socket) : pid_(pid), socket_(socket) {}

    [[nodiscard]] Budget budget(std::int64_t processor_ms_max) const;
    [[nodiscard]] std::int64_t processor_ms() const;
    Result<std::string> exchange(const std::string& request, const Budget& budget);
    Result<void> send_message(const std::string& request, const Budget& budget);
    Result<std::string> receive_message(const Budget& budget);
    Result<void> send_all(std::string_view bytes, const Budget& budget);
    Result<void> receive_all(char* out, std::size_t size, const Budget& budget);
    Result<void> wait(short events, const Budget& budget);

    pid_t pid_;
    int socket_;
};

}  // namespace guildmark::script
