#pragma once

#include <string>
#include <sys/stat.h>
#include <vector>

#include "adapters/posix/file.h"
#include "engine/base/result.h"

namespace guildmark::folder_source {

/// The folder that a source shows, open.
struct Root {
    posix::FileDescriptor folder;
    std::string path;  ///< Absolute and without links, to know links that come back into it.
};

/// What a path inside a folder leads to when every link on the way is followed.
struct Place {
    std::vector<std::string> parts;  ///< From the root, without links; raw bytes. Empty: the root.
    posix::FileDescriptor folder;    ///< That of the last part, open.

    struct stat status {};  ///< Of the last part, which is no link.

    [[nodiscard]] bool is_folder() const { return S_ISDIR(status.st_mode); }

    /// The last part's name; "." for the root itself.
    [[nodiscard]] std::string name() const { return parts.empty() ? "." : parts.back(); }
};

/// The error of an item for an error number of the system. `locator` becomes its subject.
[[nodiscard]] Error item_error(int error_number, const std::string& locator);

/// Follows `parts` from the root, one name at a time and never through the system's own link
/// resolution, so that nothing outside is reached, whoever changes the folder meanwhile.
/// Errors: evidence_outside (a link out of the folder), evidence_link_loop (more than
/// limits::evidence_links_per_path_max links), evidence_gone, evidence_denied,
/// source_unavailable.
[[nodiscard]] Result<Place> follow(const Root& root,
                                   const std::vector<std::string>& parts,
                                   const std::string& locator);

}  // namespace guildmark::folder_source
