#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>

#include "api/http/http_server.h"
#include "api/http/upload_pipe.h"

/// Inside api/http only: what a lane (one thread) and a connection are made of.
namespace guildmark::api {

class Connection;

/// Counts that all lanes share.
struct Census {
    std::atomic<std::size_t> connections{0};
    std::atomic<std::size_t> event_streams{0};
};

/// One thread with its connections. Every connection stays on the lane that it came to, so nothing
/// of it is locked.
struct IoLane {
    IoLane(const HttpOptions& http_options, std::shared_ptr<Census> shared_census)
        : options(http_options), census(std::move(shared_census)) {}

    const HttpOptions& options;
    std::shared_ptr<Census> census;
    std::unique_ptr<Lane> lane;
    boost::asio::io_context context{1};
    std::unordered_map<const Connection*, std::shared_ptr<Connection>> connections;
    std::chrono::steady_clock::time_point now = std::chrono::steady_clock::now();
    std::string date;  ///< For the header Date, anew each second.
    bool is_stopping = false;
    bool has_ended = false;
};

/// One client's connection: reads a request, lets it be answered, writes the answer, and so on, one
/// at a time; requests that a client sends ahead wait in its socket.
///
/// Thread: the lane's, for everything.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(std::shared_ptr<IoLane> lane, boost::asio::ip::tcp::socket socket);
    ~Connection();

    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void start();

    /// Looks at the clock: closes what is late, sends a heartbeat when one is due.
    void tick();

    /// The server stops: an idle connection and an event stream close now, others after their
    /// answer.
    void stop();

    void close();

private:
    enum class Phase {
        reading_head,
        reading_body,
        waiting,  ///< For the application.
        writing,
        following,  ///< An event stream between two writes.
        lingering,  ///< Answered; what the client still sends is read and dropped.
        closed,
    };

    using Parser = boost::beast::http::request_parser<boost::beast::http::buffer_body>;
    using ErrorCode = boost::beast::error_code;

    void read_head();
    void parse_head();
    void read_more_of_head();
    void on_head(ErrorCode code);
    void begin_exchange();
    [[nodiscard]] std::optional<Response> refusal_of_head() const;
    [[nodiscard]] std::optional<Request> head_of_request() const;
    void begin_body();
    void begin_upload(std::uint64_t bytes_max);
    void ask_for_body();
    void read_body();
    void on_body(ErrorCode code);
    bool take_piece(std::size_t count);
    void finish_body();
    [[nodiscard]] Respond responder();

    void refuse(Response response);
    void answer(Response response);
    void write_head();
    void write_piece();
    void on_written(ErrorCode code);
    void after_answer();
    void linger();
    void follow_events();
    void write_events(std::string text);
    void fail_upload(std::string code, std::string message);

    void set_deadline(std::chrono::milliseconds after);

    std::shared_ptr<IoLane> lane_;
    boost::asio::ip::tcp::socket socket_;
    boost::beast::flat_buffer buffer_;
    std::optional<Parser> parser_;
    std::size_t head_bytes_ = 0;  ///< Taken from the buffer so far.
    Phase phase_ = Phase::reading_head;
    std::chrono::steady_clock::time_point deadline_;
    bool timed_out_ = false;
    bool reads_ = false;  ///< A read of the body is under way.
    bool is_head_request_ = false;
    bool keeps_alive_ = true;

    std::unique_ptr<Exchange> exchange_;
    std::uint64_t serial_ = 0;  ///< Of the request that is at work.
    std::string body_;
    std::uint64_t body_bytes_ = 0;
    std::chrono::steady_clock::time_point upload_until_;
    std::shared_ptr<UploadPipe> upload_;
    std::string piece_;  ///< What is being read, or what is being written.

    std::optional<Response> response_;
    std::string head_;
    std::uint64_t stream_bytes_left_ = 0;
    bool counts_as_stream_ = false;
    std::chrono::steady_clock::time_point heartbeat_at_;
    std::size_t lingered_bytes_ = 0;
};

}  // namespace guildmark::api
