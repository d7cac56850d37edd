#pragma once

#include <map>
#include <string>

#include "api/layered_source.h"
#include "api/scenario/world.h"

namespace guildmark {

/// From where documents are pulled, and where to.
struct DocumentPorts {
    EvidenceSource& source;
    BlobStore& blobs;
    MediaTypeDetector& media_types;
};

/// Pulls the documents of the source that `known` does not have yet by the rules in the file
/// `rules`: their bytes are in the blob store afterwards, and one command for each waits to be
/// submitted. Errors: source_*, rules_invalid (with the diagnostics), pull_incomplete (a document
/// could not be taken; it is named), those of the blob store.
[[nodiscard]] Result<scenario::PulledDocuments> pull_documents(const DocumentPorts& ports,
                                                               const std::string& rules,
                                                               const rows::CaseRows& known);

/// The documents of a scenario's cases: each case's folders laid over each other, taken in by
/// rules, their bytes in the blob store.
///
/// Lifetime: what it is made from must outlive it, and it the world that uses it.
class ScenarioDocuments {
public:
    ScenarioDocuments(BlobStore& blobs, MediaTypeDetector& media_types)
        : blobs_(blobs), media_types_(media_types) {}

    /// Lays `folder` over those before it, and gives all of them as one source.
    EvidenceSource& lay(const std::string& folder, CaseId id);

    /// Lays `folder` over those before it, and pulls from all of them; as pull_documents.
    [[nodiscard]] Result<scenario::PulledDocuments> pull(const std::string& folder,
                                                         const std::string& rules,
                                                         const rows::CaseRows& known);

    /// pull, as a world calls it.
    [[nodiscard]] scenario::PullDocuments puller();

private:
    BlobStore& blobs_;
    MediaTypeDetector& media_types_;
    std::map<CaseId, LayeredSource> sources_;
};

}  // namespace guildmark
