#pragma once

namespace guildmark::script {

/// ECMAScript that makes a context deterministic and closed, and whose value is an object of the
/// functions that the worker calls: define, define_undefined, define_function, define_read_only,
/// define_membership, execute, clean, describe, changes; frozen, membership,
/// declared and close for pure expressions.
/// `xml` is its first part, which makes the document objects that scripts see for XML.
extern const char* const bootstrap;
extern const char* const xml;

}  // namespace guildmark::script
