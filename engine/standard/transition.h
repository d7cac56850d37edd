#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/date.h"

/// How certificates move from one edition of a standard to the next.
namespace guildmark {

struct Standard;

/// Where one datum of a transition comes from.
struct TransitionBasis {
    std::string of;  ///< The attribute: "end-on". It may be one whose date is unknown.
    std::string source;
    std::string doubt;  ///< Empty: none.
};

/// From the <transition> of a catalogue. A date that is not there is not known.
struct Transition {
    std::string to;  ///< The next edition: "2026".
    std::optional<Date> published_on;
    std::optional<Date> end_on;               ///< Last day of a certificate to the old edition.
    std::optional<Date> last_audit_to_old;    ///< Of any kind.
    std::optional<Date> last_initial_to_old;  ///< Of initial audits.
    std::string certificate_expiry_rule;      ///< As in the file; empty: not known.
    std::vector<TransitionBasis> bases;       ///< In document order.
};

/// Whether something may be done on a day, and until when.
struct EditionPermission {
    bool is_given = false;
    std::optional<Date> last_day;  ///< Inclusive; none: nobody has named one, as far as is known.
};

/// What may be done to one edition on one day.
struct EditionStanding {
    EditionPermission initial_audits;
    EditionPermission audits;        ///< Surveillance and recertification.
    EditionPermission certificates;  ///< Whether one may be valid.
};

/// What may be done to that edition on that day: nothing before it is published; then each thing to
/// the earliest day after which it or what contains it ends (an initial audit is an audit; an audit
/// leads to a certificate).
[[nodiscard]] EditionStanding standing_of(const Standard& edition, const Date& day);

/// The last day of a certificate to that edition whose cycle ends on `cycle_end`: `end_on` where
/// the rule is "not-after-end-on" and that day is known and earlier.
[[nodiscard]] Date latest_expiry(const Standard& edition, const Date& cycle_end);

}  // namespace guildmark
