#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "api/scenario/stage.h"
#include "engine/cases/describe_rows.h"
#include "engine/workflow/field_text.h"

namespace guildmark::scenario {
namespace {

/// One act of one person on the current case.
class Act {
public:
    Act(Stage& stage, const Statement& statement, const Cast::Person& person)
        : stage_(stage), statement_(statement), person_(person) {}

    Result<void> complete() {
        const rows::CaseRows rows = TRY(stage_.case_rows());
        const auto task = std::ranges::find_if(rows.tasks, [&](const rows::Task& candidate) {
            return candidate.task == statement_.word(2) &&
                   candidate.status == rows::TaskStatus::open;
        });
        if (task == rows.tasks.end()) {
            return not_found("task_not_found",
                             fmt::format("no task \"{}\" is open; the case is in {}",
                                         statement_.word(2),
                                         rows.summary.states));
        }
        CompleteTask command{task->id, statement_.word(3), {}};
        const auto workflow = TRY(stage_.workflow());
        const auto* definition = workflow->find_task(task->task);
        if (const workflow::Form* form = workflow->find_form(definition->form)) {
            command.values = TRY(values_of(*form));
        }
        const std::string as = statement_.behind("as");
        return submit(as.empty() ? task->role : as, std::move(command));
    }

    Result<void> answer() {
        const auto answer = from_name<rows::Answer>(underscored(statement_.word(3)));
        if (!answer) {
            return value_malformed("an answer is in-place, partly, not-yet or not-applicable");
        }
        return for_requirements(
            [](const rows::Requirement& row) { return row.answer == rows::Answer::none; },
            [&](const std::string& number) {
                return CaseCommand(AnswerRequirement{
                    number, *answer, statement_.word(4), person_.id, std::nullopt});
            });
    }

    Result<void> assess() {
        const auto verdict = from_name<rows::Verdict>(underscored(statement_.word(3)));
        if (!verdict) {
            return value_malformed("a verdict is conforming, nonconforming or not-applicable");
        }
        return for_requirements(
            [](const rows::Requirement& row) { return row.verdict == rows::Verdict::none; },
            [&](const std::string& number) {
                return CaseCommand(AssessRequirement{number, *verdict, statement_.word(4)});
            });
    }

    Result<void> pull() {
        const rows::CaseRows rows = TRY(stage_.case_rows());
        auto documents = TRY(stage_.world().pull(
            stage_.path(statement_.word(2)), stage_.path(statement_.behind("by")), rows));
        for (PulledDocuments::Addition& addition : documents.additions) {
            if (!addition.owner_name.empty()) {
                addition.command.owner = TRY(stage_.person(addition.owner_name))->id;
            }
            TRY(submit(role(), std::move(addition.command)));
        }
        for (MatchEvidence& rematch : documents.rematches) {
            TRY(submit(role(), std::move(rematch)));
        }
        return {};
    }

    Result<void> raise() {
        const auto grade = from_name<rows::Grade>(statement_.word(2));
        if (!grade) {
            return value_malformed("a finding is major, minor or an opportunity");
        }
        RaiseFinding command;
        command.grade = *grade;
        command.requirement = statement_.word(3);
        command.statement = field("statement");
        command.objective_evidence = field("objective-evidence");
        command.site = field("site");
        if (const std::string due = field("due"); !due.empty()) {
            command.due = TRY(Date::parse(due));
        }
        return submit(role(), std::move(command));
    }

    Result<void> respond() {
        RespondToFinding command;
        command.finding = TRY(finding(3));
        command.correction = field("correction");
        command.cause = field("cause");
        command.corrective_action = field("corrective-action");
        return submit(role(), std::move(command));
    }

    Result<void> judge(Judgement judgement) {
        return submit(role(), JudgeResponse{TRY(finding(2)), judgement, statement_.word(3)});
    }

    Result<void> pause() { return submit(role(), PauseCase{statement_.word(2)}); }

    Result<void> move() {
        return submit(role(), MoveCase{split_commas(statement_.word(2)), statement_.word(3)});
    }

    Result<void> signal() {
        SignalCase command{statement_.word(2), {}};
        const auto workflow = TRY(stage_.workflow());
        const workflow::Signal* signal = workflow->find_signal(command.signal);
        const workflow::Form* form =
            signal == nullptr ? nullptr : workflow->find_form(signal->form);
        if (form != nullptr) {
            command.values = TRY(values_of(*form));
        }
        return submit(role(), std::move(command));
    }

    Result<void> retry() { return submit(role(), RetryIncident{TRY(open_incident())}); }

    Result<void> skip() {
        return submit(role(), SkipIncident{TRY(open_incident()), statement_.word(3)});
    }

    Result<void> resume() { return submit(role(), ResumeCase{statement_.word(2)}); }

    Result<void> verify() {
        return submit(role(), VerifyFinding{TRY(finding(2)), statement_.word(3), field("note")});
    }

private:
    /// The role that "as" names, else the only one that the person has.
    [[nodiscard]] std::string role() const {
        const std::string named = statement_.behind("as");
        return named.empty() && !person_.roles.empty() ? person_.roles.front() : named;
    }

    [[nodiscard]] std::string field(std::string_view name) const {
        const std::string* value = statement_.find_field(name);
        return value == nullptr ? std::string() : *value;
    }

    static std::string underscored(std::string text) {
        std::ranges::replace(text, '-', '_');
        return text;
    }

    Result<void> submit(const std::string& role, CaseCommand command) {
        TRY(stage_.submit(Actor{person_.id, person_.organisation, role}, std::move(command)));
        return {};
    }

    /// The oldest that is open, of the kind that is named.
    Result<IncidentId> open_incident() {
        for (const rows::Incident& incident : TRY(stage_.case_rows()).incidents) {
            if (incident.status == rows::IncidentStatus::open &&
                to_name(incident.kind) == statement_.word(2)) {
                return incident.id;
            }
        }
        return not_found("incident_not_found",
                         fmt::format("no incident of a {} is open", statement_.word(2)));
    }

    Result<FindingId> finding(std::size_t word) {
        for (const rows::Finding& finding : TRY(stage_.case_rows()).findings) {
            if (std::to_string(finding.number) == statement_.word(word)) {
                return finding.id;
            }
        }
        return not_found("finding_not_found",
                         fmt::format("there is no finding {}", statement_.word(word)));
    }

    /// One requirement by its number, or with "all" every one that `is_left`.
    template <typename IsLeft, typename MakeCommand>
    Result<void> for_requirements(const IsLeft& is_left, const MakeCommand& make_command) {
        if (statement_.word(2) != "all") {
            return submit(role(), make_command(statement_.word(2)));
        }
        for (const rows::Requirement& row : TRY(stage_.case_rows()).requirements) {
            if (is_left(row)) {
                TRY(submit(role(), make_command(row.requirement)));
            }
        }
        return {};
    }

    Result<Value> values_of(const workflow::Form& form) {
        Value values{Value::Object()};
        const Date today = Date::of(stage_.world().clock.now());
        for (const auto& [name, written] : statement_.fields) {
            const std::string text = TRY(workflow::with_days(written, today));
            const workflow::Field* known = form.find_field(name);
            values.set(name,
                       known == nullptr ? Value(text) : TRY(workflow::field_value(*known, text)));
        }
        return values;
    }

    Stage& stage_;
    const Statement& statement_;
    const Cast::Person& person_;
};

using Perform = Result<void> (*)(Act&);

struct Verb {
    std::string_view name;
    Perform perform;
};

constexpr auto verbs = std::to_array<Verb>({
    {"completes", [](Act& act) { return act.complete(); }},
    {"answers", [](Act& act) { return act.answer(); }},
    {"assesses", [](Act& act) { return act.assess(); }},
    {"pulls", [](Act& act) { return act.pull(); }},
    {"raises", [](Act& act) { return act.raise(); }},
    {"responds", [](Act& act) { return act.respond(); }},
    {"accepts", [](Act& act) { return act.judge(Judgement::accepted); }},
    {"rejects", [](Act& act) { return act.judge(Judgement::rejected); }},
    {"verifies", [](Act& act) { return act.verify(); }},
    {"pauses", [](Act& act) { return act.pause(); }},
    {"moves", [](Act& act) { return act.move(); }},
    {"signals", [](Act& act) { return act.signal(); }},
    {"retries", [](Act& act) { return act.retry(); }},
    {"skips", [](Act& act) { return act.skip(); }},
    {"resumes", [](Act& act) { return act.resume(); }},
});

}  // namespace

std::vector<std::string> act_names() {
    std::vector<std::string> names;
    for (const Verb& verb : verbs) {
        names.emplace_back(verb.name);
    }
    return names;
}

std::optional<Result<void>> perform_act(Stage& stage, const Statement& statement) {
    const auto verb = std::ranges::find(verbs, statement.word(1), &Verb::name);
    if (verb == verbs.end()) {
        return std::nullopt;
    }
    const auto person = stage.person(statement.word(0));
    if (!person) {
        return Result<void>(person.error());
    }
    Act act(stage, statement, **person);
    return verb->perform(act);
}

}  // namespace guildmark::scenario
