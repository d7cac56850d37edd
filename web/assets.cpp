#include "web/assets.h"

#include <algorithm>

#include "engine/base/ensure.h"

namespace guildmark::web {

const Asset* find_asset(std::string_view path) {
    const std::span<const Asset> all = assets();
    const auto found = std::ranges::lower_bound(all, path, {}, &Asset::path);
    return found != all.end() && found->path == path ? &*found : nullptr;
}

const Asset& page() {
    static const Asset* const index = find_asset("/index.html");
    ENSURE(index != nullptr, "the pages are built with an index");
    return *index;
}

}  // namespace guildmark::web
