#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "engine/base/id.h"

namespace guildmark::api {

/// Tells those who follow a case that something was written to it.
///
/// Thread: any. What is called must not block.
class EventHub {
public:
    using Wake = std::function<void()>;

    /// Ends with its destruction.
    class Subscription {
    public:
        Subscription(EventHub& hub, StreamId stream, std::uint64_t number)
            : hub_(hub), stream_(stream), number_(number) {}

        Subscription(const Subscription&) = delete;
        Subscription& operator=(const Subscription&) = delete;
        ~Subscription();

    private:
        EventHub& hub_;
        StreamId stream_;
        std::uint64_t number_;
    };

    /// Calls `wake` after each commit to `stream`. The hub must outlive the subscription.
    [[nodiscard]] std::unique_ptr<Subscription> subscribe(StreamId stream, Wake wake);

    void notify(StreamId stream);

private:
    std::mutex mutex_;
    std::map<StreamId, std::map<std::uint64_t, Wake>> followers_;
    std::uint64_t next_number_ = 1;
};

}  // namespace guildmark::api
