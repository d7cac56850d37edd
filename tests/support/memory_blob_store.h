#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "engine/base/limits.h"
#include "engine/ports/blob_store.h"

namespace guildmark::tests {

struct MemoryBlobStoreOptions {
    std::uint64_t bytes_max = limits::evidence_bytes_max;  ///< Of one document.
    std::uint64_t capacity_bytes = ~std::uint64_t{0};      ///< Of all together.
};

/// A blob store that keeps everything in memory and holds to the whole contract.
class MemoryBlobStore : public BlobStore {
public:
    explicit MemoryBlobStore(MemoryBlobStoreOptions options = {}) : options_(options) {}

    Result<StoredBlob> put(ByteStream& bytes) override;
    Result<std::unique_ptr<ByteStream>> open(const Digest& digest) override;
    Result<bool> contains(const Digest& digest) override;
    Result<void> check(const Digest& digest) override;

    /// How many documents are stored.
    [[nodiscard]] std::size_t count() const;

    /// Replaces the bytes under `digest`, as a failing disk would.
    void damage(const Digest& digest, std::string bytes);

private:
    using Bytes = std::shared_ptr<const std::string>;

    Result<Bytes> get(const Digest& digest) const;

    MemoryBlobStoreOptions options_;
    mutable std::mutex mutex_;
    std::map<Digest, Bytes> blobs_;
    std::uint64_t stored_bytes_ = 0;
};

}  // namespace guildmark::tests
