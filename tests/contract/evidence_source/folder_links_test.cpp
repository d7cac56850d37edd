#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "adapters/evidence/folder/evidence_source.h"
#include "engine/base/limits.h"
#include "tests/support/byte_streams.h"
#include "tests/support/temporary_folder.h"

namespace guildmark::tests {
namespace {

/// A folder "in" that is shown, and beside it what must never be.
class FolderLinks : public testing::Test {
protected:
    void SetUp() override {
        folder_.write("secret.pdf", "not for the auditor");
        folder_.write("outside/secret.pdf", "not for the auditor");
        folder_.write("in/a.pdf", "a");
        folder_.write("in/b/c.pdf", "c");
    }

    void link(const std::string& target, const std::string& name) {
        std::filesystem::create_symlink(target, folder_.path("in/" + name));
    }

    /// "locator" for each document that can be opened, "locator: code" for all else.
    std::vector<std::string> outcome() {
        const EvidenceListing listing = source_.list().value();
        std::vector<std::string> result;
        for (const EvidenceItem& item : listing.items) {
            const auto opened = source_.open(item);
            result.push_back(item.locator + (opened ? "" : ": " + opened.error().code));
        }
        for (const EvidenceProblem& problem : listing.problems) {
            result.push_back(problem.locator + ": " + problem.error.code);
        }
        return result;
    }

    using Names = std::vector<std::string>;

    TemporaryFolder folder_;
    FolderEvidenceSource source_{folder_.path("in")};
};

TEST_F(FolderLinks, out_of_the_folder_are_problems) {
    link("../secret.pdf", "1");
    link("/etc/hostname", "2");
    link("../outside", "3");
    link("b/../../outside/secret.pdf", "4");
    link(folder_.path("outside"), "5");
    link("..", "6");
    link("../in-other/a.pdf", "7");
    folder_.write("in-other/a.pdf", "a neighbor whose name begins alike");
    link(folder_.path("in-other/a.pdf"), "8");
    EXPECT_EQ(outcome(),
              (Names{"a.pdf",
                     "b/c.pdf",
                     "1: evidence_outside",
                     "2: evidence_outside",
                     "3: evidence_outside",
                     "4: evidence_outside",
                     "5: evidence_outside",
                     "6: evidence_outside",
                     "7: evidence_outside",
                     "8: evidence_outside"}));
}

TEST_F(FolderLinks, to_nothing_and_to_themselves_are_problems) {
    link("gone.pdf", "1");
    link("2", "2");
    link("4", "3");
    link("3", "4");
    link("a.pdf/below", "5");
    EXPECT_EQ(outcome(),
              (Names{"a.pdf",
                     "b/c.pdf",
                     "1: evidence_gone",
                     "2: evidence_link_loop",
                     "3: evidence_link_loop",
                     "4: evidence_link_loop",
                     "5: evidence_gone"}));
}

TEST_F(FolderLinks, to_a_folder_above_are_problems) {
    link("..", "b/up");
    link(".", "b/self");
    link(folder_.path("in"), "b/root");
    EXPECT_EQ(outcome(),
              (Names{"a.pdf",
                     "b/c.pdf",
                     "b/root: evidence_link_loop",
                     "b/self: evidence_link_loop",
                     "b/up: evidence_link_loop"}));
}

TEST_F(FolderLinks, one_after_the_other_are_followed_up_to_the_limit) {
    std::string last = "a.pdf";
    for (std::size_t count = 1; count <= limits::evidence_links_per_path_max + 1; ++count) {
        const std::string name = "link-" + std::to_string(count);
        link(last, name);
        last = name;
    }
    const EvidenceListing listing = source_.list().value();
    EXPECT_EQ(listing.items.size(), 2 + limits::evidence_links_per_path_max);
    ASSERT_EQ(listing.problems.size(), 1u);
    EXPECT_EQ(listing.problems.front().locator, last);
    EXPECT_EQ(listing.problems.front().error.code, "evidence_link_loop");
}

TEST_F(FolderLinks, inside_are_followed_by_whatever_way_they_lead) {
    link("a.pdf", "1");
    link("1", "2");
    link("b/../a.pdf", "3");
    link(folder_.path("in/b/c.pdf"), "4");
    link("../a.pdf", "b/5");
    EXPECT_EQ(outcome(), (Names{"1", "2", "3", "4", "a.pdf", "b/5", "b/c.pdf"}));
}

TEST_F(FolderLinks, to_a_folder_inside_are_entered_once) {
    folder_.write("in/d/e.pdf", "e");
    link("../d", "b/to-d");
    link("../b", "d/to-b");
    EXPECT_EQ(outcome(), (Names{"a.pdf", "b/c.pdf", "b/to-d/e.pdf", "d/e.pdf", "d/to-b/c.pdf"}));
}

TEST_F(FolderLinks, that_replace_a_listed_document_do_not_open) {
    const EvidenceItem item = source_.list().value().items.front();
    std::filesystem::remove(folder_.path("in/a.pdf"));
    link("../secret.pdf", "a.pdf");
    const auto opened = source_.open(item);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, "evidence_outside");
}

TEST_F(FolderLinks, that_replace_a_listed_folder_do_not_open) {
    const EvidenceItem item = source_.list().value().items.back();
    ASSERT_EQ(item.locator, "b/c.pdf");
    std::filesystem::remove_all(folder_.path("in/b"));
    folder_.write("outside/c.pdf", "c");
    link("../outside", "b");
    const auto opened = source_.open(item);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, "evidence_outside");
}

TEST_F(FolderLinks, may_be_the_way_to_the_shown_folder_itself) {
    std::filesystem::create_symlink("in", folder_.path("door"));
    FolderEvidenceSource source(folder_.path("door"));
    const EvidenceListing listing = source.list().value();
    ASSERT_EQ(listing.items.size(), 2u);
    EXPECT_EQ(read_all(*source.open(listing.items.front()).value()).value(), "a");
}

}  // namespace
}  // namespace guildmark::tests
