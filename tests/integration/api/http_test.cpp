#include <atomic>
#include <condition_variable>
#include <mutex>
#include <random>
#include <thread>

#include <gtest/gtest.h>

#include "api/http/http_server.h"
#include "api/problem.h"
#include "tests/integration/api/malformed_requests.h"
#include "tests/support/byte_streams.h"
#include "tests/support/http_client.h"

namespace guildmark::api {
namespace {

using tests::HttpAnswer;
using tests::HttpClient;
using tests::request_text;
using namespace std::chrono_literals;

constexpr std::size_t whole_bytes_max = 1000;
constexpr std::size_t stream_bytes_max = 4u << 20;

Response text_response(std::string text) {
    Response response;
    response.content_type = "text/plain";
    response.body = std::move(text);
    return response;
}

/// What the server under test serves, and what a test can hold back or set free.
struct Stage {
    std::mutex mutex;
    std::condition_variable changed;
    Respond waiting;
    std::function<void()> wake;
    std::atomic<std::size_t> events_written{0};
    std::atomic<std::size_t> uploads_begun{0};
    std::vector<std::thread> threads;

    Stage() = default;
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    ~Stage() { join(); }

    void join() {
        for (std::thread& thread : threads) {
            thread.join();
        }
        threads.clear();
    }

    Respond take_waiting() {
        std::unique_lock lock(mutex);
        changed.wait(lock, [this] { return static_cast<bool>(waiting); });
        return std::exchange(waiting, nullptr);
    }
};

class NumbersFeed : public EventFeed {
public:
    explicit NumbersFeed(Stage& stage) : stage_(stage) {}

    void subscribe(std::function<void()> wake) override {
        const std::lock_guard lock(stage_.mutex);
        stage_.wake = std::move(wake);
        stage_.changed.notify_all();
    }

    Result<std::string> next() override {
        std::string text;
        while (next_ < stage_.events_written) {
            text += "id: " + std::to_string(++next_) + "\n\n";
        }
        return text;
    }

private:
    Stage& stage_;
    std::size_t next_ = 0;
};

class StageExchange : public Exchange {
public:
    StageExchange(Stage& stage, Request head) : stage_(stage), head_(std::move(head)) {}

    [[nodiscard]] BodyUse body_use() const override {
        if (head_.path == "/upload" || head_.path == "/upload-refused") {
            return BodyUse::stream;
        }
        return head_.path == "/echo" ? BodyUse::whole : BodyUse::none;
    }

    [[nodiscard]] std::uint64_t body_bytes_max() const override {
        return body_use() == BodyUse::stream ? stream_bytes_max : whole_bytes_max;
    }

    [[nodiscard]] std::optional<Response> early_answer() override {
        if (head_.path != "/nothing") {
            return std::nullopt;
        }
        return problem_response(not_found("route_not_found", "there is nothing here"));
    }

    void run(std::string body, Respond respond) override {
        if (head_.path == "/wait") {
            const std::lock_guard lock(stage_.mutex);
            stage_.waiting = std::move(respond);
            stage_.changed.notify_all();
            return;
        }
        Response response = text_response(head_.path == "/echo" ? body : "hello");
        if (head_.path == "/events") {
            response.events = std::make_shared<NumbersFeed>(stage_);
        } else if (head_.path == "/large") {
            response.stream_bytes = 3'000'000;
            response.stream = std::make_shared<tests::TextStream>(std::string(3'000'000, 'x'));
        }
        respond(std::move(response));
    }

    void run_streamed(std::unique_ptr<ByteStream> body, Respond respond) override {
        if (head_.path == "/upload-refused") {
            respond(problem_response(conflict("case_finished", "the case is over")));
            return;
        }
        const std::shared_ptr<ByteStream> shared = std::move(body);
        stage_.threads.emplace_back([shared, respond = std::move(respond)] {
            auto bytes = tests::read_all(*shared);
            respond(bytes ? text_response(std::to_string(bytes->size()))
                          : problem_response(bytes.error()));
        });
        ++stage_.uploads_begun;
    }

private:
    Stage& stage_;
    Request head_;
};

class StageLane : public Lane {
public:
    explicit StageLane(Stage& stage) : stage_(stage) {}

    std::unique_ptr<Exchange> begin(Request head) override {
        return std::make_unique<StageExchange>(stage_, std::move(head));
    }

private:
    Stage& stage_;
};

class StageApplication : public Application {
public:
    Result<std::unique_ptr<Lane>> open_lane() override {
        return std::unique_ptr<Lane>(std::make_unique<StageLane>(stage));
    }

    Stage stage;
};

class Http : public testing::Test {
protected:
    void start(HttpOptions options = {}) {
        auto started = start_http_server(std::move(options), application_);
        ASSERT_TRUE(started) << started.error().message;
        server_ = std::move(*started);
    }

    static HttpOptions impatient() {
        HttpOptions options;
        options.deadline = 1000ms;
        options.heartbeat = 300ms;
        return options;
    }

    [[nodiscard]] HttpAnswer ask(std::string_view bytes) const {
        return HttpClient(server_->port()).ask(bytes);
    }

    [[nodiscard]] HttpAnswer get(std::string_view target) const {
        return ask(request_text("GET", target));
    }

    [[nodiscard]] Stage& stage() { return application_.stage; }

    StageApplication application_;
    std::unique_ptr<HttpServer> server_;
};

TEST_F(Http, refuses_an_address_that_is_none) {
    HttpOptions options;
    options.address = "localhost:80";
    const auto started = start_http_server(options, application_);
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().code, "address_malformed");
}

TEST_F(Http, refuses_a_port_that_is_in_use) {
    start();
    HttpOptions options;
    options.port = server_->port();
    const auto second = start_http_server(options, application_);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, "address_unavailable");
}

void expect_each_status(std::uint16_t port, const std::vector<tests::MalformedRequest>& requests) {
    for (const tests::MalformedRequest& request : requests) {
        HttpClient bad(port);
        bad.send(request.bytes);
        bad.end_sending();
        EXPECT_EQ(bad.read_answer().status, request.status) << request.name;
        EXPECT_EQ(HttpClient(port).ask(request_text("GET", "/hello")).status, 200) << request.name;
    }
}

TEST_F(Http, answers_each_malformed_head_with_its_status) {
    start();
    expect_each_status(server_->port(), tests::malformed_heads());
}

TEST_F(Http, answers_each_malformed_body_with_its_status) {
    start();
    expect_each_status(server_->port(), tests::malformed_bodies());
}

TEST_F(Http, survives_random_bytes) {
    start();
    std::mt19937_64 random(20261122);
    for (int round = 0; round < 300; ++round) {
        std::string bytes = round % 2 == 0 ? "POST /echo HTTP/1.1\r\nHost: a\r\n" : "";
        for (std::size_t count = 1 + random() % 600; count > 0; --count) {
            bytes.push_back(static_cast<char>(random() % 256));
        }
        HttpClient bad(server_->port());
        bad.send(bytes);
        bad.end_sending();
        const HttpAnswer answer = bad.read_answer();
        EXPECT_TRUE(answer.status == 0 || answer.status >= 400) << round;
    }
    EXPECT_EQ(get("/hello").status, 200);
}

TEST_F(Http, tells_the_browser_to_trust_nothing) {
    start();
    const HttpAnswer answer = get("/hello");
    EXPECT_EQ(answer.header("x-content-type-options"), "nosniff");
    EXPECT_EQ(answer.header("referrer-policy"), "no-referrer");
    EXPECT_EQ(answer.header("cache-control"), "no-store");
    EXPECT_EQ(answer.header("cross-origin-opener-policy"), "same-origin");
    EXPECT_EQ(answer.header("cross-origin-resource-policy"), "same-origin");
    EXPECT_EQ(answer.header("content-security-policy"),
              "default-src 'none'; frame-ancestors 'none'");
}

TEST_F(Http, keeps_a_connection_and_answers_in_order_what_was_sent_ahead) {
    start();
    HttpClient one(server_->port());
    std::string ahead;
    for (int index = 0; index < 20; ++index) {
        ahead += request_text("POST", "/echo", {}, "number " + std::to_string(index));
    }
    ASSERT_TRUE(one.send(ahead));
    for (int index = 0; index < 20; ++index) {
        EXPECT_EQ(one.read_answer().body, "number " + std::to_string(index));
    }
}

TEST_F(Http, reads_a_chunked_body) {
    start();
    const HttpAnswer answer =
        ask("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            "3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n");
    EXPECT_EQ(answer.body, "abcdefg");
}

TEST_F(Http, forgets_a_body_that_nobody_wants) {
    start();
    HttpClient one(server_->port());
    EXPECT_EQ(one.ask(request_text("GET", "/hello", {}, "unasked")).body, "hello");
    EXPECT_EQ(one.ask(request_text("GET", "/hello")).body, "hello");
}

TEST_F(Http, answers_early_and_closes_without_reading_the_body) {
    start();
    const HttpAnswer answer =
        ask("POST /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\nbegin");
    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(answer.header("connection"), "close");
}

TEST_F(Http, sends_the_head_alone_to_head) {
    start();
    HttpClient one(server_->port());
    one.send(request_text("HEAD", "/hello"));
    const HttpAnswer answer = one.read_answer(true);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("content-length"), "5");
    EXPECT_EQ(one.ask(request_text("GET", "/hello")).body, "hello");
}

TEST_F(Http, closes_after_an_answer_to_http_1_0) {
    start();
    HttpClient one(server_->port());
    EXPECT_EQ(one.ask("GET /hello HTTP/1.0\r\n\r\n").body, "hello");
    EXPECT_TRUE(one.is_closed_by_server());
}

TEST_F(Http, streams_an_upload_to_its_reader) {
    start();
    const std::string body(2'500'000, 'b');
    EXPECT_EQ(ask(request_text("POST", "/upload", {}, body)).body, "2500000");
}

TEST_F(Http, asks_for_a_body_that_waits_for_a_word) {
    start();
    HttpClient one(server_->port());
    one.send(
        "POST /upload HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
    EXPECT_EQ(one.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    EXPECT_EQ(one.ask("12345").body, "5");
}

TEST_F(Http, refuses_an_upload_that_says_it_is_too_large) {
    start();
    const HttpAnswer answer =
        ask("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 4194305\r\n\r\n");
    EXPECT_EQ(answer.status, 413);
}

TEST_F(Http, refuses_an_upload_that_becomes_too_large) {
    start();
    HttpClient one(server_->port());
    one.send("POST /upload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    const std::string chunk = "10000\r\n" + std::string(0x10000, 'c') + "\r\n";
    for (int count = 0; count < 65; ++count) {
        one.send(chunk);
    }
    EXPECT_EQ(one.read_answer().status, 413);
}

TEST_F(Http, refuses_an_upload_before_it_has_come) {
    start();
    const HttpAnswer answer =
        ask("POST /upload-refused HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nbegin");
    EXPECT_EQ(answer.status, 409);
}

TEST_F(Http, ends_an_upload_whose_client_goes_away) {
    start();
    {
        HttpClient one(server_->port());
        one.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nbegin");
        while (stage().uploads_begun == 0) {
            std::this_thread::yield();
        }
    }
    stage().join();  // Returns only when the reader of the upload was told.
    EXPECT_EQ(get("/hello").status, 200);
}

TEST_F(Http, streams_a_large_answer) {
    start();
    HttpClient one(server_->port());
    EXPECT_EQ(one.ask(request_text("GET", "/large")).body.size(), 3'000'000u);
    EXPECT_EQ(one.ask(request_text("GET", "/hello")).body, "hello");
}

TEST_F(Http, tells_a_client_that_is_too_slow) {
    start(impatient());
    HttpClient head(server_->port());
    head.send("GET /hello HTTP/1.1\r\nHost:");
    HttpClient body(server_->port());
    body.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
    HttpClient idle(server_->port());
    EXPECT_EQ(head.read_answer().status, 408);
    EXPECT_EQ(body.read_answer().status, 408);
    EXPECT_TRUE(idle.is_closed_by_server());
}

TEST_F(Http, serves_others_while_many_are_slow) {
    start(impatient());
    std::vector<std::unique_ptr<HttpClient>> slow;
    for (int count = 0; count < 200; ++count) {
        slow.push_back(std::make_unique<HttpClient>(server_->port()));
        slow.back()->send("GET /hello HTTP/1.1\r\nX-");
    }
    EXPECT_EQ(get("/hello").status, 200);
    for (const auto& one : slow) {
        EXPECT_EQ(one->read_answer().status, 408);
    }
}

TEST_F(Http, refuses_connections_over_the_limit) {
    HttpOptions options;
    options.connections_max = 3;
    start(options);
    std::vector<std::unique_ptr<HttpClient>> clients;
    for (int count = 0; count < 3; ++count) {
        clients.push_back(std::make_unique<HttpClient>(server_->port()));
        EXPECT_EQ(clients.back()->ask(request_text("GET", "/hello")).status, 200);
    }
    HttpClient fourth(server_->port());
    EXPECT_EQ(fourth.read_answer().status, 503);
}

TEST_F(Http, follows_events_and_wakes_for_new_ones) {
    start();
    stage().events_written = 2;
    HttpClient one(server_->port());
    one.send(request_text("GET", "/events"));
    EXPECT_NE(one.read_until("id: 2\n\n").find("id: 1\n\n"), std::string::npos);
    {
        std::unique_lock lock(stage().mutex);
        stage().changed.wait(lock, [this] { return static_cast<bool>(stage().wake); });
        stage().events_written = 3;
        stage().wake();
    }
    EXPECT_EQ(one.read_until("\n\n"), "id: 3\n\n");
}

TEST_F(Http, sends_a_heartbeat_to_those_who_follow) {
    start(impatient());
    HttpClient one(server_->port());
    one.send(request_text("GET", "/events"));
    EXPECT_TRUE(one.read_until("\n:\n\n").ends_with(":\n\n"));
}

TEST_F(Http, bounds_the_number_of_event_streams) {
    HttpOptions options;
    options.event_streams_max = 1;
    start(options);
    stage().events_written = 1;
    HttpClient one(server_->port());
    one.send(request_text("GET", "/events"));
    EXPECT_TRUE(one.read_until("id: 1\n\n").ends_with("id: 1\n\n"));
    EXPECT_EQ(get("/events").status, 503);
}

TEST_F(Http, lets_running_requests_finish_when_it_stops) {
    start();
    // One on each of the two lanes: when both are closed, each lane knows that the server stops.
    HttpClient idle(server_->port());
    EXPECT_EQ(idle.ask(request_text("GET", "/hello")).status, 200);
    HttpClient other_idle(server_->port());
    EXPECT_EQ(other_idle.ask(request_text("GET", "/hello")).status, 200);
    HttpClient busy(server_->port());
    busy.send(request_text("GET", "/wait"));
    const Respond respond = stage().take_waiting();
    std::thread stopper([this] { server_->stop(10s); });
    EXPECT_TRUE(idle.is_closed_by_server());
    EXPECT_TRUE(other_idle.is_closed_by_server());
    respond(text_response("done"));
    const HttpAnswer answer = busy.read_answer();
    EXPECT_EQ(answer.body, "done");
    EXPECT_EQ(answer.header("connection"), "close");
    stopper.join();
}

TEST_F(Http, does_not_wait_for_half_a_request_when_it_stops) {
    start();
    HttpClient half_head(server_->port());
    half_head.send("GET /hello HTTP/1.1\r\nHost: ");
    HttpClient half_body(server_->port());
    half_body.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf");
    HttpClient seen(server_->port());
    EXPECT_EQ(seen.ask(request_text("GET", "/hello")).status, 200);
    const auto begin = std::chrono::steady_clock::now();
    server_->stop(10s);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
    EXPECT_TRUE(half_head.is_closed_by_server());
    EXPECT_TRUE(half_body.is_closed_by_server());
}

TEST_F(Http, stops_without_those_who_do_not_finish) {
    start();
    HttpClient busy(server_->port());
    busy.send(request_text("GET", "/wait"));
    const Respond respond = stage().take_waiting();
    server_->stop(50ms);
    EXPECT_EQ(busy.read_answer().status, 0);
    respond(text_response("too late"));
}

}  // namespace
}  // namespace guildmark::api
