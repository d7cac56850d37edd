#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <sys/types.h>
#include <utility>

#include "adapters/script/mailbox.h"
#include "adapters/script/message.h"
#include "engine/base/result.h"

namespace guildmark::script {

/// One running worker. It is killed and waited for when this ends.
class WorkerProcess {
public:
    /// Starts the program and does not wait for it: it answers when it is of use, to make_ready.
    /// Errors: script_unavailable.
    static Result<std::unique_ptr<WorkerProcess>> start(const std::string& program);

    ~WorkerProcess();
    WorkerProcess(const WorkerProcess&) = delete;
    WorkerProcess& operator=(const WorkerProcess&) = delete;

    /// Sends a request and waits for its answer: as long as the worker has used less processor time
    /// than limits::script_time_ms_max times sanitizer_factor, but in all no longer than
    /// wall_factor_max times that.
    /// Errors: script_limit (too long, or the worker died, which is how too much memory shows). The
    /// worker is of no use any more then.
    Result<std::string> exchange(const std::string& request);

    /// Sends the request to make room for another context, and does not wait for it; false when the
    /// worker is of no use any more.
    bool begin_reset();

    /// Waits until it has started, and a reset that was begun is done, so that what it takes is not
    /// counted as the next script's; false when the worker is of no use any more.
    bool make_ready();

    /// Called while a script runs that takes so long that the worker may soon be lost.
    std::function<void()> on_long_script;

    /// From now on its processor time counts for another context.
    void begin_context();

    /// Whether the context has had more processor time than that.
    [[nodiscard]] bool has_used(std::chrono::milliseconds processor_max) const;

    /// How many contexts and pure expressions it has had; for the caller to count.
    unsigned contexts = 0;
    unsigned pure_expressions = 0;

private:
    using Clock = std::chrono::steady_clock;

    /// How long one exchange may still take.
    struct Budget {
        explicit Budget(std::chrono::milliseconds max) : processor_max(max) {}

        std::chrono::milliseconds processor_max;
        Clock::time_point start = Clock::now();
        /// The worker's processor time when it was first waited for; asking for it takes a while.
        std::optional<std::chrono::microseconds> processor_start;
    };

    WorkerProcess(pid_t pid, int socket, MappedMailboxes mailboxes)
        : pid_(pid), socket_(socket), mailboxes_(std::move(mailboxes)) {}

    [[nodiscard]] std::chrono::microseconds processor_time() const;
    Result<std::string> exchange(const std::string& request, Budget& budget);
    Result<void> send_message(const std::string& request, Budget& budget);
    Result<std::string> receive_message(Budget& budget);
    Result<void> wait(short events, Budget& budget);
    Result<void> wait_asleep(short events, Budget& budget);

    pid_t pid_;
    int socket_;
    MappedMailboxes mailboxes_;
    FrameReader answers_;
    Clock::time_point context_start_;
    std::chrono::microseconds context_processor_start_{};
    /// It owes an answer that nobody asked for by exchange.
    bool is_preparing_ = false;
};

}  // namespace guildmark::script
