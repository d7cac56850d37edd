#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/figures.h"

namespace guildmark::bench {

/// Gives the next request's text.
using NextRequest = std::function<std::string()>;

/// How long, and by how many clients at once.
struct Load {
    std::uint16_t port = 0;
    std::size_t connections = 1;
    std::chrono::milliseconds duration{1'000};
    std::size_t requests_max = SIZE_MAX;
};

/// What came of it.
struct LoadResult {
    Timings timings;     ///< From a request's first byte to the answer's last.
    double seconds = 0;  ///< From the first request to the last answer.

    /// Answers a second of all clients together.
    [[nodiscard]] double rate() const { return static_cast<double>(timings.count()) / seconds; }
};

/// Keep-alive clients in one thread, each of which sends its next request as soon as the last was
/// answered. Every answer must have the status 200 or 201; another ends the benchmark, with its
/// text.
[[nodiscard]] LoadResult run_load(const Load& load, const NextRequest& next);

/// The body of one answer.
[[nodiscard]] std::string fetch(std::uint16_t port, const std::string& request);

/// A request with Host, the token when there is one, and a body of JSON when there is one.
[[nodiscard]] std::string request_text(std::string_view method,
                                       std::string_view target,
                                       std::string_view token,
                                       std::string_view headers = {},
                                       std::string_view body = {});

}  // namespace guildmark::bench
