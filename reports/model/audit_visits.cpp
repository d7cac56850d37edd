#include "reports/model/audit_visits.h"

#include <algorithm>
#include <set>

#include "engine/base/json.h"
#include "engine/cases/people.h"
#include "reports/model/case_tasks.h"

namespace guildmark::reports {

namespace {

using workflow::TaskDefinition;
using Path = std::vector<scxml::StateIndex>;

Path path_to(const scxml::Statechart& chart, scxml::StateIndex state) {
    Path path{state};
    while (path.back() != 0) {
        path.push_back(chart.parent(path.back()));
    }
    std::ranges::reverse(path);
    return path;
}

std::size_t common_length(const Path& first, const Path& second) {
    const auto ends = std::ranges::mismatch(first, second);
    return static_cast<std::size_t>(ends.in1 - first.begin());
}

const workflow::Form* form_of(const Context& context, const TaskDefinition& task) {
    return context.input.workflow.find_form(task.form);
}

/// The fields of type date, in the form's order.
std::vector<std::string> date_fields(const workflow::Form* form) {
    std::vector<std::string> fields;
    if (form != nullptr) {
        for (const workflow::Field& field : form->fields) {
            if (field.type == workflow::FieldType::date) {
                fields.push_back(field.id);
            }
        }
    }
    return fields;
}

std::optional<Date> date_in(const guildmark::Value& values, const std::string& field) {
    const auto date = Date::parse(values.text_or(field, ""));
    return date ? std::optional(*date) : std::nullopt;
}

guildmark::Value values_of(const rows::Task& task) {
    const auto values = parse_json(task.values);
    return values ? *values : guildmark::Value();
}

std::optional<Date> due_day(const rows::Task& task) {
    return task.due ? std::optional(Date::of(*task.due)) : std::nullopt;
}

/// A plan's definition with the audits that it is for.
struct Planning {
    const TaskDefinition* definition;
    std::vector<const TaskDefinition*> visits;
    scxml::StateIndex within;  ///< The state in which the plan and its audits stand.

    [[nodiscard]] bool covers(const TaskDefinition& visit) const {
        return std::ranges::find(visits, &visit) != visits.end();
    }
};

class VisitFinder {
public:
    explicit VisitFinder(const Context& context) : context_(context) {
        for (const TaskDefinition& task : context.input.workflow.tasks) {
            const bool has_day = !date_fields(form_of(context, task)).empty();
            if (is_audit(task) && !task.optional && has_day) {
                visits_.push_back(&task);
            }
        }
        for (const TaskDefinition& task : context.input.workflow.tasks) {
            if (is_plan(context, task.id) && !visits_.empty()) {
                plannings_.push_back(planning_of(task));
            }
        }
    }

    std::vector<AuditVisit> find() {
        for (const Record& record : context_.input.records) {
            const bool is_told = record.kind == "task_opened" || record.kind == "task_completed" ||
                                 record.kind == "charge_made";
            const auto payload = is_told ? parse_json(record.payload) : guildmark::Value();
            if (is_told && payload) {
                take(record.kind, *payload);
            }
        }
        add_ahead();
        return std::move(found_);
    }

private:
    [[nodiscard]] const scxml::Statechart& chart() const { return *context_.input.workflow.chart; }

    [[nodiscard]] Planning planning_of(const TaskDefinition& plan) const {
        const Path path = path_to(chart(), plan.state);
        std::size_t longest = 0;
        Planning planning{&plan, {}, 0};
        for (const TaskDefinition* visit : visits_) {
            if (visit->state < plan.state) {
                continue;  // Comes before it, as states stand in the order of the document.
            }
            const std::size_t length = common_length(path, path_to(chart(), visit->state));
            if (length > longest) {
                longest = length;
                planning.visits.clear();
                planning.within = path[length - 1];
            }
            if (length == longest) {
                planning.visits.push_back(visit);
            }
        }
        return planning;
    }

    [[nodiscard]] const Planning* find_planning(const TaskDefinition& plan) const {
        const auto found = std::ranges::find(plannings_, &plan, &Planning::definition);
        return found == plannings_.end() ? nullptr : &*found;
    }

    [[nodiscard]] bool is_visit(const TaskDefinition& task) const {
        return std::ranges::find(visits_, &task) != visits_.end();
    }

    void take(const std::string& kind, const guildmark::Value& payload) {
        if (kind == "charge_made") {
            if (completed_ != nullptr && completed_->charge.empty()) {
                completed_->charge = payload.text_or("charge", "");
            }
            return;
        }
        completed_ = nullptr;
        const std::string id = payload.text_or("id", "");
        const auto row =
            std::ranges::find_if(context_.input.rows.tasks,
                                 [&](const rows::Task& one) { return one.id.to_text() == id; });
        const TaskDefinition* definition = row == context_.input.rows.tasks.end()
                                               ? nullptr
                                               : context_.input.workflow.find_task(row->task);
        if (definition == nullptr || row->status == rows::TaskStatus::withdrawn) {
            return;
        }
        if (kind == "task_completed") {
            complete(*row, *definition);
        } else if (is_visit(*definition)) {
            open(*row, *definition);
        }
    }

    void complete(const rows::Task& row, const TaskDefinition& definition) {
        if (const Planning* planning = find_planning(definition)) {
            plan_ = &row;
            planning_ = planning;
            taken_.clear();
        }
        const auto visit = std::ranges::find(found_, &row, &AuditVisit::task);
        completed_ = visit == found_.end() ? nullptr : &*visit;
        take_term(row, definition);
    }

    /// A decision that gives the certificate a term begins to number the audits anew.
    void take_term(const rows::Task& row, const TaskDefinition& definition) {
        using workflow::DecisionKind;
        const workflow::Outcome* outcome = definition.find_outcome(row.outcome);
        if (outcome == nullptr || !outcome->decision) {
            return;
        }
        const DecisionKind kind = *outcome->decision;
        const bool may_renew = std::ranges::any_of(
            definition.outcomes,
            [](const workflow::Outcome& one) { return one.decision == DecisionKind::renew; });
        // To restore is also to end a suspension; only where one may renew it gives a new term.
        const bool is_renewal =
            may_renew && (kind == DecisionKind::renew || kind == DecisionKind::restore);
        if (is_renewal || kind == DecisionKind::grant || kind == DecisionKind::transfer_accept) {
            cycle_ += is_renewal ? 1U : 0U;
            number_ = 0;
        }
    }

    /// An audit that somebody chose to plan is beside the cycle.
    void add(AuditVisit visit) {
        visit.cycle = cycle_;
        visit.number = visit.plan != nullptr && visit.plan->optional ? 0 : ++number_;
        found_.push_back(std::move(visit));
    }

    void open(const rows::Task& row, const TaskDefinition& definition) {
        AuditVisit visit;
        visit.definition = &definition;
        visit.task = &row;
        visit.from = Date::of(row.opened_at);
        visit.latest = due_day(row);
        take_plan(visit);
        if (visit.is_held()) {
            const guildmark::Value values = values_of(row);
            const auto fields = date_fields(form_of(context_, definition));
            visit.first = fields.size() > 1 ? date_in(values, fields.front()) : std::nullopt;
            visit.last = date_in(values, fields.back());
        }
        add(std::move(visit));
    }

    /// What the newest plan says of it; a plan's day is for the first audit of its kind alone.
    void take_plan(AuditVisit& visit) {
        if (planning_ == nullptr || !planning_->covers(*visit.definition)) {
            return;
        }
        visit.plan = plan_;
        const std::size_t place = taken_.size();
        const bool is_first = taken_.insert(visit.definition).second;
        const guildmark::Value values = values_of(*plan_);
        const auto fields = date_fields(form_of(context_, *planning_->definition));
        if (is_first && place < fields.size()) {
            visit.planned = date_in(values, fields[place]);
        }
        for (const std::string& field : team_fields(context_, plan_->task)) {
            for (const std::string_view entry : listed_in(values.text_or(field, ""))) {
                visit.team += visit.team.empty() ? "" : "\n";
                visit.team += entry;
            }
        }
        take_clock(visit, *plan_, *planning_->definition);
    }

    /// A plan whose time counts from a day of the case is due with the audit itself; one whose
    /// time counts from its own opening only says how long planning may take.
    static void take_clock(AuditVisit& visit, const rows::Task& row, const TaskDefinition& plan) {
        if (!plan.due_from_expression.empty()) {
            visit.from = Date::of(row.opened_at);
            visit.latest = visit.latest ? visit.latest : due_day(row);
        }
    }

    /// The open task in which this audit is to be planned, if it has to be.
    [[nodiscard]] std::pair<const rows::Task*, const Planning*> open_plan(
        const TaskDefinition& visit) const {
        for (const rows::Task& row : context_.input.rows.tasks) {
            const TaskDefinition* definition = context_.input.workflow.find_task(row.task);
            const bool is_asked = row.status == rows::TaskStatus::open && !row.optional;
            const Planning* planning =
                definition == nullptr || !is_asked ? nullptr : find_planning(*definition);
            if (planning != nullptr && planning->covers(visit)) {
                return {&row, planning};
            }
        }
        return {nullptr, nullptr};
    }

    /// Whether the case stands in the part of the chart that the audit and its plan are in.
    [[nodiscard]] bool is_near(const TaskDefinition& visit) const {
        for (const std::string& id : split_words(context_.input.rows.summary.states)) {
            const auto state = chart().find_state(id);
            const Path path = state ? path_to(chart(), *state) : Path();
            for (const Planning& planning : plannings_) {
                if (planning.covers(visit) && planning.within != 0 &&
                    std::ranges::find(path, planning.within) != path.end()) {
                    return true;
                }
            }
        }
        return false;
    }

    void add_ahead() {
        for (const TaskDefinition* definition : visits_) {
            const bool is_known = std::ranges::any_of(
                found_, [&](const AuditVisit& visit) { return visit.definition == definition; });
            const bool is_open = std::ranges::any_of(found_, [&](const AuditVisit& visit) {
                return visit.definition == definition && !visit.is_held();
            });
            if (is_open) {
                continue;
            }
            AuditVisit visit;
            visit.definition = definition;
            const auto [row, planning] = open_plan(*definition);
            const bool is_planned = planning_ != nullptr && planning_->covers(*definition) &&
                                    !taken_.contains(definition) && is_near(*definition);
            if (row != nullptr) {
                take_clock(visit, *row, *planning->definition);
            } else if (is_planned) {
                take_plan(visit);
            } else if (is_known || !is_near(*definition)) {
                continue;
            }
            add(std::move(visit));
        }
    }

    const Context& context_;
    std::vector<const TaskDefinition*> visits_;
    std::vector<Planning> plannings_;
    const rows::Task* plan_ = nullptr;
    const Planning* planning_ = nullptr;
    std::set<const TaskDefinition*> taken_;  ///< Audits that the newest plan has served.
    std::vector<AuditVisit> found_;
    AuditVisit* completed_ = nullptr;  ///< Within `found_`, while nothing else happened.
    std::uint64_t cycle_ = 1;
    std::uint64_t number_ = 0;  ///< Of the audit before.
};

}  // namespace

std::vector<AuditVisit> find_audit_visits(const Context& context) {
    return VisitFinder(context).find();
}

}  // namespace guildmark::reports
