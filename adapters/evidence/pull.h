#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/evidence/pull.h"
#include "engine/ports/blob_store.h"
#include "engine/ports/evidence_source.h"

namespace guildmark {

/// Where documents come from, where they go, and who tells what they are.
struct PullPorts {
    EvidenceSource& source;
    BlobStore& blobs;
    MediaTypeDetector& media_types;
};

/// How far a pull is, told before each document is read and once at the end.
struct PullProgress {
    std::size_t documents_done = 0;
    std::size_t documents = 0;  ///< To be read, all together.
    std::uint64_t bytes_done = 0;
    std::string locator;  ///< The document that is read next; empty at the end.
};

/// Whether a pull goes on.
enum class PullStep { go_on, stop };

/// Is told how far the pull is and says whether it goes on.
using PullObserver = std::function<PullStep(const PullProgress&)>;

/// What a pull found and stored, and what it proposes.
struct PullResult {
    evidence::PullSelection selection;
    evidence::PullPlan plan;
    std::vector<EvidenceProblem> problems;  ///< In order of locator.
    std::size_t documents_read = 0;
    std::uint64_t bytes_read = 0;
};

/// Lists a source, puts into the blob store what looks new or changed, and plans what the case is
/// to take. Changes no case: the caller submits the plan. A document that cannot be taken is a
/// problem and the rest goes on. Bytes that were stored stay stored when the pull ends early; the
/// next one finds them there.
///
/// Errors: those of EvidenceSource::list; blob_store_full, blob_store_failed; source_unavailable
/// when source_failures_max documents in a row met it; pull_stopped (the observer said so).
[[nodiscard]] Result<PullResult> pull_evidence(const PullPorts& ports,
                                               const std::vector<rows::Evidence>& known,
                                               const evidence::Rules& rules,
                                               const evidence::PullOptions& options,
                                               const PullObserver& observer);

inline constexpr std::size_t source_failures_max = 10;

}  // namespace guildmark
