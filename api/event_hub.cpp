#include "api/event_hub.h"

namespace guildmark::api {

EventHub::Subscription::~Subscription() {
    const std::lock_guard lock(hub_.mutex_);
    const auto found = hub_.followers_.find(stream_);
    if (found != hub_.followers_.end()) {
        found->second.erase(number_);
        if (found->second.empty()) {
            hub_.followers_.erase(found);
        }
    }
}

std::unique_ptr<EventHub::Subscription> EventHub::subscribe(StreamId stream, Wake wake) {
    const std::lock_guard lock(mutex_);
    const std::uint64_t number = next_number_++;
    followers_[stream].emplace(number, std::move(wake));
    return std::make_unique<Subscription>(*this, stream, number);
}

void EventHub::notify(StreamId stream) {
    const std::lock_guard lock(mutex_);
    const auto found = followers_.find(stream);
    if (found == followers_.end()) {
        return;
    }
    for (const auto& [number, wake] : found->second) {
        wake();
    }
}

}  // namespace guildmark::api
