#include "adapters/blobs/folder/blob_store.h"

#include <cerrno>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "adapters/posix/file.h"
#include "adapters/posix/temporary_file.h"

// Invariants:
// 1. A file under a digest's name was whole and durable before it got the name.
// 2. put() returns only after the name is durable too, also when another put() made it.
// 3. A put() that fails leaves no file.

namespace guildmark {

using posix::FileDescriptor;

struct FolderBlobStore::State {
    std::string path;
    FolderBlobStoreOptions options;
    FileDescriptor root;
};

namespace {

constexpr std::size_t buffer_bytes = 256u << 10;
constexpr long stale_after_seconds = 24L * 60 * 60;

/// Where a digest's bytes are: folder "ab", file "12…".
struct BlobName {
    std::string folder;
    std::string file;
};

BlobName name_of(const Digest& digest) {
    const std::string text = digest.to_text();
    return {text.substr(0, 2), text.substr(2)};
}

Error store_error(int error_number, std::string_view doing, const std::string& path) {
    const std::string reason = posix::error_text(error_number);
    if (posix::means_full(error_number)) {
        return unavailable("blob_store_full",
                           fmt::format("No room to store the document: {}: {}; free space in the "
                                       "store's file system and try again.",
                                       doing,
                                       reason),
                           path);
    }
    return failed("blob_store_failed",
                  fmt::format("The document store failed: {}: {}.", doing, reason),
                  path);
}

/// Makes the folders 00 to ff, so that put() never has to make one durable.
Result<void> make_folders(int root, const std::string& path) {
    for (int number = 0; number < 256; ++number) {
        const std::string name = fmt::format("{:02x}", number);
        if (::mkdirat(root, name.c_str(), 0700) != 0 && errno != EEXIST) {
            return store_error(errno, "making a folder", fmt::format("{}/{}", path, name));
        }
    }
    if (::fsync(root) != 0) {
        return store_error(errno, "writing the folder through", path);
    }
    return {};
}

class FileStream : public ByteStream {
public:
    FileStream(FileDescriptor file, std::string path)
        : file_(std::move(file)), path_(std::move(path)) {}

    Result<std::size_t> read(std::span<char> buffer) override {
        ssize_t count = -1;
        do {
            count = ::read(file_.number(), buffer.data(), buffer.size());
        } while (count < 0 && errno == EINTR);
        if (count < 0) {
            return store_error(errno, "reading", path_);
        }
        return static_cast<std::size_t>(count);
    }

private:
    FileDescriptor file_;
    std::string path_;
};

/// The size of a stored blob's file; nothing when it is not there.
Result<std::optional<std::uint64_t>> find_size(int root,
                                               const BlobName& name,
                                               const std::string& path) {
    struct stat status {};

    const std::string inside = name.folder + "/" + name.file;
    if (::fstatat(root, inside.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) {
        if (!S_ISREG(status.st_mode)) {
            return failed("blob_store_failed",
                          "The document store holds something that is no file; it is not the "
                          "store's own.",
                          path + "/" + inside);
        }
        return std::optional<std::uint64_t>(static_cast<std::uint64_t>(status.st_size));
    }
    if (errno == ENOENT) {
        return std::optional<std::uint64_t>();
    }
    return store_error(errno, "looking for a document", path + "/" + inside);
}

/// Copies all of `bytes` into `file`; tells digest and size.
Result<StoredBlob> receive(ByteStream& bytes,
                           posix::TemporaryFile& file,
                           std::uint64_t bytes_max,
                           const std::string& path) {
    std::string buffer(buffer_bytes, '\0');
    Sha256 hash;
    StoredBlob blob;
    while (const std::size_t count = TRY(bytes.read(buffer))) {
        blob.size_bytes += count;
        if (blob.size_bytes > bytes_max) {
            return too_large(
                "evidence_too_large",
                fmt::format("The document has more than {} bytes, the most that is stored.",
                            bytes_max));
        }
        const std::string_view piece(buffer.data(), count);
        hash.add(piece);
        if (const int error = file.write(piece)) {
            return store_error(error, "writing", path);
        }
    }
    blob.digest = hash.finish();
    return blob;
}

}  // namespace

FolderBlobStore::FolderBlobStore(std::unique_ptr<State> state) : state_(std::move(state)) {}

FolderBlobStore::~FolderBlobStore() = default;

Result<std::unique_ptr<FolderBlobStore>> FolderBlobStore::open(const std::string& folder,
                                                               FolderBlobStoreOptions options) {
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
        return store_error(errno, "making its folder", folder);
    }
    auto state = std::make_unique<State>();
    state->path = folder;
    state->options = options;
    state->root = posix::open_at(AT_FDCWD, folder, O_RDONLY | O_DIRECTORY);
    if (!state->root.is_open()) {
        return store_error(errno, "opening its folder", folder);
    }
    const Result<void> made = make_folders(state->root.number(), folder);
    if (!made) {
        return made.error();
    }
    posix::remove_stale_temporary_files(state->root.number(), stale_after_seconds);
    return std::unique_ptr<FolderBlobStore>(new FolderBlobStore(std::move(state)));
}

Result<StoredBlob> FolderBlobStore::put(ByteStream& bytes) {
    const int root = state_->root.number();
    posix::TemporaryFile file(root);
    if (const int error = file.create()) {
        return store_error(error, "making a file", state_->path);
    }
    StoredBlob blob = TRY(receive(bytes, file, state_->options.bytes_max, state_->path));
    const BlobName name = name_of(blob.digest);
    const FileDescriptor folder = posix::open_at(root, name.folder, O_RDONLY | O_DIRECTORY);
    if (!folder.is_open()) {
        return store_error(errno, "opening a folder", state_->path + "/" + name.folder);
    }
    // A file of another size than its digest tells is damaged; the bytes at hand mend it.
    blob.was_new = TRY(find_size(root, name, state_->path)) != blob.size_bytes;
    int error = 0;
    if (blob.was_new) {
        error = file.sync();
        error = error != 0 ? error : file.publish(folder.number(), name.file);
    } else if (::fsync(folder.number()) != 0) {
        error = errno;
    }
    if (error != 0) {
        return store_error(error, "making a document durable", state_->path);
    }
    return blob;
}

Result<std::unique_ptr<ByteStream>> FolderBlobStore::open(const Digest& digest) {
    const BlobName name = name_of(digest);
    const std::string inside = name.folder + "/" + name.file;
    FileDescriptor file = posix::open_at(state_->root.number(), inside, O_RDONLY | O_NOFOLLOW);
    if (!file.is_open() && errno == ENOENT) {
        return not_found(
            "blob_not_found", "No document with this digest is stored.", digest.to_text());
    }
    if (!file.is_open()) {
        return store_error(errno, "opening a document", state_->path + "/" + inside);
    }
    return std::unique_ptr<ByteStream>(
        std::make_unique<FileStream>(std::move(file), state_->path + "/" + inside));
}

Result<bool> FolderBlobStore::contains(const Digest& digest) {
    return TRY(find_size(state_->root.number(), name_of(digest), state_->path)).has_value();
}

Result<void> FolderBlobStore::check(const Digest& digest) {
    const auto stream = TRY(open(digest));
    std::string buffer(buffer_bytes, '\0');
    Sha256 hash;
    while (const std::size_t count = TRY(stream->read(buffer))) {
        hash.add(std::string_view(buffer.data(), count));
    }
    const Digest found = hash.finish();
    if (found != digest) {
        return corrupted("blob_corrupted",
                         fmt::format("The stored document is damaged: its digest is now {}. "
                                     "Restore it from a backup, or pull or upload it again.",
                                     found.to_text()),
                         digest.to_text());
    }
    return {};
}

}  // namespace guildmark
