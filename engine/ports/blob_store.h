#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/digest.h"
#include "engine/base/result.h"

namespace guildmark {

/// Bytes that arrive piece by piece, each read once, from the first to the last.
class ByteStream {
public:
    virtual ~ByteStream() = default;

    /// Reads up to `buffer.size()` bytes; 0 is the end. Errors: those of its source.
    virtual Result<std::size_t> read(std::span<char> buffer) = 0;
};

/// What a store says of a document that it took.
struct StoredBlob {
    Digest digest;
    std::uint64_t size_bytes = 0;
    bool was_new = false;
};

/// Documents' bytes, named by their digest; never changed, never twice.
///
/// Thread: any number at once.
class BlobStore {
public:
    virtual ~BlobStore() = default;

    /// Takes all of `bytes` durably and tells their digest. Nothing stays when it fails.
    /// Errors: evidence_too_large (over limits::evidence_bytes_max), blob_store_full,
    /// blob_store_failed, and those of `bytes`.
    virtual Result<StoredBlob> put(ByteStream& bytes) = 0;

    /// Errors: blob_not_found, blob_store_failed.
    virtual Result<std::unique_ptr<ByteStream>> open(const Digest& digest) = 0;

    /// Whether it holds the document, without reading it. Errors: blob_store_failed.
    virtual Result<bool> contains(const Digest& digest) = 0;

    /// Reads it through and compares. Errors: blob_not_found, blob_corrupted, blob_store_failed.
    virtual Result<void> check(const Digest& digest) = 0;
};

}  // namespace guildmark
