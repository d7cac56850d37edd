#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/instant.h"
#include "engine/base/result.h"
#include "engine/base/value.h"

namespace guildmark::scxml {

/// Position of a state in document order; the <scxml> element itself is 0.
using StateIndex = std::uint32_t;

/// Where an event comes from (SCXML 5.10.1).
enum class EventType { platform, internal, external };

/// An event as SCXML 5.10.1 describes it.
struct Event {
    std::string name;
    EventType type = EventType::external;
    std::string sendid;
    std::string origin;
    std::string origintype;
    std::string invokeid;
    /// Absent: `_event.data` is undefined.
    std::optional<Value> data;
};

/// A delayed <send> that waits. The runtime keeps it as a timer record.
struct PendingSend {
    std::string sendid;
    Instant due;
    Event event;
};

/// A running statechart: values only, so that it can be written down and taken up again at any
/// point between macrosteps, and goes on as if nothing had been.
struct Session {
    std::string session_id;
    std::vector<StateIndex> configuration;  ///< Active states, in document order.
    std::vector<std::pair<StateIndex, std::vector<StateIndex>>> history;
    Value data;                           ///< An object: every datamodel variable that has a value.
    std::vector<StateIndex> initialized;  ///< Late binding: states entered at least once.
    std::vector<Event> internal_queue;
    std::vector<Event> external_queue;
    bool running = false;
    /// Set when a top-level final state was reached.
    std::optional<StateIndex> final_state;
    std::optional<Value> done_data;
    std::uint64_t next_sendid = 1;
};

}  // namespace guildmark::scxml
