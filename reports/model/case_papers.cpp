#include "reports/model/case_papers.h"

#include <algorithm>

#include "reports/model/case_tables.h"
#include "reports/model/case_tasks.h"
#include "reports/model/parts.h"

namespace guildmark::reports {

namespace {

/// The auditor's word counts; without one, the firm's.
std::string applicability_of(const rows::Requirement& row) {
    if (row.verdict == rows::Verdict::none) {
        return row.answer == rows::Answer::not_applicable ? "declared" : "applies";
    }
    return row.verdict == rows::Verdict::not_applicable ? "excluded" : "applies";
}

Table applicability_table(const Context& context) {
    const Messages& say = context.messages;
    Table table{say.text("applicability.sheet"),
                {{say.text("requirements.number"), ColumnKind::text, 10},
                 {say.text("requirements.title"), ColumnKind::wrapped, 40},
                 {say.text("applicability.applies"),
                  ColumnKind::text,
                  26,
                  {{say.text("applicability.is.applies"), Tone::good},
                   {say.text("applicability.is.declared"), Tone::partly},
                   {say.text("applicability.is.excluded"), Tone::muted}}},
                 {say.text("applicability.allowed"), ColumnKind::text, 16},
                 {say.text("applicability.reason"), ColumnKind::wrapped, 40},
                 {say.text("requirements.verdict"), ColumnKind::text, 15},
                 {say.text("requirements.verdict_note"), ColumnKind::wrapped, 32},
                 {say.text("paper.assessed_by"), ColumnKind::wrapped, 16},
                 {say.text("paper.assessed"), ColumnKind::date, 11},
                 {say.text("requirements.names"), ColumnKind::wrapped, 34}},
                {}};
    for (const rows::Requirement& row : context.input.rows.requirements) {
        const Requirement* known = context.input.standard == nullptr
                                       ? nullptr
                                       : context.input.standard->find_requirement(row.requirement);
        const bool allowed = known != nullptr && known->may_be_not_applicable;
        table.rows.push_back({row.requirement,
                              title_of_requirement(context, row.requirement),
                              say.text("applicability.is", applicability_of(row)),
                              say.text(allowed ? "applicability.may" : "applicability.must"),
                              row.answer_note,
                              row.verdict == rows::Verdict::none
                                  ? std::string()
                                  : say.text("verdict", to_text(row.verdict)),
                              row.verdict_note,
                              person_or_none(context, row.assessed_by),
                              row.assessed_at ? Cell(Value(Date::of(*row.assessed_at))) : Cell(),
                              titles_of_evidence(context, row.requirement)});
    }
    return table;
}

}  // namespace

ProgressReport build_applicability_report(const ProgressInput& input, const Messages& messages) {
    const Context context{input, messages, evidence_by_requirement(input.rows)};
    ProgressReport report = paper_of_case(context, "applicability");
    report.tables = {applicability_table(context)};
    return report;
}

ProgressReport build_audit_report(const ProgressInput& input, const Messages& messages) {
    const Context context{input, messages, evidence_by_requirement(input.rows)};
    const std::vector<DoneTask> tasks = done_tasks(context);
    std::vector<DoneTask> audits;
    std::ranges::copy_if(tasks, std::back_inserter(audits), [](const DoneTask& task) {
        return is_audit(task.definition);
    });
    ProgressReport report = paper_of_case(context, "audit");
    report.tables = {answer_table(context, "audits.sheet", audits),
                     checklist_table(context),
                     finding_table(context),
                     signature_table(context, tasks)};
    return report;
}

ProgressReport build_plan_report(const ProgressInput& input,
                                 const std::vector<rows::OrganisationRows>& parties,
                                 const Messages& messages) {
    const Context context{input, messages, evidence_by_requirement(input.rows)};
    std::vector<DoneTask> plans;
    std::ranges::copy_if(done_tasks(context), std::back_inserter(plans), [&](const DoneTask& task) {
        return is_plan(context, task.row.task);
    });
    ProgressReport report = paper_of_case(context, "plan");
    report.tables = {answer_table(context, "plans.sheet", plans),
                     team_table(context, plans, parties, CompetenceDay::of_report),
                     signature_table(context, plans)};
    return report;
}

}  // namespace guildmark::reports
