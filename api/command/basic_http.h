#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "api/application.h"
#include "api/http/http_server.h"
#include "engine/scxml/session.h"

namespace guildmark::api {

/// The Basic HTTP event processor of one plain run (SCXML appendix C.2): a server at a port of
/// 127.0.0.1 that the kernel chooses, with a path for each session, and the sending side.
class BasicHttp final : private Application {
public:
    using Clock = std::chrono::steady_clock;

    /// Listens. Errors: those of start_http_server.
    static Result<std::unique_ptr<BasicHttp>> start();
    ~BasicHttp() override;
    BasicHttp(const BasicHttp&) = delete;
    BasicHttp& operator=(const BasicHttp&) = delete;

    /// Whether `type` of a <send> names this processor.
    [[nodiscard]] static bool is_type(std::string_view type);

    /// Sends the event and waits until it was taken. Errors: message_undeliverable.
    [[nodiscard]] static Result<void> send(const scxml::Outgoing& outgoing);

    /// Where a session gets its messages.
    [[nodiscard]] std::string location(std::string_view session_id) const;

    /// What has come since the last call.
    [[nodiscard]] std::vector<scxml::Incoming> take();

    /// Waits until something comes, or until that time; whether something is there.
    bool wait_until(Clock::time_point time);

    /// Keeps an event; false when too many wait. Thread: any.
    bool receive(scxml::Incoming incoming);

private:
    BasicHttp() = default;
    Result<std::unique_ptr<Lane>> open_lane() override;

    std::mutex mutex_;
    std::condition_variable came_;
    std::vector<scxml::Incoming> inbox_;
    std::unique_ptr<HttpServer> server_;
};

}  // namespace guildmark::api
