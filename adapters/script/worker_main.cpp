#include <unistd.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif

#include "adapters/script/mailbox.h"
#include "adapters/script/message.h"
#include "adapters/script/worker.h"

#ifdef __SANITIZE_ADDRESS__
/// What AddressSanitizer holds back of freed memory would use up the worker's own memory limit.
const char* __asan_default_options() {
    return "quarantine_size_mb=16";
}
#endif

/// A program of its own, started by ScriptWorkers only.
int main() {
    using guildmark::script::worker_memory;
    using guildmark::script::worker_socket;
    // Whatever else the parent has open is none of a script's business.
    close_range(worker_memory + 1, ~0U, 0);
    return guildmark::script::run_script_worker(worker_socket, worker_memory);
}
