#include "api/head.h"

#include <array>
#include <chrono>

#include <fmt/format.h>

namespace guildmark::api {
namespace {

/// OWASP ASVS 5.0, V3.4: what every answer tells the browser.
constexpr std::string_view common_headers =
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "X-Frame-Options: DENY\r\n";

std::string_view policy_header(ContentPolicy policy) {
    switch (policy) {
        case ContentPolicy::data:
            return "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n";
        case ContentPolicy::page:
            // Previews of evidence are shown from blobs that the page made itself.
            return "Content-Security-Policy: default-src 'none'; script-src 'self'; "
                   "style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
                   "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; "
                   "form-action 'self'; frame-ancestors 'none'\r\n";
        case ContentPolicy::document:
            return "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'; "
                   "sandbox\r\n";
    }
    return {};
}

void append_header(std::string& head, std::string_view name, std::string_view value) {
    head.append(name);
    head.append(": ");
    for (const char letter : value) {
        const bool is_control = static_cast<unsigned char>(letter) < 0x20 || letter == '\x7f';
        head.push_back(is_control ? ' ' : letter);
    }
    head.append("\r\n");
}

void append_content_headers(std::string& head, const Response& response) {
    if (!response.content_type.empty()) {
        append_header(head, "Content-Type", response.content_type);
    }
    // Neither 204 nor 304 has content, and a length of 0 would say otherwise (RFC 9110, 8.6).
    if (!response.events && response.status != 204 && response.status != 304) {
        append_header(head, "Content-Length", fmt::to_string(content_bytes(response)));
    }
}

}  // namespace

std::uint64_t content_bytes(const Response& response) {
    if (response.stream) {
        return response.stream_bytes;
    }
    return response.fixed_body ? response.fixed_body->size() : response.body.size();
}

std::string format_head(const Response& response, const HeadOptions& options) {
    std::string head;
    head.reserve(768);
    fmt::format_to(std::back_inserter(head),
                   "HTTP/1.1 {} {}\r\nDate: {}\r\n",
                   response.status,
                   reason_phrase(response.status),
                   options.date);
    append_content_headers(head, response);
    for (const auto& [name, value] : response.headers) {
        append_header(head, name, value);
    }
    if (find_text(response.headers, "Cache-Control") == nullptr) {
        head.append("Cache-Control: no-store\r\n");
    }
    head.append(common_headers);
    head.append(policy_header(response.policy));
    if (options.is_https) {
        head.append("Strict-Transport-Security: max-age=31536000\r\n");
    }
    if (!options.keeps_alive) {
        head.append("Connection: close\r\n");
    }
    head.append("\r\n");
    return head;
}

std::string http_date(std::int64_t seconds_since_1970) {
    static constexpr std::array<std::string_view, 7> days{
        "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array<std::string_view, 12> months{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::chrono::sys_seconds time{std::chrono::seconds{seconds_since_1970}};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{time - day};
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
                       days[std::chrono::weekday{day}.c_encoding()],
                       static_cast<unsigned>(date.day()),
                       months[static_cast<unsigned>(date.month()) - 1],
                       static_cast<int>(date.year()),
                       clock.hours().count(),
                       clock.minutes().count(),
                       clock.seconds().count());
}

std::string_view reason_phrase(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 204:
            return "No Content";
        case 304:
            return "Not Modified";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 411:
            return "Length Required";
        case 412:
            return "Precondition Failed";
        case 413:
            return "Content Too Large";
        case 414:
            return "URI Too Long";
        case 415:
            return "Unsupported Media Type";
        case 417:
            return "Expectation Failed";
        case 422:
            return "Unprocessable Content";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 503:
            return "Service Unavailable";
        case 505:
            return "HTTP Version Not Supported";
        default:
            return "";
    }
}

}  // namespace guildmark::api
