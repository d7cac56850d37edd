#include "engine/scxml/run.h"

#include <utility>

#include <fmt/format.h>

#include "engine/base/limits.h"

namespace guildmark::scxml {
namespace {

bool is_fatal(const Error& error) {
    return error.code == "script_unavailable";
}

bool is_communication(const Error& error) {
    switch (error.kind) {
        case ErrorKind::unauthorized:
        case ErrorKind::not_found:
        case ErrorKind::unavailable:
        case ErrorKind::corrupted:
        case ErrorKind::failed:
            return true;
        case ErrorKind::malformed:
        case ErrorKind::forbidden:
        case ErrorKind::conflict:
        case ErrorKind::too_large:
        case ErrorKind::refused:
            break;
    }
    return false;
}

Error queue_full(const Event& event) {
    return too_large("event_queue_full",
                     fmt::format("more than {} events wait; the last one is \"{}\"",
                                 limits::event_queue_max,
                                 event.name));
}

}  // namespace

void Run::exceed(Error error) {
    if (is_stopped()) {
        return;
    }
    (has_exceeded ? fatal : exceeded) = std::move(error);
    has_exceeded = true;
}

void Run::count(std::size_t done) {
    operations += done;
    if (operations > limits::operations_per_event_max) {
        exceed(too_large("operations_too_many",
                         fmt::format("executable content ran more than {} steps for one event",
                                     limits::operations_per_event_max)));
    }
}

Result<void> Run::send(Event event) {
    if (external_queue.size() >= limits::event_queue_max) {
        return queue_full(event);
    }
    external_queue.push(std::move(event));
    return {};
}

void Run::raise(Event event) {
    if (internal_queue.size() >= limits::event_queue_max) {
        exceed(queue_full(event));
    } else {
        internal_queue.push(std::move(event));
    }
}

void Run::raise_error(Error error, const std::string& sendid) {
    if (is_fatal(error)) {
        fatal = fatal ? std::move(fatal) : std::move(error);
        return;
    }
    Event event;
    event.name = is_communication(error) ? "error.communication" : "error.execution";
    event.type = EventType::platform;
    event.sendid = sendid;
    event.data = Value();
    event.data->set("code", std::move(error.code));
    event.data->set("message", std::move(error.message));
    raise(std::move(event));
}

}  // namespace guildmark::scxml
