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

    void push(Event event) { events_.push_back(std::move(event)); }

    Event pop() {
        Event event = std::move(events_[head_++]);
        if (is_empty()) {
            clear();
        }
        return event;
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
    std::uint64_t next_sendid = 1;
    std::size_t operations = 0;

    /// Counts one operation of executable content. Beyond the limit: operations_too_many, fatal.
    void count_operation();

    /// Puts an event into a queue. A full queue is fatal: event_queue_full.
    void enqueue(EventQueue& queue, Event event);

    /// Turns an error into the event error.execution or error.communication (SCXML 3.12.2), or,
    /// when it is not the document's fault, into `fatal`.
    void raise_error(Error error, const std::string& sendid = {});
};

}  // namespace guildmark::scxml
