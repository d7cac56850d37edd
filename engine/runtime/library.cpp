#include "engine/runtime/library.h"

namespace guildmark {

void Library::add(workflow::Workflow workflow) {
    const std::string id = workflow.id;
    current_.insert_or_assign(id, keep(std::move(workflow)));
}

void Library::add(Standard standard) {
    const std::string key = standard.key();
    standards_.insert_or_assign(key, std::make_shared<const Standard>(std::move(standard)));
}

std::shared_ptr<const workflow::Workflow> Library::keep(workflow::Workflow workflow) {
    const Digest version = workflow.version;
    return versions_
        .try_emplace(version, std::make_shared<const workflow::Workflow>(std::move(workflow)))
        .first->second;
}

std::shared_ptr<const workflow::Workflow> Library::find_workflow(std::string_view id) const {
    const auto found = current_.find(id);
    return found == current_.end() ? nullptr : found->second;
}

std::shared_ptr<const workflow::Workflow> Library::find_version(const Digest& version) const {
    const auto found = versions_.find(version);
    return found == versions_.end() ? nullptr : found->second;
}

std::shared_ptr<const Standard> Library::find_standard(std::string_view key) const {
    const auto found = standards_.find(key);
    return found == standards_.end() ? nullptr : found->second;
}

std::vector<std::shared_ptr<const workflow::Workflow>> Library::workflows() const {
    std::vector<std::shared_ptr<const workflow::Workflow>> all;
    for (const auto& [id, workflow] : current_) {
        all.push_back(workflow);
    }
    return all;
}

std::vector<std::shared_ptr<const Standard>> Library::standards() const {
    std::vector<std::shared_ptr<const Standard>> all;
    for (const auto& [key, standard] : standards_) {
        all.push_back(standard);
    }
    return all;
}

}  // namespace guildmark
