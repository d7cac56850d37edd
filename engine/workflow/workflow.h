#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/digest.h"
#include "engine/base/duration.h"
#include "engine/scxml/statechart.h"
#include "engine/workflow/action.h"
#include "engine/workflow/decision_kind.h"
#include "engine/workflow/form.h"
#include "engine/workflow/localized_text.h"
#include "engine/workflow/namespace.h"
#include "engine/workflow/overdue.h"
#include "engine/workflow/source_file.h"
#include "engine/workflow/task.h"

namespace guildmark {
struct Standard;
}

namespace guildmark::workflow {

/// An organisation with a part in a case. "client", "body" and "group" need no declaration.
struct Party {
    std::string id;
    LocalizedText title;
    SourcePlace place{};
};

/// A role that people fill in a case, and the party whose people may fill it.
struct Role {
    std::string id;     ///< "lead-auditor"
    std::string party;  ///< "client", "body", "group" or another name the workflow declares.
    LocalizedText title;
    /// What its people may do as long as the case runs; a task may allow more while it is open.
    Permission allows;
    SourcePlace place{};
};

/// Nobody may act in a role of `first` and in a role of `second` of one case: ever, or in one round
/// of assessment, or until `lasts` after the act in the other role.
struct Separation {
    std::string id;  ///< "SD1"
    std::vector<std::string> first;
    std::vector<std::string> second;
    bool per_round = false;
    std::optional<Duration> lasts;  ///< Never set with `per_round`.
    LocalizedText reason;
    std::string source;
    SourcePlace place{};
};

/// People whom a form names may not act in these roles, such as who advised the firm.
struct Bar {
    std::string id;  ///< "SD3"
    std::vector<std::string> roles;
    std::string task;    ///< Whose form, as it was last sent, names them ...
    std::string people;  ///< ... in this field: names or e-mail addresses, see docs/reference.
    std::string from;    ///< Field of the day from which `lasts` is counted; empty: there is none.
    std::optional<Duration> lasts;  ///< None, or no day: as long as the case runs.
    LocalizedText reason;
    std::string source;
    SourcePlace place{};
};

/// Only people whom a form names may act in these roles, such as the audit team that the firm knows
/// of. As long as none of the forms was sent everybody may who fills the role.
struct Team {
    std::string id;  ///< "SD8"
    std::vector<std::string> roles;
    std::vector<std::string> tasks;   ///< Of their forms the one counts that was sent last ...
    std::vector<std::string> people;  ///< ... with what these fields say: as Bar::people.
    LocalizedText reason;
    std::string source;
    SourcePlace place{};
};

/// A station on the path that people see, in the order in which they are declared.
struct Milestone {
    std::string id;
    LocalizedText title;
    LocalizedText help;
    /// The milestone is current while any of these states is active.
    std::vector<scxml::StateIndex> states;
    SourcePlace place{};
};

/// What people may search cases by: a variable of the chart, or a field of a task's form as it was
/// last sent.
struct SearchValue {
    std::string id;
    std::string data;  ///< A variable; empty: a field.
    std::string task;
    std::string field;
    LocalizedText title;  ///< Empty for a field: its label.
    SourcePlace place{};
};

/// What a certificate's document shows of its case beside the certificate itself: a field of a
/// task's form. Of several that show the same, the one counts that was sent last.
struct ShownField {
    std::string what;  ///< shown_sites
    std::string task;
    std::string field;
    SourcePlace place{};
};

/// The sites that the certificate covers, one a line, each with what is done there after a colon.
inline constexpr const char* shown_sites = "sites";

/// Something that many cases may wait for. Who keeps cases running sends it to them, and the chart
/// gets it as the event "signal.<id>" with the form's values as its data.
struct Signal {
    std::string id;
    std::string form;  ///< Empty: it says nothing but that it came.
    LocalizedText title;
    LocalizedText help;
    SourcePlace place{};

    [[nodiscard]] std::string event() const { return "signal." + id; }
};

/// An executable element of the extension namespace, found again by where it stands.
struct PlacedAction {
    SourcePlace place{};
    Action action;
};

/// What becomes of the events of a delayed <send>, found again by where it stands.
struct PlacedOverdue {
    SourcePlace place{};
    Overdue overdue = Overdue::at_once;
};

/// A scheme's process: a chart and what SCXML does not know. Immutable; versioned by the digest of
/// its files; a case keeps the version it began with.
struct Workflow {
    std::string id;
    Digest version;
    LocalizedText title;
    LocalizedText summary;
    std::vector<std::string> languages;
    std::vector<std::string> standards;  ///< Ids of standards it serves ("iso-9001"); empty: any.
    std::shared_ptr<const scxml::Statechart> chart;
    std::vector<Party> parties;  ///< Those that the workflow declares.
    std::vector<Role> roles;
    std::vector<Separation> separations;
    std::vector<Bar> bars;
    std::vector<Team> teams;
    std::vector<TaskDefinition> tasks;
    std::vector<Form> forms;
    std::vector<Milestone> milestones;
    std::vector<SearchValue> search_values;
    std::vector<ShownField> shown;  ///< In document order.
    std::vector<Signal> signals;
    /// Titles of states, for the history; a state without one is shown by its id.
    std::vector<std::pair<scxml::StateIndex, LocalizedText>> state_titles;
    std::vector<PlacedAction> actions;   ///< In document order, translated.
    Overdue overdue = Overdue::at_once;  ///< Where a task or <send> does not say it.
    std::vector<PlacedOverdue> sends_overdue;
    std::vector<SourceFile> files;

    [[nodiscard]] const Role* find_role(std::string_view role) const;
    [[nodiscard]] const TaskDefinition* find_task(std::string_view task) const;
    [[nodiscard]] const Form* find_form(std::string_view form) const;
    [[nodiscard]] const Signal* find_signal(std::string_view signal) const;

    /// The action of the executable element that stands at `place`.
    [[nodiscard]] const Action* find_action(const SourcePlace& place) const;

    /// What the <send> that stands at `place` says itself.
    [[nodiscard]] std::optional<Overdue> find_overdue(const SourcePlace& place) const;

    /// Its title, or the label of its field.
    [[nodiscard]] const LocalizedText& title_of(const SearchValue& value) const;

    /// The state's title in `language`, or its id.
    [[nodiscard]] std::string state_title(scxml::StateIndex state, std::string_view language) const;
};

/// Reads and checks a workflow from its files: one *.scxml, forms.xml (optional), one
/// <language>.xml for each translation, and all that these include. Nothing is returned when
/// `diagnostics` gained an error. Codes: docs/errors/README.md.
[[nodiscard]] std::optional<Workflow> load_workflow(std::vector<SourceFile> files,
                                                    Diagnostics& diagnostics);

/// Checks what a workflow says about requirements against one edition of a standard. Errors, as
/// diagnostics: standard_not_served (the workflow names other standards), requirement_unknown (a
/// gate asks for a number that the standard does not have and that has nothing under it). REQUIRES:
/// `workflow` came from load_workflow.
void check_against_standard(const Workflow& workflow,
                            const Standard& standard,
                            Diagnostics& diagnostics);

}  // namespace guildmark::workflow
