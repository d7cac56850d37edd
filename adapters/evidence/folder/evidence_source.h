#pragma once

#include <string>

#include "engine/base/limits.h"
#include "engine/ports/evidence_source.h"

namespace guildmark {

/// How much of a folder is offered.
struct FolderEvidenceOptions {
    std::size_t files_max = limits::evidence_files_per_pull_max;  ///< Links and others included.
    std::size_t depth_max = limits::evidence_folder_depth_max;    ///< Folders within folders.
    std::uint64_t bytes_max = limits::evidence_bytes_max;         ///< Of one document.
};

/// Offers the files of a folder and of the folders in it.
///
/// - A link to a file of the folder is offered under the link's name; a link to a folder in it is
///   entered, but no link inside is followed a second time. Links out of the folder, to nothing and
///   to a folder above them are problems.
/// - Pipes, sockets and devices, what may not be read, and documents over `bytes_max` are problems.
/// - An item's version is its size, times of change and inode. It is compared when the file is
/// opened
///   and when it was read to its end.
///
/// Problems of list(): evidence_outside, evidence_link_loop, evidence_gone, evidence_denied,
/// evidence_not_a_file, evidence_too_large, evidence_too_deep, source_unavailable.
class FolderEvidenceSource : public EvidenceSource {
public:
    /// `folder` is looked for with every call, so it may come and go.
    explicit FolderEvidenceSource(std::string folder, FolderEvidenceOptions options = {});

    std::string description() override;
    Result<EvidenceListing> list() override;
    Result<std::unique_ptr<ByteStream>> open(const EvidenceItem& item) override;

private:
    std::string folder_;
    FolderEvidenceOptions options_;
};

}  // namespace guildmark
