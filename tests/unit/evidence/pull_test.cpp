#include "adapters/evidence/pull.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "adapters/blobs/folder/blob_store.h"
#include "adapters/evidence/folder/evidence_source.h"
#include "adapters/media_type/detector.h"
#include "tests/support/byte_streams.h"
#include "tests/support/memory_blob_store.h"
#include "tests/support/temporary_folder.h"

namespace guildmark {
namespace {

/// What the engine makes of an addition; enough of it to pull again.
rows::Evidence to_row(const evidence::Addition& addition, std::uint64_t id) {
    rows::Evidence row;
    row.id = addition.revises.value_or(EvidenceId(id));
    row.digest = addition.digest;
    row.size_bytes = addition.size_bytes;
    row.origin = addition.origin;
    row.origin_modified_at = addition.origin_modified_at;
    for (const std::string& number : addition.requirements) {
        row.requirements += (row.requirements.empty() ? "" : " ") + number;
    }
    return row;
}

class Pulling : public testing::Test {
protected:
    void SetUp() override {
        Diagnostics diagnostics;
        rules_ = evidence::read_rules(
                     "<evidence-rules xmlns='urn:guildmark:evidence:1' standard='iso-9001:2015'>"
                     "<rule path='**' requirements='4.1'/></evidence-rules>",
                     "evidence.xml",
                     diagnostics)
                     .value();
    }

    Result<PullResult> pull(EvidenceSource& source, const PullObserver& observer = {}) {
        return pull_evidence({source, blobs_, *media_types_}, known_, rules_, {}, observer);
    }

    Result<PullResult> pull() {
        FolderEvidenceSource source(folder_.path());
        return pull(source);
    }

    tests::TemporaryFolder folder_;
    tests::MemoryBlobStore blobs_{{.bytes_max = 1000, .capacity_bytes = 2000}};
    std::unique_ptr<MediaTypes> media_types_ = MediaTypes::open().value();
    evidence::Rules rules_;
    std::vector<rows::Evidence> known_;
};

/// A source whose documents fail to open in a way that the test chooses.
class FailingSource : public EvidenceSource {
public:
    FailingSource(std::size_t documents, std::function<std::optional<Error>(std::size_t)> failure)
        : documents_(documents), failure_(std::move(failure)) {}

    std::string description() override { return "test:failing"; }

    Result<EvidenceListing> list() override {
        EvidenceListing listing;
        for (std::size_t index = 0; index < documents_; ++index) {
            const std::string name = "document-" + std::to_string(100 + index);
            listing.items.push_back({name, name, 3, Instant{1}, "v"});
        }
        return listing;
    }

    Result<std::unique_ptr<ByteStream>> open(const EvidenceItem& item) override {
        if (auto error = failure_(opened_++)) {
            return *error;
        }
        return std::unique_ptr<ByteStream>(std::make_unique<tests::TextStream>(item.name));
    }

private:
    std::size_t documents_;
    std::function<std::optional<Error>(std::size_t)> failure_;
    std::size_t opened_ = 0;
};

TEST_F(Pulling, ends_when_the_source_is_not_there) {
    FolderEvidenceSource source(folder_.path("nowhere"));
    const auto result = pull(source);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "source_not_found");
}

TEST_F(Pulling, ends_when_the_store_is_full) {
    for (const char* name : {"a", "b", "c"}) {
        folder_.write(name, std::string(900, name[0]));
    }
    const auto result = pull();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "blob_store_full");
}

TEST_F(Pulling, ends_when_the_source_keeps_failing) {
    FailingSource source(50, [](std::size_t) { return unavailable("source_unavailable", "gone"); });
    const auto result = pull(source);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "source_unavailable");
}

TEST_F(Pulling, goes_on_over_documents_that_cannot_be_taken_now_and_then) {
    FailingSource source(40, [](std::size_t index) -> std::optional<Error> {
        if (index % 10 == 0) {
            return std::nullopt;
        }
        return index % 2 == 0 ? conflict("evidence_changed", "written")
                              : unavailable("source_unavailable", "flickers");
    });
    const auto result = pull(source);
    ASSERT_TRUE(result);
    EXPECT_EQ(result->plan.additions.size(), 4u);
    EXPECT_EQ(result->problems.size(), 36u);
    EXPECT_EQ(result->documents_read, 4u);
}

TEST_F(Pulling, leaves_out_a_document_that_the_store_finds_too_large) {
    folder_.write("large", std::string(1001, 'x'));
    folder_.write("small", "x");
    const auto result = pull();
    ASSERT_TRUE(result);
    ASSERT_EQ(result->problems.size(), 1u);
    EXPECT_EQ(result->problems.front().locator, "large");
    EXPECT_EQ(result->problems.front().error.code, "evidence_too_large");
    EXPECT_EQ(result->plan.additions.size(), 1u);
}

TEST_F(Pulling, stops_when_it_is_told_to) {
    for (const char* name : {"a", "b", "c"}) {
        folder_.write(name, name);
    }
    FolderEvidenceSource source(folder_.path());
    const auto result = pull(source, [](const PullProgress& progress) {
        return progress.documents_done == 2 ? PullStep::stop : PullStep::go_on;
    });
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "pull_stopped");
    EXPECT_EQ(blobs_.count(), 2u);
}

TEST_F(Pulling, tells_how_far_it_is) {
    folder_.write("a", "123");
    folder_.write("b", "4567");
    FolderEvidenceSource source(folder_.path());
    std::vector<std::string> told;
    ASSERT_TRUE(pull(source, [&](const PullProgress& progress) {
        told.push_back(std::to_string(progress.documents_done) + "/" +
                       std::to_string(progress.documents) + " " +
                       std::to_string(progress.bytes_done) + " " + progress.locator);
        return PullStep::go_on;
    }));
    EXPECT_EQ(told, (std::vector<std::string>{"0/2 0 a", "1/2 3 b", "2/2 7 "}));
}

TEST_F(Pulling, stores_the_bytes_that_it_plans_to_add) {
    folder_.write("plan.pdf", "%PDF-1.7\n%%EOF\n");
    const auto result = pull();
    ASSERT_TRUE(result);
    ASSERT_EQ(result->plan.additions.size(), 1u);
    const evidence::Addition& addition = result->plan.additions.front();
    EXPECT_EQ(addition.media_type, "application/pdf");
    EXPECT_EQ(addition.origin, "folder:" + folder_.path() + "/plan.pdf");
    EXPECT_EQ(tests::read_all(*blobs_.open(addition.digest).value()).value(), "%PDF-1.7\n%%EOF\n");
}

TEST_F(Pulling, of_the_samples_folder_adds_each_document_once_and_a_second_time_nothing) {
    const std::string sample = std::string(GUILDMARK_SOURCE_DIR) + "/samples/brenner";
    Diagnostics diagnostics;
    rules_ = evidence::read_rules(
                 tests::read_file(sample + "/evidence.xml"), "evidence.xml", diagnostics)
                 .value();
    std::filesystem::copy(
        sample + "/documents", folder_.path("documents"), std::filesystem::copy_options::recursive);
    FolderEvidenceSource source(folder_.path("documents"));
    const auto blobs = FolderBlobStore::open(folder_.path("blobs")).value();
    const PullPorts ports{source, *blobs, *media_types_};

    const auto first = pull_evidence(ports, known_, rules_, {}, {});
    ASSERT_TRUE(first) << first.error().message;
    EXPECT_GE(first->plan.additions.size(), 10u);
    EXPECT_TRUE(first->problems.empty());
    for (const evidence::Addition& addition : first->plan.additions) {
        EXPECT_FALSE(addition.requirements.empty()) << addition.origin;
        EXPECT_TRUE(blobs->check(addition.digest)) << addition.origin;
        known_.push_back(to_row(addition, known_.size() + 1));
    }

    const auto second = pull_evidence(ports, known_, rules_, {}, {});
    ASSERT_TRUE(second);
    EXPECT_TRUE(second->plan.additions.empty());
    EXPECT_TRUE(second->plan.rematches.empty());
    EXPECT_TRUE(second->plan.vanished.empty());
    EXPECT_EQ(second->plan.unchanged.size(), known_.size());
}

}  // namespace
}  // namespace guildmark
