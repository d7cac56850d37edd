#include "tests/bench/child_process.h"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "engine/base/ensure.h"

extern char** environ;

namespace guildmark::bench {

ChildProcess::ChildProcess(const std::vector<std::string>& arguments) {
    std::array<int, 2> ends{};
    ENSURE(::pipe2(ends.data(), O_CLOEXEC) == 0, "a pipe opens");
    posix_spawn_file_actions_t actions{};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    // It ends with this program, also when that breaks off.
    std::vector<std::string> texts{"/usr/bin/setpriv", "--pdeathsig", "TERM", "--"};
    texts.insert(texts.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (std::string& text : texts) {
        pointers.push_back(text.data());
    }
    pointers.push_back(nullptr);
    const int failure =
        ::posix_spawn(&process_, pointers[0], &actions, nullptr, pointers.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    output_ = ends[0];
    ENSURE(failure == 0, "a program that a benchmark needs does not start");
}

ChildProcess::~ChildProcess() {
    ::kill(process_, SIGTERM);
    int status = 0;
    ::waitpid(process_, &status, 0);
    ::close(output_);
}

std::string ChildProcess::read_line() const {
    std::string line;
    char letter = 0;
    while (::read(output_, &letter, 1) == 1 && letter != '\n') {
        line.push_back(letter);
    }
    return line;
}

double ChildProcess::cpu_us() const {
    clockid_t clock{};
    timespec time{};
    ENSURE(::clock_getcpuclockid(process_, &clock) == 0 && ::clock_gettime(clock, &time) == 0,
           "a program that is measured still runs");
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

}  // namespace guildmark::bench
