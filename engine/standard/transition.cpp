#include "engine/standard/transition.h"

#include <algorithm>
#include <initializer_list>

#include "engine/standard/standard.h"

namespace guildmark {
namespace {

/// The earliest of the days that are known.
std::optional<Date> earliest(std::initializer_list<std::optional<Date>> days) {
    std::optional<Date> first;
    for (const std::optional<Date>& day : days) {
        if (day && (!first || *day < *first)) {
            first = day;
        }
    }
    return first;
}

}  // namespace

EditionStanding standing_of(const Standard& edition, const Date& day) {
    const Transition known = edition.transition.value_or(Transition());
    const auto until = [&](std::optional<Date> last_day) {
        return EditionPermission{day >= edition.published && (!last_day || day <= *last_day),
                                 last_day};
    };
    return {
        until(earliest({known.last_initial_to_old, known.last_audit_to_old, known.end_on})),
        until(earliest({known.last_audit_to_old, known.end_on})),
        until(known.end_on),
    };
}

Date latest_expiry(const Standard& edition, const Date& cycle_end) {
    const Transition known = edition.transition.value_or(Transition());
    if (known.certificate_expiry_rule != "not-after-end-on" || !known.end_on) {
        return cycle_end;
    }
    return std::min(cycle_end, *known.end_on);
}

}  // namespace guildmark
