#include "reports/model/quote.h"

#include <fmt/format.h>

#include "reports/model/nonconformities.h"

namespace guildmark::reports {
namespace {

constexpr std::uint32_t amount_color = 0x2F6B7E;

class QuoteWriter {
public:
    QuoteWriter(const QuoteInput& input, const Messages& say) : input_(input), say_(say) {}

    ProgressReport write() const {
        ProgressReport report = blank_report(say_, "quote", input_.request.on.begin());
        report.subject = input_.client.empty() ? input_.prices.head.issuer : input_.client;
        report.cover = cover();
        report.path = audits();
        report.figures = days();
        report.charts = {chart()};
        report.tables = {items(), adjustments(), terms(), signatures()};
        return report;
    }

private:
    [[nodiscard]] std::string audit_name(const audit::QuotedAudit& audit) const {
        return say_.text("quote.audit", std::string(audit::to_text(audit.audit)));
    }

    [[nodiscard]] std::string year_name(unsigned year) const {
        return year == 0 ? say_.text("quote.before")
                         : filled(say_.text("quote.year"), {{"year", fmt::to_string(year)}});
    }

    [[nodiscard]] std::vector<Fact> cover() const {
        const audit::Quote& quote = input_.quote;
        const audit::QuoteRequest& request = input_.request;
        std::vector<Fact> facts{
            {say_.text("quote.client"), input_.client},
            {say_.text("quote.body"), input_.prices.head.issuer},
            {say_.text("quote.prices"),
             fmt::format("{} ({})", input_.prices.head.designation, input_.prices.head.key())},
            {say_.text("cover.standard"), request.time.standard},
            {say_.text("quote.personnel"), Value(request.time.personnel)},
            {say_.text("quote.sites"), Value(request.sites)},
            {say_.text("quote.on"), Value(request.on)}};
        if (input_.prices.valid_until) {
            facts.push_back({say_.text("quote.valid_until"), Value(*input_.prices.valid_until)});
        }
        facts.push_back({say_.text("quote.certificate_total"), quote.certificate_total.to_text()});
        facts.push_back({say_.text("quote.cycle_total"), quote.cycle_total.to_text()});
        if (input_.dates) {
            facts.push_back({say_.text("quote.begin"), Value(input_.dates->begin)});
            facts.push_back({say_.text("quote.likely"), Value(input_.dates->likely)});
            facts.push_back({say_.text("quote.late"), Value(input_.dates->late)});
            facts.push_back({say_.text("quote.estimated_by"), input_.dates->workflow});
        }
        return facts;
    }

    [[nodiscard]] Table audits() const {
        Table table{say_.text("quote.by_audit"),
                    {{say_.text("quote.audit_title"), ColumnKind::text, 30},
                     {say_.text("quote.when"), ColumnKind::text, 26},
                     {say_.text("quote.days"), ColumnKind::decimal, 10},
                     {say_.text("quote.amount"), ColumnKind::amount, 20}},
                    {}};
        for (const audit::QuotedAudit& audit : input_.quote.audits) {
            table.rows.push_back({audit_name(audit),
                                  year_name(audit.year),
                                  Value(audit.days.to_double()),
                                  audit.total.to_text()});
        }
        return table;
    }

    [[nodiscard]] Table days() const {
        const audit::AuditTime& time = input_.quote.time;
        Table table{say_.text("quote.time"),
                    {{say_.text("summary.figure"), ColumnKind::text, 44},
                     {say_.text("quote.days"), ColumnKind::decimal, 14}},
                    {}};
        const auto add = [&](std::string_view id, const Fraction& value) {
            table.rows.push_back(
                {say_.text("quote.time", std::string(id)), Value(value.to_double())});
        };
        add("base", time.base_days);
        add("initial", time.initial_days);
        add("on_site", time.minimum_on_site_days);
        add("surveillance", time.surveillance_days_per_year);
        add("recertification", time.recertification_days);
        return table;
    }

    /// In whole units of the currency, rounded down: a picture, no sum.
    [[nodiscard]] Chart chart() const {
        Chart picture{
            ChartKind::stacked_bar,
            {fmt::format("{} ({})", say_.text("quote.by_audit"), input_.prices.day.currency().code),
             {{say_.text("quote.audit_title"), ColumnKind::text, 44},
              {say_.text("quote.amount"), ColumnKind::count, 14}},
             {}},
            {amount_color}};
        std::int64_t unit = 1;
        for (int decimal = 0; decimal < input_.prices.day.currency().decimals; ++decimal) {
            unit *= 10;
        }
        for (const audit::QuotedAudit& audit : input_.quote.audits) {
            picture.table.rows.push_back(
                {fmt::format("{}, {}", audit_name(audit), year_name(audit.year)),
                 Value(static_cast<std::uint64_t>(audit.total.minor_units() / unit))});
        }
        return picture;
    }

    [[nodiscard]] Table items() const {
        Table table{say_.text("quote_items.sheet"),
                    {{say_.text("quote.audit_title"), ColumnKind::wrapped, 26},
                     {say_.text("quote.when"), ColumnKind::wrapped, 22},
                     {say_.text("quote.item_title"), ColumnKind::wrapped, 40},
                     {say_.text("quote.quantity"), ColumnKind::decimal, 12},
                     {say_.text("quote.price"), ColumnKind::amount, 18},
                     {say_.text("quote.amount"), ColumnKind::amount, 18}},
                    {}};
        for (const audit::QuotedAudit& audit : input_.quote.audits) {
            for (const audit::QuoteLine& line : audit.lines) {
                table.rows.push_back(
                    {audit_name(audit),
                     year_name(audit.year),
                     line.fee == nullptr
                         ? say_.text("quote.item", std::string(audit::to_text(line.item)))
                         : line.fee->title.in(say_.language()),
                     Value(line.quantity.to_double()),
                     line.price.to_text(),
                     line.amount.to_text()});
            }
            table.rows.push_back({audit_name(audit),
                                  year_name(audit.year),
                                  say_.text("quote.sum"),
                                  {},
                                  {},
                                  audit.total.to_text()});
        }
        return table;
    }

    [[nodiscard]] Table adjustments() const {
        Table table{say_.text("quote_time.sheet"),
                    {{say_.text("quote.percent"), ColumnKind::decimal, 12},
                     {say_.text("quote.reason"), ColumnKind::wrapped, 90}},
                    {}};
        const audit::AuditTime& time = input_.quote.time;
        table.rows.push_back(
            {{},
             fmt::format("{} ({}): {}",
                         input_.rule.head.designation,
                         input_.rule.head.key(),
                         time.band_to ? fmt::format("{}–{}", time.band_from, *time.band_to)
                                      : fmt::format("{}+", time.band_from))});
        for (const audit::TimeFactor& factor : input_.request.time.factors) {
            table.rows.push_back({Value(factor.percent.to_double()), factor.reason});
        }
        if (time.is_clamped()) {
            table.rows.push_back(
                {Value(time.applied_percent.to_double()), say_.text("quote.clamped")});
        }
        return table;
    }

    [[nodiscard]] Table terms() const {
        Table table{say_.text("quote_terms.sheet"),
                    {{say_.text("quote.term"), ColumnKind::wrapped, 100}},
                    {}};
        for (const audit::Term& term : input_.prices.terms) {
            table.rows.push_back({term.text.in(say_.language())});
        }
        table.rows.push_back({say_.text("quote.travel_basis")});
        return table;
    }

    [[nodiscard]] Table signatures() const {
        Table table{say_.text("signatures.sheet"),
                    {{say_.text("quote.party"), ColumnKind::wrapped, 30},
                     {say_.text("quote.signer"), ColumnKind::text, 26, {}, true},
                     {say_.text("quote.place"), ColumnKind::text, 26, {}, true},
                     {say_.text("paper.signature"), ColumnKind::text, 36, {}, true}},
                    {}};
        table.rows.push_back({input_.prices.head.issuer, {}, {}, {}});
        table.rows.push_back(
            {input_.client.empty() ? say_.text("quote.client") : input_.client, {}, {}, {}});
        return table;
    }

    const QuoteInput& input_;
    const Messages& say_;
};

}  // namespace

ProgressReport build_quote_report(const QuoteInput& input, const Messages& messages) {
    return QuoteWriter(input, messages).write();
}

}  // namespace guildmark::reports
