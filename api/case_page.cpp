#include "api/case_page.h"

#include <algorithm>
#include <map>

#include "api/permissions.h"
#include "api/text.h"
#include "api/wording.h"
#include "engine/base/describe.h"
#include "engine/cases/describe_rows.h"
#include "engine/cases/gate.h"

namespace guildmark::api {
namespace {

constexpr std::size_t deadlines_max = 50;
constexpr std::size_t waiting_max = 10;
constexpr int evidence_notice_days = 60;

/// What the functions below share.
struct Page {
    Call& call;
    const CaseView& view;
    const rows::CaseOverview& rows;

    [[nodiscard]] const Caller& caller() const { return *call.caller; }
};

bool is_open(const rows::Task& task) {
    return task.status == rows::TaskStatus::open;
}

/// Earlier due first, those without a due time last, then the older one.
bool is_before(const rows::Task* left, const rows::Task* right) {
    const Instant never{INT64_MAX};
    return std::tuple(left->due.value_or(never), left->opened_at, left->id) <
           std::tuple(right->due.value_or(never), right->opened_at, right->id);
}

Result<Value> next_action(const Page& page) {
    std::vector<const rows::Task*> own;
    std::vector<const rows::Task*> others;
    for (const rows::Task& task : page.rows.tasks) {
        if (is_open(task) && !task.optional) {
            (is_mine(page.caller(), task) ? own : others).push_back(&task);
        }
    }
    std::sort(own.begin(), own.end(), is_before);
    std::sort(others.begin(), others.end(), is_before);
    if (!own.empty()) {
        Value task = TRY(task_summary(page.call, page.view, *own[0]));
        return Value(Value::Object{
            {"kind", "task"}, {"task", std::move(task)}, {"waiting_for", Value::Array()}});
    }
    Value::Array waiting;
    for (std::size_t index = 0; index < std::min(others.size(), waiting_max); ++index) {
        waiting.push_back(TRY(task_summary(page.call, page.view, *others[index])));
    }
    return Value(Value::Object{{"kind", waiting.empty() ? "none" : "waiting"},
                               {"task", Value()},
                               {"waiting_for", std::move(waiting)}});
}

struct Deadline {
    const char* kind;
    std::string id;
    std::string title;
    Instant due;
    bool is_mine = false;
};

void add_task_deadlines(const Page& page, std::vector<Deadline>& deadlines) {
    for (const rows::Task& task : page.rows.tasks) {
        if (!is_open(task) || !task.due) {
            continue;
        }
        const workflow::TaskDefinition* definition = page.view.workflow->find_task(task.task);
        deadlines.push_back({"task",
                             task.id.to_text(),
                             definition != nullptr ? page.call.text(definition->title) : task.task,
                             *task.due,
                             task.organisation == page.caller().organisation});
    }
}

void add_finding_deadlines(const Page& page, std::vector<Deadline>& deadlines) {
    for (const rows::Finding& finding : page.rows.findings) {
        if (is_settled(finding) || !finding.due) {
            continue;
        }
        // A response that was handed in waits for the auditor.
        const char* party = finding.status == rows::FindingStatus::responded ? "body" : "client";
        deadlines.push_back(
            {"finding",
             finding.id.to_text(),
             finding.statement,
             end_of(*finding.due),
             organisation_of_party(page.rows.summary, party) == page.caller().organisation});
    }
}

void add_document_deadlines(const Page& page, std::vector<Deadline>& deadlines) {
    const bool is_client =
        organisation_of_party(page.rows.summary, "client") == page.caller().organisation;
    for (const rows::Requirement& requirement : page.rows.requirements) {
        const bool is_due = requirement.answer == rows::Answer::none ||
                            requirement.answer == rows::Answer::partly ||
                            requirement.answer == rows::Answer::not_yet;
        if (requirement.due && is_due) {
            const Requirement* known =
                page.view.standard ? page.view.standard->find_requirement(requirement.requirement)
                                   : nullptr;
            deadlines.push_back({"requirement",
                                 requirement.requirement,
                                 known != nullptr ? page.call.text(known->title) : std::string(),
                                 end_of(*requirement.due),
                                 is_client});
        }
    }
    for (const rows::Evidence& evidence : page.rows.evidence) {
        deadlines.push_back({"evidence",
                             evidence.id.to_text(),
                             evidence.title,
                             end_of(*evidence.valid_until),
                             is_client});
    }
    for (const rows::Certificate& certificate : page.rows.certificates) {
        if (certificate.status == rows::CertificateStatus::active) {
            deadlines.push_back({"certificate",
                                 certificate.id.to_text(),
                                 certificate.number,
                                 end_of(certificate.valid_until),
                                 is_client});
        }
    }
}

Value deadline_values(const Page& page) {
    std::vector<Deadline> deadlines;
    add_task_deadlines(page, deadlines);
    add_finding_deadlines(page, deadlines);
    add_document_deadlines(page, deadlines);
    std::stable_sort(deadlines.begin(), deadlines.end(), [](const auto& left, const auto& right) {
        return left.due < right.due;
    });
    Value::Array values;
    for (std::size_t index = 0; index < std::min(deadlines.size(), deadlines_max); ++index) {
        const Deadline& deadline = deadlines[index];
        values.emplace_back(Value::Object{{"kind", deadline.kind},
                                          {"id", deadline.id},
                                          {"title", deadline.title},
                                          {"due", deadline.due.to_text()},
                                          {"overdue", deadline.due < page.call.now},
                                          {"is_mine", deadline.is_mine}});
    }
    return values;
}

Value milestone_values(const Page& page) {
    const auto done = split(page.rows.summary.milestones_done, ' ');
    Value::Array values;
    for (const workflow::Milestone& milestone : page.view.workflow->milestones) {
        const bool is_current = milestone.id == page.rows.summary.milestone;
        const bool is_done = std::find(done.begin(), done.end(), milestone.id) != done.end();
        values.emplace_back(Value::Object{{"id", milestone.id},
                                          {"title", page.call.text(milestone.title)},
                                          {"help", page.call.text(milestone.help)},
                                          {"state",
                                           is_current ? "current"
                                           : is_done  ? "done"
                                                      : "ahead"}});
    }
    return values;
}

Result<Value> finding_values(const Page& page) {
    Value::Array values;
    for (const rows::Finding& finding : page.rows.findings) {
        if (!is_settled(finding)) {
            values.push_back(TRY(finding_value(page.call, page.view, finding)));
        }
    }
    return Value(std::move(values));
}

Result<Value> charge_values(const Page& page) {
    Value::Array values;
    for (const rows::Charge& charge : page.rows.charges) {
        Value payer = TRY(page.call.names.organisation(page.call.reader, charge.payer));
        values.emplace_back(Value::Object{
            {"id", charge.id.to_text()},
            {"charge", charge.charge},
            {"title",
             charge_title(*page.view.workflow, charge.charge, charge.title, page.call.languages)},
            {"payer", std::move(payer)},
            {"amount", money_text(charge.amount_minor, charge.currency)},
            {"charged_at", charge.charged_at.to_text()},
            {"is_mine", charge.payer == page.caller().organisation}});
    }
    return Value(std::move(values));
}

/// One amount a currency; of one payer, or of all for none.
Value charge_sums(const Page& page, OrganisationId payer) {
    std::map<std::string, std::int64_t> sums;
    for (const rows::Charge& charge : page.rows.charges) {
        if (payer.is_none() || charge.payer == payer) {
            sums[charge.currency] += charge.amount_minor;
        }
    }
    Value::Array values;
    for (const auto& [currency, sum] : sums) {
        values.emplace_back(money_text(sum, currency));
    }
    return values;
}

Result<Value> decision_values(const Page& page) {
    Value::Array values;
    for (const rows::Decision& decision : page.rows.decisions) {
        Value decided_by = TRY(page.call.names.person(
            page.call.reader, decision.decided_by, page.rows.summary.parties));
        values.emplace_back(Value::Object{{"id", decision.id.to_text()},
                                          {"kind", decision.kind},
                                          {"reason", decision.reason},
                                          {"decided_by", std::move(decided_by)},
                                          {"decided_at", decision.decided_at.to_text()},
                                          {"on_sequence", decision.on_sequence},
                                          {"on_hash", decision.on_hash.to_text()}});
    }
    return Value(std::move(values));
}

Result<Value> certificate_values(const Page& page) {
    Value::Array values;
    for (const rows::Certificate& certificate : page.rows.certificates) {
        values.push_back(TRY(certificate_value(page.call, certificate)));
    }
    return Value(std::move(values));
}

Value role_values(const Page& page, const std::vector<std::string>& roles) {
    Value::Array values;
    for (const std::string& role : roles) {
        values.push_back(titled(role, page.call.text(page.view.workflow->find_role(role)->title)));
    }
    return values;
}

Value allowed_value(const Page& page, const std::vector<std::string>& roles) {
    workflow::Permission allowed;
    if (!page.rows.summary.finished) {
        for (const std::string& role : roles) {
            join(allowed, page.view.workflow->find_role(role)->allows);
        }
        for (const rows::Task& task : page.rows.tasks) {
            const workflow::TaskDefinition* definition = page.view.workflow->find_task(task.task);
            if (is_mine(page.caller(), task) && definition != nullptr) {
                join(allowed, definition->allows);
            }
        }
    }
    if (page.rows.summary.paused_at) {
        // What decide refuses until the case is resumed.
        allowed.assess_requirements = false;
        allowed.raise_findings = false;
        allowed.judge_findings = false;
    }
    return permission_names(allowed);
}

}  // namespace

Result<rows::CaseOverview> case_overview(Call& call) {
    const Date notice = Date::of(call.now).plus_days(evidence_notice_days);
    auto rows = TRY(call.reader.find_case_overview(call.case_row->id, notice, deadlines_max));
    if (!rows) {
        return not_found("case_not_found", "there is no such case", call.parameter("case"));
    }
    return *std::move(rows);
}

Result<Value> case_page(Call& call, const CaseView& view, const rows::CaseOverview& rows) {
    const Page page{call, view, rows};
    const auto roles = roles_in(*call.caller, *view.workflow, rows.summary.parties);
    Value value = TRY(case_summary(call, view));
    value.set(
        "states",
        Value(state_values(page.call.languages, *page.view.workflow, page.rows.summary.states)));
    value.set("milestones", milestone_values(page));
    value.set("next_action", TRY(next_action(page)));
    value.set("deadlines", deadline_values(page));
    value.set("findings_open", TRY(finding_values(page)));
    value.set("charges", TRY(charge_values(page)));
    value.set("charges_total", charge_sums(page, {}));
    value.set("charges_mine", charge_sums(page, call.caller->organisation));
    value.set("decisions", TRY(decision_values(page)));
    value.set("certificates", TRY(certificate_values(page)));
    value.set("my_roles", role_values(page, roles));
    value.set("allowed", allowed_value(page, roles));
    return value;
}

Period period_of_page(const Call& call, const rows::CaseOverview& rows) {
    Period period{call.now, end_of(Date::of(call.now))};
    for (const rows::Task& task : rows.tasks) {
        if (task.due && call.now <= *task.due) {
            period.until = std::min(period.until, *task.due);
        }
    }
    return period;
}

}  // namespace guildmark::api
