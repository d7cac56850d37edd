#include "tests/contract/blobs/blob_store_contract.h"
#include "tests/support/memory_blob_store.h"

namespace guildmark::tests {
namespace {

class MemoryHarness : public BlobStoreHarness {
public:
    BlobStore& store() override { return store_; }

    BlobStore& small_store() override { return small_store_; }

    std::size_t count_stored() override { return store_.count() + small_store_.count(); }

    void damage(const Digest& digest, const std::string& bytes) override {
        store_.damage(digest, bytes);
    }

private:
    MemoryBlobStore store_{{.bytes_max = document_bytes_max}};
    MemoryBlobStore small_store_{{.capacity_bytes = small_store_bytes}};
};

INSTANTIATE_TEST_SUITE_P(memory,
                         BlobStoreContract,
                         testing::Values(BlobStoreKind{
                             "memory", [] { return std::make_unique<MemoryHarness>(); }}));

}  // namespace
}  // namespace guildmark::tests
