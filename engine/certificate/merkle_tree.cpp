// A range of leaves is [begin, end). Every range here is one that the halving of RFC 9162 leads to:
// its left part is complete, so that reading it is one call, and its depth is at most 64.

#include "engine/certificate/merkle_tree.h"

#include <bit>

#include "engine/base/ensure.h"

namespace guildmark::merkle {
namespace {

std::string_view text_of(const Digest& digest) {
    return {reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()};
}

/// The leaves of the left part of a tree of `size`: the largest power of two below it.
/// REQUIRES: size > 1.
std::uint64_t left_size(std::uint64_t size) {
    return std::bit_floor(size - 1);
}

Result<Digest> digest_of(std::uint64_t begin, std::uint64_t end, const ReadNode& read) {
    const std::uint64_t size = end - begin;
    if (std::has_single_bit(size)) {
        return read({static_cast<std::uint8_t>(std::countr_zero(size)), begin / size});
    }
    const std::uint64_t middle = begin + left_size(size);
    const Digest left = TRY(digest_of(begin, middle, read));
    return node_digest(left, TRY(digest_of(middle, end, read)));
}

Error out_of_range() {
    return malformed("proof_out_of_range", "the log has fewer entries than the proof is about");
}

/// PATH (2.1.3.1) of the leaf `index` in the range.
Result<void> add_path(std::uint64_t index,
                      std::uint64_t begin,
                      std::uint64_t end,
                      const ReadNode& read,
                      std::vector<Digest>& path) {
    if (end - begin == 1) {
        return {};
    }
    const std::uint64_t middle = begin + left_size(end - begin);
    const bool is_left = index < middle;
    TRY(is_left ? add_path(index, begin, middle, read, path)
                : add_path(index, middle, end, read, path));
    path.push_back(TRY(is_left ? digest_of(middle, end, read) : digest_of(begin, middle, read)));
    return {};
}

/// SUBPROOF (2.1.4.1) of the leaves before `earlier` in the range; `is_known` while what the
/// verifier has is the whole of the range's beginning.
Result<void> add_subproof(std::uint64_t earlier,
                          std::uint64_t begin,
                          std::uint64_t end,
                          bool is_known,
                          const ReadNode& read,
                          std::vector<Digest>& proof) {
    if (earlier == end) {
        if (!is_known) {
            proof.push_back(TRY(digest_of(begin, end, read)));
        }
        return {};
    }
    const std::uint64_t middle = begin + left_size(end - begin);
    if (earlier <= middle) {
        TRY(add_subproof(earlier, begin, middle, is_known, read, proof));
        proof.push_back(TRY(digest_of(middle, end, read)));
    } else {
        TRY(add_subproof(earlier, middle, end, false, read, proof));
        proof.push_back(TRY(digest_of(begin, middle, read)));
    }
    return {};
}

/// A way up two trees at once: the one of `node`'s leaves and the one of all.
struct Climb {
    std::uint64_t node;
    std::uint64_t last;

    [[nodiscard]] bool is_at_root() const { return last == 0; }

    /// Whether the digest beside the node is to its left: it is a right child, or the last one,
    /// which rises until it is one.
    [[nodiscard]] bool has_left() const { return node % 2 == 1 || node == last; }

    void rise() {
        node /= 2;
        last /= 2;
    }

    void rise_to_right_child() {
        while (node % 2 == 0 && node != 0) {
            rise();
        }
    }
};

}  // namespace

Digest leaf_digest(std::string_view entry) {
    Sha256 digest;
    digest.add(std::string_view("\0", 1));
    digest.add(entry);
    return digest.finish();
}

Digest node_digest(const Digest& left, const Digest& right) {
    Sha256 digest;
    digest.add("\x01");
    digest.add(text_of(left));
    digest.add(text_of(right));
    return digest.finish();
}

Result<std::vector<FilledNode>> append(std::uint64_t index,
                                       const Digest& leaf,
                                       const ReadNode& read) {
    std::vector<FilledNode> filled = {{{0, index}, leaf}};
    while (filled.back().node.index % 2 == 1) {
        const FilledNode& right = filled.back();
        const Digest left = TRY(read({right.node.level, right.node.index - 1}));
        const Node above{static_cast<std::uint8_t>(right.node.level + 1), right.node.index / 2};
        filled.push_back({above, node_digest(left, right.digest)});
    }
    return filled;
}

Result<Digest> root(std::uint64_t size, const ReadNode& read) {
    return size == 0 ? sha256("") : digest_of(0, size, read);
}

Result<std::vector<Digest>> inclusion_proof(std::uint64_t index,
                                            std::uint64_t size,
                                            const ReadNode& read) {
    if (index >= size) {
        return out_of_range();
    }
    std::vector<Digest> path;
    TRY(add_path(index, 0, size, read, path));
    return path;
}

Result<std::vector<Digest>> consistency_proof(std::uint64_t earlier,
                                              std::uint64_t size,
                                              const ReadNode& read) {
    if (earlier > size) {
        return out_of_range();
    }
    std::vector<Digest> proof;
    if (earlier > 0) {
        TRY(add_subproof(earlier, 0, size, true, read, proof));
    }
    return proof;
}

bool proves_inclusion(const Digest& leaf,
                      std::uint64_t index,
                      std::uint64_t size,
                      std::span<const Digest> proof,
                      const Digest& root) {
    if (index >= size) {
        return false;
    }
    Climb climb{index, size - 1};
    Digest digest = leaf;
    for (const Digest& beside : proof) {
        if (climb.is_at_root()) {
            return false;
        }
        if (climb.has_left()) {
            digest = node_digest(beside, digest);
            climb.rise_to_right_child();
        } else {
            digest = node_digest(digest, beside);
        }
        climb.rise();
    }
    return climb.is_at_root() && digest == root;
}

bool proves_consistency(std::uint64_t earlier,
                        std::uint64_t size,
                        std::span<const Digest> proof,
                        const Digest& earlier_root,
                        const Digest& root) {
    if (earlier == 0 || earlier >= size) {
        const bool is_same = earlier == size && earlier_root == root;
        const bool begins = earlier == 0 && earlier < size && earlier_root == sha256("");
        return proof.empty() && (is_same || begins);
    }
    Climb climb{earlier - 1, size - 1};
    while (climb.node % 2 == 1) {
        climb.rise();
    }
    // A complete earlier tree is a node of the later one, and not repeated in the proof.
    const bool is_complete = std::has_single_bit(earlier);
    if (!is_complete && proof.empty()) {
        return false;
    }
    Digest before = is_complete ? earlier_root : proof.front();
    Digest after = before;
    for (const Digest& beside : proof.subspan(is_complete ? 0 : 1)) {
        if (climb.is_at_root()) {
            return false;
        }
        if (climb.has_left()) {
            before = node_digest(beside, before);
            after = node_digest(beside, after);
            climb.rise_to_right_child();
        } else {
            after = node_digest(after, beside);
        }
        climb.rise();
    }
    return climb.is_at_root() && before == earlier_root && after == root;
}

}  // namespace guildmark::merkle
