#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/xml/diagnostics.h"

namespace guildmark::workflow {

/// The ids of items that have one.
template <typename Item>
[[nodiscard]] std::vector<std::string> ids_of(const std::vector<Item>& items) {
    std::vector<std::string> ids(items.size());
    std::ranges::transform(items, ids.begin(), &Item::id);
    return ids;
}

/// Tells what is wrong with names that parts of a workflow have and use.
struct Naming {
    Diagnostics& diagnostics;

    /// KIND_unknown, with the most similar of `known`.
    void unknown(const SourcePlace& place,
                 std::string_view kind,
                 const std::string& id,
                 const std::vector<std::string>& known) const;

    /// id_repeated.
    void repeated(const SourcePlace& place, std::string_view kind, const std::string& id) const;

    /// id_repeated when `seen` has it, unless it is empty, which was told before; `seen` has it
    /// then.
    void expect_new(const SourcePlace& place,
                    std::string_view kind,
                    const std::string& id,
                    std::set<std::string>& seen) const;
};

}  // namespace guildmark::workflow
