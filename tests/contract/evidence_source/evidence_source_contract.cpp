#include "tests/contract/evidence_source/evidence_source_contract.h"

#include <vector>

#include "tests/support/byte_streams.h"

namespace guildmark::tests {

EvidenceItem EvidenceSourceContract::only_item() {
    const EvidenceListing listing = source().list().value();
    ENSURE(listing.items.size() == 1, "the test put one document there");
    return listing.items.front();
}

namespace {

std::string code_of(const auto& result) {
    return result ? "none" : result.error().code;
}

std::vector<std::string> locators(const EvidenceListing& listing) {
    std::vector<std::string> result;
    for (const EvidenceItem& item : listing.items) {
        result.push_back(item.locator);
    }
    return result;
}

TEST_P(EvidenceSourceContract, says_when_the_source_itself_is_gone) {
    harness_->write("a.pdf", "bytes");
    harness_->remove_source();
    EXPECT_EQ(code_of(source().list()), "source_not_found");
}

TEST_P(EvidenceSourceContract, does_not_open_a_document_that_went_away) {
    harness_->write("a.pdf", "bytes");
    const EvidenceItem item = only_item();
    harness_->remove("a.pdf");
    const auto opened = source().open(item);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, "evidence_gone");
    EXPECT_EQ(opened.error().subject, "a.pdf");
}

TEST_P(EvidenceSourceContract, does_not_open_a_document_that_changed_since_it_was_listed) {
    for (const std::string later : {"other", "shor", "longer"}) {
        harness_->write("a.pdf", "bytes");
        const EvidenceItem item = only_item();
        harness_->write("a.pdf", later);
        EXPECT_EQ(code_of(source().open(item)), "evidence_changed") << later;
    }
}

TEST_P(EvidenceSourceContract, never_takes_the_bytes_of_a_document_that_changes_while_it_is_read) {
    const std::string bytes(5'000, 'a');
    for (const std::string& later :
         {std::string(5'000, 'b'), std::string(4'000, 'a'), bytes + "and more"}) {
        harness_->write("a.pdf", bytes);
        const auto stream = source().open(only_item()).value();
        std::string buffer(1'000, '\0');
        ASSERT_EQ(stream->read(buffer).value(), 1'000u);
        harness_->write("a.pdf", later);
        const auto rest = read_all(*stream);
        // A source may keep the old bytes for whoever has them open; a mixture never passes.
        if (rest) {
            EXPECT_EQ(buffer + *rest, bytes);
        } else {
            EXPECT_EQ(rest.error().code, "evidence_changed");
        }
    }
}

TEST_P(EvidenceSourceContract, lists_nothing_when_nothing_is_there) {
    const EvidenceListing listing = source().list().value();
    EXPECT_TRUE(listing.items.empty());
    EXPECT_TRUE(listing.problems.empty());
}

TEST_P(EvidenceSourceContract, lists_by_the_bytes_of_the_locator_whatever_the_locale) {
    const std::vector<std::string> expected = {"A.pdf",
                                               "B/inner/x.pdf",
                                               "Z.pdf",
                                               "a b.pdf",
                                               "a-b.pdf",
                                               "a.pdf",
                                               "a/b.pdf",
                                               "ab.pdf",
                                               "Ärger.pdf",
                                               "审核/记录.pdf"};
    for (auto name = expected.rbegin(); name != expected.rend(); ++name) {
        harness_->write(*name, "x");
    }
    const EvidenceListing listing = source().list().value();
    EXPECT_EQ(locators(listing), expected);
    EXPECT_EQ(listing.items.at(1).name, "x.pdf");
    EXPECT_EQ(listing.items.at(9).name, "记录.pdf");
}

TEST_P(EvidenceSourceContract, gives_exactly_the_bytes_of_each_document) {
    std::string every_byte;
    for (int byte = 0; byte < 256; ++byte) {
        every_byte += static_cast<char>(byte);
    }
    for (const std::string& bytes : {std::string(), every_byte, std::string(300'000, '\0')}) {
        harness_->write("a.bin", bytes);
        const EvidenceItem item = only_item();
        EXPECT_EQ(item.size_bytes, bytes.size());
        const auto stream = source().open(item).value();
        EXPECT_EQ(read_all(*stream).value(), bytes);
    }
}

TEST_P(EvidenceSourceContract, gives_a_new_version_when_a_document_changes_and_only_then) {
    harness_->write("a.pdf", "bytes");
    const EvidenceItem first = only_item();
    EXPECT_EQ(only_item().version, first.version);
    harness_->write("a.pdf", "BYTES");
    EXPECT_NE(only_item().version, first.version);
}

TEST_P(EvidenceSourceContract, tells_when_documents_were_modified) {
    harness_->write("a.pdf", "bytes");
    const EvidenceItem item = only_item();
    ASSERT_TRUE(item.modified_at);
    EXPECT_GT(item.modified_at->milliseconds, 1'577'836'800'000) << "2020 or later";
}

TEST_P(EvidenceSourceContract, describes_itself_by_kind_and_place) {
    const std::string description = source().description();
    EXPECT_NE(description.find(':'), std::string::npos) << description;
    EXPECT_EQ(source().description(), description);
}

}  // namespace
}  // namespace guildmark::tests
