// A real process on a real disk is killed while it commits. What it had acknowledged is there.
#include <array>
#include <csignal>
#include <cstdio>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "adapters/posix/file.h"
#include "tests/faults/story.h"
#include "tests/support/sample_store.h"
#include "tests/support/temporary_folder.h"

namespace guildmark::tests {
namespace {

constexpr std::uint64_t cycles_usual = 20;

/// Commits without end, from where the store stands, and writes one byte for each acknowledgment.
void commit_until_killed(const std::string& path, const SampleJournal& start, int acknowledgments) {
    SqliteOptions options;
    options.checkpoint_pages = 20;
    options.log_pages_max = 60;
    const auto store = SqliteStore::open(path, options);
    SampleJournal journal = start;
    while (store && (*store)->commit(open_sample_case(journal, CaseId(journal.position() + 1))) &&
           ::write(acknowledgments, "+", 1) == 1) {
    }
    ::_exit(1);
}

/// Reads until the process behind the pipe has acknowledged `count` commits, kills it, and tells
/// how many it acknowledged.
std::uint64_t kill_after(pid_t process, int acknowledgments, std::uint64_t count) {
    std::uint64_t acknowledged = 0;
    char byte = 0;
    while (::read(acknowledgments, &byte, 1) == 1) {
        if (++acknowledged == count) {
            ::kill(process, SIGKILL);
        }
    }
    int status = 0;
    ::waitpid(process, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the process ended by itself";
    return acknowledged;
}

TEST(Kill, of_the_writing_process_loses_no_acknowledged_commit) {
    const TemporaryFolder folder;
    const std::string path = folder.path("store.db");
    SampleJournal journal;
    SeededNumbers numbers(1);
    const std::uint64_t cycles = fault_points(cycles_usual);
    for (std::uint64_t cycle = 0; cycle < cycles; ++cycle) {
        std::array<int, 2> pipe{};
        ASSERT_EQ(::pipe(pipe.data()), 0);
        posix::FileDescriptor reading(pipe[0]);
        posix::FileDescriptor writing(pipe[1]);
        const pid_t process = ::fork();
        if (process == 0) {
            commit_until_killed(path, journal, writing.number());
        }
        writing.close();
        const std::uint64_t before = journal.position();
        const std::uint64_t acknowledged =
            before + kill_after(process, reading.number(), 1 + numbers.below(40));

        const auto store = SqliteStore::open(path, {});
        ASSERT_TRUE(store) << store.error().message;
        ASSERT_EQ(first_fault(**store), "");
        const auto reader = (*store)->open_reader();
        const std::uint64_t position = (*reader)->last_position().value_or(0);
        // The one that was under way may be there as well.
        ASSERT_GE(position, acknowledged);
        ASSERT_LE(position, acknowledged + 1);
        while (journal.position() < position) {
            journal.next(StreamId(journal.position() + 1), R"({"title":"Öfen"})");
        }
        const auto contents = read_contents(**reader, {}, {});
        ASSERT_TRUE(contents) << contents.error().message;
        ASSERT_EQ(contents->records.size(), position);
        ASSERT_EQ(contents->cases.size(), position);
        ASSERT_EQ(contents->records.back().hash, journal.head(StreamId(position)).hash);
    }
    std::printf("%llu processes killed, %llu commits looked for\n",
                static_cast<unsigned long long>(cycles),
                static_cast<unsigned long long>(journal.position()));
}

}  // namespace
}  // namespace guildmark::tests
