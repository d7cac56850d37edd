#include "api/command/keys_command.h"

#include <fmt/format.h>

#include "adapters/signer/sodium/key_ring.h"
#include "adapters/system/system.h"
#include "api/signing.h"
#include "engine/base/describe.h"

namespace guildmark::command {
namespace {

Result<void> list(const KeysArguments& arguments, const sodium::KeyRing& ring) {
    const auto keys = TRY(ring.keys());
    if (arguments.output == Output::json) {
        print_json(api::key_list_value(api::issuer_id({}, keys), keys));
        return {};
    }
    for (const SigningKey& key : keys) {
        print(fmt::format("{}  {:11}  {} to {}",
                          key.id,
                          to_name(key.state),
                          key.valid_from.to_text(),
                          key.ended_at ? key.ended_at->to_text() : "now"));
    }
    return {};
}

Result<void> rotate(const KeysArguments& arguments, sodium::KeyRing& ring) {
    const SigningKey key = TRY(ring.rotate(SystemClock().now()));
    if (arguments.output == Output::json) {
        print_json(Value::Object{{"id", key.id}});
    } else {
        print(fmt::format("{} signs from now on", key.id));
    }
    return {};
}

Result<void> retire(const KeysArguments& arguments, sodium::KeyRing& ring) {
    const KeyState state = arguments.is_compromised ? KeyState::compromised : KeyState::retired;
    TRY(ring.end(arguments.key, state, SystemClock().now()));
    if (arguments.output == Output::text) {
        print(fmt::format("{} is {}", arguments.key, to_name(state)));
    }
    return {};
}

template <typename Act>
int run(const KeysArguments& arguments, Act act) {
    const auto journal = find_journal(arguments.data_folder);
    if (!journal) {
        return report_error(journal.error(), arguments.output);
    }
    sodium::KeyRing ring(arguments.data_folder);
    const auto done = act(arguments, ring);
    return done ? exit_done : report_error(done.error(), arguments.output);
}

}  // namespace

int run_keys_list(const KeysArguments& arguments) {
    return run(arguments, list);
}

int run_keys_rotate(const KeysArguments& arguments) {
    return run(arguments, rotate);
}

int run_keys_retire(const KeysArguments& arguments) {
    return run(arguments, retire);
}

}  // namespace guildmark::command
