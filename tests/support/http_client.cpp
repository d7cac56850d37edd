#include "tests/support/http_client.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cctype>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "engine/base/ensure.h"

namespace guildmark::tests {
namespace {

HttpAnswer head_of(std::string_view head) {
    HttpAnswer answer;
    std::size_t line_end = head.find("\r\n");
    answer.status = std::stoi(std::string(head.substr(9, 3)));
    while (line_end != std::string_view::npos) {
        head.remove_prefix(line_end + 2);
        line_end = head.find("\r\n");
        const std::string_view line = head.substr(0, line_end);
        const std::size_t colon = line.find(": ");
        if (colon == std::string_view::npos) {
            break;
        }
        std::string name(line.substr(0, colon));
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char letter) {
            return static_cast<char>(std::tolower(letter));
        });
        answer.headers.emplace_back(std::move(name), std::string(line.substr(colon + 2)));
    }
    return answer;
}

}  // namespace

std::string HttpAnswer::header(std::string_view name) const {
    const auto found = std::find_if(
        headers.begin(), headers.end(), [&](const auto& entry) { return entry.first == name; });
    return found == headers.end() ? std::string() : found->second;
}

HttpClient::HttpClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    ENSURE(socket_ >= 0, "a socket is to be had");
    const timeval patience{10, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const void* const pointer = &address;
    const int connected = ::connect(socket_, static_cast<const sockaddr*>(pointer), sizeof address);
    ENSURE(connected == 0, "the server listens");
}

HttpClient::~HttpClient() {
    ::close(socket_);
}

bool HttpClient::send(std::string_view bytes) const {
    while (!bytes.empty()) {
        const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

void HttpClient::end_sending() const {
    ::shutdown(socket_, SHUT_WR);
}

bool HttpClient::receive() {
    std::array<char, 16384> piece{};
    const ssize_t count = ::recv(socket_, piece.data(), piece.size(), 0);
    if (count <= 0) {
        return false;
    }
    buffer_.append(piece.data(), static_cast<std::size_t>(count));
    return true;
}

std::string HttpClient::read_until(std::string_view text) {
    std::size_t found = buffer_.find(text);
    while (found == std::string::npos) {
        if (!receive()) {
            return std::exchange(buffer_, {});
        }
        found = buffer_.find(text);
    }
    std::string result = buffer_.substr(0, found + text.size());
    buffer_.erase(0, found + text.size());
    return result;
}

HttpAnswer HttpClient::read_answer(bool is_head_request) {
    const std::string head = read_until("\r\n\r\n");
    if (!head.ends_with("\r\n\r\n")) {
        return {};
    }
    HttpAnswer answer = head_of(head);
    if (is_head_request || answer.header("content-length").empty()) {
        return answer;
    }
    const std::size_t length = std::stoul(answer.header("content-length"));
    while (buffer_.size() < length && receive()) {
    }
    answer.body = buffer_.substr(0, length);
    buffer_.erase(0, length);
    return answer;
}

bool HttpClient::is_closed_by_server() {
    return buffer_.empty() && !receive();
}

HttpAnswer HttpClient::ask(std::string_view bytes) {
    send(bytes);
    return read_answer();
}

std::string request_text(std::string_view method,
                         std::string_view target,
                         const std::vector<std::pair<std::string, std::string>>& headers,
                         std::string_view body) {
    std::string text(method);
    text.append(" ").append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
    for (const auto& [name, value] : headers) {
        text.append(name).append(": ").append(value).append("\r\n");
    }
    if (!body.empty()) {
        text.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
    }
    return text.append("\r\n").append(body);
}

}  // namespace guildmark::tests
