#include "api/scenario_documents.h"

#include <fmt/format.h>

#include "adapters/evidence/pull.h"
#include "api/library_folder.h"
#include "engine/evidence/rules.h"

namespace guildmark {
namespace {

Result<evidence::Rules> read_rules_file(const std::string& path) {
    const std::string bytes = TRY(read_file(path));
    Diagnostics diagnostics;
    auto rules = evidence::read_rules(bytes, path, diagnostics);
    if (!rules) {
        return malformed("rules_invalid", diagnostics.to_text(), path);
    }
    return std::move(*rules);
}

AddEvidence to_command(const evidence::Addition& addition) {
    AddEvidence command;
    command.revises = addition.revises;
    command.digest = addition.digest;
    command.size_bytes = addition.size_bytes;
    command.media_type = addition.media_type;
    command.name = addition.name;
    command.title = addition.title;
    command.origin = addition.origin;
    command.origin_modified_at = addition.origin_modified_at;
    command.requirements = addition.requirements;
    command.valid_from = addition.valid_from;
    command.valid_until = addition.valid_until;
    return command;
}

}  // namespace

Result<scenario::PulledDocuments> pull_documents(const DocumentPorts& ports,
                                                 const std::string& rules_path,
                                                 const rows::CaseRows& known) {
    const evidence::Rules rules = TRY(read_rules_file(rules_path));
    const PullPorts pulled_by{ports.source, ports.blobs, ports.media_types};
    evidence::PullOptions options;
    options.reading = evidence::Reading::all;
    const auto pulled =
        TRY(pull_evidence(pulled_by, known.evidence, rules, options, [](const PullProgress&) {
            return PullStep::go_on;
        }));
    if (!pulled.problems.empty()) {
        const EvidenceProblem& first = pulled.problems.front();
        return failed("pull_incomplete",
                      fmt::format("{} documents could not be taken; the first is {}: {}",
                                  pulled.problems.size(),
                                  first.locator,
                                  first.error.message),
                      first.locator);
    }
    scenario::PulledDocuments documents;
    for (const evidence::Addition& addition : pulled.plan.additions) {
        documents.additions.push_back({to_command(addition), addition.owner});
    }
    for (const evidence::Rematch& rematch : pulled.plan.rematches) {
        documents.rematches.push_back({rematch.evidence, rematch.requirements});
    }
    return documents;
}

EvidenceSource& ScenarioDocuments::lay(const std::string& folder, CaseId id) {
    LayeredSource& source = sources_.try_emplace(id, "documents").first->second;
    source.add(folder);
    return source;
}

Result<scenario::PulledDocuments> ScenarioDocuments::pull(const std::string& folder,
                                                          const std::string& rules,
                                                          const rows::CaseRows& known) {
    return pull_documents({lay(folder, known.summary.id), blobs_, media_types_}, rules, known);
}

scenario::PullDocuments ScenarioDocuments::puller() {
    return
        [this](const std::string& folder, const std::string& rules, const rows::CaseRows& known) {
            return pull(folder, rules, known);
        };
}

}  // namespace guildmark
