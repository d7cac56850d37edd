#include "adapters/script/process.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <system_error>
#include <time.h>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "adapters/script/message.h"
#include "engine/base/limits.h"

namespace guildmark::script {
namespace {

constexpr std::int64_t start_ms_max = 10'000;
constexpr std::int64_t wall_factor_max = 60;
constexpr int look_again_ms = 10;

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
    if (!process->exchange(hello, process->budget(start_ms_max))) {
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

WorkerProcess::Budget WorkerProcess::budget(std::int64_t processor_ms_max) const {
    return {Clock::now(), processor_ms(), processor_ms_max};
}

std::int64_t WorkerProcess::processor_ms() const {
    clockid_t clock{};
    timespec time{};
    if (clock_getcpuclockid(pid_, &clock) != 0 || clock_gettime(clock, &time) != 0) {
        return 0;
    }
    return time.tv_sec * 1000 + time.tv_nsec / 1'000'000;
}

Result<void> WorkerProcess::wait(short events, const Budget& budget) {
    while (true) {
        const auto elapsed_ms =
            std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - budget.start)
                .count();
        const std::int64_t rest_ms = budget.processor_ms_max - elapsed_ms;
        pollfd state{socket_, events, 0};
        const int ready =
            poll(&state, 1, rest_ms > look_again_ms ? static_cast<int>(rest_ms) : look_again_ms);
        if (ready > 0) {
            return {};
        }
        // A busy machine gives a script its processor time later, not less of it.
        const bool is_used = processor_ms() - budget.processor_start_ms >= budget.processor_ms_max;
        if (rest_ms <= 0 && (is_used || elapsed_ms >= wall_factor_max * budget.processor_ms_max)) {
            return too_large(
                "script_limit",
                fmt::format("the script ran longer than {} ms", budget.processor_ms_max));
        }
    }
}

Result<void> WorkerProcess::send_all(std::string_view bytes, const Budget& budget) {
    while (!bytes.empty()) {
        const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        } else if (errno == EAGAIN || errno == EINTR) {
            TRY(wait(POLLOUT, budget));
        } else {
            return too_large("script_limit", "the script worker is gone");
        }
    }
    return {};
}

Result<void> WorkerProcess::receive_all(char* out, std::size_t size, const Budget& budget) {
    while (size > 0) {
        const ssize_t received = recv(socket_, out, size, MSG_DONTWAIT);
        if (received > 0) {
            out += received;
            size -= static_cast<std::size_t>(received);
        } else if (received < 0 && (errno == EAGAIN || errno == EINTR)) {
            TRY(wait(POLLIN, budget));
        } else {
            return too_large(
                "script_limit",
                fmt::format("the script worker ended: the script took more than {} MiB",
                            limits::script_memory_bytes_max >> 20u));
        }
    }
    return {};
}

Result<std::string> WorkerProcess::exchange(const std::string& request, const Budget& budget) {
    if (request.size() > message_bytes_max) {
        return too_large("script_limit", "the variables are too large for the script worker");
    }
    TRY(send_message(request, budget));
    return receive_message(budget);
}

Result<void> WorkerProcess::send_message(const std::string& request, const Budget& budget) {
    const auto size = static_cast<Header>(request.size());
    std::array<char, sizeof size> header{};
    std::memcpy(header.data(), &size, sizeof size);
    TRY(send_all(std::string_view(header.data(), header.size()), budget));
    return send_all(request, budget);
}

Result<std::string> WorkerProcess::receive_message(const Budget& budget) {
    std::array<char, sizeof(Header)> header{};
    TRY(receive_all(header.data(), header.size(), budget));
    Header answer_size = 0;
    std::memcpy(&answer_size, header.data(), sizeof answer_size);
    if (answer_size > message_bytes_max) {
        return too_large("script_limit", "the script worker's answer is too large");
    }
    std::string answer(answer_size, '\0');
    TRY(receive_all(answer.data(), answer.size(), budget));
    return answer;
}

Result<std::string> WorkerProcess::exchange(const std::string& request) {
    const Budget budget = this->budget(limits::script_time_ms_max);
    Result<std::string> answer = exchange(request, budget);
    used_ms += processor_ms() - budget.processor_start_ms;
    return answer;
}

bool WorkerProcess::begin_reset() {
    const Budget budget = this->budget(limits::script_time_ms_max);
    return send_message(std::string(1, request::reset), budget).has_value();
}

bool WorkerProcess::finish_reset() {
    return receive_message(budget(start_ms_max)).has_value();
}

}  // namespace guildmark::script
