#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/ports/evidence_source.h"

namespace guildmark {

/// Folders laid over each other as one source: a file of a later folder stands in place of one of
/// the same locator in an earlier one. So a scenario shows how a firm's folder grows without
/// copying it, and without the day on which the files were checked out.
class LayeredSource : public EvidenceSource {
public:
    /// `name` is what the source is called in origins: "folder:documents".
    explicit LayeredSource(std::string name) : name_(std::move(name)) {}

    /// Lays `folder` over those before it; one that is there already is not laid again.
    void add(const std::string& folder);

    std::string description() override { return "folder:" + name_; }

    Result<EvidenceListing> list() override;
    Result<std::unique_ptr<ByteStream>> open(const EvidenceItem& item) override;

private:
    std::string name_;
    std::vector<std::string> folders_;
    std::vector<std::unique_ptr<EvidenceSource>> sources_;
    std::map<std::string, std::size_t> source_of_;  ///< By locator, from the last list().
};

}  // namespace guildmark
