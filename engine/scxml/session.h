#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/instant.h"
#include "engine/base/result.h"
#include "engine/base/value.h"
#include "engine/xml/diagnostics.h"

namespace guildmark::scxml {

/// Position of a state in document order; the <scxml> element itself is 0.
using StateIndex = std::uint32_t;

/// Number of a transition of a chart; initial ones and defaults of histories are counted too.
using TransitionIndex = std::uint32_t;

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
    /// The message as it came, where its processor has one: of Basic HTTP, and of a <send> that
    /// gives several parameters one name. Empty: `_event.raw` is undefined.
    std::string raw;
    /// Absent: `_event.data` is undefined.
    std::optional<Value> data;
};

/// The SCXML event processor (appendix C.1).
inline constexpr std::string_view scxml_processor =
    "http://www.w3.org/TR/scxml/#SCXMLEventProcessor";

/// The Basic HTTP event processor (appendix C.2).
inline constexpr std::string_view basic_http_processor =
    "http://www.w3.org/TR/scxml/#BasicHTTPEventProcessor";

/// An event that leaves the engine: delayed, or for a processor that is the host's.
struct Outgoing {
    Event event;
    std::string session_id;  ///< Of the session that sends: the running one, or one it invoked.
    std::string target;      ///< As in <send>; empty: the session that sends.
    std::string type;        ///< As in <send>; empty: the SCXML event processor.
    std::int64_t delay_ms = 0;
    /// For another event processor: what namelist and <param> give, in order, names repeated.
    std::vector<std::pair<std::string, Value>> parameters = {};
    /// Of the <send>, which lives as long as its chart; null when there is none.
    const SourcePlace* place = nullptr;
};

/// An event that comes into the engine: from outside, or an Outgoing whose delay is over.
struct Incoming {
    Event event;
    std::string session_id = {};  ///< Empty: the running session, not one that it invoked.
    std::string target = {};      ///< As in <send> of that session; empty: that session itself.
};

class Statechart;
struct Invocation;

/// A running statechart: values only, so that it can be written down and taken up again at any
/// point between macrosteps, and goes on as if nothing had been.
struct Session {
    std::string session_id;
    std::vector<StateIndex> configuration;  ///< Active states, in document order.
    std::vector<std::pair<StateIndex, std::vector<StateIndex>>> history;
    Value data;  ///< An object: every datamodel variable that has a value.
    /// Variables of `data` that hold functions; the values there are the functions' sources.
    std::vector<std::string> functions;
    /// Groups of variables that hold one object, `_event` and `_ioprocessors` among them.
    std::vector<std::vector<std::string>> aliases;
    std::vector<StateIndex> initialized;  ///< Late binding: states entered at least once.
    std::vector<Event> internal_queue;
    std::vector<Event> external_queue;
    bool running = false;
    /// Set when a top-level final state was reached.
    std::optional<StateIndex> final_state;
    std::optional<Value> done_data;
    std::uint64_t next_sendid = 1;
    std::vector<Invocation> invocations;  ///< Of active states, in the order of their start.
};

/// An <invoke> of an active state (SCXML 6.4), with the session that it started.
struct Invocation {
    std::string invokeid;
    std::uint32_t invoke = 0;  ///< Position among all <invoke> of the document.
    bool is_active = true;     ///< The session has neither finished nor been cancelled.
    /// What the session runs when that is no part of the document that invokes it.
    std::string document;
    std::shared_ptr<const Statechart> chart;
    Session session;
};

}  // namespace guildmark::scxml
