#pragma once

#include <string>
#include <sys/types.h>
#include <vector>

namespace guildmark::bench {

/// A program that this one has started; asked to end, and waited for, when the object goes.
class ChildProcess {
public:
    /// Starts the program at `arguments[0]`, its standard output to be read by read_line.
    explicit ChildProcess(const std::vector<std::string>& arguments);
    ~ChildProcess();

    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    /// What it writes until the next line break, or until it closes its output.
    [[nodiscard]] std::string read_line() const;

    /// What all its threads have taken of the processors so far, with what the kernel did for them.
    [[nodiscard]] double cpu_us() const;

private:
    pid_t process_ = -1;
    int output_ = -1;
};

}  // namespace guildmark::bench
