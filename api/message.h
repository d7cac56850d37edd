#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/ports/blob_store.h"

/// What the handlers see of HTTP: plain values, no sockets.
namespace guildmark::api {

/// The methods that something is served for.
enum class Method { get, head, post, put, delete_, options, other };

/// "GET" and the like; "OTHER" for any other method.
[[nodiscard]] const char* to_text(Method method);

/// A name and its value; names of headers are in lower case.
using NamedTexts = std::vector<std::pair<std::string, std::string>>;

/// The first value of that name; null when there is none.
[[nodiscard]] const std::string* find_text(const NamedTexts& texts, std::string_view name);

/// What a client asks.
struct Request {
    Method method = Method::other;
    std::string path;  ///< As sent, with its escapes, before the "?".
    NamedTexts query;  ///< Unescaped, in the order sent.
    NamedTexts headers;
    std::string body;  ///< Empty when the body is streamed.

    [[nodiscard]] const std::string* find_header(std::string_view name) const {
        return find_text(headers, name);
    }
};

/// Takes the request target apart: path and query. Nothing when it is not an absolute path, holds
/// a character that none may hold, an escape that is none, or a query with more than 100 names.
[[nodiscard]] std::optional<Request> request_of_target(std::string_view target);

/// Reads "a=1&b=2" of a query or a form; a plus stands for a space. Nothing for an escape that is
/// none or more than 100 names.
[[nodiscard]] std::optional<NamedTexts> form_of(std::string_view text);

/// Undoes %XX; nothing for an escape that is none, a zero byte, or bytes that are not UTF-8.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text);

/// The value of one cookie; nothing when the request has none of that name.
[[nodiscard]] std::optional<std::string> cookie_of(const Request& request, std::string_view name);

/// Records of a case as they are written, for one client. Nothing is kept for a slow one: it asks
/// for what comes next when it has taken the last, and is woken when there may be more.
///
/// Thread: that of the connection, but for `wake`, which any thread calls.
class EventFeed {
public:
    virtual ~EventFeed() = default;

    /// Calls `wake` whenever there may be something to read, from now on until this is destroyed.
    virtual void subscribe(std::function<void()> wake) = 0;

    /// The next events in the form of text/event-stream; empty when there are none now.
    virtual Result<std::string> next() = 0;
};

/// What a browser may do with the answer.
enum class ContentPolicy {
    data,      ///< JSON and the like: nothing.
    page,      ///< Our own pages.
    document,  ///< A document from outside: as data, and in a sandbox.
};

/// What it is answered.
struct Response {
    int status = 200;
    NamedTexts headers;        ///< Beside those that every answer has; see head.h.
    std::string content_type;  ///< Empty: no content.
    std::string body;
    ContentPolicy policy = ContentPolicy::data;

    /// When set, the body is read from here: exactly `stream_bytes` bytes.
    std::shared_ptr<ByteStream> stream;
    std::uint64_t stream_bytes = 0;

    /// When set, the answer does not end until the client goes.
    std::shared_ptr<EventFeed> events;

    /// When set, a body that stands elsewhere and lives as long as the program.
    std::optional<std::string_view> fixed_body;

    void set_header(std::string name, std::string value) {
        headers.emplace_back(std::move(name), std::move(value));
    }
};

using Respond = std::function<void(Response)>;

}  // namespace guildmark::api
