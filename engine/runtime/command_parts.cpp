#include "engine/runtime/command_parts.h"

#include <fmt/format.h>

#include "engine/cases/chart_run.h"
#include "engine/cases/describe_commands.h"

namespace guildmark {

bool is_of_the_world(const Error& error) {
    return error.kind == ErrorKind::unavailable || error.kind == ErrorKind::failed ||
           error.kind == ErrorKind::corrupted;
}

std::string command_kind(const CaseCommand& command) {
    return std::visit(
        []<typename T>(const T&) { return std::string(kind_of(std::type_identity<T>())); },
        command);
}

Foreseen foresee(const Case& subject,
                 const std::vector<CaseEvent>& events,
                 const CaseContext& context) {
    WorkingCase working(subject, context);
    for (const CaseEvent& event : events) {
        working.emit(event);
    }
    const Case& after = working.subject();
    Foreseen foreseen{after.summary.states, {}, after.summary.finished, after.is_paused()};
    for (const TaskId id : after.open_tasks) {
        foreseen.tasks.push_back(after.tasks.at(id).task);
    }
    return foreseen;
}

Result<std::shared_ptr<const workflow::Workflow>> target_of(const CaseCommand& command,
                                                            const Library& library) {
    const auto* migration = std::get_if<MigrateCase>(&command);
    if (migration == nullptr) {
        return std::shared_ptr<const workflow::Workflow>();
    }
    auto target = library.find_version(migration->version);
    if (target == nullptr) {
        return malformed(
            "workflow_unknown",
            fmt::format("the version {} of a workflow is not loaded", migration->version.to_text()),
            "version");
    }
    return target;
}

}  // namespace guildmark
