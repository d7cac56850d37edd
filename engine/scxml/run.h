#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "engine/scxml/session.h"

namespace guildmark::scxml {

/// A first-in first-out queue that keeps its memory.
class EventQueue {
public:
    [[nodiscard]] bool is_empty() const { return head_ == events_.size(); }

    [[nodiscard]] std::size_t size() const { return events_.size() - head_; }

    void push(const Event& event) { events_.push_back(event); }

    void push(Event&& event) { events_.push_back(std::move(event)); }

    /// The first, which leaves the queue, in the place of what `event` was.
    void pop(Event& event) {
        event = std::move(events_[head_++]);
        if (is_empty()) {
            clear();
        }
    }

    void clear() {
        events_.clear();
        head_ = 0;
    }

private:
    std::vector<Event> events_;
    std::size_t head_ = 0;
};

/// What lives as long as one call of start or process.
struct Run {
    EventQueue internal_queue;
    EventQueue external_queue;
    /// An error that ends the run; looked at after each step.
    std::optional<Error> fatal;
    /// A limit was exceeded and the session has not heard of it: nothing is executed until then.
    std::optional<Error> exceeded;
    /// Whether one was exceeded before in this run; once is forgiven.
    bool has_exceeded = false;
    std::uint64_t next_sendid = 1;
    std::size_t operations = 0;

    [[nodiscard]] bool is_stopped() const { return fatal || exceeded; }

    /// Notes that a limit was exceeded; the second time it is fatal.
    void exceed(Error error);

    /// Counts what was done, in operations of executable content. Beyond the limit:
    /// operations_too_many, exceeded.
    void count(std::size_t done = 1);

    /// Puts an event into the external queue. Errors: event_queue_full.
    Result<void> send(Event event);

    /// Puts an event into the internal queue. When that is full: event_queue_full, exceeded.
    void raise(Event event);

    /// Turns an error into the event error.execution or error.communication (SCXML 3.12.2), or,
    /// when it is not the document's fault, into `fatal`.
    void raise_error(Error error, const std::string& sendid = {});
};

}  // namespace guildmark::scxml
