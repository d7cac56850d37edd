#include "tests/support/memory_blob_store.h"

#include <algorithm>

namespace guildmark::tests {

namespace {

/// Keeps the bytes alive for as long as they are read.
class SharedStream : public ByteStream {
public:
    explicit SharedStream(std::shared_ptr<const std::string> bytes) : bytes_(std::move(bytes)) {}

    Result<std::size_t> read(std::span<char> buffer) override {
        const std::size_t count = std::min(buffer.size(), bytes_->size() - offset_);
        std::copy_n(bytes_->data() + offset_, count, buffer.data());
        offset_ += count;
        return count;
    }

private:
    std::shared_ptr<const std::string> bytes_;
    std::size_t offset_ = 0;
};

}  // namespace

Result<StoredBlob> MemoryBlobStore::put(ByteStream& bytes) {
    std::string gathered;
    std::string buffer(64u << 10, '\0');
    while (const std::size_t count = TRY(bytes.read(buffer))) {
        gathered.append(buffer, 0, count);
        if (gathered.size() > options_.bytes_max) {
            return too_large("evidence_too_large",
                             "The document has more bytes than are stored of one.");
        }
    }
    StoredBlob blob{sha256(gathered), gathered.size(), true};
    const std::lock_guard lock(mutex_);
    if (blobs_.contains(blob.digest)) {
        blob.was_new = false;
        return blob;
    }
    if (gathered.size() > options_.capacity_bytes - stored_bytes_) {
        return unavailable("blob_store_full", "No room to store the document.");
    }
    stored_bytes_ += gathered.size();
    blobs_.emplace(blob.digest, std::make_shared<const std::string>(std::move(gathered)));
    return blob;
}

Result<std::unique_ptr<ByteStream>> MemoryBlobStore::open(const Digest& digest) {
    return std::unique_ptr<ByteStream>(std::make_unique<SharedStream>(TRY(get(digest))));
}

Result<bool> MemoryBlobStore::contains(const Digest& digest) {
    const std::lock_guard lock(mutex_);
    return blobs_.contains(digest);
}

Result<void> MemoryBlobStore::check(const Digest& digest) {
    if (sha256(*TRY(get(digest))) != digest) {
        return corrupted("blob_corrupted", "The stored document is damaged.", digest.to_text());
    }
    return {};
}

std::size_t MemoryBlobStore::count() const {
    const std::lock_guard lock(mutex_);
    return blobs_.size();
}

void MemoryBlobStore::damage(const Digest& digest, std::string bytes) {
    const std::lock_guard lock(mutex_);
    blobs_.at(digest) = std::make_shared<const std::string>(std::move(bytes));
}

Result<MemoryBlobStore::Bytes> MemoryBlobStore::get(const Digest& digest) const {
    const std::lock_guard lock(mutex_);
    const auto found = blobs_.find(digest);
    if (found == blobs_.end()) {
        return not_found(
            "blob_not_found", "No document with this digest is stored.", digest.to_text());
    }
    return found->second;
}

}  // namespace guildmark::tests
