#include <fcntl.h>
#include <filesystem>
#include <random>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "adapters/evidence/folder/evidence_source.h"
#include "adapters/evidence/folder/locator.h"
#include "engine/base/limits.h"
#include "tests/contract/evidence_source/evidence_source_contract.h"
#include "tests/support/byte_streams.h"
#include "tests/support/temporary_folder.h"

namespace guildmark::tests {
namespace {

class FolderHarness : public EvidenceSourceHarness {
public:
    EvidenceSource& source() override { return source_; }

    void write(const std::string& locator, const std::string& bytes) override {
        folder_.write("source/" + locator, bytes);
        // Two writes within one tick of the file system's clock would else look like one.
        const timespec times[2] = {{++second_, 0}, {second_, 0}};
        ::utimensat(AT_FDCWD, folder_.path("source/" + locator).c_str(), times, 0);
    }

    void remove(const std::string& locator) override {
        std::filesystem::remove(folder_.path("source/" + locator));
    }

    void remove_source() override { std::filesystem::remove_all(folder_.path("source")); }

private:
    TemporaryFolder folder_;
    time_t second_ = 1'767'225'600;
    FolderEvidenceSource source_{[this] {
        std::filesystem::create_directory(folder_.path("source"));
        return folder_.path("source");
    }()};
};

INSTANTIATE_TEST_SUITE_P(folder,
                         EvidenceSourceContract,
                         testing::Values(EvidenceSourceKind{
                             "folder", [] { return std::make_unique<FolderHarness>(); }}));

std::vector<std::string> locators_listed(const EvidenceListing& listing) {
    std::vector<std::string> result;
    for (const EvidenceItem& item : listing.items) {
        result.push_back(item.locator);
    }
    return result;
}

/// "locator: code" for each problem.
std::vector<std::string> problems(const EvidenceListing& listing) {
    std::vector<std::string> result;
    for (const EvidenceProblem& problem : listing.problems) {
        EXPECT_EQ(problem.locator, problem.error.subject);
        result.push_back(problem.locator + ": " + problem.error.code);
    }
    return result;
}

using Names = std::vector<std::string>;

class FolderEvidence : public testing::Test {
protected:
    EvidenceListing list(FolderEvidenceOptions options = {}) {
        return FolderEvidenceSource(folder_.path(), options).list().value();
    }

    TemporaryFolder folder_;
};

TEST_F(FolderEvidence, is_not_found_where_a_file_stands) {
    folder_.write("file", "x");
    const auto listing = FolderEvidenceSource(folder_.path("file")).list();
    ASSERT_FALSE(listing);
    EXPECT_EQ(listing.error().code, "source_not_found");
    EXPECT_EQ(listing.error().subject, folder_.path("file"));
}

TEST_F(FolderEvidence, is_refused_when_it_holds_more_files_than_a_pull_takes) {
    for (const char* name : {"1", "2", "3"}) {
        folder_.write(name, "x");
    }
    FolderEvidenceSource source(folder_.path(), {.files_max = 2});
    const auto listing = source.list();
    ASSERT_FALSE(listing);
    EXPECT_EQ(listing.error().code, "source_too_large");
    EXPECT_EQ(list({.files_max = 3}).items.size(), 3u);
}

TEST_F(FolderEvidence, leaves_out_folders_that_lie_too_deep_and_says_so) {
    folder_.write("1/2/3/deep.pdf", "x");
    folder_.write("1/2/here.pdf", "x");
    const EvidenceListing listing = list({.depth_max = 2});
    EXPECT_EQ(locators_listed(listing), (Names{"1/2/here.pdf"}));
    EXPECT_EQ(problems(listing), (Names{"1/2/3: evidence_too_deep"}));
}

TEST_F(FolderEvidence, is_held_to_the_limits_of_all_pulls_unless_something_else_is_said) {
    const FolderEvidenceOptions options;
    EXPECT_EQ(options.files_max, limits::evidence_files_per_pull_max);
    EXPECT_EQ(options.bytes_max, limits::evidence_bytes_max);
    std::string path;
    for (std::size_t depth = 0; depth < limits::evidence_folder_depth_max; ++depth) {
        path += "f/";
    }
    folder_.write(path + "here.pdf", "x");
    folder_.write(path + "f/deep.pdf", "x");
    const EvidenceListing listing = list();
    EXPECT_EQ(locators_listed(listing), (Names{path + "here.pdf"}));
    EXPECT_EQ(problems(listing), (Names{path + "f: evidence_too_deep"}));
}

TEST_F(FolderEvidence, leaves_out_a_document_that_is_too_large_and_says_so) {
    folder_.write("large.mp4", "123456");
    folder_.write("small.pdf", "12345");
    const EvidenceListing listing = list({.bytes_max = 5});
    EXPECT_EQ(locators_listed(listing), (Names{"small.pdf"}));
    EXPECT_EQ(problems(listing), (Names{"large.mp4: evidence_too_large"}));
}

TEST_F(FolderEvidence, leaves_out_pipes_and_sockets_and_never_waits_for_them) {
    ASSERT_EQ(::mkfifo(folder_.path("pipe").c_str(), 0600), 0);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    folder_.path("socket").copy(address.sun_path, sizeof address.sun_path - 1);
    ASSERT_EQ(::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    ::close(socket);
    const EvidenceListing listing = list();
    EXPECT_TRUE(listing.items.empty());
    EXPECT_EQ(problems(listing),
              (Names{"pipe: evidence_not_a_file", "socket: evidence_not_a_file"}));
}

TEST_F(FolderEvidence, does_not_open_a_pipe_that_took_the_place_of_a_document) {
    folder_.write("a.pdf", "x");
    const EvidenceItem item = list().items.front();
    ASSERT_EQ(::unlink(folder_.path("a.pdf").c_str()), 0);
    ASSERT_EQ(::mkfifo(folder_.path("a.pdf").c_str(), 0600), 0);
    const auto opened = FolderEvidenceSource(folder_.path()).open(item);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, "evidence_changed");
}

TEST_F(FolderEvidence, notices_a_change_that_put_the_time_of_modification_back) {
    folder_.write("a.pdf", "bytes");
    const timespec times[2] = {{1'767'225'600, 0}, {1'767'225'600, 0}};
    ASSERT_EQ(::utimensat(AT_FDCWD, folder_.path("a.pdf").c_str(), times, 0), 0);
    const EvidenceItem item = list().items.front();
    folder_.write("other", "BYTES");
    ASSERT_EQ(::utimensat(AT_FDCWD, folder_.path("other").c_str(), times, 0), 0);
    std::filesystem::rename(folder_.path("other"), folder_.path("a.pdf"));
    const auto opened = FolderEvidenceSource(folder_.path()).open(item);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, "evidence_changed");
}

/// Runs `check` in a process without the rights of root; true when it returned true.
bool holds_for_nobody(const std::function<bool()>& check) {
    const pid_t child = ::fork();
    if (child == 0) {
        // Where the tests run as an ordinary user, that user has no special rights either.
        const bool ordinary = ::geteuid() != 0 || (::setgid(65534) == 0 && ::setuid(65534) == 0);
        ::_exit(ordinary && check() ? 0 : 1);
    }
    int status = 1;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST_F(FolderEvidence, tells_what_may_not_be_read_and_takes_the_rest) {
    folder_.write("open.pdf", "x");
    folder_.write("secret.pdf", "x");
    folder_.write("locked/inside.pdf", "x");
    folder_.write("later.pdf", "x");
    ASSERT_EQ(::chmod(folder_.path().c_str(), 0755), 0);
    ASSERT_EQ(::chmod(folder_.path("secret.pdf").c_str(), 0), 0);
    ASSERT_EQ(::chmod(folder_.path("locked").c_str(), 0), 0);
    EXPECT_TRUE(holds_for_nobody([this] {
        const EvidenceListing listing = list();
        return locators_listed(listing) == Names{"later.pdf", "open.pdf"} &&
               problems(listing) == Names{"locked: evidence_denied", "secret.pdf: evidence_denied"};
    }));
    ASSERT_EQ(::chmod(folder_.path("later.pdf").c_str(), 0), 0);
    EvidenceItem item;
    for (const EvidenceItem& listed : list().items) {
        item = listed.locator == "later.pdf" ? listed : item;
    }
    // Only root could list it just now; an ordinary user has no version of it to open.
    if (!item.locator.empty()) {
        EXPECT_TRUE(holds_for_nobody([&] {
            const auto opened = FolderEvidenceSource(folder_.path()).open(item);
            return !opened && opened.error().code == "evidence_denied";
        }));
    }
    ASSERT_EQ(::chmod(folder_.path("locked").c_str(), 0700), 0);
}

TEST_F(FolderEvidence, is_denied_when_the_folder_itself_may_not_be_read) {
    std::filesystem::create_directory(folder_.path("closed"));
    ASSERT_EQ(::chmod(folder_.path().c_str(), 0755), 0);
    ASSERT_EQ(::chmod(folder_.path("closed").c_str(), 0), 0);
    EXPECT_TRUE(holds_for_nobody([this] {
        const auto listing = FolderEvidenceSource(folder_.path("closed")).list();
        return !listing && listing.error().code == "source_denied";
    }));
    ASSERT_EQ(::chmod(folder_.path("closed").c_str(), 0700), 0);
}

TEST_F(FolderEvidence, offers_and_opens_names_of_any_bytes) {
    const Names names = {
        "latin\xe4.pdf", "new\nline.txt", "100%.txt", "%C3%A4.txt", "审核\xff.txt"};
    for (const std::string& name : names) {
        folder_.write(name, "bytes of " + name);
    }
    const EvidenceListing listing = list();
    EXPECT_EQ(
        locators_listed(listing),
        (Names{"%25C3%25A4.txt", "100%.txt", "latin%E4.pdf", "new%0Aline.txt", "审核%FF.txt"}));
    FolderEvidenceSource source(folder_.path());
    for (const EvidenceItem& item : listing.items) {
        const auto stream = source.open(item).value();
        EXPECT_EQ(read_all(*stream).value(),
                  "bytes of " + folder_source::unescape_name(item.locator));
    }
}

TEST(EscapedNames, lead_back_to_the_very_name) {
    std::minstd_rand random(7);
    const std::string_view pieces = "%0A9FGaz\x01\x7f\xc3\xa4\xe5\xae\xa1\xff\xf0";
    for (int round = 0; round < 20'000; ++round) {
        std::string name;
        for (auto length = random() % 12; length > 0; --length) {
            name += pieces[random() % pieces.size()];
        }
        EXPECT_EQ(folder_source::unescape_name(folder_source::escape_name(name)), name);
    }
}

TEST_F(FolderEvidence, opens_no_locator_that_it_did_not_list) {
    folder_.write("inner/a.pdf", "x");
    EvidenceItem item = list().items.front();
    for (const char* locator :
         {"..", "inner/../../", "inner%2Fa.pdf", "%2E%2E/x", "inner%00", ""}) {
        item.locator = locator;
        EXPECT_FALSE(FolderEvidenceSource(folder_.path()).open(item)) << locator;
    }
}

TEST_F(FolderEvidence, names_its_kind_and_folder) {
    EXPECT_EQ(FolderEvidenceSource("/srv/quality").description(), "folder:/srv/quality");
}

}  // namespace
}  // namespace guildmark::tests
