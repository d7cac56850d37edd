#pragma once

namespace guildmark::script {

/// Serves one ScriptWorkers over the socket `fd` and the mailboxes in the file `memory`, which it
/// closes, until the socket closes, and gives the exit status. Meant to be all that a process does:
/// it limits the memory of the process, closes its other files, and is ended by a signal when a
/// request takes far longer than its caller would wait.
int run_script_worker(int fd, int memory);

}  // namespace guildmark::script
