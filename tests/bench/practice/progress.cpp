#include "tests/bench/practice/progress.h"

#include <cstdio>
#include <unistd.h>

#include <fmt/format.h>

namespace guildmark::bench {

Progress::Progress(std::string work, std::uint64_t all)
    : work_(std::move(work)), all_(all), is_seen_(::isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
    if (is_seen_) {
        fmt::print(stderr, "\r\033[K");
    }
}

void Progress::tell(std::uint64_t done) {
    const auto now = std::chrono::steady_clock::now();
    if (is_seen_ && now >= next_) {
        next_ = now + std::chrono::milliseconds(200);
        fmt::print(stderr, "\r{}: {} of {} ({} %)\033[K", work_, done, all_, done * 100 / all_);
        std::fflush(stderr);
    }
}

}  // namespace guildmark::bench
