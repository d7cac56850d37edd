#pragma once

#include <cstdint>
#include <memory>

#include "api/message.h"

namespace guildmark::api {

/// What is to be done with a request's body.
enum class BodyUse {
    none,    ///< There must be none; one that is sent is read and forgotten, up to a few bytes.
    whole,   ///< It is read first, then handed over.
    stream,  ///< It is handed over piece by piece while it arrives.
};

/// One request whose head was read. Ends with one answer, in `respond`, on any thread.
class Exchange {
public:
    virtual ~Exchange() = default;

    [[nodiscard]] virtual BodyUse body_use() const = 0;
    [[nodiscard]] virtual std::uint64_t body_bytes_max() const = 0;

    /// When set, the head alone is enough to answer, and the body is not wanted.
    [[nodiscard]] virtual std::optional<Response> early_answer() = 0;

    /// REQUIRES: body_use() is none or whole.
    virtual void run(std::string body, Respond respond) = 0;

    /// REQUIRES: body_use() is stream. Returns at once; `body` is read on another thread.
    virtual void run_streamed(std::unique_ptr<ByteStream> body, Respond respond) = 0;
};

/// What one thread of the server needs for itself, such as a reader of the store.
class Lane {
public:
    virtual ~Lane() = default;

    /// Thread: the lane's. `head` has no body yet. Never fails: a failure is an early answer.
    virtual std::unique_ptr<Exchange> begin(Request head) = 0;
};

/// What the server serves.
class Application {
public:
    virtual ~Application() = default;

    /// Called once for each thread, before the first request. Errors: those of the store.
    virtual Result<std::unique_ptr<Lane>> open_lane() = 0;
};

}  // namespace guildmark::api
