#include "api/layered_source.h"

#include <algorithm>

#include "adapters/evidence/folder/evidence_source.h"

namespace guildmark {

void LayeredSource::add(const std::string& folder) {
    if (std::ranges::find(folders_, folder) == folders_.end()) {
        folders_.push_back(folder);
        sources_.push_back(std::make_unique<FolderEvidenceSource>(folder));
    }
}

Result<EvidenceListing> LayeredSource::list() {
    std::map<std::string, EvidenceItem> items;
    EvidenceListing merged;
    source_of_.clear();
    for (std::size_t index = 0; index < sources_.size(); ++index) {
        EvidenceListing listing = TRY(sources_[index]->list());
        for (EvidenceItem& item : listing.items) {
            source_of_.insert_or_assign(item.locator, index);
            items.insert_or_assign(item.locator, std::move(item));
        }
        merged.problems.insert(
            merged.problems.end(), listing.problems.begin(), listing.problems.end());
    }
    for (auto& [locator, item] : items) {
        item.modified_at.reset();
        merged.items.push_back(std::move(item));
    }
    return merged;
}

Result<std::unique_ptr<ByteStream>> LayeredSource::open(const EvidenceItem& item) {
    const auto source = source_of_.find(item.locator);
    if (source == source_of_.end()) {
        return not_found("evidence_gone", "the document is gone since listing", item.locator);
    }
    return sources_[source->second]->open(item);
}

}  // namespace guildmark
