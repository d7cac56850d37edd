#pragma once

#include <memory>
#include <string>

#include "engine/cases/command.h"
#include "engine/cases/decide.h"
#include "engine/runtime/engine.h"
#include "engine/runtime/library.h"

/// What the engine asks of commands and of what became of them.
namespace guildmark {

/// Whether it failed through nobody's fault, so that it says nothing about the case.
[[nodiscard]] bool is_of_the_world(const Error& error);

/// The first error of several things that are all to be tried.
class FirstError {
public:
    void note(const Error& error) {
        if (result_) {
            result_ = error;
        }
    }

    [[nodiscard]] const Result<void>& result() const { return result_; }

private:
    Result<void> result_;
};

/// What a command is called in the journal.
[[nodiscard]] std::string command_kind(const CaseCommand& command);

/// The case after `events`. REQUIRES: they were decided on `subject`.
[[nodiscard]] Foreseen foresee(const Case& subject,
                               const std::vector<CaseEvent>& events,
                               const CaseContext& context);

/// The version that a case goes on under; null for a command that does not migrate it.
/// Errors: workflow_unknown.
[[nodiscard]] Result<std::shared_ptr<const workflow::Workflow>> target_of(
    const CaseCommand& command, const Library& library);

}  // namespace guildmark
