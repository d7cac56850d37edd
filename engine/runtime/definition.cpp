#include "engine/runtime/definition.h"

#include <fmt/format.h>

#include "engine/base/describe.h"
#include "engine/base/json.h"

namespace guildmark {
namespace workflow {

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, SourceFile>& file) {
    visit("name", file.name);
    visit("bytes", file.bytes);
}

}  // namespace workflow

namespace {

constexpr std::size_t definition_bytes_max = 4 * limits::xml_bytes_max;

}  // namespace

Definition definition_of(const workflow::Workflow& workflow) {
    return Definition{workflow.version, "workflow", workflow.id, to_json(to_value(workflow.files))};
}

Result<workflow::Workflow> workflow_of(const Definition& definition) {
    const Value payload = TRY(parse_json(definition.payload, definition_bytes_max));
    auto files = TRY(from_value<std::vector<workflow::SourceFile>>(payload));
    Diagnostics diagnostics;
    auto workflow = workflow::load_workflow(std::move(files), diagnostics);
    if (!workflow || workflow->version != definition.version) {
        return corrupted("definition_malformed",
                         fmt::format("the stored workflow \"{}\" cannot be read any more:\n{}",
                                     definition.id,
                                     diagnostics.to_text()),
                         definition.version.to_text());
    }
    return std::move(*workflow);
}

}  // namespace guildmark
