#pragma once

namespace CLI {
class App;
}

namespace guildmark::command {

/// Adds the commands that tell what rules of the library say, and need no data: audit time, offers,
/// classes of size, samples and transitions. `code` is what the one ended with that ran.
void add_rule_commands(CLI::App& app, int& code);

}  // namespace guildmark::command
