#include "reports/model/programme.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "engine/base/json.h"
#include "engine/workflow/shown.h"
#include "reports/model/case_tasks.h"
#include "reports/model/parts.h"

namespace guildmark::reports {

namespace {

Cell day_cell(const std::optional<Date>& day, Tone tone = Tone::none) {
    return day ? Cell(Value(*day), tone) : Cell();
}

/// How the fee calls it that fell due when the audit was done; else how its state is called.
std::string title_of(const Context& context, const AuditVisit& visit) {
    const std::string& language = context.messages.language();
    for (const workflow::PlacedAction& placed : context.input.workflow.actions) {
        const auto* action = std::get_if<workflow::ChargeAction>(&placed.action);
        if (action != nullptr && !visit.charge.empty() && action->id == visit.charge) {
            return action->title.in(language);
        }
    }
    return context.input.workflow.state_title(visit.definition->state, language);
}

struct VisitStanding {
    std::string_view id;
    Tone tone;
};

VisitStanding standing_of(const AuditVisit& visit, Date today) {
    if (visit.is_held()) {
        const bool in_time = !visit.latest || !visit.last || *visit.last <= *visit.latest;
        return in_time ? VisitStanding{"held", Tone::good} : VisitStanding{"held_late", Tone::bad};
    }
    if (visit.latest && *visit.latest < today) {
        return {"late", Tone::bad};
    }
    return visit.planned ? VisitStanding{"planned", Tone::partly}
                         : VisitStanding{"ahead", Tone::muted};
}

bool is_nonconformity(const rows::Finding& finding) {
    return finding.grade != rows::Grade::opportunity;
}

/// What was raised before the audit opened and not verified by then; for one ahead, by now.
std::string findings_before(const Context& context, const AuditVisit& visit) {
    const Messages& say = context.messages;
    std::string all;
    for (const rows::Finding& finding : context.input.rows.findings) {
        const bool is_before = visit.task == nullptr || finding.raised_at < visit.task->opened_at;
        const bool is_settled =
            finding.verified_at &&
            (visit.task == nullptr || *finding.verified_at < visit.task->opened_at);
        if (is_nonconformity(finding) && is_before && !is_settled) {
            all += fmt::format("{}{} · {} · {}",
                               all.empty() ? "" : "\n",
                               finding.number,
                               say.text("grade", to_text(finding.grade)),
                               finding.requirement);
        }
    }
    return all;
}

/// Nonconformities raised while the audit was held.
Cell findings_raised(const Context& context, const AuditVisit& visit) {
    if (!visit.is_held()) {
        return {};
    }
    const auto count =
        std::ranges::count_if(context.input.rows.findings, [&](const rows::Finding& finding) {
            return is_nonconformity(finding) && finding.raised_at >= visit.task->opened_at &&
                   finding.raised_at <= *visit.task->closed_at;
        });
    return Value(static_cast<std::uint64_t>(count));
}

/// From the first day to the last, both counted; nothing where the report asks for one day only.
Cell days_held(const AuditVisit& visit) {
    if (!visit.first || !visit.last || *visit.last < *visit.first) {
        return {};
    }
    return Value(static_cast<std::uint64_t>(visit.last->days_since(*visit.first) + 1));
}

std::vector<Column> audit_columns(const Messages& say) {
    return {{say.text("programme.audit"), ColumnKind::wrapped, 24},
            {say.text("programme.standing"), ColumnKind::wrapped, 14},
            {say.text("programme.cycle"), ColumnKind::count, 7},
            {say.text("programme.number"), ColumnKind::count, 7},
            {say.text("programme.from"), ColumnKind::date, 12},
            {say.text("programme.latest"), ColumnKind::date, 12},
            {say.text("programme.planned"), ColumnKind::date, 12},
            {say.text("programme.sent"), ColumnKind::date, 12},
            {say.text("team.sheet"), ColumnKind::wrapped, 22},
            {say.text("programme.first"), ColumnKind::date, 12},
            {say.text("programme.last"), ColumnKind::date, 12},
            {say.text("programme.days"), ColumnKind::count, 9},
            {say.text("paper.outcome"), ColumnKind::wrapped, 20},
            {say.text("programme.raised"), ColumnKind::count, 10},
            {say.text("programme.findings"), ColumnKind::wrapped, 22}};
}

Table audit_table(const Context& context,
                  const std::vector<AuditVisit>& visits,
                  const std::vector<std::string>& titles) {
    const Messages& say = context.messages;
    Table table{say.text("programme.sheet"), audit_columns(say), {}};
    const Date today = Date::of(context.input.as_of);
    bool is_next = true;  // What stands open now is for the next audit alone.
    for (std::size_t index = 0; index < visits.size(); ++index) {
        const AuditVisit& visit = visits[index];
        const VisitStanding standing = standing_of(visit, today);
        const bool looks = visit.is_held() || is_next;
        is_next = is_next && visit.is_held();
        table.rows.push_back(
            {titles[index],
             {say.text("visit_standing", standing.id), standing.tone},
             Value(visit.cycle),
             visit.number == 0 ? Cell() : Cell(Value(visit.number)),
             day_cell(visit.from),
             day_cell(visit.latest, standing.tone == Tone::bad ? Tone::bad : Tone::none),
             day_cell(visit.planned),
             visit.plan == nullptr ? Cell() : Cell(Value(Date::of(*visit.plan->closed_at))),
             visit.team,
             day_cell(visit.first),
             day_cell(visit.last),
             days_held(visit),
             visit.is_held() ? outcome_name(context, *visit.definition, visit.task->outcome)
                             : std::string(),
             findings_raised(context, visit),
             looks ? findings_before(context, visit) : std::string()});
    }
    return table;
}

/// A number as it stands in a form: text where it is exact, else a JSON number.
Cell number_cell(const guildmark::Value* value) {
    if (value != nullptr && value->is_number()) {
        return Value(value->as_number());
    }
    if (value == nullptr || !value->is_text()) {
        return {};
    }
    const std::string& text = value->as_text();
    double number = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
    return end.ec == std::errc() ? Cell(Value(number)) : Cell();
}

struct TimedRow {
    Instant at;
    std::vector<Cell> cells;
};

/// Tells in order of time how many auditor days were told, and which days were held.
Table time_table(const Context& context,
                 const std::vector<AuditVisit>& visits,
                 const std::vector<std::string>& titles) {
    const Messages& say = context.messages;
    Table table{say.text("audit_time.sheet"),
                {{say.text("programme.what"), ColumnKind::wrapped, 48},
                 {say.text("programme.on"), ColumnKind::date, 14},
                 {say.text("programme.told"), ColumnKind::decimal, 16},
                 {say.text("programme.first"), ColumnKind::date, 14},
                 {say.text("programme.last"), ColumnKind::date, 14},
                 {say.text("programme.days"), ColumnKind::count, 14}},
                {}};
    std::vector<TimedRow> timed;
    for (const rows::Task& row : context.input.rows.tasks) {
        const workflow::TaskDefinition* task = context.input.workflow.find_task(row.task);
        const auto values = parse_json(row.values);
        for (const workflow::ShownField& shown : context.input.workflow.shown) {
            const bool is_told = task != nullptr && values && row.closed_at &&
                                 shown.what == workflow::shown_audit_days && shown.task == row.task;
            const Cell told = is_told ? number_cell(values->find(shown.field)) : Cell();
            if (told != Cell()) {
                timed.push_back({*row.closed_at,
                                 {task->title.in(say.language()),
                                  Value(Date::of(*row.closed_at)),
                                  told,
                                  {},
                                  {},
                                  {}}});
            }
        }
    }
    for (std::size_t index = 0; index < visits.size(); ++index) {
        const AuditVisit& visit = visits[index];
        if (visit.is_held()) {
            timed.push_back({*visit.task->closed_at,
                             {titles[index],
                              Value(Date::of(*visit.task->closed_at)),
                              {},
                              day_cell(visit.first),
                              day_cell(visit.last),
                              days_held(visit)}});
        }
    }
    std::ranges::stable_sort(timed, {}, &TimedRow::at);
    for (TimedRow& row : timed) {
        table.rows.push_back(std::move(row.cells));
    }
    return table;
}

/// The nonconformities that nobody has verified, in the form of the report on progress.
Table open_finding_table(const Context& context) {
    rows::CaseRows rows = context.input.rows;
    std::erase_if(rows.findings, [](const rows::Finding& finding) {
        return !is_nonconformity(finding) || finding.status == rows::FindingStatus::verified;
    });
    const ProgressInput& all = context.input;
    const ProgressInput open{
        rows, all.standard, all.workflow, all.organisations, all.people, all.records, all.as_of};
    Table table = finding_table({open, context.messages, {}});
    table.title = context.messages.text("open_findings.sheet");
    return table;
}

}  // namespace

ProgressReport build_programme_report(const ProgressInput& input, const Messages& messages) {
    const Context context{input, messages, evidence_by_requirement(input.rows)};
    const std::vector<AuditVisit> visits = find_audit_visits(context);
    std::vector<std::string> titles;
    for (const AuditVisit& visit : visits) {
        titles.push_back(title_of(context, visit));
    }
    ProgressReport report = paper_of_case(context, "programme");
    report.tables = {audit_table(context, visits, titles),
                     programme_calendar(context, visits, titles),
                     time_table(context, visits, titles),
                     open_finding_table(context)};
    return report;
}

}  // namespace guildmark::reports
