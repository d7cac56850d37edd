#pragma once

#include <string>

#include "api/command/console.h"

namespace guildmark::command {

struct KeysArguments {
    std::string data_folder;
    std::string key;  ///< retire: its id.
    bool is_compromised = false;
    Output output = Output::text;
};

/// guildmark keys list: every key that ever signed, the oldest first.
int run_keys_list(const KeysArguments& arguments);

/// guildmark keys rotate: a new current key; the one before is retired.
int run_keys_rotate(const KeysArguments& arguments);

/// guildmark keys retire: ends a key for good, or tells that somebody else may have it.
int run_keys_retire(const KeysArguments& arguments);

}  // namespace guildmark::command
