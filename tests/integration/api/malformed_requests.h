#pragma once

#include <string>
#include <vector>

namespace guildmark::tests {

/// Bytes that are no sound request, and what they are answered.
struct MalformedRequest {
    const char* name;
    std::string bytes;
    int status;  ///< 0: closed without an answer.
};

/// Broken before the body begins.
[[nodiscard]] inline std::vector<MalformedRequest> malformed_heads() {
    const std::string get = "GET / HTTP/1.1\r\nHost: a\r\n";
    return {
        {"no_http", "hello\r\n\r\n", 400},
        {"binary", std::string("\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", 11), 400},
        {"zero_bytes", std::string(64, '\0') + "\r\n\r\n", 400},
        {"other_protocol", "GET / RTSP/1.0\r\n\r\n", 505},
        {"future_version", "GET / HTTP/9.9\r\nHost: a\r\n\r\n", 505},
        {"no_host", "GET / HTTP/1.1\r\n\r\n", 400},
        {"two_hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
        {"relative_target", "GET hello HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"absolute_target", "GET http://a/b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"bad_escape", "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"zero_escape", "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"not_utf8_escape", "GET /%ff HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"long_target", "GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414},
        {"large_head", get + "X: " + std::string(20'000, 'a') + "\r\n\r\n", 431},
        {"endless_head", get + std::string(200'000, 'a'), 431},
        {"folded_header", get + "X: a\r\n b\r\n\r\n", 200},
        {"space_in_name", get + "X y: a\r\n\r\n", 400},
    };
}

/// Broken in the body, or in what is said of it.
[[nodiscard]] inline std::vector<MalformedRequest> malformed_bodies() {
    const std::string post = "POST /echo HTTP/1.1\r\nHost: a\r\n";
    const std::string chunked = post + "Transfer-Encoding: chunked\r\n";
    return {
        {"two_lengths", post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400},
        {"length_and_chunked", chunked + "Content-Length: 3\r\n\r\n0\r\n\r\n", 400},
        {"bad_length", post + "Content-Length: -1\r\n\r\n", 400},
        {"huge_length", post + "Content-Length: 99999999999999999999\r\n\r\n", 400},
        {"long_body", post + "Content-Length: 1001\r\n\r\n", 413},
        {"coding_of_gzip", post + "Transfer-Encoding: gzip\r\n\r\n", 501},
        {"bad_chunk", chunked + "\r\nzz\r\n", 400},
        {"long_chunk", chunked + "\r\n7d0\r\n" + std::string(2000, 'a') + "\r\n0\r\n\r\n", 413},
        {"expectation", post + "Expect: coffee\r\nContent-Length: 1\r\n\r\n", 417},
        {"no_body", post + "Content-Length: 10\r\n\r\n", 0},
    };
}

}  // namespace guildmark::tests
