#pragma once

#include <functional>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "engine/ports/blob_store.h"

namespace guildmark::tests {

/// A blob store of some kind, and what the contract must do to it from outside. To bring another
/// store under the contract, write one of these and instantiate the suite with it.
class BlobStoreHarness {
public:
    virtual ~BlobStoreHarness() = default;

    /// A store that takes documents of at most `document_bytes_max`, and has room for more.
    virtual BlobStore& store() = 0;
    static constexpr std::uint64_t document_bytes_max = 100'000;

    /// A second store that runs out of room within `small_store_bytes`.
    virtual BlobStore& small_store() = 0;
    static constexpr std::uint64_t small_store_bytes = 50'000;

    /// How many documents and temporary files the main and the small store hold together.
    virtual std::size_t count_stored() = 0;

    /// Overwrites the stored bytes of the main store with others of the same size.
    virtual void damage(const Digest& digest, const std::string& bytes) = 0;
};

struct BlobStoreKind {
    std::string name;
    std::function<std::unique_ptr<BlobStoreHarness>()> make;
};

class BlobStoreContract : public testing::TestWithParam<BlobStoreKind> {
protected:
    void SetUp() override { harness_ = GetParam().make(); }

    BlobStore& store() { return harness_->store(); }

    std::unique_ptr<BlobStoreHarness> harness_;
};

}  // namespace guildmark::tests
