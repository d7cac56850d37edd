#include "adapters/store/sqlite/statement.h"

#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

#include "engine/base/ensure.h"

namespace guildmark::sqlite {
namespace {

void bind_text_with(sqlite3_stmt* statement,
                    int parameter,
                    std::string_view text,
                    sqlite3_destructor_type lifetime) {
    // A null pointer would bind NULL, and an empty view may hold one.
    const char* const begin = text.empty() ? "" : text.data();
    ENSURE(sqlite3_bind_text64(
               statement, parameter + 1, begin, text.size(), lifetime, SQLITE_UTF8) == SQLITE_OK,
           "no such parameter, or a text over SQLite's limit");
}

}  // namespace

Error error_of(sqlite3* database, int code, std::string_view what) {
    std::string message = fmt::format("{}: {}", what, sqlite3_errstr(code));
    if (database != nullptr) {
        message = fmt::format("{} ({})", message, sqlite3_errmsg(database));
    }
    // The low byte is the primary code; the rest only says more about it.
    switch (code & 0xFF) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return unavailable("store_busy", std::move(message));
        case SQLITE_FULL:
            return unavailable("store_full", std::move(message));
        case SQLITE_NOTADB:
            return failed("store_foreign",
                          "the file is no SQLite database: it is of another program, or its first "
                          "page is damaged; name another data folder, or restore a backup");
        case SQLITE_CORRUPT:
        case SQLITE_FORMAT:
            return corrupted("store_corrupted", std::move(message));
        default:
            return failed("store_failed", std::move(message));
    }
}

Statement::~Statement() {
    sqlite3_finalize(handle_);
}

Statement::Statement(Statement&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}

Statement& Statement::operator=(Statement&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
}

void Statement::bind_null(int parameter) {
    ENSURE(sqlite3_bind_null(handle_, parameter + 1) == SQLITE_OK, "no such parameter");
}

void Statement::bind_number(int parameter, std::int64_t number) {
    ENSURE(sqlite3_bind_int64(handle_, parameter + 1, number) == SQLITE_OK, "no such parameter");
}

void Statement::bind_text(int parameter, std::string_view text) {
    bind_text_with(handle_, parameter, text, SQLITE_STATIC);
}

void Statement::bind_text_copied(int parameter, std::string_view text) {
    bind_text_with(handle_, parameter, text, SQLITE_TRANSIENT);
}

void Statement::bind_bytes(int parameter, std::string_view bytes) {
    const char* const begin = bytes.empty() ? "" : bytes.data();
    ENSURE(sqlite3_bind_blob64(handle_, parameter + 1, begin, bytes.size(), SQLITE_STATIC) ==
               SQLITE_OK,
           "no such parameter, or bytes over SQLite's limit");
}

int Statement::step_code() {
    return sqlite3_step(handle_);
}

Result<bool> Statement::step() {
    const int code = sqlite3_step(handle_);
    if (code == SQLITE_ROW) {
        return true;
    }
    if (code == SQLITE_DONE) {
        return false;
    }
    sqlite3* const database = sqlite3_db_handle(handle_);
    return error_of(database, sqlite3_extended_errcode(database), sqlite3_sql(handle_));
}

void Statement::reset() {
    // Repeats the error of the last step, which step has told already.
    sqlite3_reset(handle_);
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

bool Statement::is_number(int column) const {
    return sqlite3_column_type(handle_, column) == SQLITE_INTEGER;
}

bool Statement::is_text(int column) const {
    return sqlite3_column_type(handle_, column) == SQLITE_TEXT;
}

bool Statement::is_bytes(int column) const {
    return sqlite3_column_type(handle_, column) == SQLITE_BLOB;
}

std::int64_t Statement::number(int column) const {
    return sqlite3_column_int64(handle_, column);
}

std::string_view Statement::text(int column) const {
    const auto* const begin = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
    const int size = sqlite3_column_bytes(handle_, column);
    return begin == nullptr ? std::string_view()
                            : std::string_view(begin, static_cast<std::size_t>(size));
}

std::string_view Statement::bytes(int column) const {
    const auto* const begin = static_cast<const char*>(sqlite3_column_blob(handle_, column));
    const int size = sqlite3_column_bytes(handle_, column);
    return begin == nullptr ? std::string_view()
                            : std::string_view(begin, static_cast<std::size_t>(size));
}

}  // namespace guildmark::sqlite
