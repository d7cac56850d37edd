#include "tests/contract/blobs/blob_store_contract.h"

#include <thread>
#include <vector>

#include "tests/support/byte_streams.h"

namespace guildmark::tests {
namespace {

Result<StoredBlob> put(BlobStore& store, std::string bytes) {
    TextStream stream(std::move(bytes));
    return store.put(stream);
}

std::string code_of(const auto& result) {
    return result ? "none" : result.error().code;
}

TEST_P(BlobStoreContract, keeps_nothing_when_the_bytes_cannot_be_read) {
    for (unsigned read = 1; read <= 6; ++read) {
        TextStream stream("twenty-five bytes or more", 5);
        stream.fail_at(read, unavailable("source_unavailable", "The source is gone."));
        EXPECT_EQ(code_of(store().put(stream)), "source_unavailable") << "read " << read;
        EXPECT_EQ(harness_->count_stored(), 0u) << "read " << read;
    }
}

TEST_P(BlobStoreContract, refuses_a_document_that_is_too_large_and_keeps_nothing) {
    EXPECT_EQ(code_of(put(store(), std::string(BlobStoreHarness::document_bytes_max + 1, 'x'))),
              "evidence_too_large");
    EXPECT_EQ(harness_->count_stored(), 0u);
    EXPECT_TRUE(put(store(), std::string(BlobStoreHarness::document_bytes_max, 'x')));
}

TEST_P(BlobStoreContract, refuses_what_it_has_no_room_for_and_keeps_nothing_of_it) {
    const auto refused =
        put(harness_->small_store(), std::string(BlobStoreHarness::small_store_bytes + 4096, 'x'));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "blob_store_full");
    EXPECT_EQ(refused.error().retry, Retry::later);
    EXPECT_EQ(harness_->count_stored(), 0u);
    EXPECT_TRUE(put(harness_->small_store(), "small"));
}

TEST_P(BlobStoreContract, does_not_know_bytes_that_were_never_put) {
    const Digest unknown = sha256("never stored");
    EXPECT_EQ(code_of(store().open(unknown)), "blob_not_found");
    EXPECT_EQ(code_of(store().check(unknown)), "blob_not_found");
    EXPECT_FALSE(store().contains(unknown).value());
}

TEST_P(BlobStoreContract, notices_damage) {
    const Digest digest = put(store(), "what the auditor saw").value().digest;
    EXPECT_TRUE(store().check(digest));
    harness_->damage(digest, "what the auditor SAW");
    const auto checked = store().check(digest);
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().code, "blob_corrupted");
    EXPECT_EQ(checked.error().subject, digest.to_text());
}

TEST_P(BlobStoreContract, gives_back_what_was_put) {
    std::string every_byte;
    for (int byte = 0; byte < 256; ++byte) {
        every_byte += static_cast<char>(byte);
    }
    for (const std::string& bytes : {std::string(),
                                     std::string("x"),
                                     every_byte,
                                     std::string(BlobStoreHarness::document_bytes_max, '\n')}) {
        const StoredBlob blob = put(store(), bytes).value();
        EXPECT_EQ(blob.digest, sha256(bytes));
        EXPECT_EQ(blob.size_bytes, bytes.size());
        EXPECT_TRUE(blob.was_new);
        EXPECT_TRUE(store().contains(blob.digest).value());
        EXPECT_TRUE(store().check(blob.digest));
        auto stream = store().open(blob.digest);
        ASSERT_TRUE(stream);
        EXPECT_EQ(read_all(**stream).value(), bytes);
    }
}

TEST_P(BlobStoreContract, takes_bytes_in_pieces_of_any_size) {
    const std::string bytes(10'000, 'a');
    for (const std::size_t piece_bytes : {1u, 7u, 4096u}) {
        TextStream stream(bytes, piece_bytes);
        EXPECT_EQ(store().put(stream).value().digest, sha256(bytes));
    }
}

TEST_P(BlobStoreContract, stores_identical_bytes_once) {
    EXPECT_TRUE(put(store(), "the same").value().was_new);
    const StoredBlob again = put(store(), "the same").value();
    EXPECT_FALSE(again.was_new);
    EXPECT_EQ(again.digest, sha256("the same"));
    EXPECT_EQ(harness_->count_stored(), 1u);
}

TEST_P(BlobStoreContract, opens_one_document_several_times_at_once) {
    const Digest digest = put(store(), "shared").value().digest;
    auto first = store().open(digest).value();
    auto second = store().open(digest).value();
    EXPECT_EQ(read_all(*first).value(), "shared");
    EXPECT_EQ(read_all(*second).value(), "shared");
}

TEST_P(BlobStoreContract, serves_several_threads_at_once) {
    constexpr int documents = 40;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([this] {
            for (int document = 0; document < documents; ++document) {
                const std::string bytes = "document " + std::to_string(document);
                EXPECT_EQ(put(store(), bytes).value().digest, sha256(bytes));
                EXPECT_TRUE(store().check(sha256(bytes)));
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(harness_->count_stored(), std::size_t{documents});
}

}  // namespace
}  // namespace guildmark::tests
