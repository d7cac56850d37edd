// Invariants:
// - One thread accepts and gives each new connection to the lanes in turn.
// - A lane's connections, timer and application are touched on its own thread alone; other threads
//   only post to it.
#include <ctime>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/format.h>

#include "api/head.h"
#include "api/http/connection.h"
#include "api/http/http_server.h"

namespace guildmark::api {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using std::chrono::steady_clock;

constexpr std::chrono::milliseconds tick_interval{250};
constexpr std::chrono::milliseconds pause_when_out_of_files{100};

std::string date_now() {
    return http_date(static_cast<std::int64_t>(std::time(nullptr)));
}

class Server : public HttpServer {
public:
    explicit Server(HttpOptions options)
        : options_(std::move(options)), census_(std::make_shared<Census>()) {}

    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    ~Server() override { stop(std::chrono::milliseconds(0)); }

    Result<void> open(Application& application);
    void run();

    [[nodiscard]] std::uint16_t port() const override { return port_; }

    void stop(std::chrono::milliseconds patience) override;

private:
    Result<void> listen(const asio::ip::tcp::endpoint& endpoint);
    void accept();
    void on_accept(asio::ip::tcp::socket socket, std::size_t index);
    void tick(const std::shared_ptr<IoLane>& lane, std::size_t index);

    HttpOptions options_;
    std::shared_ptr<Census> census_;
    std::vector<std::shared_ptr<IoLane>> lanes_;
    std::vector<std::unique_ptr<asio::steady_timer>> timers_;
    std::vector<std::jthread> threads_;
    std::unique_ptr<asio::ip::tcp::acceptor> acceptor_;
    std::unique_ptr<asio::steady_timer> pause_;
    std::size_t next_lane_ = 0;
    std::uint16_t port_ = 0;
    bool stopped_ = false;
};

Result<void> Server::open(Application& application) {
    error_code code;
    const auto address = asio::ip::make_address(options_.address, code);
    if (code) {
        return malformed("address_malformed",
                         fmt::format("\"{}\" is no IP address", options_.address),
                         "address");
    }
    for (std::size_t index = 0; index < options_.threads; ++index) {
        auto lane = std::make_shared<IoLane>(options_, census_);
        lane->lane = TRY(application.open_lane());
        lane->date = date_now();
        timers_.push_back(std::make_unique<asio::steady_timer>(lane->context));
        lanes_.push_back(std::move(lane));
    }
    return listen(asio::ip::tcp::endpoint(address, options_.port));
}

Result<void> Server::listen(const asio::ip::tcp::endpoint& endpoint) {
    error_code code;
    acceptor_ = std::make_unique<asio::ip::tcp::acceptor>(lanes_[0]->context);
    pause_ = std::make_unique<asio::steady_timer>(lanes_[0]->context);
    acceptor_->open(endpoint.protocol(), code);
    if (!code) {
        acceptor_->set_option(asio::socket_base::reuse_address(true), code);
    }
    if (!code) {
        acceptor_->bind(endpoint, code);
    }
    if (!code) {
        acceptor_->listen(asio::socket_base::max_listen_connections, code);
    }
    if (code) {
        return unavailable(
            "address_unavailable",
            fmt::format(
                "cannot listen on {} port {}: {}", options_.address, options_.port, code.message()),
            "address");
    }
    port_ = acceptor_->local_endpoint(code).port();
    return {};
}

void Server::run() {
    accept();
    for (std::size_t index = 0; index < lanes_.size(); ++index) {
        tick(lanes_[index], index);
        threads_.emplace_back([lane = lanes_[index]] { lane->context.run(); });
    }
}

void Server::accept() {
    const std::size_t index = next_lane_++ % lanes_.size();
    acceptor_->async_accept(
        lanes_[index]->context, [this, index](error_code code, asio::ip::tcp::socket socket) {
            if (code == asio::error::operation_aborted || !acceptor_->is_open()) {
                return;
            }
            if (!code) {
                on_accept(std::move(socket), index);
                accept();
                return;
            }
            pause_->expires_after(pause_when_out_of_files);
            pause_->async_wait([this](error_code cancelled) {
                if (!cancelled) {
                    accept();
                }
            });
        });
}

void Server::on_accept(asio::ip::tcp::socket socket, std::size_t index) {
    if (census_->connections >= options_.connections_max) {
        static constexpr std::string_view full =
            "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n"
            "Connection: close\r\n\r\n";
        error_code ignored;
        socket.non_blocking(true, ignored);
        socket.write_some(asio::buffer(full.data(), full.size()), ignored);
        return;
    }
    const std::shared_ptr<IoLane>& lane = lanes_[index];
    auto connection = std::make_shared<Connection>(lane, std::move(socket));
    asio::post(lane->context, [lane, connection] {
        if (!lane->is_stopping) {
            lane->connections.emplace(connection.get(), connection);
            connection->start();
        }
    });
}

/// Deadlines are looked at by one timer a lane, not by one a connection: setting a timer twice a
/// request would cost more than all else that this folder does.
void Server::tick(const std::shared_ptr<IoLane>& lane, std::size_t index) {
    if (lane->has_ended) {
        return;
    }
    lane->now = steady_clock::now();
    lane->date = date_now();
    std::vector<std::shared_ptr<Connection>> all;
    all.reserve(lane->connections.size());
    for (const auto& [key, connection] : lane->connections) {
        all.push_back(connection);
    }
    for (const auto& connection : all) {
        connection->tick();
    }
    timers_[index]->expires_after(tick_interval);
    timers_[index]->async_wait([this, lane, index](error_code cancelled) {
        if (!cancelled) {
            tick(lane, index);
        }
    });
}

void Server::stop(std::chrono::milliseconds patience) {
    if (std::exchange(stopped_, true)) {
        return;
    }
    if (threads_.empty()) {
        return;
    }
    asio::post(lanes_[0]->context, [this] {
        error_code ignored;
        acceptor_->close(ignored);
        pause_->cancel();
    });
    for (const auto& lane : lanes_) {
        asio::post(lane->context, [lane] {
            lane->is_stopping = true;
            std::vector<std::shared_ptr<Connection>> all;
            for (const auto& [key, connection] : lane->connections) {
                all.push_back(connection);
            }
            for (const auto& connection : all) {
                connection->stop();
            }
        });
    }
    const auto until = steady_clock::now() + patience;
    while (census_->connections > 0 && steady_clock::now() < until) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    // A context is not stopped but left with nothing to do: every handler runs, so nothing stays.
    for (std::size_t index = 0; index < lanes_.size(); ++index) {
        asio::post(lanes_[index]->context, [this, lane = lanes_[index], index] {
            while (!lane->connections.empty()) {
                const auto connection = lane->connections.begin()->second;
                connection->close();
            }
            lane->has_ended = true;
            timers_[index]->cancel();
        });
    }
    threads_.clear();
}

}  // namespace

Result<std::unique_ptr<HttpServer>> start_http_server(HttpOptions options,
                                                      Application& application) {
    auto server = std::make_unique<Server>(std::move(options));
    TRY(server->open(application));
    server->run();
    return std::unique_ptr<HttpServer>(std::move(server));
}

}  // namespace guildmark::api
