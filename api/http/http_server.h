#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "api/application.h"
#include "engine/base/result.h"

namespace guildmark::api {

/// Where to listen, and what one client may take.
struct HttpOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0: one that the kernel chooses.
    std::size_t threads = 2;
    bool is_https = false;  ///< A proxy before us speaks https to the clients.

    std::size_t connections_max = 10'000;
    std::size_t event_streams_max = 2'000;
    std::size_t header_bytes_max = 16u << 10;
    std::size_t target_bytes_max = 8u << 10;

    /// A request's head, a body of JSON, each piece of an upload and each piece of an answer must
    /// have passed within this; a connection is also closed when it is idle for so long.
    std::chrono::milliseconds deadline{30'000};
    /// An upload as a whole must arrive at least so fast, after a first minute.
    std::uint64_t upload_bytes_per_second_min = 32u << 10;
    std::chrono::milliseconds heartbeat{15'000};
};

/// Takes connections and lets an Application answer them.
class HttpServer {
public:
    virtual ~HttpServer() = default;

    [[nodiscard]] virtual std::uint16_t port() const = 0;

    /// Takes no more connections, closes event streams and those that have sent no whole request,
    /// lets running requests finish for at most `patience`, then closes what is left and ends the
    /// threads. May be called again.
    virtual void stop(std::chrono::milliseconds patience) = 0;
};

/// Listens and starts the threads. `application` must outlive the server.
/// Errors: address_malformed, address_unavailable (in use, or not of this machine), those of
/// open_lane.
[[nodiscard]] Result<std::unique_ptr<HttpServer>> start_http_server(HttpOptions options,
                                                                    Application& application);

}  // namespace guildmark::api
