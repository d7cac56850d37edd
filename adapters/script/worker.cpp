#include "adapters/script/worker.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <fstream>
#include <optional>
#include <sched.h>
#include <string>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <utility>

#include "adapters/script/mailbox.h"
#include "adapters/script/message.h"
#include "adapters/script/runtime.h"
#include "engine/base/limits.h"

namespace guildmark::script {
namespace {

/// Longer than any caller waits, so it matters only when the caller is gone.
constexpr int orphan_seconds_max = 10;

/// What the process takes now, in bytes, as RLIMIT_DATA counts it.
std::size_t data_bytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmData:")) {
            const std::size_t digits = line.find_first_of("0123456789");
            std::size_t kibibytes = 0;
            std::from_chars(line.data() + digits, line.data() + line.size(), kibibytes);
            return kibibytes * 1024;
        }
    }
    return 0;
}

/// REQUIRES: the script engine has started, because it reserves more address space than scripts
/// get.
bool limit_memory() {
    const std::size_t bytes = data_bytes();
    const rlimit no_core{0, 0};
    const std::size_t bytes_max = bytes + sanitizer_factor * limits::script_memory_bytes_max;
    const rlimit data{bytes_max, bytes_max};
    return bytes > 0 && setrlimit(RLIMIT_DATA, &data) == 0 && setrlimit(RLIMIT_CORE, &no_core) == 0;
}

void set_alarm(int seconds) {
    itimerval timer{};
    timer.it_value.tv_sec = seconds;
    setitimer(ITIMER_REAL, &timer, nullptr);
}

/// The worker's end of the socket and the mailboxes.
class Caller {
public:
    Caller(int fd, MappedMailboxes mailboxes) : fd_(fd), mailboxes_(std::move(mailboxes)) {}

    /// Waits for the next message; false when the caller is gone.
    bool receive(std::string& message);

    /// False when the caller is gone.
    bool send(const std::string& message);

private:
    bool receive_bytes(bool is_patient);

    int fd_;
    MappedMailboxes mailboxes_;
    FrameReader frames_;
};

bool Caller::receive(std::string& message) {
    using Clock = std::chrono::steady_clock;
    const Clock::time_point start = Clock::now();
    while (!frames_.is_too_large()) {
        std::optional<std::string> whole = frames_.take();
        if (!whole) {
            whole = mailboxes_->requests.take();
        }
        if (whole) {
            message = std::move(*whole);
            return true;
        }
        if (!receive_bytes(Clock::now() - start >= looking_again)) {
            return false;
        }
    }
    return false;
}

bool Caller::receive_bytes(bool is_patient) {
    const bool is_asleep = is_patient && mailboxes_->requests.begin_sleep();
    const std::span<char> space = frames_.space();
    const ssize_t received = recv(fd_, space.data(), space.size(), is_asleep ? 0 : MSG_DONTWAIT);
    const int failure = errno;
    if (is_asleep) {
        mailboxes_->requests.end_sleep();
    }
    if (received > 0) {
        frames_.add(static_cast<std::size_t>(received));
    } else if (received == 0 || (failure != EINTR && failure != EAGAIN)) {
        return false;
    } else {
        sched_yield();
    }
    return true;
}

bool Caller::send(const std::string& message) {
    if (mailboxes_->answers.put(message)) {
        return true;
    }
    const std::string frame = framed(message);
    for (std::size_t sent = 0; sent < frame.size();) {
        const ssize_t now = ::send(fd_, frame.data() + sent, frame.size() - sent, MSG_NOSIGNAL);
        if (now < 0 && errno != EINTR) {
            return false;
        }
        sent += now < 0 ? 0 : static_cast<std::size_t>(now);
    }
    return true;
}

/// Performs one part of a request. Nothing for one that is not well formed.
std::optional<Outcome> perform(Runtime& runtime, char letter, MessageReader& reader) {
    const auto first = reader.take_text();
    if (!first) {
        return std::nullopt;
    }
    if (letter == request::evaluate) {
        return runtime.evaluate(*first);
    }
    if (letter == request::execute) {
        return runtime.execute(*first);
    }
    if (letter == request::declare) {
        return runtime.declare(*first);
    }
    if (letter == request::evaluate_pure) {
        return runtime.evaluate_pure(*first);
    }
    if (letter == request::give_functions) {
        runtime.give_functions(*first);
        return Outcome{answer::undefined, {}};
    }
    if (letter == request::define_undefined) {
        return runtime.define_undefined(*first);
    }
    if (letter == request::give_undefined) {
        runtime.give_undefined(*first);
        return Outcome{answer::undefined, {}};
    }
    const auto second = reader.take_text();
    if (!second) {
        return std::nullopt;
    }
    if (letter == request::define) {
        return runtime.define(*first, *second);
    }
    if (letter == request::define_function) {
        return runtime.define_function(*first, *second);
    }
    if (letter == request::define_membership) {
        return runtime.define_membership(*first, *second);
    }
    if (letter == request::give_membership) {
        runtime.give_membership(*first, *second);
        return Outcome{answer::undefined, {}};
    }
    const auto third = reader.take_text();
    if (!third) {
        return std::nullopt;
    }
    if (letter == request::give) {
        runtime.give(*first, *second, *third);
        return Outcome{answer::undefined, {}};
    }
    return runtime.define_read_only(*first, *second, *third);
}

std::string make_answer(Runtime& runtime, Outcome outcome, bool is_pure) {
    std::string changes;
    const Outcome taken =
        is_pure ? Outcome{answer::undefined, {}} : runtime.append_changes(changes);
    if (taken.kind == answer::limit) {
        outcome = taken;
        changes.clear();
    } else if (taken.kind == answer::failed && outcome.kind != answer::limit &&
               outcome.kind != answer::failed) {
        outcome = taken;
    }
    if (outcome.text.size() > message_bytes_max / 2) {
        outcome = {answer::limit, "the value is too large"};
        changes.clear();
    }
    std::string message(1, outcome.kind);
    append_text(message, outcome.text);
    return message + changes;
}

/// Answers one request; false when it is not well formed or the caller is gone.
bool serve(Caller& caller, Runtime& runtime, const std::string& message) {
    MessageReader reader(message);
    Outcome outcome{answer::undefined, {}};
    bool is_pure = false;
    while (const auto letter = reader.take_letter()) {
        is_pure = *letter == request::evaluate_pure;
        if (*letter == request::reset) {
            runtime.reset();
            return caller.send(std::string(1, answer::undefined));
        }
        const auto done = perform(runtime, *letter, reader);
        if (!done) {
            return false;
        }
        outcome = *done;
        if (outcome.kind == answer::failed || outcome.kind == answer::limit) {
            break;
        }
    }
    return caller.send(make_answer(runtime, std::move(outcome), is_pure));
}

}  // namespace

int run_script_worker(int fd, int memory) {
    MappedMailboxes mailboxes = map_mailboxes(memory);
    close(memory);
    Runtime runtime;
    if (!mailboxes || !limit_memory()) {
        return 1;
    }
    Caller caller(fd, std::move(mailboxes));
    std::string message;
    while (caller.receive(message)) {
        set_alarm(orphan_seconds_max);
        if (!serve(caller, runtime, message)) {
            return 1;
        }
        set_alarm(0);
    }
    return 0;
}

}  // namespace guildmark::script
