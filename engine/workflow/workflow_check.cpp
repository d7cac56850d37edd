#include "engine/workflow/workflow_check.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "engine/workflow/facts_check.h"
#include "engine/workflow/naming.h"
#include "engine/workflow/outside_check.h"

namespace guildmark::workflow {
namespace {

bool contains(const std::vector<std::string>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

/// Audit work, whose doer does not decide on certification.
bool audits(const Permission& allows) {
    return allows.assess_requirements || allows.raise_findings || allows.judge_findings;
}

class WorkflowChecker {
public:
    WorkflowChecker(const ChartOutline& outline, const Workflow& workflow, Diagnostics& diagnostics)
        : outline_(outline),
          workflow_(workflow),
          diagnostics_(diagnostics),
          roles_(ids_of(workflow.roles)),
          parties_(ids_of(workflow.parties)),
          forms_(ids_of(workflow.forms)) {
        parties_.insert(parties_.end(), {"client", "body", "group"});
    }

    void check() {
        check_ids();
        check_roles();
        for (const TaskDefinition& task : workflow_.tasks) {
            check_task(task);
        }
        for (const Bar& bar : workflow_.bars) {
            check_bar(bar);
        }
        for (const Team& team : workflow_.teams) {
            check_team(team);
        }
        check_gates();
        check_actions();
        check_decisions();
        check_use();
        check_facts(outline_, workflow_, diagnostics_);
        check_outside(outline_, workflow_, diagnostics_);
    }

private:
    template <typename Item>
    void expect_distinct(const std::vector<Item>& items, std::string_view kind) const {
        std::set<std::string> seen;
        for (const Item& item : items) {
            naming_.expect_new(item.place, kind, item.id, seen);
        }
    }

    void check_ids() const {
        expect_distinct(workflow_.parties, "party");
        expect_distinct(workflow_.roles, "role");
        expect_distinct(workflow_.separations, "separation");
        expect_distinct(workflow_.bars, "bar");
        expect_distinct(workflow_.teams, "team");
        expect_distinct(workflow_.milestones, "milestone");
        expect_distinct(workflow_.tasks, "task");
        for (const TaskDefinition& task : workflow_.tasks) {
            expect_distinct(task.outcomes, "outcome of this task");
            for (const Outcome& outcome : task.outcomes) {
                expect_distinct(outcome.gates, "gate of this outcome");
            }
        }
    }

    void expect_roles(const SourcePlace& place, const std::vector<std::string>& named) const {
        for (const std::string& role : named) {
            if (!contains(roles_, role)) {
                naming_.unknown(place, "role", role, roles_);
            }
        }
    }

    void check_roles() const {
        for (const Role& role : workflow_.roles) {
            if (!role.party.empty() && !contains(parties_, role.party)) {
                naming_.unknown(role.place, "party", role.party, parties_);
            }
        }
        for (const Separation& separation : workflow_.separations) {
            expect_roles(separation.place, separation.first);
            expect_roles(separation.place, separation.second);
            for (const std::string& role : separation.first) {
                expect_fillable(separation, role);
            }
        }
    }

    void expect_fillable(const Separation& separation, const std::string& role) const {
        if (contains(separation.second, role)) {
            diagnostics_.error(
                separation.place,
                "role_unfillable",
                fmt::format("nobody may fill the role \"{}\": the separation \"{}\" has "
                            "it on both sides",
                            role,
                            separation.id));
        }
    }

    void check_task(const TaskDefinition& task) const {
        if (!task.role.empty() && !contains(roles_, task.role)) {
            naming_.unknown(task.place, "role", task.role, roles_);
        }
        if (!task.form.empty() && !contains(forms_, task.form)) {
            naming_.unknown(task.place, "form", task.form, forms_);
        }
        if (task.outcomes.empty() && !task.optional) {
            diagnostics_.error(
                task.place,
                "outcome_missing",
                fmt::format("the task \"{}\" can never be ended", task.id),
                "add <gm:outcome>, or optional=\"true\" when it only gives permissions");
        }
        for (const Outcome& outcome : task.outcomes) {
            expect_heard(outcome.place, task, outcome.event);
            check_needs(task, outcome);
        }
        for (const Escalation& escalation : task.escalations) {
            expect_roles(escalation.place, escalation.notify);
            if (!escalation.event.empty()) {
                expect_heard(escalation.place, task, escalation.event);
            }
        }
    }

    void expect_heard(const SourcePlace& place,
                      const TaskDefinition& task,
                      const std::string& event) const {
        if (!outline_.hears(task.state, event)) {
            diagnostics_.error(
                place,
                "event_unheard",
                fmt::format(
                    "no transition of the task's state, of those around it or active beside it "
                    "reacts to \"{}\"",
                    event),
                "add one; without a target it means that nothing is to happen");
        }
    }

    void check_needs(const TaskDefinition& task, const Outcome& outcome) const {
        const Form* form = workflow_.find_form(task.form);
        if (form == nullptr && !task.form.empty()) {
            return;
        }
        const std::vector<std::string> fields =
            form == nullptr ? std::vector<std::string>() : ids_of(form->fields);
        for (const std::string& field : outcome.needs) {
            if (!contains(fields, field)) {
                diagnostics_.error(
                    outcome.place,
                    "field_unknown",
                    form == nullptr
                        ? fmt::format("\"{}\" cannot be needed: the task has no form", field)
                        : fmt::format("the form \"{}\" has no field \"{}\"", form->id, field),
                    suggest(field, fields));
            }
        }
    }

    void check_actions() const {
        std::set<std::string> charges;
        std::set<std::string> notices;
        for (const auto& [place, action] : workflow_.actions) {
            if (const auto* charge = std::get_if<ChargeAction>(&action)) {
                check_charge(place, *charge, charges);
            } else if (const auto* notify = std::get_if<NotifyAction>(&action)) {
                expect_roles(place, notify->roles);
                naming_.expect_new(place, "notify", notify->id, notices);
            }
        }
    }

    void check_bar(const Bar& bar) const {
        expect_roles(bar.place, bar.roles);
        if (const Form* form = form_of(bar.place, bar.task)) {
            expect_people(bar.place, *form, bar.people);
            expect_field(bar.place, *form, bar.from, {FieldType::date});
        }
    }

    void check_team(const Team& team) const {
        expect_roles(team.place, team.roles);
        for (const std::string& task : team.tasks) {
            const Form* form = form_of(team.place, task);
            for (const std::string& people : team.people) {
                if (form != nullptr) {
                    expect_people(team.place, *form, people);
                }
            }
        }
    }

    void check_gates() const {
        for (const TaskDefinition& task : workflow_.tasks) {
            for (const Outcome& outcome : task.outcomes) {
                for (const Gate& gate : outcome.gates) {
                    check_gate(gate, task);
                }
            }
        }
    }

    void check_gate(const Gate& gate, const TaskDefinition& task) const {
        if (gate.people.empty()) {
            return;
        }
        const Form* form = form_of(gate.place, task.id);
        for (const std::string& people : gate.people) {
            if (form != nullptr) {
                expect_people(gate.place, *form, people);
            }
        }
        if (gate.kind == GateKind::members) {
            expect_roles(gate.place, {gate.role});
            return;
        }
        if (form != nullptr) {
            expect_field(gate.place, *form, gate.on, {FieldType::date});
        }
        if (const Form* listing = form_of(gate.place, gate.task)) {
            expect_field(gate.place, *listing, gate.areas, {FieldType::text, FieldType::long_text});
        }
    }

    /// The form of the task that a rule reads; null when there is none, which is noted.
    [[nodiscard]] const Form* form_of(const SourcePlace& place, const std::string& id) const {
        const TaskDefinition* task = workflow_.find_task(id);
        const Form* form = task == nullptr ? nullptr : workflow_.find_form(task->form);
        if (form == nullptr && !id.empty()) {
            diagnostics_.error(place,
                               "attribute_invalid",
                               fmt::format("\"{}\": a task with a form", id),
                               suggest(id, tasks_with_forms()));
        }
        return form;
    }

    void expect_people(const SourcePlace& place, const Form& form, const std::string& id) const {
        expect_field(place, form, id, {FieldType::text, FieldType::long_text, FieldType::email});
    }

    [[nodiscard]] std::vector<std::string> tasks_with_forms() const {
        std::vector<std::string> ids;
        for (const TaskDefinition& task : workflow_.tasks) {
            if (workflow_.find_form(task.form) != nullptr) {
                ids.push_back(task.id);
            }
        }
        return ids;
    }

    /// The field that a rule about people reads, of one of these types.
    void expect_field(const SourcePlace& place,
                      const Form& form,
                      const std::string& id,
                      std::initializer_list<FieldType> types) const {
        if (id.empty()) {
            return;
        }
        const Field* field = form.find_field(id);
        if (field == nullptr) {
            naming_.unknown(place, "field", id, ids_of(form.fields));
        } else if (std::ranges::find(types, field->type) == types.end()) {
            diagnostics_.error(place,
                               "attribute_invalid",
                               fmt::format("the field \"{}\" is of another kind: people stand in "
                                           "texts and a day in a date",
                                           id));
        }
    }

    void check_charge(const SourcePlace& place,
                      const ChargeAction& charge,
                      std::set<std::string>& seen) const {
        if (!charge.party.empty() && !contains(parties_, charge.party)) {
            naming_.unknown(place, "party", charge.party, parties_);
        }
        naming_.expect_new(place, "charge", charge.id, seen);
    }

    [[nodiscard]] bool are_separated(const std::string& one, const std::string& other) const {
        return std::ranges::any_of(workflow_.separations, [&](const Separation& separation) {
            return (contains(separation.first, one) && contains(separation.second, other)) ||
                   (contains(separation.first, other) && contains(separation.second, one));
        });
    }

    /// Roles that audit: by their own permission or by that of a task.
    [[nodiscard]] std::set<std::string> auditing_roles() const {
        std::set<std::string> auditing;
        for (const Role& role : workflow_.roles) {
            if (audits(role.allows)) {
                auditing.insert(role.id);
            }
        }
        for (const TaskDefinition& task : workflow_.tasks) {
            if (audits(task.allows)) {
                auditing.insert(task.role);
            }
        }
        return auditing;
    }

    void check_decisions() const {
        std::set<DecisionKind> decided;
        std::set<std::string> deciding;
        for (const TaskDefinition& task : workflow_.tasks) {
            for (const Outcome& outcome : task.outcomes) {
                if (!outcome.decision) {
                    continue;
                }
                decided.insert(*outcome.decision);
                check_decider(task, outcome, deciding);
            }
        }
        for (const auto& [place, action] : workflow_.actions) {
            const auto* certificate = std::get_if<CertificateAction>(&action);
            if (certificate == nullptr || decided.contains(certificate->action)) {
                continue;
            }
            const char* kind = to_text(certificate->action);
            diagnostics_.error(
                place,
                "decision_missing",
                fmt::format("no outcome decides \"{}\", so this act could never happen", kind),
                fmt::format("add decision=\"{}\" to the outcome of the deciding task", kind));
        }
    }

    void check_decider(const TaskDefinition& task,
                       const Outcome& outcome,
                       std::set<std::string>& seen) const {
        const Role* role = workflow_.find_role(task.role);
        if (role != nullptr && role->party == "client") {
            diagnostics_.error(
                outcome.place,
                "decision_by_client",
                fmt::format("the role \"{}\" is the client's own, and decides on its "
                            "certification",
                            role->id));
        }
        if (role == nullptr || !seen.insert(role->id).second) {
            return;
        }
        for (const std::string& auditor : auditing_roles()) {
            if (!are_separated(auditor, role->id)) {
                diagnostics_.warning(
                    outcome.place,
                    "decision_not_separated",
                    fmt::format(
                        "one person may audit as \"{}\" and decide as \"{}\"", auditor, role->id),
                    fmt::format("add <gm:separation> with first=\"{}\" and second=\"{}\"",
                                auditor,
                                role->id));
            }
        }
    }

    /// Roles and forms that nothing names.
    void check_use() const {
        std::set<std::string> used_roles;
        std::set<std::string> used_forms;
        for (const TaskDefinition& task : workflow_.tasks) {
            used_roles.insert(task.role);
            used_forms.insert(task.form);
        }
        for (const Signal& signal : workflow_.signals) {
            used_forms.insert(signal.form);
        }
        for (const Role& role : workflow_.roles) {
            if (!used_roles.contains(role.id) && role.allows == Permission{}) {
                diagnostics_.warning(
                    role.place,
                    "role_unused",
                    fmt::format("the role \"{}\" has no task and no permission", role.id));
            }
        }
        for (const Form& form : workflow_.forms) {
            if (!form.id.empty() && !used_forms.contains(form.id)) {
                diagnostics_.warning(
                    form.place, "form_unused", fmt::format("no task has the form \"{}\"", form.id));
            }
        }
    }

    const ChartOutline& outline_;
    const Workflow& workflow_;
    Diagnostics& diagnostics_;
    const Naming naming_{diagnostics_};
    std::vector<std::string> roles_;
    std::vector<std::string> parties_;
    std::vector<std::string> forms_;
};

}  // namespace

void check_workflow(const ChartOutline& outline,
                    const Workflow& workflow,
                    Diagnostics& diagnostics) {
    WorkflowChecker(outline, workflow, diagnostics).check();
}

}  // namespace guildmark::workflow
