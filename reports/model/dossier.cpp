#include "reports/model/dossier.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "engine/base/json.h"
#include "engine/cases/certificate_history.h"
#include "engine/cases/people.h"
#include "reports/model/case_tables.h"
#include "reports/model/case_tasks.h"
#include "reports/model/parts.h"

namespace guildmark::reports {

namespace {

/// From the first to the last day on which a person did something.
struct Acted {
    Date first;
    Date last;
};

using People = std::map<PersonId, Acted>;

void add_act(People& people, PersonId person, Date day) {
    const auto [found, is_new] = people.try_emplace(person, Acted{day, day});
    if (!is_new) {
        found->second.last = std::max(found->second.last, day);
    }
}

/// Who did something in one of the roles, by the journal. What was refused was not done.
People people_in(const Context& context, const std::vector<std::string>& roles) {
    People people;
    for (const Record& record : context.input.records) {
        const Actor& actor = record.actor;
        if (!actor.person.is_none() && record.kind != "command_rejected" &&
            std::ranges::find(roles, actor.role) != roles.end()) {
            add_act(people, actor.person, Date::of(record.at));
        }
    }
    return people;
}

/// Names, one a line.
std::string names_of(const Context& context, const std::vector<PersonId>& people) {
    std::string names;
    for (const PersonId person : people) {
        names += fmt::format("{}{}", names.empty() ? "" : "\n", context.person(person));
    }
    return names;
}

/// Names with the days, one a line.
std::string acted_text(const Context& context, const People& people) {
    std::string text;
    for (const auto& [person, acted] : people) {
        text += fmt::format(
            "{}{} ({}", text.empty() ? "" : "\n", context.person(person), acted.first.to_text());
        text += acted.first == acted.last ? ")" : fmt::format(" – {})", acted.last.to_text());
    }
    return text;
}

std::string role_names(const Context& context, const std::vector<std::string>& roles) {
    std::string names;
    for (const std::string& role : roles) {
        names += fmt::format("{}{}", names.empty() ? "" : "\n", role_name(context, role));
    }
    return names;
}

std::vector<PersonId> in_both(const People& first, const People& second) {
    std::vector<PersonId> both;
    for (const auto& [person, acted] : first) {
        if (second.contains(person)) {
            both.push_back(person);
        }
    }
    return both;
}

/// How long a rule keeps people apart.
std::string reach_of(const Messages& say, bool per_round, const std::optional<Duration>& lasts) {
    if (per_round) {
        return say.text("independence.round");
    }
    if (!lasts) {
        return say.text("independence.always");
    }
    return lasts->days == 0 && lasts->milliseconds == 0
               ? filled(say.text("independence.months"),
                        {{"months", std::to_string(lasts->months)}})
               : lasts->to_text();
}

/// What the field of the rule's form says, as it was last sent.
std::string barred_by(const Context& context, const workflow::Bar& bar) {
    std::string people;
    for (const DoneTask& task : done_tasks(context)) {
        const auto values = parse_json(task.row.values);
        if (task.row.task == bar.task && values) {
            people = values->text_or(bar.people, "");
        }
    }
    return people;
}

/// Whom the rule's forms ever named, each once, one a line.
std::string team_by(const Context& context, const workflow::Team& team) {
    std::string people;
    for (const DoneTask& task : done_tasks(context)) {
        const auto values = parse_json(task.row.values);
        if (!values || std::ranges::find(team.tasks, task.row.task) == team.tasks.end()) {
            continue;
        }
        for (const std::string& field : team.people) {
            const std::string listed = values->text_or(field, "");
            for (const std::string_view entry : listed_in(listed)) {
                const auto known = listed_in(people);
                if (std::ranges::find(known, entry) == known.end()) {
                    people += fmt::format("{}{}", people.empty() ? "" : "\n", entry);
                }
            }
        }
    }
    return people;
}

/// Of the people, those who are not among `named`.
std::vector<PersonId> others_among(const People& people, const std::vector<PersonId>& named) {
    std::vector<PersonId> others;
    for (const auto& [person, acted] : people) {
        if (std::ranges::find(named, person) == named.end()) {
            others.push_back(person);
        }
    }
    return others;
}

/// Of the people, those whom the list names.
std::vector<PersonId> named_among(const People& people,
                                  const std::string& list,
                                  const std::vector<rows::OrganisationRows>& parties) {
    std::vector<PersonId> named;
    for (const rows::OrganisationRows& organisation : parties) {
        for (const rows::Member& member : organisation.members) {
            const bool is_named = std::ranges::any_of(listed_in(list), [&](std::string_view entry) {
                return is_called(entry, member.name, member.email);
            });
            if (is_named && people.contains(member.person)) {
                named.push_back(member.person);
            }
        }
    }
    return named;
}

std::vector<Column> independence_columns(const Messages& say) {
    return {{say.text("independence.rule"), ColumnKind::text, 12},
            {say.text("independence.reason"), ColumnKind::wrapped, 36},
            {say.text("independence.source"), ColumnKind::wrapped, 22},
            {say.text("independence.reach"), ColumnKind::wrapped, 14},
            {say.text("independence.first"), ColumnKind::wrapped, 22},
            {say.text("independence.first_people"), ColumnKind::wrapped, 32},
            {say.text("independence.second"), ColumnKind::wrapped, 22},
            {say.text("independence.second_people"), ColumnKind::wrapped, 32},
            {say.text("independence.both"), ColumnKind::wrapped, 22}};
}

/// One row for each rule that keeps people apart, keeps them out, or lets only those who were
/// named.
Table independence_table(const Context& context,
                         const std::vector<rows::OrganisationRows>& parties) {
    const Messages& say = context.messages;
    const std::string& language = say.language();
    Table table{say.text("independence.sheet"), independence_columns(say), {}};
    for (const workflow::Separation& rule : context.input.workflow.separations) {
        const People first = people_in(context, rule.first);
        const People second = people_in(context, rule.second);
        // What holds for a time may well have one person on both sides.
        const bool is_endless = !rule.per_round && !rule.lasts;
        table.rows.push_back(
            {rule.id,
             rule.reason.in(language),
             rule.source,
             reach_of(say, rule.per_round, rule.lasts),
             role_names(context, rule.first),
             acted_text(context, first),
             role_names(context, rule.second),
             acted_text(context, second),
             {names_of(context, in_both(first, second)), is_endless ? Tone::bad : Tone::partly}});
    }
    for (const workflow::Bar& rule : context.input.workflow.bars) {
        const std::string listed = barred_by(context, rule);
        const People acted = people_in(context, rule.roles);
        table.rows.push_back({rule.id,
                              rule.reason.in(language),
                              rule.source,
                              reach_of(say, false, rule.lasts),
                              say.text("independence.named"),
                              listed,
                              role_names(context, rule.roles),
                              acted_text(context, acted),
                              {names_of(context, named_among(acted, listed, parties)),
                               rule.lasts ? Tone::partly : Tone::bad}});
    }
    for (const workflow::Team& rule : context.input.workflow.teams) {
        const std::string listed = team_by(context, rule);
        const People acted = people_in(context, rule.roles);
        table.rows.push_back(
            {rule.id,
             rule.reason.in(language),
             rule.source,
             reach_of(say, false, std::nullopt),
             say.text("independence.named"),
             listed,
             role_names(context, rule.roles),
             acted_text(context, acted),
             // Before a plan was sent everybody may act who fills the role.
             {names_of(context, others_among(acted, named_among(acted, listed, parties))),
              Tone::partly}});
    }
    return table;
}

/// Who audited after one point in time and up to another, by the journal.
std::vector<PersonId> auditors_between(const Context& context,
                                       std::optional<Instant> after,
                                       Instant until) {
    People people;
    const auto add = [&](PersonId person, Instant at) {
        if (!person.is_none() && (!after || at > *after) && at <= until) {
            add_act(people, person, Date::of(at));
        }
    };
    for (const DoneTask& task : done_tasks(context)) {
        if (is_audit(task.definition)) {
            add(task.row.closed_by, *task.row.closed_at);
        }
    }
    for (const Record& record : context.input.records) {
        if (record.kind == "requirement_assessed" || record.kind == "finding_raised") {
            add(record.actor.person, record.at);
        }
    }
    std::vector<PersonId> auditors;
    for (const auto& [person, acted] : people) {
        auditors.push_back(person);
    }
    return auditors;
}

/// Whether the finding was a major one at that time: a minor one may become one later.
bool is_major(const Context& context, const rows::Finding& finding, Instant at) {
    if (finding.grade != rows::Grade::major) {
        return false;
    }
    return std::ranges::none_of(context.input.records, [&](const Record& record) {
        if (record.kind != "finding_regraded" || record.at <= at) {
            return false;
        }
        const auto payload = parse_json(record.payload);
        return payload && payload->text_or("id", "") == finding.id.to_text();
    });
}

/// Numbers of the majors that were raised and not verified at that time.
std::string open_majors(const Context& context, Instant at) {
    std::string numbers;
    for (const rows::Finding& finding : context.input.rows.findings) {
        const bool is_verified = finding.verified_at && *finding.verified_at <= at;
        if (finding.raised_at <= at && !is_verified && is_major(context, finding, at)) {
            numbers += fmt::format("{}{}", numbers.empty() ? "" : ", ", finding.number);
        }
    }
    return numbers;
}

std::vector<Column> decision_columns(const Messages& say) {
    return {{say.text("paper.at"), ColumnKind::instant, 16},
            {say.text("decisions.decision"), ColumnKind::wrapped, 20},
            {say.text("decisions.by"), ColumnKind::wrapped, 22},
            {say.text("decisions.reason"), ColumnKind::wrapped, 34},
            {say.text("decisions.auditors"), ColumnKind::wrapped, 24},
            {say.text("decisions.both"), ColumnKind::wrapped, 20},
            {say.text("decisions.majors"), ColumnKind::text, 14},
            {say.text("decisions.record"), ColumnKind::count, 9},
            {say.text("decisions.digest"), ColumnKind::wrapped, 34}};
}

/// One row for each decision, in order of time, with what it was made on.
Table decision_table(const Context& context) {
    const Messages& say = context.messages;
    Table table{say.text("decisions.sheet"), decision_columns(say), {}};
    std::vector<rows::Decision> decisions = context.input.rows.decisions;
    std::ranges::stable_sort(decisions, {}, &rows::Decision::on_sequence);
    std::optional<Instant> previous;
    for (const rows::Decision& decision : decisions) {
        const std::vector<PersonId> auditors =
            auditors_between(context, previous, decision.decided_at);
        const bool is_both = std::ranges::find(auditors, decision.decided_by) != auditors.end();
        table.rows.push_back(
            {Value(decision.decided_at),
             say.text("decision", decision.kind),
             context.person(decision.decided_by),
             decision.reason,
             names_of(context, auditors),
             // The rule looks at one audit; between two decisions there may have been several.
             {is_both ? context.person(decision.decided_by) : std::string(), Tone::partly},
             {open_majors(context, decision.decided_at), Tone::partly},
             Value(decision.on_sequence),
             decision.on_hash.to_text()});
        previous = decision.decided_at;
    }
    return table;
}

/// One row for each act on each certificate of the case, with the decision that it follows.
Result<Table> certificate_act_table(const Context& context) {
    const Messages& say = context.messages;
    Table table{say.text("certificate_acts.sheet"),
                {{say.text("certificates.number"), ColumnKind::text, 20},
                 {say.text("certificates.at"), ColumnKind::instant, 16},
                 {say.text("certificates.act"), ColumnKind::text, 20},
                 {say.text("certificates.status"), ColumnKind::text, 14},
                 {say.text("cover.certificate_from"), ColumnKind::date, 11},
                 {say.text("cover.certificate_until"), ColumnKind::date, 11},
                 {say.text("cover.certificate_scope"), ColumnKind::wrapped, 44},
                 {say.text("decisions.decision"), ColumnKind::instant, 16}},
                {}};
    std::vector<Record> records;
    std::ranges::copy_if(
        context.input.records, std::back_inserter(records), [](const Record& record) {
            return record.kind == certificate_acted_kind;
        });
    for (const rows::Certificate& certificate : context.input.rows.certificates) {
        for (const CertificateAct& act : TRY(acts_on_certificate(certificate.number, records))) {
            const auto decision = std::ranges::find(
                context.input.rows.decisions, act.certificate.decision, &rows::Decision::id);
            table.rows.push_back({act.certificate.number,
                                  Value(act.at),
                                  say.text("act", act.action),
                                  say.text("certificate_status", to_text(act.certificate.status)),
                                  Value(act.certificate.valid_from),
                                  Value(act.certificate.valid_until),
                                  act.certificate.scope,
                                  decision == context.input.rows.decisions.end()
                                      ? Cell()
                                      : Cell(Value(decision->decided_at))});
        }
    }
    return table;
}

}  // namespace

Result<ProgressReport> build_dossier_report(const ProgressInput& input,
                                            const std::vector<rows::OrganisationRows>& parties,
                                            const Messages& messages) {
    const Context context{input, messages, evidence_by_requirement(input.rows)};
    const std::vector<DoneTask> tasks = done_tasks(context);
    std::vector<DoneTask> plans;
    std::ranges::copy_if(tasks, std::back_inserter(plans), [&](const DoneTask& task) {
        return is_plan(context, task.row.task);
    });
    Table certificates = TRY(certificate_act_table(context));
    ProgressReport report = paper_of_case(context, "dossier");
    report.tables = {answer_table(context, "walk.sheet", tasks),
                     team_table(context, plans, parties, CompetenceDay::of_plan),
                     independence_table(context, parties),
                     evidence_table(context),
                     checklist_table(context),
                     finding_table(context),
                     decision_table(context),
                     std::move(certificates)};
    return report;
}

}  // namespace guildmark::reports
