// Invariants:
// - At most one asynchronous operation is under way, so handlers never run beside each other; a
//   timeout or an early answer cancels it, and its handler sees why.
// - The application answers each exchange once; an answer for an exchange that is gone is dropped.
// - A connection is in its lane's map until close().
#include "api/http/connection.h"

#include <algorithm>
#include <array>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>
#include <fmt/format.h>

#include "api/problem.h"
#include "api/text.h"

namespace guildmark::api {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

using std::chrono::steady_clock;

constexpr std::size_t piece_bytes = 64u << 10;
constexpr std::size_t read_ahead_bytes_max = 80u << 10;
constexpr std::size_t head_piece_bytes_min = 512;
constexpr std::chrono::minutes first_minute{1};

Method method_of(http::verb verb) {
    static constexpr std::array known{std::pair{http::verb::get, Method::get},
                                      std::pair{http::verb::head, Method::head},
                                      std::pair{http::verb::post, Method::post},
                                      std::pair{http::verb::put, Method::put},
                                      std::pair{http::verb::delete_, Method::delete_},
                                      std::pair{http::verb::options, Method::options}};
    const auto* const found = std::find_if(
        known.begin(), known.end(), [&](const auto& entry) { return entry.first == verb; });
    return found == known.end() ? Method::other : found->second;
}

Error error_of_parse(const beast::error_code& code) {
    if (code == http::error::header_limit || code == http::error::buffer_overflow) {
        return too_large("headers_too_large", "the request's head is larger than 16 KiB", "");
    }
    if (code == http::error::bad_version) {
        return malformed("http_version_unsupported", "the server speaks HTTP/1.1");
    }
    return malformed("request_malformed", "this is not a request of HTTP/1.1: " + code.message());
}

}  // namespace

Connection::Connection(std::shared_ptr<IoLane> lane, asio::ip::tcp::socket socket)
    : lane_(std::move(lane)), socket_(std::move(socket)), buffer_(read_ahead_bytes_max) {
    ++lane_->census->connections;
}

Connection::~Connection() {
    --lane_->census->connections;
    if (counts_as_stream_) {
        --lane_->census->event_streams;
    }
}

void Connection::start() {
    ErrorCode ignored;
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    read_head();
}

void Connection::set_deadline(std::chrono::milliseconds after) {
    deadline_ = steady_clock::now() + after;
}

void Connection::tick() {
    if (phase_ == Phase::following && lane_->now >= heartbeat_at_) {
        write_events(":\n\n");
        return;
    }
    // A pipe that is full waits for the disk, which is not the client's fault.
    const bool waits_for_us = phase_ == Phase::waiting || phase_ == Phase::following ||
                              (phase_ == Phase::reading_body && !reads_);
    if (waits_for_us || lane_->now < deadline_) {
        return;
    }
    const bool has_begun = phase_ == Phase::reading_body ||
                           (phase_ == Phase::reading_head && head_bytes_ + buffer_.size() > 0);
    if (!has_begun) {
        close();
        return;
    }
    timed_out_ = true;
    ErrorCode ignored;
    socket_.cancel(ignored);
}

void Connection::stop() {
    keeps_alive_ = false;
    // What has come only in part is not waited for: nothing was promised for it.
    if (phase_ != Phase::waiting && phase_ != Phase::writing) {
        close();
    }
}

void Connection::close() {
    if (phase_ == Phase::closed) {
        return;
    }
    phase_ = Phase::closed;
    fail_upload("connection_closed", "the connection was closed before the whole file had come");
    response_.reset();
    ErrorCode ignored;
    socket_.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
    socket_.close(ignored);
    lane_->connections.erase(this);
}

void Connection::fail_upload(std::string code, std::string message) {
    if (upload_) {
        upload_->fail(malformed(std::move(code), std::move(message)));
        upload_.reset();
    }
}

void Connection::read_head() {
    phase_ = Phase::reading_head;
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(lane_->options.header_bytes_max));
    parser_->body_limit(boost::none);
    timed_out_ = false;
    is_head_request_ = false;
    ++serial_;
    piece_ = {};  // An idle connection keeps no buffer of an upload or a download.
    set_deadline(lane_->options.deadline);
    head_bytes_ = 0;
    parse_head();
}

/// Takes what has come of a head, and reads on until it is whole. Beast's own reading holds each
/// field to the limit, but not all of them together.
void Connection::parse_head() {
    ErrorCode code = http::error::need_more;
    if (buffer_.size() > 0) {
        const std::size_t used = parser_->put(buffer_.data(), code);
        buffer_.consume(used);
        head_bytes_ += used;
    }
    const bool is_going_on = code == http::error::need_more;
    const std::size_t bytes = head_bytes_ + (is_going_on ? buffer_.size() : 0);
    if (bytes > lane_->options.header_bytes_max && (is_going_on || !code)) {
        on_head(http::error::header_limit);
    } else if (is_going_on) {
        read_more_of_head();
    } else {
        on_head(code);
    }
}

void Connection::read_more_of_head() {
    const std::size_t room = buffer_.capacity() - buffer_.size();
    socket_.async_read_some(buffer_.prepare(std::clamp(room, head_piece_bytes_min, piece_bytes)),
                            [self = shared_from_this()](ErrorCode code, std::size_t count) {
                                self->buffer_.commit(count);
                                const bool is_over =
                                    self->phase_ == Phase::closed || self->timed_out_;
                                code || is_over ? self->on_head(code) : self->parse_head();
                            });
}

void Connection::on_head(ErrorCode code) {
    if (phase_ == Phase::closed) {
        return;
    }
    if (timed_out_) {
        Error late = malformed("request_timeout", "the request's head did not come in time");
        refuse(problem_response(late));
        return;
    }
    if (!code) {
        begin_exchange();
        return;
    }
    const bool is_of_parser =
        code.category() == make_error_code(http::error::bad_method).category();
    const bool is_end = code == http::error::end_of_stream || code == http::error::partial_message;
    if (!is_of_parser || is_end) {
        close();
        return;
    }
    refuse(problem_response(error_of_parse(code)));
}

void Connection::begin_exchange() {
    const bool is_http_1_1 = parser_->get().version() == 11;
    keeps_alive_ = is_http_1_1 && parser_->get().keep_alive() && !lane_->is_stopping;
    is_head_request_ = parser_->get().method() == http::verb::head;
    body_.clear();
    body_bytes_ = 0;
    if (auto refusal = refusal_of_head()) {
        refuse(std::move(*refusal));
        return;
    }
    auto head = head_of_request();
    if (!head) {
        refuse(problem_response(
            malformed("target_malformed", "the address is not a path of UTF-8 with a query")));
        return;
    }
    exchange_ = lane_->lane->begin(std::move(*head));
    if (auto early = exchange_->early_answer()) {
        if (parser_->is_done()) {
            answer(std::move(*early));
        } else {
            refuse(std::move(*early));
        }
        return;
    }
    begin_body();
}

std::optional<Response> Connection::refusal_of_head() const {
    const auto& message = parser_->get();
    if (message.target().size() > lane_->options.target_bytes_max) {
        return problem_response(
            too_large("target_too_long", "the address is longer than 8 KiB", "target"));
    }
    if (message.version() != 11 && message.version() != 10) {
        return problem_response(
            malformed("http_version_unsupported", "the server speaks HTTP/1.1"));
    }
    if (message.version() == 11 && message.count(http::field::host) != 1) {
        return problem_response(
            malformed("request_malformed", "a request has exactly one Host", "Host"));
    }
    if (message.count(http::field::transfer_encoding) > 0 && !parser_->chunked()) {
        return problem_response(malformed("transfer_coding_unsupported",
                                          "chunked is the only transfer coding that is read",
                                          "Transfer-Encoding"));
    }
    const auto expectation = message.find(http::field::expect);
    if (expectation != message.end() &&
        lower_case({expectation->value().data(), expectation->value().size()}) != "100-continue") {
        return problem_response(
            malformed("expectation_failed", "100-continue is all that can be met", "Expect"));
    }
    return std::nullopt;
}

/// None when its target is no path with a query.
std::optional<Request> Connection::head_of_request() const {
    const auto& message = parser_->get();
    auto request = request_of_target({message.target().data(), message.target().size()});
    if (!request) {
        return std::nullopt;
    }
    request->method = method_of(message.method());
    for (const auto& field : message) {
        request->headers.emplace_back(
            lower_case({field.name_string().data(), field.name_string().size()}),
            std::string(field.value().data(), field.value().size()));
    }
    return request;
}

void Connection::begin_body() {
    const auto length = parser_->content_length();
    if (exchange_->body_use() != BodyUse::none && length && *length > exchange_->body_bytes_max()) {
        refuse(problem_response(too_large("body_too_large",
                                          fmt::format("the body has {} bytes; at most {} are taken",
                                                      *length,
                                                      exchange_->body_bytes_max()))));
        return;
    }
    phase_ = Phase::reading_body;
    if (exchange_->body_use() == BodyUse::stream) {
        begin_upload(length ? *length : exchange_->body_bytes_max());
        if (phase_ != Phase::reading_body) {
            return;  // It was answered at once.
        }
    }
    if (parser_->is_done()) {
        finish_body();
    } else if (parser_->get().count(http::field::expect) == 0) {
        read_body();
    } else {
        ask_for_body();
    }
}

void Connection::begin_upload(std::uint64_t bytes_max) {
    const std::chrono::seconds enough(bytes_max / lane_->options.upload_bytes_per_second_min);
    upload_until_ = steady_clock::now() + first_minute + enough;
    upload_ = std::make_shared<UploadPipe>([lane = lane_, weak = weak_from_this()] {
        asio::post(lane->context, [weak] {
            const auto self = weak.lock();
            if (self && self->upload_ && !self->reads_ && self->phase_ == Phase::reading_body) {
                self->read_body();
            }
        });
    });
    exchange_->run_streamed(UploadPipe::reader(upload_), responder());
}

/// The client waits for a word before it sends a large body.
void Connection::ask_for_body() {
    static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    reads_ = true;
    set_deadline(lane_->options.deadline);
    asio::async_write(socket_,
                      asio::buffer(go_on.data(), go_on.size()),
                      [self = shared_from_this()](ErrorCode code, std::size_t) {
                          self->reads_ = false;
                          if (code || self->phase_ == Phase::closed || self->response_) {
                              self->on_body(code);
                          } else {
                              self->read_body();
                          }
                      });
}

void Connection::read_body() {
    // Each piece of an upload has its time; a body of JSON has it as a whole.
    if (upload_ || body_bytes_ == 0) {
        set_deadline(lane_->options.deadline);
    }
    if (upload_) {
        deadline_ = std::min(deadline_, upload_until_);
    }
    reads_ = true;
    // A short body, which is the rule, needs no large piece.
    const std::uint64_t left = parser_->content_length_remaining().value_or(piece_bytes);
    piece_.resize(std::clamp<std::uint64_t>(left, 1, piece_bytes));
    parser_->get().body().data = piece_.data();
    parser_->get().body().size = piece_.size();
    parser_->get().body().more = true;
    http::async_read_some(
        socket_, buffer_, *parser_, [self = shared_from_this()](ErrorCode code, std::size_t) {
            self->reads_ = false;
            self->on_body(code);
        });
}

void Connection::on_body(ErrorCode code) {
    if (phase_ == Phase::closed) {
        return;
    }
    if (response_) {
        refuse(std::move(*std::exchange(response_, std::nullopt)));
        return;
    }
    if (timed_out_) {
        fail_upload("request_timeout", "the file did not come in time");
        refuse(problem_response(malformed("request_timeout", "the body did not come in time")));
        return;
    }
    if (code && code != http::error::need_buffer) {
        const bool is_of_parser =
            code.category() == make_error_code(http::error::bad_method).category() &&
            code != http::error::end_of_stream && code != http::error::partial_message;
        fail_upload("request_malformed", "the file did not come whole");
        is_of_parser ? refuse(problem_response(error_of_parse(code))) : close();
        return;
    }
    if (!take_piece(piece_.size() - parser_->get().body().size)) {
        return;
    }
    parser_->is_done() ? finish_body() : read_body();
}

/// Hands over what was read; false when nothing is to be read now.
bool Connection::take_piece(std::size_t count) {
    body_bytes_ += count;
    const bool is_dropped = exchange_->body_use() == BodyUse::none;
    const std::uint64_t bytes_max = is_dropped ? piece_bytes : exchange_->body_bytes_max();
    if (body_bytes_ > bytes_max) {
        fail_upload("body_too_large", "the file is too large");
        refuse(problem_response(too_large(
            "body_too_large", fmt::format("the body has more than {} bytes", bytes_max))));
        return false;
    }
    if (is_dropped || count == 0) {
        return true;
    }
    if (!upload_) {
        body_.append(piece_, 0, count);
        return true;
    }
    piece_.resize(count);
    const bool has_room = upload_->push(std::exchange(piece_, {}));
    return has_room || parser_->is_done();
}

void Connection::finish_body() {
    phase_ = Phase::waiting;
    if (upload_) {
        upload_->end();
        upload_.reset();
        if (response_) {
            answer(std::move(*std::exchange(response_, std::nullopt)));
        }
        return;
    }
    exchange_->run(std::move(body_), responder());
}

/// The answer may come from any thread, at once or late, when this connection may be gone.
Respond Connection::responder() {
    return [lane = lane_, weak = weak_from_this(), serial = serial_](Response response) {
        auto deliver = [weak, serial, response = std::move(response)]() mutable {
            const auto self = weak.lock();
            if (!self || self->phase_ == Phase::closed || self->serial_ != serial) {
                return;
            }
            if (self->phase_ == Phase::waiting) {
                self->answer(std::move(response));
            } else if (self->phase_ == Phase::reading_body && !self->reads_) {
                self->refuse(std::move(response));
            } else if (self->phase_ == Phase::reading_body) {
                self->response_ = std::move(response);
                ErrorCode ignored;
                self->socket_.cancel(ignored);
            }
        };
        asio::dispatch(lane->context, std::move(deliver));
    };
}

}  // namespace guildmark::api
