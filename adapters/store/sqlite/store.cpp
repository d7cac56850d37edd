// Invariants: there is one writing connection, and a record is written only behind the last one of
// its stream and of the journal. After a failure to read or write, the connection is closed and
// opened anew before it is used again, because what SQLite holds in memory may not be what the
// disk holds. After a commit in doubt nothing is written until recover() has succeeded.
#include "adapters/store/sqlite/store.h"

#include <optional>

#include <fmt/format.h>
#include <sqlite3.h>

#include "adapters/store/sqlite/checkpointer.h"
#include "adapters/store/sqlite/connection.h"
#include "adapters/store/sqlite/integrity.h"
#include "adapters/store/sqlite/lock_file.h"
#include "adapters/store/sqlite/reader.h"
#include "adapters/store/sqlite/schema.h"
#include "adapters/store/sqlite/stream_ends.h"
#include "adapters/store/sqlite/writer.h"
#include "engine/base/ensure.h"

namespace guildmark {

using sqlite::CheckpointMode;
using sqlite::Connection;
using sqlite::Transaction;

struct SqliteStore::State {
    std::string path;
    SqliteOptions options;
    std::optional<sqlite::LockFile> lock;
    std::optional<Connection> writer;
    std::optional<sqlite::Checkpointer> checkpointer;
    bool in_doubt = false;
    std::size_t log_pages = 0;           ///< As the last commit left it.
    std::size_t log_pages_seen = 0;      ///< As the commit before left it.
    std::size_t checkpointed_pages = 0;  ///< What the last checkpoint was asked to copy.
    std::size_t pause_at_pages = 0;      ///< When the log should begin anew.

    [[nodiscard]] sqlite::ConnectionOptions connection_options(sqlite::OpenMode mode) const;
    Result<Connection> open_reading() const;
    Result<void> open_writer();
    Result<Connection*> ready_writer();
    Result<void> start_checkpointer();
    void keep_log_short();
    void copy_log();
    Result<void> write(const std::function<Result<void>(Connection&)>& fill);
};

namespace {

int remember_log_pages(void* pages, sqlite3* /*database*/, const char* /*name*/, int count) {
    *static_cast<std::size_t*>(pages) = static_cast<std::size_t>(count);
    return SQLITE_OK;
}

Error read_only() {
    return failed("store_read_only", "the store was opened for reading; open it for writing");
}

Error still_in_doubt() {
    Error error = unavailable(
        "commit_in_doubt", "the outcome of an earlier commit is unknown; recover the store first");
    error.retry = Retry::never;
    return error;
}

/// Writes the version that is there: what counts is that the log begins with a new header that is
/// on the disk, so that no frame of an old log can be read again after power is lost.
Result<void> begin_log_anew(Connection& connection) {
    Transaction transaction = TRY(Transaction::begin_write(connection));
    TRY(connection.run(fmt::format("PRAGMA user_version={}", sqlite::schema_version())));
    return transaction.commit();
}

}  // namespace

sqlite::ConnectionOptions SqliteStore::State::connection_options(sqlite::OpenMode mode) const {
    sqlite::ConnectionOptions result;
    result.mode = mode;
    result.vfs = options.vfs;
    result.busy_timeout = options.busy_timeout;
    result.cache_kib =
        mode == sqlite::OpenMode::write ? options.writer_cache_kib : options.reader_cache_kib;
    return result;
}

Result<Connection> SqliteStore::State::open_reading() const {
    return Connection::open(path, connection_options(sqlite::OpenMode::read));
}

Result<void> SqliteStore::State::open_writer() {
    Connection connection =
        TRY(Connection::open(path, connection_options(sqlite::OpenMode::write)));
    const sqlite::SchemaState schema = TRY_CONTEXT(sqlite::schema_state(connection), path);
    // FULL before anything is written: the migrations are to last as well.
    TRY(connection.run(options.sync == StoreSync::full ? "PRAGMA synchronous=FULL"
                                                       : "PRAGMA synchronous=NORMAL"));
    TRY(connection.run("PRAGMA journal_mode=WAL"));
    if (schema != sqlite::SchemaState::current) {
        TRY(sqlite::migrate(connection));
    }
    log_pages = 0;
    log_pages_seen = 0;
    checkpointed_pages = 0;
    pause_at_pages = options.log_pages_max;
    writer.emplace(std::move(connection));
    sqlite3_wal_hook(writer->handle(), remember_log_pages, &log_pages);
    return {};
}

/// The connection that writes, opened anew after a failure. Errors: commit_in_doubt, and those of
/// opening it.
Result<Connection*> SqliteStore::State::ready_writer() {
    if (in_doubt) {
        return still_in_doubt();
    }
    if (!writer) {
        TRY(open_writer());
    }
    return &*writer;
}

Result<void> SqliteStore::State::start_checkpointer() {
    if (options.checkpoints == StoreCheckpoints::background) {
        Connection connection =
            TRY(Connection::open(path, connection_options(sqlite::OpenMode::write)));
        checkpointer.emplace(std::move(connection), options.report);
    }
    return {};
}

/// The log begins anew only when all of it has been copied and nobody writes meanwhile. Under
/// steady load a background checkpoint alone never gets there: at the cap, one is asked for, and
/// when it is done a commit copies the little that was written meanwhile, while nothing else is
/// written.
void SqliteStore::State::keep_log_short() {
    if (log_pages < log_pages_seen) {
        checkpointed_pages = 0;
        pause_at_pages = options.log_pages_max;
        log_pages_seen = 0;
    }
    const bool is_busy = log_pages - log_pages_seen >= options.commit_pages_large;
    log_pages_seen = log_pages;
    const bool is_far_over = log_pages >= pause_at_pages + options.log_pages_max;
    const std::size_t pages_left = log_pages - checkpointed_pages;
    if (pages_left >= (is_busy ? options.checkpoint_pages_busy : options.checkpoint_pages)) {
        checkpointed_pages = log_pages;
        checkpointer ? checkpointer->request() : copy_log();
    }
    if (checkpointer && log_pages >= pause_at_pages && (checkpointer->is_idle() || is_far_over)) {
        const auto pause = checkpointer->pause();
        copy_log();
        // A reader may hold the log as it is: then not again at once.
        pause_at_pages = log_pages + options.checkpoint_pages;
    }
}

/// A failure costs nothing but a longer log: the commit before stands, and the next copy is
/// complete.
void SqliteStore::State::copy_log() {
    const auto copied = sqlite::checkpoint(*writer, CheckpointMode::passive);
    if (!copied && copied.error().code != "store_busy" && options.report) {
        options.report(copied.error());
    }
}

Result<void> SqliteStore::State::write(const std::function<Result<void>(Connection&)>& fill) {
    if (options.access == StoreAccess::read) {
        return read_only();
    }
    Connection& connection = *TRY(ready_writer());
    auto result = [&]() -> Result<void> {
        Transaction transaction = TRY(Transaction::begin_write(connection));
        TRY(fill(connection));
        return transaction.commit();
    }();
    if (result) {
        keep_log_short();
        return {};
    }
    in_doubt = result.error().code == "commit_in_doubt";
    if (in_doubt || result.error().code == "store_failed") {
        writer.reset();
    }
    return result;
}

SqliteStore::SqliteStore(std::unique_ptr<State> state) : state_(std::move(state)) {}

SqliteStore::~SqliteStore() = default;

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const std::string& path,
                                                       const SqliteOptions& options) {
    auto state = std::make_unique<State>();
    state->path = path;
    state->options = options;
    if (options.access == StoreAccess::write) {
        if (options.lock == StoreLock::file) {
            state->lock.emplace(TRY(sqlite::LockFile::acquire(path)));
        }
        TRY(state->open_writer());
    }
    Connection connection = TRY(state->open_reading());
    if (TRY_CONTEXT(sqlite::schema_state(connection), path) != sqlite::SchemaState::current) {
        return failed("store_too_old",
                      "the file is of an earlier release; open it once for writing");
    }
    TRY(sqlite::check_schema(connection));
    if (options.start == StoreStart::checked) {
        TRY(sqlite::check_last_records(connection));
    }
    if (options.access == StoreAccess::write) {
        TRY(state->start_checkpointer());
    }
    return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(state)));
}

Result<void> SqliteStore::commit(const Commit& commit) {
    return state_->write(
        [&](Connection& connection) { return sqlite::write_commit(connection, commit); });
}

Result<void> SqliteStore::recover() {
    if (!state_->in_doubt) {
        return {};
    }
    const auto pause =
        state_->checkpointer ? state_->checkpointer->pause() : std::unique_lock<std::mutex>();
    state_->writer.reset();
    TRY(state_->open_writer());
    // The frames that were not written through may be gone from the disk although they can be read:
    // nothing may build on them, so they are copied into the database, which is written through.
    if (!TRY(sqlite::checkpoint(*state_->writer, CheckpointMode::truncate))) {
        return unavailable("store_busy", "readers keep the log from being copied");
    }
    TRY(begin_log_anew(*state_->writer));
    state_->in_doubt = false;
    return {};
}

Result<std::unique_ptr<StoreReader>> SqliteStore::open_reader() {
    return std::unique_ptr<StoreReader>(
        std::make_unique<sqlite::Reader>(TRY(state_->open_reading())));
}

Result<std::unique_ptr<StoreReader>> SqliteStore::open_writers_reader() {
    if (state_->options.access == StoreAccess::read) {
        return read_only();
    }
    return std::unique_ptr<StoreReader>(
        std::make_unique<sqlite::Reader>([state = state_.get()] { return state->ready_writer(); }));
}

Result<void> SqliteStore::rebuild(const std::function<Result<void>(const RebuildSink&)>& write) {
    return state_->write([&](Connection& connection) -> Result<void> {
        const auto lost = TRY(sqlite::check_ends(connection));
        if (!lost.empty()) {
            return corrupted(lost.front().code, lost.front().message, lost.front().subject);
        }
        TRY(sqlite::check_positions(connection));
        TRY(sqlite::clear_read_models(connection));
        return write(
            [&](const Commit& part) { return sqlite::write_read_models(connection, part); });
    });
}

Result<std::vector<StoreFault>> SqliteStore::check_integrity() {
    Connection connection = TRY(state_->open_reading());
    return sqlite::check_everything(connection);
}

}  // namespace guildmark
