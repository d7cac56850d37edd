#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "engine/base/limits.h"
#include "engine/ports/blob_store.h"

namespace guildmark {

/// How much the store takes.
struct FolderBlobStoreOptions {
    std::uint64_t bytes_max = limits::evidence_bytes_max;  ///< Of one document.
};

/// Keeps documents' bytes as files of a folder: the bytes whose digest is "ab12…" in ab/12….
///
/// A document is written to a temporary file of the same file system, made durable (file, then
/// folder) and renamed, so a file under a digest's name is always whole. The folder belongs to the
/// store; its files are readable by the owner alone.
///
/// Thread: any number at once, also in several processes.
class FolderBlobStore : public BlobStore {
public:
    /// Opens the store in `folder`, which is made when it is not there (its parent must be), and
    /// removes temporary files that are more than a day old.
    /// Errors: blob_store_failed.
    static Result<std::unique_ptr<FolderBlobStore>> open(const std::string& folder,
                                                         FolderBlobStoreOptions options = {});
    ~FolderBlobStore() override;

    Result<StoredBlob> put(ByteStream& bytes) override;
    Result<std::unique_ptr<ByteStream>> open(const Digest& digest) override;
    Result<bool> contains(const Digest& digest) override;
    Result<void> check(const Digest& digest) override;

private:
    struct State;
    explicit FolderBlobStore(std::unique_ptr<State> state);

    std::unique_ptr<State> state_;
};

}  // namespace guildmark
