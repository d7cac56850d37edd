#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "engine/base/result.h"
#include "engine/ports/store.h"

namespace guildmark {

/// What a process does with the store.
enum class StoreAccess {
    write,  ///< The one writer; makes the file when it is not there.
    read,   ///< Beside a writer or alone: reports, verification. Commits are refused.
};

/// What a commit waits for.
enum class StoreSync {
    full,    ///< A commit is on the disk before it is answered.
    normal,  ///< Power loss undoes answered commits. Only to show that tests can see that.
};

/// Where the log is copied into the database.
enum class StoreCheckpoints {
    background,      ///< On a thread of the store's own.
    within_commits,  ///< Within commits: for tests that need one order of all reads and writes.
};

/// Whether a store whose last records are damaged is opened.
enum class StoreStart {
    checked,    ///< No: nothing may build on them.
    unchecked,  ///< Yes, to find out what is wrong with it.
};

/// How a second writer is kept away.
enum class StoreLock {
    file,  ///< "<path>-lock" keeps a second writer away.
    none,  ///< For file systems of tests.
};

/// How a store is opened; the defaults are those of a server.
struct SqliteOptions {
    StoreAccess access = StoreAccess::write;
    StoreSync sync = StoreSync::full;
    StoreCheckpoints checkpoints = StoreCheckpoints::background;
    StoreLock lock = StoreLock::file;
    StoreStart start = StoreStart::checked;
    std::string vfs;  ///< SQLite's name of the operating system layer; empty: the usual one.
    /// How long to wait for another connection before store_busy.
    std::chrono::milliseconds busy_timeout{5'000};
    /// In a file of up to 1 GiB, SQLite goes through all that it keeps when pages were put in order
    /// in a commit: more than this costs more than it saves.
    std::size_t writer_cache_kib = 16'384;
    std::size_t reader_cache_kib = 16'384;
    /// Each time that the log has grown by so many pages they are copied into the database.
    std::size_t checkpoint_pages = 4'000;
    /// The same after a commit of at least commit_pages_large. While the disk writes what was
    /// copied no commit is synced, so little is copied at once when many wait, and much, which is
    /// less in all because hot pages are copied once, when few do.
    std::size_t checkpoint_pages_busy = 500;
    std::size_t commit_pages_large = 64;
    /// From this many on (16 MiB) the log is to begin anew, and at twice as many commits wait for
    /// that. A log that is not longer is overwritten, which the disk syncs faster than growth.
    std::size_t log_pages_max = 4'000;
    /// Told, on any thread, when checkpoints begin to fail: the log grows. May be empty.
    std::function<void(const Error&)> report;
};

/// The store in one SQLite file, with its write-ahead log beside it.
///
/// Thread: one at a time, but open_reader and check_integrity from any.
class SqliteStore final : public Store {
public:
    /// Opens the store, brings its schema up to date, and checks at bounded cost: header, schema,
    /// and the chain of the last records.
    /// Errors: store_in_use (another process writes), store_foreign (a file of another program),
    /// store_too_new (of a later release), store_too_old (read-only, and the schema is of an
    /// earlier release), store_corrupted, journal_end_differs, store_busy, store_full,
    /// store_failed.
    [[nodiscard]] static Result<std::unique_ptr<SqliteStore>> open(const std::string& path,
                                                                   const SqliteOptions& options);

    /// Copies the log into the database and removes it, unless readers are still open.
    ~SqliteStore() override;

    /// Also store_read_only.
    Result<void> commit(const Commit& commit) override;
    Result<void> recover() override;
    Result<std::unique_ptr<StoreReader>> open_reader() override;

    /// Also store_read_only.
    Result<std::unique_ptr<StoreReader>> open_writers_reader() override;

    /// Also store_read_only.
    Result<void> rebuild(const std::function<Result<void>(const RebuildSink&)>& write) override;

    /// Goes through the whole file: SQLite's own check, each row's check, the journal's positions,
    /// and whether indexes say what rows say. It does not go through the hash chains.
    Result<std::vector<StoreFault>> check_integrity() override;

private:
    struct State;

    explicit SqliteStore(std::unique_ptr<State> state);

    std::unique_ptr<State> state_;
};

}  // namespace guildmark
