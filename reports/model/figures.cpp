#include <algorithm>
#include <map>

#include "reports/model/parts.h"

namespace guildmark::reports {

namespace {

constexpr std::uint32_t with_evidence_color = 0x43A047;
constexpr std::uint32_t without_evidence_color = 0xEF6C00;

/// "7" of "7.1.5.2", "A" of "A.5.1".
std::string clause_of(std::string_view requirement) {
    return std::string(requirement.substr(0, requirement.find('.')));
}

std::string clause_label(const Context& context, const std::string& clause) {
    if (context.input.standard == nullptr) {
        return clause;
    }
    const auto& sections = context.input.standard->sections;
    const auto section = std::ranges::find(sections, clause, &StandardSection::id);
    return section == sections.end()
               ? clause
               : clause + " " + section->title.in(context.messages.language());
}

std::uint64_t count_open_tasks(const Context& context, bool overdue_only) {
    return static_cast<std::uint64_t>(
        std::ranges::count_if(context.input.rows.tasks, [&](const rows::Task& task) {
            const bool overdue = task.due && *task.due < context.input.as_of;
            return task.status == rows::TaskStatus::open && !task.optional &&
                   (overdue || !overdue_only);
        }));
}

std::uint64_t count_current(const Context& context, bool expired_only) {
    return static_cast<std::uint64_t>(
        std::ranges::count_if(context.input.rows.evidence, [&](const rows::Evidence& document) {
            return document.status == rows::EvidenceStatus::current &&
                   (is_expired(document, context.input.as_of) || !expired_only);
        }));
}

/// How many requirements of one clause are in which case.
struct Coverage {
    std::uint64_t with_evidence = 0;
    std::uint64_t without_evidence = 0;
    std::uint64_t not_applicable = 0;
};

}  // namespace

Table milestone_path(const Context& context) {
    const Messages& say = context.messages;
    const rows::Case& summary = context.input.rows.summary;
    const std::string done = say.text("milestone.done");
    const std::string current = say.text("milestone.current");
    Table table{say.text("summary.path"),
                {{say.text("summary.milestone"), ColumnKind::text, 44},
                 {say.text("summary.milestone_state"),
                  ColumnKind::text,
                  14,
                  {{done, Tone::good}, {current, Tone::partly}}}},
                {}};
    const std::vector<std::string> milestones_done = split_words(summary.milestones_done);
    for (const workflow::Milestone& milestone : context.input.workflow.milestones) {
        const bool is_done =
            std::ranges::find(milestones_done, milestone.id) != milestones_done.end();
        const bool is_current = milestone.id == summary.milestone;
        table.rows.push_back({milestone.title.in(say.language()),
                              is_current ? current
                              : is_done  ? done
                                         : say.text("milestone.ahead")});
    }
    return table;
}

Table figure_table(const Context& context) {
    const Messages& say = context.messages;
    const rows::Case& summary = context.input.rows.summary;
    Table table{say.text("summary.counts"),
                {{say.text("summary.figure"), ColumnKind::text, 44},
                 {say.text("summary.number"), ColumnKind::count, 14}},
                {}};
    const auto add = [&](const char* id, std::uint64_t count, Tone tone_if_any = Tone::none) {
        table.rows.push_back(
            {say.text("count", id), {Value(count), count > 0 ? tone_if_any : Tone::none}});
    };
    add("applicable", summary.requirements_applicable);
    add("answered", summary.requirements_answered);
    add("covered", summary.requirements_covered);
    add("conforming", summary.requirements_conforming);
    add("majors", summary.majors_open, Tone::bad);
    add("minors", summary.minors_open, Tone::partly);
    add("evidence", count_current(context, false));
    add("expired", count_current(context, true), Tone::partly);
    add("tasks", count_open_tasks(context, false));
    add("overdue", count_open_tasks(context, true), Tone::bad);
    return table;
}

Chart status_chart(const Context& context) {
    const Messages& say = context.messages;
    std::map<RequirementStatus, std::uint64_t> counts;
    for (const rows::Requirement& requirement : context.input.rows.requirements) {
        ++counts[context.status(requirement)];
    }
    Chart chart{ChartKind::doughnut,
                {say.text("chart.status"),
                 {{say.text("requirements.status"), ColumnKind::text, 44},
                  {say.text("summary.number"), ColumnKind::count, 14}},
                 {}},
                {}};
    for (const RequirementStatus status : all_statuses) {
        if (counts[status] > 0) {
            chart.table.rows.push_back(
                {say.text("status", to_text(status)), Value(counts[status])});
            chart.colors.push_back(color_of(status));
        }
    }
    return chart;
}

Chart clause_chart(const Context& context) {
    const Messages& say = context.messages;
    std::vector<std::string> order;
    std::map<std::string, Coverage> clauses;
    for (const rows::Requirement& requirement : context.input.rows.requirements) {
        const std::string clause = clause_of(requirement.requirement);
        if (!clauses.contains(clause)) {
            order.push_back(clause);
        }
        Coverage& coverage = clauses[clause];
        if (context.status(requirement) == RequirementStatus::not_applicable) {
            ++coverage.not_applicable;
        } else if (context.evidence_for(requirement.requirement).empty()) {
            ++coverage.without_evidence;
        } else {
            ++coverage.with_evidence;
        }
    }
    Chart chart{
        ChartKind::stacked_bar,
        {say.text("chart.clause"),
         {{say.text("chart.clause_name"), ColumnKind::text, 44},
          {say.text("chart.with_evidence"), ColumnKind::count, 14},
          {say.text("chart.without_evidence"), ColumnKind::count, 14},
          {say.text("chart.not_applicable"), ColumnKind::count, 14}},
         {}},
        {with_evidence_color, without_evidence_color, color_of(RequirementStatus::not_applicable)}};
    for (const std::string& clause : order) {
        const Coverage& coverage = clauses[clause];
        chart.table.rows.push_back({clause_label(context, clause),
                                    Value(coverage.with_evidence),
                                    Value(coverage.without_evidence),
                                    Value(coverage.not_applicable)});
    }
    return chart;
}

}  // namespace guildmark::reports
