#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/base/digest.h"

/// Merkle trees over a list of entries that only grows (RFC 9162, 2.1, with SHA-256): the whole
/// list is fixed by one root, that an entry is in it is shown by some twenty digests for a million,
/// and so is that a later list begins with an earlier one.
namespace guildmark::merkle {

/// The complete tree over the leaves from index * 2^level on, 2^level of them. Level 0: one leaf.
struct Node {
    std::uint8_t level = 0;
    std::uint64_t index = 0;

    auto operator<=>(const Node&) const = default;
};

/// Tells the digest of a complete tree. Errors: whatever its source has.
using ReadNode = std::function<Result<Digest>(const Node& node)>;

/// The digest of an entry (2.1.1), and of a tree from those of its halves.
[[nodiscard]] Digest leaf_digest(std::string_view entry);
[[nodiscard]] Digest node_digest(const Digest& left, const Digest& right);

/// A node with its digest.
struct FilledNode {
    Node node;
    Digest digest;
};

/// The nodes that are complete once `leaf` stands at `index`, the leaf first. Errors: those of
/// `read`, which is asked for complete nodes left of it, one for each further node.
[[nodiscard]] Result<std::vector<FilledNode>> append(std::uint64_t index,
                                                     const Digest& leaf,
                                                     const ReadNode& read);

/// The root over the first `size` leaves; of none, the digest of nothing (2.1.1).
/// Errors: those of `read`.
[[nodiscard]] Result<Digest> root(std::uint64_t size, const ReadNode& read);

/// The proof that the leaf at `index` is one of the first `size` (2.1.3.1): the digests beside its
/// way to the root, from below. Errors: proof_out_of_range (index not below size), those of `read`.
[[nodiscard]] Result<std::vector<Digest>> inclusion_proof(std::uint64_t index,
                                                          std::uint64_t size,
                                                          const ReadNode& read);

/// The proof that the first `size` leaves begin with the first `earlier` (2.1.4.1); empty when they
/// are the same, or when `earlier` is 0. Errors: proof_out_of_range (earlier above size), those of
/// `read`.
[[nodiscard]] Result<std::vector<Digest>> consistency_proof(std::uint64_t earlier,
                                                            std::uint64_t size,
                                                            const ReadNode& read);

/// Whether `proof` shows that `leaf` stands at `index` of the `size` leaves under `root` (2.1.3.2).
[[nodiscard]] bool proves_inclusion(const Digest& leaf,
                                    std::uint64_t index,
                                    std::uint64_t size,
                                    std::span<const Digest> proof,
                                    const Digest& root);

/// Whether `proof` shows that the `size` leaves under `root` begin with the `earlier` ones under
/// `earlier_root` (2.1.4.2).
[[nodiscard]] bool proves_consistency(std::uint64_t earlier,
                                      std::uint64_t size,
                                      std::span<const Digest> proof,
                                      const Digest& earlier_root,
                                      const Digest& root);

}  // namespace guildmark::merkle
