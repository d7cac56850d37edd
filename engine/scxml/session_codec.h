#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"
#include "engine/scxml/session.h"
#include "engine/scxml/statechart.h"

namespace guildmark::scxml {

/// Writes a session down. States stand by their ids, members that are empty are left out, so the
/// text stays readable and one of an unchanged chart reads back the same.
[[nodiscard]] Value to_value(const Statechart& chart, const Session& session);

/// Reads what to_value wrote, for the same chart or one that has all its states.
/// Errors: session_malformed (with the member), session_state_unknown (the chart has no such state,
/// or one that cannot be active), session_configuration_invalid (the active states are no legal
/// configuration of the chart, SCXML 3.11).
[[nodiscard]] Result<Session> session_from_value(const Statechart& chart, const Value& value);

/// Writes an event down; what is empty is left out.
[[nodiscard]] Value to_value(const Event& event);

/// Errors: session_malformed.
[[nodiscard]] Result<Event> event_from_value(const Value& value);

}  // namespace guildmark::scxml
