#include "tests/bench/http/load.h"

#include <charconv>
#include <memory>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fmt/format.h>

#include "adapters/posix/file.h"
#include "engine/base/ensure.h"

namespace guildmark::bench {
namespace {

using Clock = std::chrono::steady_clock;

class Client {
public:
    explicit Client(std::uint16_t port)
        : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ENSURE(
            ::connect(
                socket_.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0,
            "the server takes connections");
        const int on = 1;
        ::setsockopt(socket_.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }

    [[nodiscard]] int number() const { return socket_.number(); }

    void send(const std::string& request) {
        answer_.clear();
        head_bytes_ = 0;
        sent_at_ = Clock::now();
        ENSURE(posix::write_all(socket_.number(), request) == 0, "the server reads");
    }

    /// Reads what has come; true when the answer is whole.
    bool receive() {
        static constexpr std::size_t piece_bytes = 64u << 10;
        const std::size_t before = answer_.size();
        answer_.resize(before + piece_bytes);
        const ssize_t count = ::read(socket_.number(), answer_.data() + before, piece_bytes);
        ENSURE(count > 0, "the server answers");
        answer_.resize(before + static_cast<std::size_t>(count));
        if (head_bytes_ == 0) {
            read_head();
        }
        return head_bytes_ != 0 && answer_.size() >= head_bytes_ + body_bytes_;
    }

    [[nodiscard]] Clock::duration taken() const { return Clock::now() - sent_at_; }

    [[nodiscard]] std::string body() const { return answer_.substr(head_bytes_); }

private:
    void read_head() {
        const std::size_t end = answer_.find("\r\n\r\n");
        if (end == std::string::npos) {
            return;
        }
        ENSURE(answer_.starts_with("HTTP/1.1 20"), answer_.c_str());
        const std::size_t length = answer_.find("Content-Length: ");
        ENSURE(length < end, "an answer tells its length");
        std::from_chars(answer_.data() + length + 16, answer_.data() + end, body_bytes_);
        head_bytes_ = end + 4;
    }

    posix::FileDescriptor socket_;
    std::string answer_;
    std::size_t head_bytes_ = 0;
    std::size_t body_bytes_ = 0;
    Clock::time_point sent_at_;
};

}  // namespace

LoadResult run_load(const Load& load, const NextRequest& next) {
    const posix::FileDescriptor poll(::epoll_create1(EPOLL_CLOEXEC));
    std::vector<std::unique_ptr<Client>> clients;
    std::size_t sent = 0;
    const auto begin = Clock::now();
    for (std::size_t index = 0; index < load.connections && sent < load.requests_max; ++index) {
        clients.push_back(std::make_unique<Client>(load.port));
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.ptr = clients.back().get();
        ::epoll_ctl(poll.number(), EPOLL_CTL_ADD, clients.back()->number(), &event);
        clients.back()->send(next());
        ++sent;
    }
    LoadResult result;
    std::vector<epoll_event> events(load.connections);
    while (result.timings.count() < sent) {
        const int count =
            ::epoll_wait(poll.number(), events.data(), static_cast<int>(events.size()), -1);
        for (int index = 0; index < count; ++index) {
            auto& client = *static_cast<Client*>(events[static_cast<std::size_t>(index)].data.ptr);
            if (!client.receive()) {
                continue;
            }
            result.timings.add(client.taken());
            if (sent < load.requests_max && Clock::now() - begin < load.duration) {
                client.send(next());
                ++sent;
            }
        }
    }
    result.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    return result;
}

std::string fetch(std::uint16_t port, const std::string& request) {
    Client client(port);
    client.send(request);
    while (!client.receive()) {
    }
    return client.body();
}

std::string request_text(std::string_view method,
                         std::string_view target,
                         std::string_view token,
                         std::string_view headers,
                         std::string_view body) {
    std::string text = fmt::format("{} {} HTTP/1.1\r\nHost: 127.0.0.1\r\n", method, target);
    if (!token.empty()) {
        text += fmt::format("Authorization: Bearer {}\r\n", token);
    }
    text += headers;
    if (!body.empty()) {
        text +=
            fmt::format("Content-Type: application/json\r\nContent-Length: {}\r\n", body.size());
    }
    return text.append("\r\n").append(body);
}

}  // namespace guildmark::bench
