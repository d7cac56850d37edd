#include "adapters/script/process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <system_error>
#include <time.h>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "engine/base/limits.h"

namespace guildmark::script {
namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr milliseconds start_max(10'000);
constexpr milliseconds script_max{limits::script_time_ms_max * sanitizer_factor};
constexpr int wall_factor_max = 60;
constexpr milliseconds poll_min(10);

Error unavailable_because(std::string_view what) {
    Error error = unavailable("script_unavailable",
                              fmt::format("{}: {}", what, std::generic_category().message(errno)));
    error.retry = Retry::later;
    return error;
}

/// Starts `program` with the socket as its only open file but the null device.
int spawn(const std::string& program, int socket, pid_t& pid) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, socket, worker_socket);
    std::string name = "guildmark-script-worker";
    // No compiled code, few helper threads, and nothing that differs from machine to machine.
    std::array<std::string, 5> variables = {"JSC_useJIT=false",
                                            "JSC_numberOfGCMarkers=1",
                                            "JSC_useConcurrentGC=false",
                                            "LC_ALL=C",
                                            "TZ=UTC"};
    std::array<char*, 2> arguments = {name.data(), nullptr};
    std::array<char*, 6> environment{};
    for (std::size_t at = 0; at < variables.size(); ++at) {
        environment[at] = variables[at].data();
    }
    const int failed =
        posix_spawn(&pid, program.c_str(), &actions, nullptr, arguments.data(), environment.data());
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

}  // namespace

Result<std::unique_ptr<WorkerProcess>> WorkerProcess::start(const std::string& program) {
    std::array<int, 2> sockets{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets.data()) != 0) {
        return unavailable_because("no socket for a script worker");
    }
    pid_t pid = 0;
    const int failed = spawn(program, sockets[1], pid);
    close(sockets[1]);
    if (failed != 0) {
        close(sockets[0]);
        errno = failed;
        return unavailable_because(program);
    }
    std::unique_ptr<WorkerProcess> process(new WorkerProcess(pid, sockets[0]));
    std::string hello(1, request::evaluate);
    append_text(hello, "0");
    Budget budget(start_max);
    if (!process->exchange(hello, budget)) {
        return unavailable("script_unavailable",
                           fmt::format("{} was started and does not answer", program));
    }
    return process;
}

WorkerProcess::~WorkerProcess() {
    close(socket_);
    kill(pid_, SIGKILL);
    while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
}

microseconds WorkerProcess::processor_time() const {
    clockid_t clock{};
    timespec time{};
    if (clock_getcpuclockid(pid_, &clock) != 0 || clock_gettime(clock, &time) != 0) {
        return {};
    }
    return std::chrono::seconds(time.tv_sec) + microseconds(time.tv_nsec / 1000);
}

Result<void> WorkerProcess::wait(short events, Budget& budget) {
    if (Clock::now() - budget.start < looking_again) {
        sched_yield();
        return {};
    }
    if (!budget.processor_start) {
        budget.processor_start = processor_time();
    }
    while (true) {
        const auto elapsed = duration_cast<milliseconds>(Clock::now() - budget.start);
        const milliseconds rest = budget.processor_max - elapsed;
        pollfd state{socket_, events, 0};
        if (poll(&state, 1, static_cast<int>(std::max(rest, poll_min).count())) > 0) {
            return {};
        }
        // A busy machine gives a script its processor time later, not less of it.
        const bool is_used = processor_time() - *budget.processor_start >= budget.processor_max;
        if (rest <= poll_min.zero() &&
            (is_used || elapsed >= wall_factor_max * budget.processor_max)) {
            return too_large(
                "script_limit",
                fmt::format("the script ran longer than {} ms", budget.processor_max.count()));
        }
    }
}

Result<void> WorkerProcess::send_message(const std::string& request, Budget& budget) {
    const std::string frame = framed(request);
    for (std::string_view rest = frame; !rest.empty();) {
        const ssize_t sent = send(socket_, rest.data(), rest.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0) {
            rest.remove_prefix(static_cast<std::size_t>(sent));
        } else if (errno == EAGAIN || errno == EINTR) {
            TRY(wait(POLLOUT, budget));
        } else {
            return too_large("script_limit", "the script worker is gone");
        }
    }
    return {};
}

Result<std::string> WorkerProcess::receive_message(Budget& budget) {
    while (true) {
        if (answers_.is_too_large()) {
            return too_large("script_limit", "the script worker's answer is too large");
        }
        if (std::optional<std::string> answer = answers_.take()) {
            return std::move(*answer);
        }
        const std::span<char> space = answers_.space();
        const ssize_t received = recv(socket_, space.data(), space.size(), MSG_DONTWAIT);
        if (received > 0) {
            answers_.add(static_cast<std::size_t>(received));
        } else if (received < 0 && (errno == EAGAIN || errno == EINTR)) {
            TRY(wait(POLLIN, budget));
        } else {
            return too_large(
                "script_limit",
                fmt::format("the script worker ended: the script took more than {} MiB",
                            limits::script_memory_bytes_max >> 20u));
        }
    }
}

Result<std::string> WorkerProcess::exchange(const std::string& request, Budget& budget) {
    if (request.size() > message_bytes_max) {
        return too_large("script_limit", "the variables are too large for the script worker");
    }
    TRY(send_message(request, budget));
    return receive_message(budget);
}

Result<std::string> WorkerProcess::exchange(const std::string& request) {
    Budget budget(script_max);
    return exchange(request, budget);
}

void WorkerProcess::begin_context() {
    context_start_ = Clock::now();
    context_processor_start_ = processor_time();
}

/// Asking for the processor's time takes a while, and it has not had more of that than of any.
bool WorkerProcess::has_used(milliseconds processor_max) const {
    return Clock::now() - context_start_ > processor_max &&
           processor_time() - context_processor_start_ > processor_max;
}

bool WorkerProcess::begin_reset() {
    Budget budget(script_max);
    is_resetting_ = send_message(std::string(1, request::reset), budget).has_value();
    return is_resetting_;
}

bool WorkerProcess::finish_reset() {
    Budget budget(start_max);
    return !std::exchange(is_resetting_, false) || receive_message(budget).has_value();
}

}  // namespace guildmark::script
