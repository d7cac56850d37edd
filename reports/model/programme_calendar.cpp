#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "reports/model/programme.h"

namespace guildmark::reports {

namespace {

constexpr int months_max = 60;
constexpr unsigned month_width = 5;  // "2026" and the month below it

constexpr const char* planned_mark = "○";
constexpr const char* held_mark = "●";
constexpr const char* latest_mark = "▲";

/// Months since the year 0.
int month_number(Date day) {
    return static_cast<int>(day.day().year()) * 12 +
           static_cast<int>(static_cast<unsigned>(day.day().month())) - 1;
}

struct Months {
    int first = 0;
    int last = 0;

    [[nodiscard]] bool has(const std::optional<Date>& day) const {
        return day && month_number(*day) >= first && month_number(*day) <= last;
    }
};

const rows::Certificate* newest_certificate(const Context& context) {
    const auto& all = context.input.rows.certificates;
    const auto newest = std::ranges::max_element(
        all, {}, [](const rows::Certificate& one) { return std::pair(one.valid_from, one.id); });
    return newest == all.end() ? nullptr : &*newest;
}

Months months_shown(const Context& context,
                    const std::vector<AuditVisit>& visits,
                    const rows::Certificate* certificate) {
    const Date start = certificate == nullptr ? Date::of(context.input.rows.summary.opened_at)
                                              : certificate->valid_from;
    Months months{month_number(start), month_number(start)};
    const auto take = [&](const std::optional<Date>& day) {
        if (day) {
            months.first = std::min(months.first, month_number(*day));
            months.last = std::max(months.last, month_number(*day));
        }
    };
    take(certificate == nullptr ? Date::of(context.input.as_of) : certificate->valid_until);
    for (const AuditVisit& visit : visits) {
        if (visit.cycle == visits.back().cycle) {
            for (const auto& day : {visit.planned, visit.first, visit.last, visit.latest}) {
                take(day);
            }
        }
    }
    months.last = std::min(months.last, months.first + months_max - 1);
    return months;
}

Tone tone_of(rows::CertificateStatus status) {
    if (status == rows::CertificateStatus::active) {
        return Tone::good;
    }
    return status == rows::CertificateStatus::suspended ? Tone::partly : Tone::muted;
}

void set_mark(std::vector<Cell>& row,
              const Months& months,
              const std::optional<Date>& day,
              const char* mark,
              Tone tone) {
    if (!months.has(day)) {
        return;
    }
    Cell& cell = row[static_cast<std::size_t>(month_number(*day) - months.first + 1)];
    const auto* before = std::get_if<std::string>(&cell.value);
    cell = Cell((before == nullptr ? std::string() : *before) + mark, tone);
}

/// Fills the months between two days, both included, where nothing is marked.
void set_span(std::vector<Cell>& row, const Months& months, Date from, Date until, Tone tone) {
    const int last = std::min(month_number(until), months.last);
    for (int month = std::max(month_number(from), months.first); month <= last; ++month) {
        row[static_cast<std::size_t>(month - months.first + 1)].tone = tone;
    }
}

std::vector<Cell> row_of_visit(const AuditVisit& visit,
                               const std::string& title,
                               const Months& months,
                               Date today) {
    std::vector<Cell> row(static_cast<std::size_t>(months.last - months.first + 2));
    row.front() = visit.number == 0 ? title : fmt::format("{} · {}", visit.number, title);
    if (visit.from && visit.latest) {
        set_span(row, months, *visit.from, *visit.latest, Tone::muted);
    }
    const bool is_late = !visit.is_held() && visit.latest && *visit.latest < today;
    const bool was_late =
        visit.is_held() && visit.last && visit.latest && *visit.latest < *visit.last;
    set_mark(row, months, visit.latest, latest_mark, is_late || was_late ? Tone::bad : Tone::muted);
    set_mark(row, months, visit.planned, planned_mark, Tone::partly);
    if (visit.is_held()) {
        set_mark(row, months, visit.last, held_mark, was_late ? Tone::bad : Tone::good);
    }
    return row;
}

}  // namespace

Table programme_calendar(const Context& context,
                         const std::vector<AuditVisit>& visits,
                         const std::vector<std::string>& titles) {
    const Messages& say = context.messages;
    Table table{
        say.text("calendar.sheet"), {{say.text("programme.marks"), ColumnKind::wrapped, 30}}, {}};
    const rows::Certificate* certificate = newest_certificate(context);
    if (visits.empty() && certificate == nullptr) {
        return table;
    }
    const Months months = months_shown(context, visits, certificate);
    for (int month = months.first; month <= months.last; ++month) {
        table.columns.push_back({fmt::format("{} {:02}", month / 12, month % 12 + 1),
                                 ColumnKind::wrapped,
                                 month_width});
    }
    if (certificate != nullptr) {
        std::vector<Cell> row(table.columns.size());
        row.front() = fmt::format("{} {}", say.text("cover.certificate"), certificate->number);
        set_span(row,
                 months,
                 certificate->valid_from,
                 certificate->valid_until,
                 tone_of(certificate->status));
        table.rows.push_back(std::move(row));
    }
    const Date today = Date::of(context.input.as_of);
    for (std::size_t index = 0; index < visits.size(); ++index) {
        if (visits[index].cycle == visits.back().cycle) {
            table.rows.push_back(row_of_visit(visits[index], titles[index], months, today));
        }
    }
    return table;
}

}  // namespace guildmark::reports
