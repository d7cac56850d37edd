#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "engine/audit/audit_time.h"
#include "engine/audit/rule_reading.h"
#include "engine/workflow/characters.h"

namespace guildmark::audit {
namespace {

constexpr std::int64_t days_max = 10'000;
constexpr std::int64_t increase_max = 1'000;

class TimeRuleReader {
public:
    TimeRuleReader(const XmlElement& root, Diagnostics& diagnostics)
        : root_(root), reading_(root, diagnostics) {}

    TimeRule read() {
        rule_.head = reading_.head(
            root_,
            {},
            {"adjustment", "rounding", "on-site", "surveillance", "recertification", "table"});
        read_limits();
        if (const XmlElement* rounding = require_child("rounding")) {
            reading_.expect(*rounding, {"step", "least"}, {});
            rule_.rounding.value = reading_.require_fraction(*rounding, "step", least_step(), 1);
            rule_.least_days = reading_.find_fraction(*rounding, "least", 0, days_max).value_or(0);
            rule_.rounding.basis = reading_.basis(*rounding, "rounding");
        }
        rule_.on_site = read_part("on-site");
        rule_.surveillance = read_part("surveillance");
        rule_.recertification = read_part("recertification");
        for (const XmlElement* table : reading_.children(root_, "table")) {
            read_table(*table);
        }
        if (rule_.tables.empty()) {
            reading_.error(root_, "table_missing", "no <table> says how many days an audit takes");
        }
        return std::move(rule_);
    }

private:
    static Fraction least_step() { return *Fraction::make(1, 1'000); }

    [[nodiscard]] const XmlElement* require_child(std::string_view name) const {
        const XmlElement* child = reading_.find_child(root_, name);
        if (child == nullptr) {
            reading_.error(root_,
                           "element_missing",
                           fmt::format("<{}> needs the element <{}>", root_.name, name));
        }
        return child;
    }

    [[nodiscard]] TimeFigure read_part(const char* name) const {
        TimeFigure figure;
        if (const XmlElement* element = require_child(name)) {
            reading_.expect(*element, {"part"}, {});
            figure.value = reading_.require_fraction(*element, "part", 0, 1);
            figure.basis = reading_.basis(*element, name);
        }
        return figure;
    }

    void read_limits() {
        std::set<std::string> contexts;
        for (const XmlElement* element : reading_.children(root_, "adjustment")) {
            reading_.expect(*element, {"context", "reduction-max", "increase-max"}, {});
            TimeLimit limit;
            if (element->find_attribute("context") != nullptr) {
                limit.context = reading_.texts().require_name(*element, "context");
            }
            limit.reduction_max_percent = reading_.find_fraction(*element, "reduction-max", 0, 99);
            limit.increase_max_percent =
                reading_.find_fraction(*element, "increase-max", 0, increase_max);
            const bool general = limit.context.empty();
            limit.basis =
                reading_.basis(*element, general ? "adjustment" : "adjustment, " + limit.context);
            if (!contexts.insert(limit.context).second) {
                reading_.error(
                    *element,
                    "id_repeated",
                    general ? std::string("a second <adjustment> without a context")
                            : fmt::format("a second <adjustment> for \"{}\"", limit.context));
            }
            rule_.limits.push_back(std::move(limit));
        }
        if (!contexts.contains("")) {
            rule_.limits.emplace_back().basis.about = "adjustment";
        }
    }

    void read_table(const XmlElement& element) {
        reading_.expect(element, {"standards"}, {"column", "band", "beyond"});
        TimeTable table;
        table.standards = workflow::words_of(reading_.texts().require(element, "standards"));
        for (const std::string& standard : table.standards) {
            if (!standards_.insert(standard).second) {
                reading_.error(
                    element, "id_repeated", fmt::format("a second table for \"{}\"", standard));
            }
        }
        table.basis = reading_.basis(element, "table " + element.attribute_or("standards", ""));
        read_columns(element, table);
        for (const XmlElement* band : reading_.children(element, "band")) {
            read_band(*band, table);
        }
        if (table.bands.empty()) {
            reading_.error(element, "element_missing", "<table> needs the element <band>");
        }
        if (const XmlElement* beyond = reading_.find_child(element, "beyond")) {
            reading_.expect(*beyond, {"every", "days"}, {});
            table.beyond = TimeContinuation{reading_.require_count(*beyond, "every"),
                                            read_days(*beyond, table, 0),
                                            reading_.basis(*beyond, "beyond the last band")};
        }
        rule_.tables.push_back(std::move(table));
    }

    void read_columns(const XmlElement& element, TimeTable& table) const {
        for (const XmlElement* child : reading_.children(element, "column")) {
            reading_.expect(*child, {"id"}, {"title"});
            TimeColumn column{reading_.texts().require_name(*child, "id"),
                              reading_.texts().require_texts(*child, "title")};
            if (std::ranges::find(table.columns, column.id, &TimeColumn::id) !=
                table.columns.end()) {
                reading_.error(*child,
                               "id_repeated",
                               fmt::format("a second column has the id \"{}\"", column.id));
            }
            table.columns.push_back(std::move(column));
        }
        if (table.columns.empty()) {
            table.columns.emplace_back();
        }
    }

    void read_band(const XmlElement& element, TimeTable& table) const {
        reading_.expect(element, {"from", "to", "days"}, {});
        TimeBand band;
        band.from = reading_.require_count(element, "from");
        band.to = reading_.require_count(element, "to");
        const std::uint64_t next = table.bands.empty() ? 1 : table.bands.back().to + 1;
        if (band.from != next || band.to < band.from) {
            reading_.error(element,
                           "band_misplaced",
                           fmt::format("this band goes from {} to {}; it has to begin at {}, and "
                                       "to end there or later",
                                       band.from,
                                       band.to,
                                       next));
        }
        band.days = read_days(element, table, *Fraction::make(1, 100));
        band.basis = reading_.basis(element, fmt::format("band {}-{}", band.from, band.to));
        read_column_doubts(element, table, band);
        table.bands.push_back(std::move(band));
    }

    void read_column_doubts(const XmlElement& element,
                            const TimeTable& table,
                            TimeBand& band) const {
        for (const XmlElement* doubt : reading_.children(element, "doubt")) {
            const std::string* column = doubt->find_attribute("column");
            if (column == nullptr) {
                continue;
            }
            const std::vector<std::string> known = table.column_ids();
            if (std::ranges::find(known, *column) == known.end()) {
                reading_.error(*doubt,
                               "column_unknown",
                               fmt::format("the table has no column \"{}\"", *column),
                               suggest(*column, known));
            }
            band.column_doubts.emplace_back(*column, workflow::flow_text(doubt->text()));
        }
    }

    /// One number for each column.
    [[nodiscard]] std::vector<Fraction> read_days(const XmlElement& element,
                                                  const TimeTable& table,
                                                  const Fraction& least) const {
        const auto words = workflow::words_of(reading_.texts().require(element, "days"));
        std::vector<Fraction> days;
        for (const std::string& word : words) {
            const auto number = Fraction::parse(word);
            if (!number || *number < least || *number > Fraction(days_max)) {
                reading_.texts().invalid(element,
                                         "days",
                                         fmt::format("numbers of days such as \"2.5 3\", from {} "
                                                     "to {}",
                                                     least.to_text(),
                                                     days_max));
            }
            days.push_back(number ? *number : Fraction(1));
        }
        if (!words.empty() && words.size() != table.columns.size()) {
            reading_.error(element,
                           "days_mismatch",
                           fmt::format("there are {} numbers of days for {} columns",
                                       words.size(),
                                       table.columns.size()));
        }
        days.resize(table.columns.size(), Fraction(1));
        return days;
    }

    const XmlElement& root_;
    RuleReading reading_;
    TimeRule rule_;
    std::set<std::string> standards_;
};

}  // namespace

std::optional<TimeRule> read_time_rule(std::string_view bytes,
                                       const std::string& file,
                                       Diagnostics& diagnostics) {
    Diagnostics found;
    std::optional<TimeRule> rule;
    if (const auto root = read_rule_root(bytes, file, "audit-time", found)) {
        rule = TimeRuleReader(*root, found).read();
    }
    for (const Diagnostic& item : found.items()) {
        diagnostics.add(item);
    }
    return found.has_errors() ? std::nullopt : std::move(rule);
}

}  // namespace guildmark::audit
