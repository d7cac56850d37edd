#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "engine/base/ensure.h"
#include "engine/base/limits.h"
#include "engine/ports/lists.h"

namespace guildmark::sqlite {

/// One more than fits, which tells whether there is a next page.
inline std::size_t probe_size(const PageRequest& page) {
    ENSURE(page.size >= 1 && page.size <= limits::page_size_max, "a page has 1 to 200 items");
    return page.size + 1;
}

/// The page that `rows`, at most probe_size() of them, begin.
template <typename Row, typename KeyOf>
Page<Row> page_of(std::vector<Row> rows, const PageRequest& request, KeyOf key_of) {
    Page<Row> page{std::move(rows), {}};
    if (page.items.size() > request.size) {
        page.items.resize(request.size);
        page.next = key_of(page.items.back());
    }
    return page;
}

}  // namespace guildmark::sqlite
