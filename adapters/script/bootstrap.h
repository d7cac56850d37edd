#pragma once

namespace guildmark::script {

/// ECMAScript that makes a context deterministic and closed, and whose value is an object of the
/// functions that the worker calls: define, define_undefined, define_read_only, define_membership,
/// describe, changes.
extern const char* const bootstrap;

}  // namespace guildmark::script
