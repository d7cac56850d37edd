#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/duration.h"
#include "engine/scxml/session.h"
#include "engine/workflow/decision_kind.h"
#include "engine/workflow/localized_text.h"
#include "engine/workflow/overdue.h"
#include "engine/xml/diagnostics.h"

namespace guildmark::workflow {

/// What may be done beside ending tasks.
struct Permission {
    bool add_evidence = false;
    bool answer_requirements = false;
    bool assess_requirements = false;
    bool raise_findings = false;
    bool respond_to_findings = false;
    bool judge_findings = false;
    bool operate = false;  ///< Pause and resume the case, as one who keeps it running.

    bool operator==(const Permission&) const = default;
};

/// What a gate looks at.
enum class GateKind {
    evidence,  ///< Every requirement listed (or all applicable ones) has current evidence.
    answers,   ///< Every requirement listed (or all) was answered by the client.
    /// Every requirement listed (or all) has an auditor's verdict; that one which the client
    /// declared not applicable does not apply is a verdict too.
    assessment,
    findings,    ///< Findings of the grade are at least at the stage: accepted or verified.
    condition,   ///< An expression over facts and data is true.
    members,     ///< Each person whom the form names is one of ours who may fill the role.
    competence,  ///< The people whom the form names are competent in each area that is needed.
};

/// Whether only the values that are sent tell it, so that it is not known before.
[[nodiscard]] constexpr bool needs_values(GateKind kind) {
    return kind == GateKind::condition || kind == GateKind::members || kind == GateKind::competence;
}

/// What must hold before an outcome is taken. When it does not, the completion is refused with
/// `message` and with what is missing; nothing else happens.
struct Gate {
    GateKind kind = GateKind::condition;
    std::string id;
    std::vector<std::string> requirements;  ///< Numbers or prefixes ("7", "7.1.5"); empty: all.
    std::string grade;                      ///< findings: "major" or "minor".
    std::string stage;                      ///< findings: "accepted" or "verified".
    std::string condition;                  ///< condition: the expression.
    std::vector<std::string> people;        ///< members, competence: fields that name them.
    std::string role;                       ///< members.
    std::string task;   ///< competence: whose form, as it was last sent, lists the areas ...
    std::string areas;  ///< ... in this field.
    std::string on;     ///< competence: field of the day that counts; empty: today.
    LocalizedText message;
    SourcePlace place{};
};

/// One way in which a person may end a task.
struct Outcome {
    std::string id;
    LocalizedText title;
    std::string event;  ///< "task.<task>.<outcome>" unless the workflow says otherwise.
    std::vector<Gate> gates;
    /// Which of the form's fields must be filled for this outcome, beside the required ones.
    std::vector<std::string> needs;
    /// Set: taking this outcome records a decision of that kind.
    std::optional<DecisionKind> decision;
    SourcePlace place{};
};

/// What happens when a task is late: after `after` from the due time, `event` goes to the session
/// (empty: none) and the roles are notified.
struct Escalation {
    Duration after;
    std::string event;
    std::vector<std::string> notify;
    SourcePlace place{};
};

/// Work for a person. It opens when its state is entered and still active at the end of the
/// macrostep, and is withdrawn when the state is left, as an <invoke> would be.
struct TaskDefinition {
    std::string id;
    scxml::StateIndex state = 0;
    std::string role;
    LocalizedText title;
    LocalizedText help;
    std::string form;  ///< Empty: no form.
    std::vector<Outcome> outcomes;
    std::optional<Duration> due;  ///< From `due_from_expression`, else from the task's opening.
    /// Or: an expression that gives a date, an instant, or a duration ("P14D") counted as `due` is.
    std::string due_expression;
    /// An expression that gives the date or instant from which the duration counts; empty: the
    /// task's opening.
    std::string due_from_expression;
    std::vector<Escalation> escalations;
    /// Of its due time, which its escalations follow; none: as the workflow says.
    std::optional<Overdue> overdue;
    Permission allows;
    /// Offered, never counted as waiting. May have no outcomes: then it lasts as long as its state
    /// and only gives permissions. Due times and escalations run as for any other task.
    bool optional = false;
    SourcePlace place{};

    [[nodiscard]] const Outcome* find_outcome(std::string_view outcome) const;
};

}  // namespace guildmark::workflow
