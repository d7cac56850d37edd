#include <unistd.h>

#include "adapters/script/message.h"
#include "adapters/script/worker.h"

/// A program of its own, started by ScriptWorkers only.
int main() {
    using guildmark::script::worker_socket;
    // Whatever else the parent has open is none of a script's business.
    close_range(worker_socket + 1, ~0U, 0);
    return guildmark::script::run_script_worker(worker_socket);
}
