#include "api/command/named_workflow.h"

#include <vector>

#include <fmt/format.h>

#include "engine/xml/diagnostics.h"

namespace guildmark::command {

Result<std::shared_ptr<const workflow::Workflow>> find_named_workflow(const Library& library,
                                                                      const std::string& id) {
    if (auto workflow = library.find_workflow(id)) {
        return workflow;
    }
    std::vector<std::string> ids;
    for (const auto& known : library.workflows()) {
        ids.push_back(known->id);
    }
    const std::string nearest = suggest(id, ids);
    return malformed(
        "workflow_unknown",
        fmt::format(
            "there is no workflow \"{}\" here{}{}", id, nearest.empty() ? "" : "; ", nearest),
        id);
}

}  // namespace guildmark::command
