#include "api/http/http_post.h"

#include <optional>
#include <utility>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <fmt/format.h>

namespace guildmark::api {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using ErrorCode = boost::system::error_code;

struct Address {
    std::string host;
    std::string port = "80";
    std::string target = "/";
};

std::optional<Address> address_of(std::string_view url) {
    constexpr std::string_view scheme = "http://";
    if (!url.starts_with(scheme)) {
        return std::nullopt;
    }
    url.remove_prefix(scheme.size());
    Address address;
    const std::size_t path = std::min(url.find_first_of("/?#"), url.size());
    std::string_view place = url.substr(0, path);
    std::string_view target = url.substr(path);
    target = target.substr(0, target.find('#'));
    if (!target.empty()) {
        address.target = (target.front() == '/' ? "" : "/") + std::string(target);
    }
    const bool is_bracketed = place.starts_with('[');
    const std::size_t colon = is_bracketed ? place.find("]:") : place.find(':');
    if (colon != std::string_view::npos) {
        address.port = place.substr(colon + (is_bracketed ? 2 : 1));
        place = place.substr(0, colon + (is_bracketed ? 1 : 0));
    }
    const bool is_closed = !is_bracketed || place.ends_with(']');
    address.host = is_bracketed && is_closed ? place.substr(1, place.size() - 2) : place;
    const bool has_user = place.find('@') != std::string_view::npos;
    return address.host.empty() || has_user || !is_closed ? std::nullopt : std::optional(address);
}

/// One message and its answer, step after step; ends when the context has nothing more to do.
class Exchange {
public:
    Exchange(asio::io_context& context, const Address& address, const HttpMessage& message)
        : resolver_(context), socket_(context), address_(address) {
        request_.method(http::verb::post);
        request_.target(address.target);
        request_.version(11);
        request_.set(http::field::host, address.host + ":" + address.port);
        request_.set(http::field::content_type, message.content_type);
        request_.keep_alive(false);
        request_.body() = message.body;
        request_.prepare_payload();
    }

    void start() {
        resolver_.async_resolve(address_.host, address_.port, [this](ErrorCode failed, auto found) {
            if (!note(failed)) {
                connect(std::move(found));
            }
        });
    }

    [[nodiscard]] const std::string& failure() const { return failure_; }

    /// 0 without an answer.
    [[nodiscard]] unsigned status() const { return status_; }

private:
    bool note(const ErrorCode& failed) {
        if (failed) {
            failure_ = failed.message();
        }
        return failed.failed();
    }

    void connect(asio::ip::tcp::resolver::results_type found) {
        asio::async_connect(socket_, found, [this](ErrorCode failed, const auto&) {
            if (!note(failed)) {
                http::async_write(socket_, request_, [this](ErrorCode unsent, std::size_t) {
                    if (!note(unsent)) {
                        read();
                    }
                });
            }
        });
    }

    void read() {
        http::async_read(socket_, buffer_, answer_, [this](ErrorCode failed, std::size_t) {
            if (!note(failed)) {
                status_ = answer_.result_int();
            }
        });
    }

    asio::ip::tcp::resolver resolver_;
    asio::ip::tcp::socket socket_;
    Address address_;
    http::request<http::string_body> request_;
    beast::flat_buffer buffer_{64u << 10};
    http::response<http::string_body> answer_;
    std::string failure_;
    unsigned status_ = 0;
};

}  // namespace

Result<void> http_post(const HttpMessage& message, std::chrono::milliseconds patience) {
    const auto undeliverable = [&](std::string_view why) {
        return unavailable("message_undeliverable",
                           fmt::format("\"{}\" did not take the message: {}", message.url, why));
    };
    const std::optional<Address> address = address_of(message.url);
    if (!address) {
        return undeliverable("that is no address of the form http://host:port/path");
    }
    asio::io_context context;
    Exchange exchange(context, *address, message);
    exchange.start();
    context.run_for(patience);
    if (!exchange.failure().empty()) {
        return undeliverable(exchange.failure());
    }
    if (exchange.status() == 0) {
        return undeliverable(fmt::format("no answer within {} ms", patience.count()));
    }
    if (exchange.status() / 100 != 2) {
        return undeliverable(fmt::format("its answer was {}", exchange.status()));
    }
    return {};
}

}  // namespace guildmark::api
