#include "api/server.h"

#include "api/service.h"

namespace guildmark::api {
namespace {

class RunningServer : public Server {
public:
    RunningServer(std::unique_ptr<Application> service, std::unique_ptr<HttpServer> http)
        : service_(std::move(service)), http_(std::move(http)) {}

    [[nodiscard]] std::uint16_t port() const override { return http_->port(); }

    void stop(std::chrono::milliseconds patience) override { http_->stop(patience); }

private:
    // The connections end before what they are answered by.
    std::unique_ptr<Application> service_;
    std::unique_ptr<HttpServer> http_;
};

/// "https://host" or "http://host:port", without a path.
bool is_origin(const std::string& text) {
    const std::size_t begin = text.starts_with("https://")  ? 8
                              : text.starts_with("http://") ? 7
                                                            : 0;
    return begin > 0 && text.size() > begin && text.find('/', begin) == std::string::npos;
}

}  // namespace

Result<std::unique_ptr<Server>> start_server(ServerOptions options,
                                             const ApiDependencies& dependencies) {
    if (!options.public_origin.empty() && !is_origin(options.public_origin)) {
        return malformed("public_origin_malformed",
                         "this must be like https://guildmark.example, without a path",
                         "public-origin");
    }
    options.http.is_https = options.public_origin.starts_with("https://");
    auto service = make_service(dependencies, {options.public_origin});
    auto http = TRY(start_http_server(std::move(options.http), *service));
    return std::unique_ptr<Server>(
        std::make_unique<RunningServer>(std::move(service), std::move(http)));
}

}  // namespace guildmark::api
