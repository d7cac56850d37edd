#include "api/command/basic_http.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "api/http/http_post.h"
#include "api/text.h"
#include "engine/base/json.h"
#include "engine/base/limits.h"
#include "engine/scxml/content_value.h"

namespace guildmark::api {
namespace {

constexpr std::string_view form_type = "application/x-www-form-urlencoded";
constexpr std::string_view name_parameter = "_scxmleventname";
constexpr std::chrono::milliseconds patience{5'000};

void add_parameter(std::string& form, std::string_view name, std::string_view value) {
    form += fmt::format(
        "{}{}={}", form.empty() ? "" : "&", percent_encoded(name), percent_encoded(value));
}

/// A value as the text of a message: text and XML as they are, others as JSON.
std::string text_of(const Value& value) {
    if (value.is_text()) {
        return value.as_text();
    }
    std::optional<std::string> xml = scxml::xml_text(value);
    return xml ? std::move(*xml) : to_json(value);
}

HttpMessage message_of(const scxml::Outgoing& outgoing) {
    HttpMessage message;
    message.url = outgoing.target;
    const std::string& event = outgoing.event.name;
    if (outgoing.event.data && outgoing.parameters.empty()) {
        // The body is the content's; the name travels in the address.
        if (!event.empty()) {
            message.url += fmt::format("{}{}={}",
                                       message.url.find('?') == std::string::npos ? '?' : '&',
                                       name_parameter,
                                       percent_encoded(event));
        }
        message.body = text_of(*outgoing.event.data);
        message.content_type = "text/plain; charset=utf-8";
        return message;
    }
    message.content_type = form_type;
    if (!event.empty()) {
        add_parameter(message.body, name_parameter, event);
    }
    for (const auto& [name, value] : outgoing.parameters) {
        add_parameter(message.body, name, text_of(value));
    }
    return message;
}

std::string raw_of(const Request& request, const std::string& body) {
    std::string query;
    for (const auto& [name, value] : request.query) {
        add_parameter(query, name, value);
    }
    std::string raw = fmt::format("{} {}{}{} HTTP/1.1\n",
                                  to_text(request.method),
                                  request.path,
                                  query.empty() ? "" : "?",
                                  query);
    for (const auto& [name, value] : request.headers) {
        raw += fmt::format("{}: {}\n", name, value);
    }
    return raw + "\n" + body;
}

bool is_form(const Request& request) {
    const std::string* type = request.find_header("content-type");
    return type != nullptr && type->starts_with(form_type);
}

/// The event that a message is. Nothing for a form that is not well formed.
std::optional<scxml::Event> event_of(const Request& request, const std::string& body) {
    scxml::Event event;
    event.name = fmt::format("HTTP.{}", to_text(request.method));
    event.origintype = scxml::basic_http_processor;
    event.raw = raw_of(request, body);
    NamedTexts parameters = request.query;
    if (is_form(request)) {
        const std::optional<NamedTexts> form = form_of(body);
        if (!form) {
            return std::nullopt;
        }
        parameters.insert(parameters.end(), form->begin(), form->end());
    } else if (!body.empty()) {
        event.data = scxml::value_from_text(body);
    }
    for (const auto& [name, value] : parameters) {
        if (name == name_parameter) {
            event.name = value;
        } else if (is_form(request) || body.empty()) {
            event.data = event.data ? std::move(event.data) : Value(Value::Object());
            event.data->set(name, value);
        }
    }
    return event;
}

Response answer(int status) {
    Response response;
    response.status = status;
    return response;
}

class Message final : public Exchange {
public:
    Message(BasicHttp& processor, Request head) : processor_(processor), head_(std::move(head)) {}

    [[nodiscard]] BodyUse body_use() const override { return BodyUse::whole; }

    [[nodiscard]] std::uint64_t body_bytes_max() const override { return limits::json_bytes_max; }

    [[nodiscard]] std::optional<Response> early_answer() override { return std::nullopt; }

    void run(std::string body, Respond respond) override { respond(answer(take(body))); }

    void run_streamed(std::unique_ptr<ByteStream>, Respond respond) override {
        respond(answer(500));
    }

private:
    /// The status to answer.
    int take(const std::string& body) {
        const auto session_id = percent_decoded(std::string_view(head_.path).substr(1));
        std::optional<scxml::Event> event = event_of(head_, body);
        if (!session_id || session_id->empty()) {
            return 404;
        }
        if (!event) {
            return 400;
        }
        scxml::Incoming incoming;
        incoming.event = std::move(*event);
        incoming.session_id = *session_id;
        return processor_.receive(std::move(incoming)) ? 200 : 503;
    }

    BasicHttp& processor_;
    Request head_;
};

class MessageLane final : public Lane {
public:
    explicit MessageLane(BasicHttp& processor) : processor_(processor) {}

    std::unique_ptr<Exchange> begin(Request head) override {
        return std::make_unique<Message>(processor_, std::move(head));
    }

private:
    BasicHttp& processor_;
};

}  // namespace

Result<std::unique_ptr<BasicHttp>> BasicHttp::start() {
    std::unique_ptr<BasicHttp> processor(new BasicHttp());
    HttpOptions options;
    options.threads = 1;
    options.connections_max = 100;
    processor->server_ = TRY(start_http_server(options, *processor));
    return processor;
}

BasicHttp::~BasicHttp() {
    if (server_) {
        server_->stop(std::chrono::milliseconds(0));
    }
}

bool BasicHttp::is_type(std::string_view type) {
    return type == "basichttp" || type == scxml::basic_http_processor;
}

Result<void> BasicHttp::send(const scxml::Outgoing& outgoing) {
    if (outgoing.target.empty()) {
        return unavailable("message_undeliverable", "a message by HTTP needs a target");
    }
    return http_post(message_of(outgoing), patience);
}

std::string BasicHttp::location(std::string_view session_id) const {
    return fmt::format("http://127.0.0.1:{}/{}", server_->port(), percent_encoded(session_id));
}

std::vector<scxml::Incoming> BasicHttp::take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(inbox_, {});
}

bool BasicHttp::wait_until(Clock::time_point time) {
    std::unique_lock lock(mutex_);
    return came_.wait_until(lock, time, [this] { return !inbox_.empty(); });
}

bool BasicHttp::receive(scxml::Incoming incoming) {
    const std::lock_guard lock(mutex_);
    if (inbox_.size() == limits::event_queue_max) {
        return false;
    }
    inbox_.push_back(std::move(incoming));
    came_.notify_one();
    return true;
}

Result<std::unique_ptr<Lane>> BasicHttp::open_lane() {
    std::unique_ptr<Lane> lane = std::make_unique<MessageLane>(*this);
    return lane;
}

}  // namespace guildmark::api
