#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/digest.h"
#include "engine/base/result.h"
#include "engine/standard/standard.h"
#include "engine/workflow/workflow.h"

namespace guildmark {

/// The schemes that are known: the workflows and standards of today, and the workflow versions that
/// running cases keep, taken up from the store when they are first needed.
///
/// Thread: filled before the engine starts, with every version that the store has, too; afterwards
/// only read, from any thread.
class Library {
public:
    /// Makes `workflow` the version with which new cases of its id open.
    void add(workflow::Workflow workflow);
    void add(Standard standard);

    /// Keeps an older version for the cases that began with it.
    std::shared_ptr<const workflow::Workflow> keep(workflow::Workflow workflow);

    /// The version for new cases; null when there is none of that id.
    [[nodiscard]] std::shared_ptr<const workflow::Workflow> find_workflow(
        std::string_view id) const;
    [[nodiscard]] std::shared_ptr<const workflow::Workflow> find_version(
        const Digest& version) const;

    /// By key, such as "iso-9001:2015"; null when there is none.
    [[nodiscard]] std::shared_ptr<const Standard> find_standard(std::string_view key) const;

    [[nodiscard]] std::vector<std::shared_ptr<const workflow::Workflow>> workflows() const;
    [[nodiscard]] std::vector<std::shared_ptr<const Standard>> standards() const;

private:
    std::map<std::string, std::shared_ptr<const workflow::Workflow>, std::less<>> current_;
    std::map<Digest, std::shared_ptr<const workflow::Workflow>> versions_;
    std::map<std::string, std::shared_ptr<const Standard>, std::less<>> standards_;
};

}  // namespace guildmark
