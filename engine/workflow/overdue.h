#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "engine/workflow/reading.h"

namespace guildmark::workflow {

struct Workflow;

/// What becomes of a due time when a paused case is resumed.
enum class Overdue {
    at_once,     ///< It stays; what it has passed by then is late at once.
    remaining,   ///< It moves by the time for which it was paused.
    from_start,  ///< When it came during the pause, its whole delay begins anew; else it stays.
};

constexpr auto names_of(Overdue) {
    return std::to_array<std::string_view>({"at-once", "remaining", "from-start"});
}

/// The attribute `overdue` of a task. Errors: attribute_invalid.
[[nodiscard]] std::optional<Overdue> read_overdue(const XmlElement& element,
                                                  const Reading& reading);

/// gm:overdue of <scxml> and of each <send> with a delay. Errors: attribute_invalid,
/// attribute_missing (a <send> without a delay is never late), attribute_unknown (any other
/// attribute of the extension namespace at an element of SCXML).
void read_overdue_of_chart(const XmlElement& root, const Reading& reading, Workflow& workflow);

}  // namespace guildmark::workflow
