#include "engine/cases/expression_value.h"

namespace guildmark {

Result<Date> to_date(const Value& value) {
    if (!value.is_text()) {
        return malformed("date_malformed", "the expression does not give a date");
    }
    if (auto date = Date::parse(value.as_text())) {
        return date;
    }
    return Date::of(TRY(Instant::parse(value.as_text())));
}

Result<Instant> to_instant(const Value& value) {
    if (value.is_text() && !Date::parse(value.as_text())) {
        return Instant::parse(value.as_text());
    }
    return TRY(to_date(value)).begin();
}

Result<Duration> to_duration(const Value& value) {
    if (!value.is_text()) {
        return malformed("duration_malformed", "the expression does not give a duration");
    }
    return Duration::parse(value.as_text());
}

}  // namespace guildmark
