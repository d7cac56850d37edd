#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/digest.h"
#include "engine/certificate/merkle_tree.h"
#include "engine/ports/store.h"

namespace guildmark {

/// Every act on a certificate, in the order of the journal, as a log that can only grow: the
/// digests of a Merkle tree over their entries (RFC 9162, 2.1). It follows from the journal alone.
/// 72 bytes an act; the entries are read from the store when they are asked for.
///
/// Thread: one at a time.
class CertificateLog {
public:
    /// Takes in what was recorded since the last time; what it costs grows with that.
    /// Errors: those of the store, event_malformed.
    Result<void> catch_up(StoreReader& reader);

    [[nodiscard]] std::uint64_t size() const { return positions_.size(); }

    [[nodiscard]] Digest root() const;

    /// The index of the act that stands at this position of the journal; none when none does.
    [[nodiscard]] std::optional<std::uint64_t> index_of(std::uint64_t position) const;

    /// The digest of a complete tree. REQUIRES: (index + 1) * 2^level <= size().
    [[nodiscard]] Digest node(const merkle::Node& node) const;

    /// Errors: proof_out_of_range.
    [[nodiscard]] Result<std::vector<Digest>> inclusion_proof(std::uint64_t index) const;
    [[nodiscard]] Result<std::vector<Digest>> consistency_proof(std::uint64_t earlier) const;

    /// The entries from `first` on, `count` of them. REQUIRES: first + count <= size().
    /// Errors: those of the store, event_malformed.
    [[nodiscard]] Result<std::vector<std::string>> entries(StoreReader& reader,
                                                           std::uint64_t first,
                                                           std::size_t count) const;

private:
    [[nodiscard]] merkle::ReadNode read_node() const;
    Result<void> append(const Record& record);

    std::vector<std::uint64_t> positions_;  ///< In the journal, of each entry; ascending.
    std::vector<std::vector<Digest>> levels_;
};

}  // namespace guildmark
