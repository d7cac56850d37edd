#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "tests/bench/child_process.h"

namespace guildmark::bench {

/// A server in a process of its own, on a port of this machine.
struct RunningServer {
    std::unique_ptr<ChildProcess> process;
    std::uint16_t port = 0;
};

/// `guildmark serve` on the practice in `folder`, on a port that the kernel chooses.
[[nodiscard]] RunningServer serve_practice(const std::string& folder);

/// nginx with one worker, which answers GET /body with `body`; its files lie in `folder`.
/// REQUIRES: the Debian package nginx-light.
[[nodiscard]] RunningServer serve_by_nginx(const std::string& folder, const std::string& body);

}  // namespace guildmark::bench
