// The half of a connection that writes: answers, streams, events, and the polite end.
#include <algorithm>
#include <array>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include "api/head.h"
#include "api/http/connection.h"
#include "api/problem.h"

namespace guildmark::api {
namespace {

namespace asio = boost::asio;

using std::chrono::steady_clock;

constexpr std::size_t piece_bytes = 64u << 10;
constexpr std::size_t linger_bytes_max = 1u << 20;
constexpr std::chrono::milliseconds linger_time{2'000};

}  // namespace

/// Answers a request whose body was not read: the connection cannot go on.
void Connection::refuse(Response response) {
    keeps_alive_ = false;
    upload_.reset();
    answer(std::move(response));
}

void Connection::answer(Response response) {
    response_ = std::move(response);
    if (response_->events && lane_->census->event_streams >= lane_->options.event_streams_max) {
        Error busy = unavailable("overloaded", "too many clients follow cases; try again later");
        busy.retry = Retry::later;
        response_ = problem_response(busy);
    }
    if (response_->events) {
        keeps_alive_ = false;
    }
    write_head();
}

void Connection::write_head() {
    phase_ = Phase::writing;
    set_deadline(lane_->options.deadline);
    head_ = format_head(*response_, {lane_->date, keeps_alive_, lane_->options.is_https});
    const bool has_no_content = is_head_request_ || response_->stream || response_->events;
    std::string_view body = response_->fixed_body ? *response_->fixed_body : response_->body;
    if (has_no_content) {
        body = {};
    }
    stream_bytes_left_ = response_->stream && !is_head_request_ ? response_->stream_bytes : 0;
    const std::array<asio::const_buffer, 2> buffers{asio::buffer(head_),
                                                    asio::buffer(body.data(), body.size())};
    asio::async_write(socket_, buffers, [self = shared_from_this()](ErrorCode code, std::size_t) {
        self->on_written(code);
    });
}

void Connection::on_written(ErrorCode code) {
    if (phase_ == Phase::closed) {
        return;
    }
    if (code) {
        close();
    } else if (stream_bytes_left_ > 0) {
        write_piece();
    } else if (response_->events && !is_head_request_) {
        follow_events();
    } else {
        after_answer();
    }
}

void Connection::write_piece() {
    piece_.resize(std::min<std::uint64_t>(piece_bytes, stream_bytes_left_));
    const auto count = response_->stream->read(piece_);
    if (!count || *count == 0) {
        // The length was promised; only a broken connection says that it cannot be kept.
        close();
        return;
    }
    piece_.resize(*count);
    stream_bytes_left_ -= *count;
    set_deadline(lane_->options.deadline);
    asio::async_write(
        socket_, asio::buffer(piece_), [self = shared_from_this()](ErrorCode code, std::size_t) {
            self->on_written(code);
        });
}

void Connection::after_answer() {
    response_.reset();
    exchange_.reset();
    if (keeps_alive_ && !lane_->is_stopping) {
        read_head();
        return;
    }
    linger();
}

/// Closing while the client still sends would make its side drop our answer unread.
void Connection::linger() {
    if (phase_ != Phase::lingering) {
        phase_ = Phase::lingering;
        set_deadline(linger_time);
        ErrorCode ignored;
        socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
        piece_.resize(piece_bytes);
    }
    socket_.async_read_some(asio::buffer(piece_),
                            [self = shared_from_this()](ErrorCode code, std::size_t count) {
                                self->lingered_bytes_ += count;
                                if (self->phase_ == Phase::closed) {
                                    return;
                                }
                                if (code || self->lingered_bytes_ > linger_bytes_max) {
                                    self->close();
                                } else {
                                    self->linger();
                                }
                            });
}

void Connection::follow_events() {
    if (!counts_as_stream_) {
        counts_as_stream_ = true;
        ++lane_->census->event_streams;
        response_->events->subscribe([lane = lane_, weak = weak_from_this()] {
            asio::post(lane->context, [weak] {
                if (const auto self = weak.lock(); self && self->phase_ == Phase::following) {
                    self->follow_events();
                }
            });
        });
    }
    auto text = response_->events->next();
    if (!text || lane_->is_stopping) {
        close();
        return;
    }
    phase_ = Phase::following;
    heartbeat_at_ = steady_clock::now() + lane_->options.heartbeat;
    if (!text->empty()) {
        write_events(std::move(*text));
    }
}

void Connection::write_events(std::string text) {
    phase_ = Phase::writing;
    set_deadline(lane_->options.deadline);
    piece_ = std::move(text);
    asio::async_write(
        socket_, asio::buffer(piece_), [self = shared_from_this()](ErrorCode code, std::size_t) {
            self->on_written(code);
        });
}

}  // namespace guildmark::api
