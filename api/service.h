#pragma once

#include <memory>
#include <string>

#include "api/application.h"
#include "api/services.h"

namespace guildmark::api {

/// What the service knows of where it stands.
struct ServiceOptions {
    /// How people reach the server, such as "https://guildmark.example"; empty: by the Host that
    /// they name.
    std::string public_origin;
};

/// Guildmark behind HTTP: finds the route, tells who asks and whether they may, lets the handler
/// run, and tells the answer. While it lives it is the host's observer; `dependencies` must outlive
/// it.
[[nodiscard]] std::unique_ptr<Application> make_service(const ApiDependencies& dependencies,
                                                        ServiceOptions options);

}  // namespace guildmark::api
