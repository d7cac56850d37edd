// Held against a tree that is computed from all its leaves anew, as RFC 9162 (2.1) defines it, and
// against the roots that implementations of RFC 6962 have in their tests for the same eight leaves.

#include "engine/certificate/merkle_tree.h"

#include <map>
#include <string>

#include <gtest/gtest.h>

namespace guildmark::merkle {
namespace {

using Leaves = std::span<const Digest>;

std::size_t half_of(std::size_t size) {
    std::size_t half = 1;
    while (half * 2 < size) {
        half *= 2;
    }
    return half;
}

/// MTH of RFC 9162, 2.1.1, word for word.
Digest model_root(Leaves leaves) {
    if (leaves.empty()) {
        return sha256("");
    }
    if (leaves.size() == 1) {
        return leaves.front();
    }
    const std::size_t half = half_of(leaves.size());
    return node_digest(model_root(leaves.first(half)), model_root(leaves.subspan(half)));
}

/// A list that grows, its complete nodes kept by `append`.
class List {
public:
    void add(const std::string& entry) {
        const auto filled = append(leaves_.size(), leaf_digest(entry), reader());
        ASSERT_TRUE(filled);
        leaves_.push_back(filled->front().digest);
        for (const FilledNode& node : *filled) {
            EXPECT_TRUE(nodes_.emplace(node.node, node.digest).second) << "a node is filled twice";
        }
    }

    [[nodiscard]] ReadNode reader() const {
        return [this](const Node& node) -> Result<Digest> {
            const auto found = nodes_.find(node);
            return found == nodes_.end() ? Result<Digest>(not_found("node_missing", "not complete"))
                                         : Result<Digest>(found->second);
        };
    }

    [[nodiscard]] Leaves leaves(std::size_t size) const { return Leaves(leaves_).first(size); }

private:
    std::vector<Digest> leaves_;
    std::map<Node, Digest> nodes_;
};

List list_of(std::size_t size) {
    List list;
    for (std::size_t index = 0; index < size; ++index) {
        list.add("entry " + std::to_string(index));
    }
    return list;
}

constexpr std::size_t sizes = 70;

TEST(MerkleTree, has_the_roots_that_other_implementations_have) {
    const std::string entries[] = {
        std::string(),
        std::string("\x00", 1),
        "\x10",
        "\x20\x21",
        "\x30\x31",
        "\x40\x41\x42\x43",
        "\x50\x51\x52\x53\x54\x55\x56\x57",
        "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"};
    const char* roots[] = {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                           "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                           "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                           "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                           "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                           "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                           "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                           "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                           "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    List list;
    EXPECT_EQ(root(0, list.reader())->to_text(), roots[0]);
    for (std::size_t size = 1; size <= 8; ++size) {
        list.add(entries[size - 1]);
        EXPECT_EQ(root(size, list.reader())->to_text(), roots[size]);
    }
}

TEST(MerkleTree, proves_each_entry_of_each_size_and_no_other) {
    const List list = list_of(sizes);
    for (std::size_t size = 1; size <= sizes; ++size) {
        const Digest top = model_root(list.leaves(size));
        ASSERT_EQ(root(size, list.reader()).value(), top);
        for (std::size_t index = 0; index < size; ++index) {
            const Digest leaf = list.leaves(size)[index];
            auto proof = inclusion_proof(index, size, list.reader()).value();
            EXPECT_TRUE(proves_inclusion(leaf, index, size, proof, top));
            EXPECT_FALSE(proves_inclusion(leaf_digest("another"), index, size, proof, top));
            EXPECT_FALSE(proves_inclusion(leaf, index, size, proof, leaf_digest("another")));
            EXPECT_FALSE(proves_inclusion(leaf, (index + 1) % size, size, proof, top) && size > 1);
            EXPECT_FALSE(proves_inclusion(leaf, size, size, proof, top));
            proof.push_back(top);
            EXPECT_FALSE(proves_inclusion(leaf, index, size, proof, top)) << "one digest too many";
            proof.pop_back();
            if (!proof.empty()) {
                proof.pop_back();
                EXPECT_FALSE(proves_inclusion(leaf, index, size, proof, top)) << "one too few";
            }
        }
        EXPECT_EQ(inclusion_proof(size, size, list.reader()).error().code, "proof_out_of_range");
    }
}

TEST(MerkleTree, proves_that_each_size_begins_with_each_earlier_one_and_no_changed_one) {
    const List list = list_of(sizes);
    for (std::size_t size = 0; size <= sizes; ++size) {
        const Digest top = model_root(list.leaves(size));
        for (std::size_t earlier = 0; earlier <= size; ++earlier) {
            const Digest before = model_root(list.leaves(earlier));
            auto proof = consistency_proof(earlier, size, list.reader()).value();
            EXPECT_TRUE(proves_consistency(earlier, size, proof, before, top));
            EXPECT_FALSE(proves_consistency(earlier, size, proof, leaf_digest("x"), top));
            if (earlier > 0) {
                EXPECT_FALSE(proves_consistency(earlier, size, proof, before, leaf_digest("x")));
            }
            EXPECT_FALSE(proves_consistency(size, earlier, proof, top, before) && earlier < size);
            proof.push_back(top);
            EXPECT_FALSE(proves_consistency(earlier, size, proof, before, top));
            proof.pop_back();
            if (!proof.empty()) {
                proof.front() = leaf_digest("y");
                EXPECT_FALSE(proves_consistency(earlier, size, proof, before, top));
                proof.erase(proof.begin());
                EXPECT_FALSE(proves_consistency(earlier, size, proof, before, top));
            }
        }
        EXPECT_EQ(consistency_proof(size + 1, size, list.reader()).error().code,
                  "proof_out_of_range");
    }
}

TEST(MerkleTree, tells_an_entry_from_the_node_that_two_entries_make) {
    const Digest left = leaf_digest("a");
    const Digest right = leaf_digest("b");
    std::string both(reinterpret_cast<const char*>(left.bytes.data()), left.bytes.size());
    both.append(reinterpret_cast<const char*>(right.bytes.data()), right.bytes.size());
    EXPECT_NE(leaf_digest(both), node_digest(left, right));
}

TEST(MerkleTree, of_which_a_node_cannot_be_read_says_so) {
    const List list = list_of(5);
    EXPECT_EQ(root(9, list.reader()).error().code, "node_missing");
    EXPECT_EQ(inclusion_proof(1, 9, list.reader()).error().code, "node_missing");
    EXPECT_EQ(consistency_proof(3, 9, list.reader()).error().code, "node_missing");
}

}  // namespace
}  // namespace guildmark::merkle
