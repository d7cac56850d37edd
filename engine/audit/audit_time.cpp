#include "engine/audit/audit_time.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/audit/words.h"
#include "engine/base/limits.h"
#include "engine/base/text.h"
#include "engine/workflow/characters.h"

// All figures stay fractions until they are told; each is rounded from the exact time, never from
// another rounded figure.

namespace guildmark::audit {
namespace {

constexpr std::int64_t hundred = 100;
constexpr std::int64_t percent_max = 1'000;

std::string with_nearest(std::string_view word, const std::vector<std::string>& known) {
    const std::string nearest = suggest(word, known);
    return nearest.empty() ? std::string() : "; " + nearest;
}

Result<const TimeTable*> table_for(const TimeRule& rule, const std::string& standard) {
    if (const TimeTable* table = rule.find_table(standard)) {
        return table;
    }
    std::vector<std::string> known;
    for (const TimeTable& table : rule.tables) {
        known.insert(known.end(), table.standards.begin(), table.standards.end());
    }
    return malformed("table_unknown",
                     fmt::format("{} has no table for \"{}\"; it has some for {}{}",
                                 rule.head.designation,
                                 beginning(standard, 64),
                                 listed(known),
                                 with_nearest(standard, known)),
                     standard);
}

Result<std::size_t> column_of(const TimeTable& table, const TimeRequest& request) {
    const auto found = std::ranges::find(table.columns, request.column, &TimeColumn::id);
    if (found != table.columns.end()) {
        return static_cast<std::size_t>(found - table.columns.begin());
    }
    if (!table.has_columns()) {
        return malformed("column_unknown",
                         fmt::format("the table for {} does not tell complexities apart; leave "
                                     "\"{}\" out, and state what it changes as a factor",
                                     request.standard,
                                     beginning(request.column, 64)),
                         "complexity");
    }
    const std::vector<std::string> known = table.column_ids();
    if (request.column.empty()) {
        return malformed("column_missing",
                         fmt::format("the table for {} asks how complex the firm is: {}",
                                     request.standard,
                                     listed(known)),
                         "complexity");
    }
    return malformed("column_unknown",
                     fmt::format("the table for {} has no complexity \"{}\", only {}{}; what has "
                                 "no column needs a justification of its own",
                                 request.standard,
                                 beginning(request.column, 64),
                                 listed(known),
                                 with_nearest(request.column, known)),
                     "complexity");
}

Result<void> find_base(const TimeTable& table, const TimeRequest& request, AuditTime& time) {
    const std::size_t column = TRY(column_of(table, request));
    const auto band = std::ranges::lower_bound(table.bands, request.personnel, {}, &TimeBand::to);
    add_doubts(time.doubts, table.basis);
    if (band != table.bands.end()) {
        time.base_days = band->days[column];
        time.band_from = band->from;
        time.band_to = band->to;
        add_doubts(time.doubts, band->basis);
        for (const auto& [name, text] : band->column_doubts) {
            if (name == request.column) {
                time.doubts.push_back({fmt::format("{}, {}", band->basis.about, name), text});
            }
        }
        return {};
    }
    const TimeBand& last = table.bands.back();
    if (!table.beyond) {
        return refused("personnel_beyond_table",
                       fmt::format("the table for {} ends at {} people and does not say how it "
                                   "goes on; add <beyond> to a rule of your own, or justify the "
                                   "time for {} people by itself",
                                   request.standard,
                                   last.to,
                                   request.personnel),
                       "personnel");
    }
    const std::uint64_t more = request.personnel - last.to;
    const auto steps = static_cast<std::int64_t>((more - 1) / table.beyond->every + 1);
    const Fraction added = TRY(table.beyond->days[column].times(steps));
    time.base_days = TRY(last.days[column].plus(added));
    time.band_from = last.to + 1;
    add_doubts(time.doubts, table.beyond->basis);
    return {};
}

Result<const TimeLimit*> limit_for(const TimeRule& rule, const std::string& context) {
    const auto found = std::ranges::find(rule.limits, context, &TimeLimit::context);
    if (found != rule.limits.end()) {
        return &*found;
    }
    std::vector<std::string> known;
    for (const TimeLimit& limit : rule.limits) {
        if (!limit.context.empty()) {
            known.push_back(limit.context);
        }
    }
    return malformed("context_unknown",
                     fmt::format("{} has no limit of its own for \"{}\"{}{}",
                                 rule.head.designation,
                                 beginning(context, 64),
                                 known.empty() ? "" : ", only for " + listed(known),
                                 with_nearest(context, known)),
                     "context");
}

Result<Fraction> sum_of(const std::vector<TimeFactor>& factors) {
    if (factors.size() > limits::time_factors_max) {
        return too_large(
            "factors_too_many",
            fmt::format(
                "at most {} factors are taken, not {}", limits::time_factors_max, factors.size()),
            "factors");
    }
    Fraction sum;
    for (const TimeFactor& factor : factors) {
        if (workflow::flow_text(factor.reason).empty()) {
            return refused(
                "reason_missing",
                fmt::format("the factor of {} % needs a written reason", factor.percent.to_text()),
                "reason");
        }
        if (factor.percent <= Fraction(-hundred) || factor.percent > Fraction(percent_max) ||
            TRY(factor.percent.times(10'000)).denominator() != 1) {
            return malformed("percent_invalid",
                             fmt::format("a factor is above -100 and at most {} %, with at most 4 "
                                         "decimals, not {}",
                                         percent_max,
                                         factor.percent.to_text()),
                             "percent");
        }
        sum = TRY(sum.plus(factor.percent));
    }
    return sum;
}

/// What the limit leaves of the factors.
void clamp(const TimeLimit& limit, AuditTime& time) {
    time.applied_percent = time.requested_percent;
    if (limit.reduction_max_percent) {
        // A limit read from a file is at most 100, so its negation is exact.
        const Fraction lowest = *limit.reduction_max_percent->times(-1);
        if (time.requested_percent < lowest) {
            time.applied_percent = lowest;
        }
    }
    if (limit.increase_max_percent && time.requested_percent > *limit.increase_max_percent) {
        time.applied_percent = *limit.increase_max_percent;
    }
    if (time.is_clamped()) {
        time.limit_percent = time.applied_percent;
    }
    if (time.requested_percent != Fraction()) {
        add_doubts(time.doubts, limit.basis);
    }
}

Result<Fraction> rounded_part(const TimeRule& rule, const Fraction& days, const Fraction& part) {
    const Fraction exact = TRY(days.times(part));
    return std::max(TRY(exact.rounded_to(rule.rounding.value)), rule.least_days);
}

}  // namespace

std::vector<std::string> TimeTable::column_ids() const {
    std::vector<std::string> ids;
    ids.reserve(columns.size());
    for (const TimeColumn& column : columns) {
        ids.push_back(column.id);
    }
    return ids;
}

const TimeTable* TimeRule::find_table(std::string_view standard) const {
    const std::string_view id = standard.substr(0, standard.find(':'));
    for (const std::string_view word : {standard, id}) {
        for (const TimeTable& table : tables) {
            if (std::ranges::find(table.standards, word) != table.standards.end()) {
                return &table;
            }
        }
    }
    return nullptr;
}

Result<AuditTime> compute_audit_time(const TimeRule& rule, const TimeRequest& request) {
    const TimeTable* table = TRY(table_for(rule, request.standard));
    if (request.personnel < 1 || request.personnel > limits::audited_count_max) {
        return malformed("count_invalid",
                         fmt::format("the effective number of personnel is from 1 to {}, not {}",
                                     limits::audited_count_max,
                                     request.personnel),
                         "personnel");
    }
    AuditTime time;
    add_doubts(time.doubts, rule.head.basis);
    TRY(find_base(*table, request, time));
    const TimeLimit* limit = TRY(limit_for(rule, request.context));
    time.requested_percent = TRY(sum_of(request.factors));
    clamp(*limit, time);
    const Fraction changed = TRY(TRY(time.applied_percent.plus(hundred)).divided_by(hundred));
    time.exact_days = TRY(time.base_days.times(changed));
    time.initial_days = TRY(rounded_part(rule, time.exact_days, 1));
    time.minimum_on_site_days = TRY(time.exact_days.times(rule.on_site.value));
    time.surveillance_days_per_year =
        TRY(rounded_part(rule, time.exact_days, rule.surveillance.value));
    time.recertification_days =
        TRY(rounded_part(rule, time.exact_days, rule.recertification.value));
    for (const TimeFigure* figure :
         {&rule.rounding, &rule.on_site, &rule.surveillance, &rule.recertification}) {
        add_doubts(time.doubts, figure->basis);
    }
    return time;
}

}  // namespace guildmark::audit
