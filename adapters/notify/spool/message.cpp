#include "adapters/notify/spool/message.h"

#include <algorithm>
#include <array>
#include <chrono>

#include <fmt/format.h>

#include "engine/base/base64.h"
#include "engine/base/digest.h"
#include "engine/xml/encoding.h"

namespace guildmark::spool {

namespace {

constexpr std::size_t line_bytes_max = 998;         // RFC 5322, section 2.1.1
constexpr std::size_t plain_header_bytes_max = 60;  // longer ones are encoded, and so folded
constexpr std::size_t address_bytes_max = 254;      // RFC 5321, section 4.5.3.1.3
// An encoded word has at most 75 characters (RFC 2047, section 2), 12 of them around the text.
constexpr std::size_t encoded_word_text_bytes = 45;

bool is_control(char letter) {
    const auto value = static_cast<unsigned char>(letter);
    return value < 0x20 || value == 0x7F;
}

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(
        text, [](char letter) { return static_cast<unsigned char>(letter) < 0x80; });
}

bool is_alphanumeric(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9');
}

/// Text without control characters and without bytes that are no UTF-8.
std::string to_clean(std::string_view text) {
    std::string out(text);
    for (std::size_t bad = find_invalid_utf8(out); bad != std::string::npos;
         bad = find_invalid_utf8(out)) {
        out[bad] = '?';
    }
    std::ranges::replace_if(out, is_control, ' ');
    return out;
}

/// RFC 2047 encoded words, each in a line of its own, split between characters.
std::string to_encoded_words(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        std::size_t size = std::min(text.size(), encoded_word_text_bytes);
        while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0u) == 0x80) {
            --size;
        }
        out += out.empty() ? "" : "\r\n ";
        out += "=?UTF-8?B?" + to_base64(text.substr(0, size)) + "?=";
        text.remove_prefix(size);
    }
    return out;
}

/// Text of a header such as Subject.
std::string to_header_text(std::string_view text) {
    const std::string clean = to_clean(text);
    const bool plain = is_ascii(clean) && clean.size() <= plain_header_bytes_max &&
                       clean.find("=?") == std::string::npos;
    return plain ? clean : to_encoded_words(clean);
}

/// A person and an address: `"Anna Brenner" <anna@example.test>`.
std::string to_mailbox(std::string_view name, std::string_view email) {
    const std::string clean = to_clean(name);
    if (clean.empty()) {
        return fmt::format("<{}>", email);
    }
    if (!is_ascii(clean) || clean.size() > plain_header_bytes_max) {
        return fmt::format("{}\r\n <{}>", to_encoded_words(clean), email);
    }
    std::string quoted;
    for (const char letter : clean) {
        quoted += letter == '"' || letter == '\\' ? "\\" : "";
        quoted += letter;
    }
    return fmt::format("\"{}\"\r\n <{}>", quoted, email);
}

/// The body with CRLF line ends and one at its end.
std::string to_lines(std::string_view body) {
    std::string out;
    for (std::size_t at = 0; at < body.size(); ++at) {
        if (body[at] == '\r' && at + 1 < body.size() && body[at + 1] == '\n') {
            continue;
        }
        out += body[at] == '\n' || body[at] == '\r' ? "\r\n" : std::string(1, body[at]);
    }
    return out.ends_with("\r\n") ? out : out + "\r\n";
}

bool has_long_line(std::string_view lines) {
    std::size_t length = 0;
    for (const char letter : lines) {
        length = letter == '\n' ? 0 : length + 1;
        if (length > line_bytes_max) {
            return true;
        }
    }
    return false;
}

/// The headers of the body, the empty line, and the body: as it is where mail allows it, so that
/// people can read the file, else in base64.
std::string to_body(std::string_view body) {
    const std::string head =
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: ";
    const std::string lines = to_lines(body);
    if (!has_long_line(lines) && find_invalid_utf8(lines) == std::string::npos &&
        lines.find('\0') == std::string::npos) {
        return head + (is_ascii(lines) ? "7bit" : "8bit") + "\r\n\r\n" + lines;
    }
    const std::string encoded = to_base64(lines);
    std::string wrapped;
    for (std::size_t at = 0; at < encoded.size(); at += 76) {
        wrapped += encoded.substr(at, 76) + "\r\n";
    }
    return head + "base64\r\n\r\n" + wrapped;
}

/// "Mon, 02 Mar 2026 09:00:00 +0000"
std::string to_date(Instant instant) {
    namespace chrono = std::chrono;
    constexpr std::array<std::string_view, 7> weekdays{
        "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<std::string_view, 12> months{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const chrono::sys_time<chrono::milliseconds> time{chrono::milliseconds{instant.milliseconds}};
    const chrono::sys_days day = chrono::floor<chrono::days>(time);
    const chrono::year_month_day date{day};
    const chrono::hh_mm_ss clock{chrono::floor<chrono::seconds>(time - day)};
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} +0000",
                       weekdays[chrono::weekday{day}.c_encoding()],
                       static_cast<unsigned>(date.day()),
                       months[static_cast<unsigned>(date.month()) - 1],
                       static_cast<int>(date.year()),
                       clock.hours().count(),
                       clock.minutes().count(),
                       clock.seconds().count());
}

}  // namespace

bool is_plain_address(std::string_view email) {
    constexpr std::string_view marks = ".!#$%&'*+/=?^_`{|}~-";
    const std::size_t at = email.find('@');
    if (at == std::string_view::npos || at == 0 || email.size() > address_bytes_max) {
        return false;
    }
    const std::string_view local = email.substr(0, at);
    const std::string_view host = email.substr(at + 1);
    return !host.empty() && std::ranges::all_of(local, [&](char letter) {
        return is_alphanumeric(letter) || marks.find(letter) != std::string_view::npos;
    }) && std::ranges::all_of(host, [](char letter) {
        return is_alphanumeric(letter) || letter == '.' || letter == '-';
    });
}

Result<std::string> to_message(const Notification& notification,
                               const Sender& sender,
                               Instant date) {
    for (const std::string& email : {notification.to_email, sender.email}) {
        if (!is_plain_address(email)) {
            return refused("notifier_refused",
                           "The message cannot be sent: the e-mail address is not one.",
                           to_clean(email));
        }
    }
    const std::string host = sender.email.substr(sender.email.find('@') + 1);
    return fmt::format("From: {}\r\nTo: {}\r\nDate: {}\r\nMessage-ID: <{}@{}>\r\nSubject: {}\r\n{}",
                       to_mailbox(sender.name, sender.email),
                       to_mailbox(notification.to_name, notification.to_email),
                       to_date(date),
                       sha256(notification.key).to_text().substr(0, 32),
                       host,
                       to_header_text(notification.subject),
                       to_body(notification.body));
}

}  // namespace guildmark::spool
