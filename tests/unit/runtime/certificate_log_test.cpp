// Held against the tree that RFC 9162 (2.1.1) defines, computed anew from all entries.
#include "engine/runtime/certificate_log.h"

#include <gtest/gtest.h>

#include "engine/base/json.h"
#include "engine/base/limits.h"
#include "engine/cases/event.h"
#include "engine/cases/log_entry.h"
#include "tests/support/memory_store.h"
#include "tests/support/sample_store.h"

namespace guildmark {
namespace {

using tests::SampleJournal;

Digest model_root(std::span<const std::string> entries) {
    if (entries.size() == 1) {
        return merkle::leaf_digest(entries.front());
    }
    std::size_t half = 1;
    while (half * 2 < entries.size()) {
        half *= 2;
    }
    return merkle::node_digest(model_root(entries.first(half)), model_root(entries.subspan(half)));
}

class CertificateLogTest : public testing::Test {
protected:
    /// One more act on a certificate, behind something else that the log is not about.
    void act(const std::string& number) {
        Record other = journal_.next(StreamId(1));
        Record record = journal_.next(StreamId(2));
        rows::Certificate row = tests::sample_certificate(CertificateId(1), CaseId(2), number);
        const EncodedEvent event = encode(CaseEvent(events::CertificateActed{"renew", row}));
        record.kind = event.kind;
        record.version = event.version;
        record.payload = event.payload;
        Commit commit;
        commit.records = {other, record};
        ASSERT_TRUE(store_.commit(commit));
        entries_.push_back(log_entry_bytes(record).value());
        positions_.push_back(record.position);
    }

    std::vector<std::string> stored(const CertificateLog& log,
                                    std::uint64_t first,
                                    std::size_t count) {
        return log.entries(*reader_, first, count).value();
    }

    SampleJournal journal_;
    tests::MemoryStore store_;
    std::unique_ptr<StoreReader> reader_ = store_.open_reader().value();
    std::vector<std::string> entries_;
    std::vector<std::uint64_t> positions_;
    CertificateLog log_;
};

TEST_F(CertificateLogTest, has_no_proof_of_what_it_does_not_have) {
    EXPECT_EQ(log_.inclusion_proof(0).error().code, "proof_out_of_range");
    EXPECT_EQ(log_.consistency_proof(1).error().code, "proof_out_of_range");
    EXPECT_EQ(log_.root(), sha256(""));
    EXPECT_EQ(log_.index_of(1), std::nullopt);
}

TEST_F(CertificateLogTest, is_the_tree_over_every_act_whenever_it_is_brought_up_to_date) {
    Digest before = log_.root();
    for (std::uint64_t size = 1; size <= 70; ++size) {
        act("GM-" + std::to_string(size));
        CertificateLog anew;
        ASSERT_TRUE(anew.catch_up(*reader_));
        if (size % 3 != 0) {
            continue;
        }
        const std::uint64_t earlier = log_.size();
        ASSERT_TRUE(log_.catch_up(*reader_));
        ASSERT_EQ(log_.size(), size);
        ASSERT_EQ(log_.root(), model_root(entries_));
        EXPECT_EQ(anew.root(), log_.root());
        EXPECT_TRUE(merkle::proves_consistency(
            earlier, size, log_.consistency_proof(earlier).value(), before, log_.root()));
        before = log_.root();
    }
    for (std::uint64_t index = 0; index < log_.size(); ++index) {
        EXPECT_EQ(log_.index_of(positions_[index]), index);
        EXPECT_EQ(log_.index_of(positions_[index] - 1), std::nullopt);
        EXPECT_TRUE(merkle::proves_inclusion(merkle::leaf_digest(entries_[index]),
                                             index,
                                             log_.size(),
                                             log_.inclusion_proof(index).value(),
                                             log_.root()));
    }
    EXPECT_EQ(stored(log_, 0, 3), std::vector(entries_.begin(), entries_.begin() + 3));
    EXPECT_EQ(stored(log_, 64, 5), std::vector(entries_.begin() + 64, entries_.begin() + 69));
}

TEST_F(CertificateLogTest, takes_in_more_than_one_portion) {
    for (std::size_t count = 0; count <= limits::log_entries_per_read_max; ++count) {
        act("GM-1");
    }
    ASSERT_TRUE(log_.catch_up(*reader_));
    EXPECT_EQ(log_.size(), limits::log_entries_per_read_max + 1);
    EXPECT_EQ(log_.root(), model_root(entries_));
}

TEST_F(CertificateLogTest, tells_of_a_scope_only_its_digest) {
    act("GM-1");
    const Value entry = parse_json(entries_.front()).value();
    EXPECT_EQ(entry.text_or("action", ""), "renew");
    const Value* const certificate = entry.find("certificate");
    ASSERT_NE(certificate, nullptr);
    EXPECT_EQ(certificate->find("scope"), nullptr);
    EXPECT_EQ(certificate->text_or("scope_sha256", "").size(), 64u);
}

}  // namespace
}  // namespace guildmark
