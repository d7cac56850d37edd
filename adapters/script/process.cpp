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

/// Starts `program` with the socket and the mailboxes as its only open files but the null device.
int spawn(const std::string& program, int socket, int memory, pid_t& pid) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, socket, worker_socket);
    posix_spawn_file_actions_adddup2(&actions, memory, worker_memory);
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
    const int memory = open_mailboxes();
    MappedMailboxes mailboxes = map_mailboxes(memory);
    std::array<int, 2> sockets{};
    if (!mailboxes || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets.data()) != 0) {
        Error error = unavailable_because("no socket or memory for a script worker");
        close(memory);
        return error;
    }
    pid_t pid = 0;
    const int failed = spawn(program, sockets[1], memory, pid);
    close(sockets[1]);
    close(memory);
    if (failed != 0) {
        close(sockets[0]);
        errno = failed;
        return unavailable_because(program);
    }
    std::unique_ptr<WorkerProcess> process(
        new WorkerProcess(pid, sockets[0], std::move(mailboxes)));
    std::string hello(1, request::evaluate);
    append_text(hello, "0");
    process->is_preparing_ = process->mailboxes_->requests.put(hello);
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
    if (events == POLLOUT) {
        return wait_asleep(events, budget);
    }
    if (!mailboxes_->answers.begin_sleep()) {
        return {};
    }
    Result<void> waited = wait_asleep(events, budget);
    mailboxes_->answers.end_sleep();
    return waited;
}

Result<void> WorkerProcess::wait_asleep(short events, Budget& budget) {
    if (!budget.processor_start) {
        budget.processor_start = processor_time();
    }
    bool is_long = false;
    while (true) {
        const auto elapsed = duration_cast<milliseconds>(Clock::now() - budget.start);
        const milliseconds rest = budget.processor_max - elapsed;
        const milliseconds patience = is_long ? std::max(rest, poll_min) : poll_min;
        pollfd state{socket_, events, 0};
        if (poll(&state, 1, static_cast<int>(patience.count())) > 0) {
            return {};
        }
        if (!is_preparing_ && !std::exchange(is_long, true) && on_long_script) {
            on_long_script();
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
    if (mailboxes_->requests.put(request)) {
        return {};
    }
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
        std::optional<std::string> answer = answers_.take();
        if (!answer) {
            answer = mailboxes_->answers.take();
        }
        if (answer) {
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
    // From here on nothing that takes long is a script.
    is_preparing_ = true;
    return send_message(std::string(1, request::reset), budget).has_value();
}

bool WorkerProcess::make_ready() {
    Budget budget(start_max);
    const bool is_ready = !is_preparing_ || receive_message(budget).has_value();
    is_preparing_ = false;
    return is_ready;
}

}  // namespace guildmark::script
