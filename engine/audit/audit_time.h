#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/audit/rule.h"
#include "engine/base/fraction.h"

namespace guildmark::audit {

/// How complex a firm is, where a table tells several apart.
struct TimeColumn {
    std::string id;  ///< Empty in a table without columns.
    LocalizedText title;
};

/// From how many people to how many it takes how long.
struct TimeBand {
    std::uint64_t from = 1;
    std::uint64_t to = 1;
    std::vector<Fraction> days;  ///< One for each column.
    Basis basis;
    std::vector<std::pair<std::string, std::string>> column_doubts;  ///< Column, doubt.
};

/// Behind the last band: so many days more for each `every` people begun.
struct TimeContinuation {
    std::uint64_t every = 1;
    std::vector<Fraction> days;
    Basis basis;
};

/// The days of an initial audit, by the effective number of personnel.
struct TimeTable {
    std::vector<std::string> standards;  ///< "iso-9001", or an edition: "iso-9001:2015".
    std::vector<TimeColumn> columns;     ///< At least one.
    std::vector<TimeBand> bands;         ///< At least one; each begins where the one before ends.
    std::optional<TimeContinuation> beyond;
    Basis basis;

    [[nodiscard]] bool has_columns() const { return !columns.front().id.empty(); }

    [[nodiscard]] std::vector<std::string> column_ids() const;
};

/// How far a table's days may be changed; percentages of them.
struct TimeLimit {
    std::string context;  ///< Empty: any audit that no other limit is about.
    std::optional<Fraction> reduction_max_percent;
    std::optional<Fraction> increase_max_percent;
    Basis basis;
};

/// A part of the audit time, or of days.
struct TimeFigure {
    Fraction value;
    Basis basis;
};

/// One edition of a rule for audit time; immutable.
struct TimeRule {
    RuleHead head;
    std::vector<TimeLimit> limits;
    TimeFigure rounding;  ///< Days are told in multiples of this.
    Fraction least_days;  ///< No visit is shorter.
    TimeFigure on_site;   ///< The least part of the audit time that is spent there.
    TimeFigure surveillance;
    TimeFigure recertification;
    std::vector<TimeTable> tables;

    /// The table that holds for a standard, its id ("iso-9001") or an edition's key; null when
    /// none.
    [[nodiscard]] const TimeTable* find_table(std::string_view standard) const;
};

/// Why the time is longer or shorter than the table says.
struct TimeFactor {
    Fraction percent;  ///< Of the table's days; below 0 for less.
    std::string reason;
};

/// What is asked for.
struct TimeRequest {
    std::string standard;
    std::uint64_t personnel = 0;  ///< The effective number: full-time equivalents in scope.
    std::string column;           ///< Empty where the table has none.
    std::string context;          ///< Which limit of the rule applies; empty: the general one.
    std::vector<TimeFactor> factors;
};

/// How long an audit takes, and how that was found. In days of eight hours.
struct AuditTime {
    Fraction base_days;                     ///< What the table says.
    std::uint64_t band_from = 0;            ///< The band's first and last number of people.
    std::optional<std::uint64_t> band_to;   ///< Nothing behind the last band.
    Fraction requested_percent;             ///< All factors together.
    Fraction applied_percent;               ///< What the rule's limit left of them.
    std::optional<Fraction> limit_percent;  ///< The limit that was hit.
    Fraction exact_days;                    ///< Base and adjustment, not rounded.
    Fraction initial_days;
    Fraction minimum_on_site_days;  ///< Of exact_days, not rounded.
    Fraction surveillance_days_per_year;
    Fraction recertification_days;
    std::vector<Doubt> doubts;  ///< Of the figures that were used.

    [[nodiscard]] bool is_clamped() const { return requested_percent != applied_percent; }
};

/// Reads a rule in the form of standards/schema/rule.xsd. Nothing is returned when `diagnostics`
/// gained an error. Errors, as diagnostics: those of read_xml; element_unknown, element_repeated,
/// element_missing, attribute_unknown, attribute_missing, attribute_invalid, text_missing,
/// text_repeated, source_missing, id_repeated, table_missing, band_misplaced, days_mismatch,
/// column_unknown.
[[nodiscard]] std::optional<TimeRule> read_time_rule(std::string_view bytes,
                                                     const std::string& file,
                                                     Diagnostics& diagnostics);

/// The audit time that `rule` gives. Exact until each figure is rounded, the last thing done.
/// Errors: table_unknown, count_invalid (no people, or more than limits::audited_count_max),
/// column_missing, column_unknown, personnel_beyond_table, context_unknown, factors_too_many,
/// reason_missing, percent_invalid, fraction_overflow.
[[nodiscard]] Result<AuditTime> compute_audit_time(const TimeRule& rule,
                                                   const TimeRequest& request);

}  // namespace guildmark::audit
