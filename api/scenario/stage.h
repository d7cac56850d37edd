#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/scenario/player.h"

namespace guildmark::scenario {

/// What acts and expectations share: the world, the cast, and the case that is played now.
class Stage {
public:
    Stage(World& world, std::string base) : world_(world), base_(std::move(base)) {}

    [[nodiscard]] World& world() { return world_; }

    [[nodiscard]] Cast& cast() { return cast_; }

    [[nodiscard]] CaseId current_case() const { return case_; }

    void set_case(CaseId id) { case_ = id; }

    /// A path in the scenario, relative to its folder.
    [[nodiscard]] std::string path(std::string_view relative) const;

    /// Errors: name_unknown (with a suggestion).
    [[nodiscard]] Result<const Cast::Person*> person(std::string_view name) const;
    [[nodiscard]] Result<OrganisationId> organisation(std::string_view name) const;

    /// Errors: name_unknown (no case was opened yet), those of the store.
    [[nodiscard]] Result<rows::CaseRows> case_rows();

    [[nodiscard]] Result<std::shared_ptr<const workflow::Workflow>> workflow();

    /// Gives the current case a command by `actor`. Errors: those of the engine.
    Result<Answer> submit(const Actor& actor, CaseCommand command);

    /// Moves the clock to `until`; timers and effects that are due on the way come in their order.
    Result<void> advance_to(Instant until);

private:
    World& world_;
    std::string base_;
    Cast cast_;
    CaseId case_;
};

/// A word of a statement that is none of those it may be.
[[nodiscard]] inline Error value_malformed(std::string message) {
    return malformed("value_malformed", std::move(message));
}

/// "fire majorsOverdue": fires the one timer of the current case that waits under that name, now,
/// and leaves the clock where it is. Its names are its event, its sendid and, of a task's
/// escalation, the task, a slash and its number from 1.
/// Errors: timer_unknown and timer_ambiguous, with all that wait; those of the engine.
[[nodiscard]] Result<void> fire_timer(Stage& stage, const Statement& statement);

/// Acts of people in a case: "anna completes apply submitted", "ingrid raises major 7.1.5.2" and so
/// on. Nothing when the verb is no act. Errors: those of the engine, value_malformed, name_unknown.
[[nodiscard]] std::optional<Result<void>> perform_act(Stage& stage, const Statement& statement);

/// The verbs of acts, and what can be expected: for those who read a scenario without playing it.
[[nodiscard]] std::vector<std::string> act_names();
[[nodiscard]] std::vector<std::string> expectation_names();

/// Checks one "expect ..." statement. Errors: expectation_unmet, value_malformed.
[[nodiscard]] Result<void> check_expectation(Stage& stage, const Statement& statement);

}  // namespace guildmark::scenario
