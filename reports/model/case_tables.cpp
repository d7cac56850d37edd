#include "reports/model/case_tables.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "engine/base/json.h"
#include "engine/cases/people.h"

namespace guildmark::reports {

namespace {

std::string choice_label(const workflow::Field& field,
                         const std::string& value,
                         const std::string& language) {
    const auto found = std::ranges::find(field.choices, value, &workflow::Choice::value);
    return found == field.choices.end() ? value : found->label.in(language);
}

/// What a person sent in one field, as people read it; empty: nothing.
std::string field_text(const workflow::Field& field,
                       const guildmark::Value& value,
                       const Messages& say) {
    const std::string& language = say.language();
    if (value.is_text()) {
        return choice_label(field, value.as_text(), language);
    }
    if (value.is_bool()) {
        return say.text(value.as_bool() ? "paper.yes" : "paper.no");
    }
    if (!value.is_array()) {
        return value.is_null() ? std::string() : to_json(value);
    }
    std::string all;
    for (const guildmark::Value& one : value.as_array()) {
        all += all.empty() ? "" : "\n";
        all += one.is_text() ? choice_label(field, one.as_text(), language) : to_json(one);
    }
    return all;
}

/// A member of one of the parties, with what is recorded of it.
struct Teammate {
    const rows::OrganisationRows& organisation;
    const rows::Member& member;
};

std::vector<Teammate> teammates_called(const std::vector<rows::OrganisationRows>& parties,
                                       std::string_view entry) {
    std::vector<Teammate> found;
    for (const rows::OrganisationRows& organisation : parties) {
        for (const rows::Member& member : organisation.members) {
            if (is_called(entry, member.name, member.email)) {
                found.push_back({organisation, member});
            }
        }
    }
    return found;
}

std::string areas_of(const Messages& say, const Teammate& one, Date day) {
    std::string areas;
    for (const rows::Competence& competence : one.organisation.competences) {
        if (competence.person == one.member.person && competence.holds_on(day)) {
            areas += fmt::format(
                "{}{}: {}",
                areas.empty() ? "" : "\n",
                competence.area,
                competence.until ? competence.until->to_text() : say.text("competence.endless"));
        }
    }
    return areas;
}

std::string roles_of(const Context& context, const rows::Member& member) {
    std::string names;
    for (const std::string& role : split_words(member.roles)) {
        names += names.empty() ? "" : "\n";
        names += role_name(context, role);
    }
    return names;
}

}  // namespace

std::string title_of_requirement(const Context& context, const std::string& number) {
    const Standard* standard = context.input.standard;
    const Requirement* found = standard == nullptr ? nullptr : standard->find_requirement(number);
    return found == nullptr ? std::string() : found->title.in(context.messages.language());
}

std::string titles_of_evidence(const Context& context, const std::string& number) {
    std::string titles;
    for (const rows::Evidence* document : context.evidence_for(number)) {
        titles += titles.empty() ? "" : "\n";
        titles += document->title.empty() ? document->name : document->title;
    }
    return titles;
}

Table answer_table(const Context& context,
                   std::string_view sheet,
                   const std::vector<DoneTask>& tasks) {
    const Messages& say = context.messages;
    const std::string& language = say.language();
    Table table{say.text(sheet),
                {{say.text("paper.task"), ColumnKind::wrapped, 28},
                 {say.text("paper.at"), ColumnKind::instant, 16},
                 {say.text("paper.person"), ColumnKind::wrapped, 20},
                 {say.text("paper.role"), ColumnKind::wrapped, 20},
                 {say.text("paper.outcome"), ColumnKind::wrapped, 22},
                 {say.text("paper.field"), ColumnKind::wrapped, 30},
                 {say.text("paper.content"), ColumnKind::wrapped, 70}},
                {}};
    for (const DoneTask& task : tasks) {
        const std::vector<Cell> head{task.definition.title.in(language),
                                     Value(*task.row.closed_at),
                                     person_or_none(context, task.row.closed_by),
                                     role_name(context, task.row.role),
                                     outcome_name(context, task.definition, task.row.outcome)};
        const auto add = [&](std::string label, std::string content) {
            std::vector<Cell> cells = head;
            cells.emplace_back(std::move(label));
            cells.emplace_back(std::move(content));
            table.rows.push_back(std::move(cells));
        };
        const workflow::Form* form = context.input.workflow.find_form(task.definition.form);
        const auto values = parse_json(task.row.values);
        if (form == nullptr || !values) {
            add("", "");
            continue;
        }
        for (const workflow::Field& field : form->fields) {
            const guildmark::Value* value = values->find(field.id);
            std::string content = value == nullptr ? std::string() : field_text(field, *value, say);
            if (!content.empty()) {
                add(field.label.in(language), std::move(content));
            }
        }
    }
    return table;
}

Table team_table(const Context& context,
                 const std::vector<DoneTask>& plans,
                 const std::vector<rows::OrganisationRows>& parties,
                 CompetenceDay day) {
    const Messages& say = context.messages;
    Table table{say.text("team.sheet"),
                {{say.text("paper.task"), ColumnKind::wrapped, 28},
                 {say.text("paper.at"), ColumnKind::instant, 16},
                 {say.text("team.part"), ColumnKind::wrapped, 26},
                 {say.text("paper.person"), ColumnKind::wrapped, 26},
                 {say.text("team.organisation"), ColumnKind::wrapped, 26},
                 {say.text("competence.roles"), ColumnKind::wrapped, 24},
                 {say.text("team.areas"), ColumnKind::wrapped, 30}},
                {}};
    for (const DoneTask& task : plans) {
        const Date looked_at =
            Date::of(day == CompetenceDay::of_plan ? *task.row.closed_at : context.input.as_of);
        const workflow::Form* form = context.input.workflow.find_form(task.definition.form);
        const auto values = parse_json(task.row.values);
        if (form == nullptr || !values) {
            continue;
        }
        for (const std::string& id : team_fields(context, task.row.task)) {
            const workflow::Field* field = form->find_field(id);
            const std::string people = values->text_or(id, "");
            for (const std::string_view entry : listed_in(people)) {
                const std::vector<Cell> head{
                    task.definition.title.in(say.language()),
                    Value(*task.row.closed_at),
                    field == nullptr ? id : field->label.in(say.language())};
                const auto add = [&](std::vector<Cell> rest) {
                    std::vector<Cell> cells = head;
                    std::ranges::move(rest, std::back_inserter(cells));
                    table.rows.push_back(std::move(cells));
                };
                const auto found = teammates_called(parties, entry);
                for (const Teammate& one : found) {
                    add({one.member.name,
                         one.organisation.summary.name,
                         roles_of(context, one.member),
                         areas_of(say, one, looked_at)});
                }
                if (found.empty()) {
                    add({std::string(entry), {}, {}, {}});
                }
            }
        }
    }
    return table;
}

Table checklist_table(const Context& context) {
    const Messages& say = context.messages;
    Table table{say.text("checklist.sheet"),
                {{say.text("requirements.number"), ColumnKind::text, 10},
                 {say.text("requirements.title"), ColumnKind::wrapped, 40},
                 {say.text("requirements.verdict"),
                  ColumnKind::text,
                  16,
                  {{say.text("verdict.conforming"), Tone::good},
                   {say.text("verdict.nonconforming"), Tone::bad},
                   {say.text("verdict.not_applicable"), Tone::muted}}},
                 {say.text("requirements.verdict_note"), ColumnKind::wrapped, 44},
                 {say.text("paper.findings"), ColumnKind::wrapped, 34},
                 {say.text("paper.assessed_by"), ColumnKind::wrapped, 18},
                 {say.text("paper.assessed"), ColumnKind::date, 11},
                 {say.text("requirements.names"), ColumnKind::wrapped, 34}},
                {}};
    std::map<std::string, std::string> findings;
    for (const rows::Finding& finding : context.input.rows.findings) {
        std::string& text = findings[finding.requirement];
        text += fmt::format("{}{} · {}{}{}",
                            text.empty() ? "" : "\n",
                            finding.number,
                            say.text("grade", to_text(finding.grade)),
                            finding.site.empty() ? "" : " · ",
                            finding.site);
    }
    for (const rows::Requirement& row : context.input.rows.requirements) {
        table.rows.push_back({row.requirement,
                              title_of_requirement(context, row.requirement),
                              row.verdict == rows::Verdict::none
                                  ? std::string()
                                  : say.text("verdict", to_text(row.verdict)),
                              row.verdict_note,
                              findings[row.requirement],
                              person_or_none(context, row.assessed_by),
                              row.assessed_at ? Cell(Value(Date::of(*row.assessed_at))) : Cell(),
                              titles_of_evidence(context, row.requirement)});
    }
    return table;
}

Table signature_table(const Context& context, const std::vector<DoneTask>& tasks) {
    const Messages& say = context.messages;
    Table table{say.text("signatures.sheet"),
                {{say.text("paper.at"), ColumnKind::instant, 16},
                 {say.text("paper.task"), ColumnKind::wrapped, 40},
                 {say.text("paper.outcome"), ColumnKind::wrapped, 30},
                 {say.text("paper.role"), ColumnKind::wrapped, 24},
                 {say.text("paper.person"), ColumnKind::wrapped, 26},
                 {say.text("paper.signature"), ColumnKind::text, 36, {}, true}},
                {}};
    for (const DoneTask& task : tasks) {
        table.rows.push_back({Value(*task.row.closed_at),
                              task.definition.title.in(say.language()),
                              outcome_name(context, task.definition, task.row.outcome),
                              role_name(context, task.row.role),
                              person_or_none(context, task.row.closed_by),
                              {}});
    }
    return table;
}

}  // namespace guildmark::reports
