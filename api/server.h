#pragma once

#include <memory>
#include <string>

#include "api/http/http_server.h"
#include "api/services.h"

namespace guildmark::api {

/// Where and how the server listens.
struct ServerOptions {
    HttpOptions http;
    /// How people reach it, such as "https://guildmark.example"; empty: by the Host that they name.
    std::string public_origin;
};

/// The running server.
class Server {
public:
    virtual ~Server() = default;

    [[nodiscard]] virtual std::uint16_t port() const = 0;

    /// Ends as HttpServer::stop says; stop the engine's host after it, so that what was begun is
    /// answered.
    virtual void stop(std::chrono::milliseconds patience) = 0;
};

/// Starts to serve. What `dependencies` names must outlive the server, which is the host's observer
/// meanwhile. Errors: public_origin_malformed, those of start_http_server.
[[nodiscard]] Result<std::unique_ptr<Server>> start_server(ServerOptions options,
                                                           const ApiDependencies& dependencies);

}  // namespace guildmark::api
