#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/scxml/session.h"
#include "engine/scxml/statechart.h"

namespace guildmark::scxml {

/// How names of one chart become those of another. A name that is not here stands for itself.
struct SessionMapping {
    std::map<std::string, std::string> states;
    std::map<std::string, std::string> variables;
    std::set<std::string> variables_dropped;
    std::map<std::string, Value> variables_set;  ///< By their name in the new chart.
};

/// A session that was taken over, or all that keeps it from being one.
struct SessionMigration {
    Session session;            ///< Of the new chart; REQUIRES: there are no faults.
    std::vector<Error> faults;  ///< In the order in which they are tested, below.
};

/// Takes a session that rests from one chart to another: nothing is entered, left or executed, and
/// no expression is evaluated. Active states are told by the innermost ones, those around them
/// follow from the new chart; histories, variables and what was invoked are carried.
///
/// Faults: state_unmapped (an active state, a history or a state that it holds is not in the new
/// chart), session_configuration_invalid (the states cannot be active there together),
/// variable_unmapped (the new chart does not declare it), variable_missing (it declares one that
/// the session does not have and that is not set), invocation_unmapped (the <invoke> is not at the
/// same place of the state, or what it has started does not fit it).
[[nodiscard]] SessionMigration migrate_session(const Statechart& from,
                                               const Session& session,
                                               const Statechart& to,
                                               const SessionMapping& mapping);

}  // namespace guildmark::scxml
