#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace guildmark::tests {

struct HttpAnswer {
    int status = 0;  ///< 0: the connection ended before there was an answer.
    std::vector<std::pair<std::string, std::string>> headers;  ///< Names in lower case.
    std::string body;

    /// The header's value; empty when there is none.
    [[nodiscard]] std::string header(std::string_view name) const;
};

/// A plain socket to a server on this machine, for sending exactly these bytes.
class HttpClient {
public:
    explicit HttpClient(std::uint16_t port);
    ~HttpClient();

    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    /// Sends all; false when the server has closed.
    bool send(std::string_view bytes) const;

    /// Nothing more will be sent.
    void end_sending() const;

    /// Reads one answer whole; with a status of 0 when the server closes or is silent for ten
    /// seconds.
    [[nodiscard]] HttpAnswer read_answer(bool is_head_request = false);

    /// Reads until `text` has come; what came up to its end, or all when the server closed before.
    [[nodiscard]] std::string read_until(std::string_view text);

    /// Whether the server closes now, without sending more.
    [[nodiscard]] bool is_closed_by_server();

    /// send, then read_answer.
    [[nodiscard]] HttpAnswer ask(std::string_view bytes);

private:
    bool receive();

    int socket_ = -1;
    std::string buffer_;
};

/// A request's text with Host and Content-Length.
[[nodiscard]] std::string request_text(
    std::string_view method,
    std::string_view target,
    const std::vector<std::pair<std::string, std::string>>& headers = {},
    std::string_view body = {});

}  // namespace guildmark::tests
