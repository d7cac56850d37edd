#include <csignal>
#include <ctime>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/blobs/folder/blob_store.h"
#include "adapters/posix/file.h"
#include "engine/base/limits.h"
#include "tests/contract/blobs/blob_store_contract.h"
#include "tests/support/byte_streams.h"
#include "tests/support/temporary_folder.h"

namespace guildmark::tests {
namespace {

std::string file_of(const Digest& digest) {
    const std::string text = digest.to_text();
    return text.substr(0, 2) + "/" + text.substr(2);
}

/// Lets no file grow over a size while put() runs, so that the system itself refuses to write more.
class CrampedBlobStore : public BlobStore {
public:
    explicit CrampedBlobStore(std::unique_ptr<BlobStore> inner) : inner_(std::move(inner)) {}

    Result<StoredBlob> put(ByteStream& bytes) override {
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        ::getrlimit(RLIMIT_FSIZE, &before);
        rlimit cramped = before;
        cramped.rlim_cur = BlobStoreHarness::small_store_bytes;
        ::setrlimit(RLIMIT_FSIZE, &cramped);
        auto result = inner_->put(bytes);
        ::setrlimit(RLIMIT_FSIZE, &before);
        return result;
    }

    Result<std::unique_ptr<ByteStream>> open(const Digest& digest) override {
        return inner_->open(digest);
    }

    Result<bool> contains(const Digest& digest) override { return inner_->contains(digest); }

    Result<void> check(const Digest& digest) override { return inner_->check(digest); }

private:
    std::unique_ptr<BlobStore> inner_;
};

class FolderHarness : public BlobStoreHarness {
public:
    BlobStore& store() override { return *store_; }

    BlobStore& small_store() override { return small_store_; }

    std::size_t count_stored() override { return folder_.count_files(); }

    void damage(const Digest& digest, const std::string& bytes) override {
        folder_.write("main/" + file_of(digest), bytes);
    }

private:
    TemporaryFolder folder_;
    std::unique_ptr<BlobStore> store_ =
        FolderBlobStore::open(folder_.path("main"), {.bytes_max = document_bytes_max}).value();
    CrampedBlobStore small_store_{FolderBlobStore::open(folder_.path("small")).value()};
};

INSTANTIATE_TEST_SUITE_P(folder,
                         BlobStoreContract,
                         testing::Values(BlobStoreKind{
                             "folder", [] { return std::make_unique<FolderHarness>(); }}));

class FolderBlobs : public testing::Test {
protected:
    StoredBlob put(const std::string& bytes) {
        TextStream stream(bytes);
        return store_->put(stream).value();
    }

    TemporaryFolder folder_;
    std::unique_ptr<FolderBlobStore> store_ = FolderBlobStore::open(folder_.path("blobs")).value();
};

TEST_F(FolderBlobs, cannot_be_opened_under_a_folder_that_is_not_there) {
    const auto opened = FolderBlobStore::open(folder_.path("not/there"));
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, "blob_store_failed");
    EXPECT_EQ(opened.error().subject, folder_.path("not/there"));
}

TEST_F(FolderBlobs, cannot_be_opened_where_a_file_stands) {
    folder_.write("file", "x");
    const auto opened = FolderBlobStore::open(folder_.path("file"));
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, "blob_store_failed");
}

TEST_F(FolderBlobs, are_held_to_the_limit_of_all_evidence_unless_something_else_is_said) {
    EXPECT_EQ(FolderBlobStoreOptions().bytes_max, limits::evidence_bytes_max);
}

TEST_F(FolderBlobs, takes_nothing_that_is_no_file_for_a_document) {
    const Digest digest = sha256("bytes");
    ASSERT_EQ(::symlink("/etc/hostname", folder_.path("blobs/" + file_of(digest)).c_str()), 0);
    const auto opened = store_->open(digest);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, "blob_store_failed");
    EXPECT_FALSE(store_->contains(digest));
}

TEST_F(FolderBlobs, names_files_by_digest_and_shows_them_to_their_owner_alone) {
    const Digest digest = put("private").digest;

    struct stat status {};

    ASSERT_EQ(::stat(folder_.path("blobs/" + file_of(digest)).c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777u, 0600u);
    EXPECT_EQ(folder_.read("blobs/" + file_of(digest)), "private");
}

TEST_F(FolderBlobs, mends_a_file_that_was_cut_short) {
    const Digest digest = put("all of the document").digest;
    folder_.write("blobs/" + file_of(digest), "all of the");
    EXPECT_FALSE(store_->check(digest));
    EXPECT_TRUE(put("all of the document").was_new);
    EXPECT_TRUE(store_->check(digest));
    EXPECT_EQ(folder_.count_files(), 1u);
}

TEST_F(FolderBlobs, finds_its_documents_again_and_clears_away_what_a_killed_process_left) {
    const Digest digest = put("kept").digest;
    folder_.write("blobs/.incoming-1-0", "half of a docu");
    folder_.write("blobs/.incoming-1-1", "being written right now");
    const timespec long_ago[2] = {{::time(nullptr) - 2 * 24 * 60 * 60, 0},
                                  {::time(nullptr) - 2 * 24 * 60 * 60, 0}};
    ASSERT_EQ(::utimensat(AT_FDCWD, folder_.path("blobs/.incoming-1-0").c_str(), long_ago, 0), 0);
    store_ = FolderBlobStore::open(folder_.path("blobs")).value();
    EXPECT_TRUE(store_->check(digest));
    EXPECT_EQ(folder_.count_files(), 2u);
    EXPECT_EQ(folder_.read("blobs/.incoming-1-1"), "being written right now");
}

TEST(PosixErrors, tell_a_full_disk_from_others) {
    for (const int number : {ENOSPC, EDQUOT, EFBIG}) {
        EXPECT_TRUE(posix::means_full(number)) << posix::error_text(number);
    }
    for (const int number : {EIO, EROFS, EACCES, ENOENT}) {
        EXPECT_FALSE(posix::means_full(number)) << posix::error_text(number);
    }
}

}  // namespace
}  // namespace guildmark::tests
