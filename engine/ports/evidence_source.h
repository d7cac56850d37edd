#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/instant.h"
#include "engine/base/result.h"
#include "engine/ports/blob_store.h"

namespace guildmark {

/// One document that a source offers.
struct EvidenceItem {
    /// Names it within its source for good: a path with `/` between folders, valid UTF-8 without
    /// control characters; bytes of a name that are not, stand as %XX (and a % that would read as
    /// one stands as %25).
    std::string locator;
    std::string name;  ///< The last part, for people.
    std::uint64_t size_bytes = 0;
    std::optional<Instant> modified_at;
    /// Changes whenever the document does: for a folder, size, time and inode.
    std::string version;
};

/// Something in a source that could not be taken, and why; the rest goes on.
struct EvidenceProblem {
    std::string locator;
    Error error;
};

/// What a source holds, and what of it could not be taken.
struct EvidenceListing {
    std::vector<EvidenceItem> items;  ///< In order of locator.
    std::vector<EvidenceProblem> problems;
};

/// A place from which documents are pulled.
///
/// Thread: called from adapter workers, one call at a time per source. Never logs, never retries.
class EvidenceSource {
public:
    virtual ~EvidenceSource() = default;

    /// Its kind and place, for people and for a document's origin: "folder:/srv/quality".
    virtual std::string description() = 0;

    /// All that it holds now. Errors: source_not_found, source_denied, source_unavailable,
    /// source_too_large (over limits::evidence_files_per_pull_max).
    virtual Result<EvidenceListing> list() = 0;

    /// Opens one item of list() from its first byte. The stream gives exactly its `size_bytes`
    /// bytes or fails with evidence_changed; never a short read taken as the end.
    /// Errors: evidence_gone (gone since), evidence_changed, evidence_denied,
    /// evidence_outside (a link out of the source), source_unavailable.
    virtual Result<std::unique_ptr<ByteStream>> open(const EvidenceItem& item) = 0;
};

/// Tells what kind of document bytes are, whatever their name says.
class MediaTypeDetector {
public:
    virtual ~MediaTypeDetector() = default;

    /// The media type of a document that begins with `head` (its first 64 KiB or all of it), such
    /// as "application/pdf"; "application/octet-stream" when it cannot be told.
    virtual std::string detect(std::string_view head, std::string_view name) = 0;
};

}  // namespace guildmark
