#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/digest.h"
#include "engine/base/id.h"
#include "engine/evidence/rules.h"
#include "engine/ports/evidence_source.h"
#include "engine/ports/read_model.h"

/// What a pull from a source means for a case: pure comparison of what the source offers, what the
/// rules say of it and what the case has. Reading the documents in between is
/// adapters/evidence/pull.h.
namespace guildmark::evidence {

/// What becomes of documents that no rule names. Left out, they are not even opened: a folder may
/// hold what is nobody's business in a certification.
enum class Unmatched { leave_out, take };

/// Which documents are opened: those that look changed by size and time of modification, or all.
enum class Reading { changed, all };

/// What a pull takes and reads beside the usual.
struct PullOptions {
    Unmatched unmatched = Unmatched::leave_out;
    Reading reading = Reading::changed;
};

/// A document of the source that is to be looked at.
struct Candidate {
    EvidenceItem item;
    std::string origin;  ///< The source's description, "/", the locator.
    MatchResult match;
    /// The case's current revision with that origin.
    std::optional<EvidenceId> known;
};

/// What a listing means before any document is read. All in order of locator.
struct PullSelection {
    std::vector<Candidate> to_read;
    std::vector<Candidate> unchanged;    ///< By size and time; not to be read.
    std::vector<std::string> ignored;    ///< Locators.
    std::vector<std::string> unmatched;  ///< Locators of documents that no rule names.
    std::vector<std::string> expected;   ///< Paths of <document> entries that the source lacks.
};

/// What the case has and the source offers now.
struct PullInput {
    const EvidenceListing& listing;
    const std::vector<rows::Evidence>& known;  ///< Every revision of one case.
    const Rules& rules;
    std::string source;  ///< EvidenceSource::description().
};

/// Asks the rules about each item and tells which must be read.
[[nodiscard]] PullSelection select_documents(const PullInput& input, const PullOptions& options);

/// A candidate whose bytes were stored.
struct ReadDocument {
    std::size_t candidate = 0;  ///< Index in PullSelection::to_read.
    Digest digest;
    std::uint64_t size_bytes = 0;
    std::string media_type;
};

/// A document for the case to take: a new one, or a revision of one that it has.
struct Addition {
    std::optional<EvidenceId> revises;
    std::string origin;
    std::string name;
    std::string title;  ///< Empty: none was given.
    std::string media_type;
    std::uint64_t size_bytes = 0;
    Digest digest;
    std::optional<Instant> origin_modified_at;
    std::vector<std::string> requirements;  ///< For a revision: also those of the one before.
    std::string owner;                      ///< The person's short name; empty: none was given.
    std::optional<Date> valid_from;
    std::optional<Date> valid_until;

    bool operator==(const Addition&) const = default;
};

/// A document that the case has and that serves more requirements than it is matched to.
struct Rematch {
    EvidenceId evidence;
    std::string origin;                     ///< Where the rules found it now.
    std::vector<std::string> requirements;  ///< All, those that it had before included.

    bool operator==(const Rematch&) const = default;
};

/// Bytes that are there already under another name.
struct Duplicate {
    std::string origin;
    std::string same_as;  ///< The other origin.

    bool operator==(const Duplicate&) const = default;
};

/// A document of the case that the source no longer has. It stays evidence; a person decides.
struct Vanished {
    EvidenceId evidence;
    std::string origin;
    std::string title;

    bool operator==(const Vanished&) const = default;
};

/// What a pull does and tells. All in order of origin.
struct PullPlan {
    std::vector<Addition> additions;
    std::vector<Rematch> rematches;
    std::vector<std::string> unchanged;  ///< Origins whose bytes the case has.
    std::vector<Duplicate> duplicates;
    /// Origins whose very bytes a person withdrew from the case; they are not taken again.
    std::vector<std::string> withdrawn;
    std::vector<Vanished> vanished;
};

/// Decides what becomes of each document that was read or is unchanged.
///
/// - An origin that the case knows gives a new revision when its bytes are others, else nothing.
/// - Bytes that the case has under another origin are matched there and not taken again.
/// - The same bytes twice in one pull are one addition, which serves the requirements of both.
/// - A document is vanished when neither its origin nor its bytes are offered, and no problem of
/// the
///   listing explains why.
///
/// Input: `read` in any order, each candidate at most once; one that could not be read is left out.
[[nodiscard]] PullPlan plan_pull(const PullInput& input,
                                 const PullSelection& selection,
                                 const std::vector<ReadDocument>& read);

}  // namespace guildmark::evidence
