#pragma once

#include <cstdint>
#include <string_view>

#include "engine/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace guildmark::sqlite {

/// What SQLite's result `code` means to a caller of the port: store_busy, store_full,
/// store_corrupted or store_failed. `what` says what was being done: "reading a case".
[[nodiscard]] Error error_of(sqlite3* database, int code, std::string_view what);

/// Owns one prepared statement. Parameters and columns are counted from 0.
class Statement {
public:
    /// REQUIRES: `handle` came from sqlite3_prepare_v3.
    explicit Statement(sqlite3_stmt* handle) : handle_(handle) {}

    ~Statement();

    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&& other) noexcept;

    void bind_null(int parameter);
    void bind_number(int parameter, std::int64_t number);

    /// The bytes are not copied; they must live until the statement is reset or bound anew.
    void bind_text(int parameter, std::string_view text);
    void bind_bytes(int parameter, std::string_view bytes);

    /// As bind_text, but `text` need not live on.
    void bind_text_copied(int parameter, std::string_view text);

    /// True: there is a row to read. False: it has run to its end.
    [[nodiscard]] Result<bool> step();

    /// As step, with SQLite's own result code: for COMMIT, whose failures are told apart.
    [[nodiscard]] int step_code();

    void reset();

    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] bool is_number(int column) const;
    [[nodiscard]] bool is_text(int column) const;
    [[nodiscard]] bool is_bytes(int column) const;
    [[nodiscard]] std::int64_t number(int column) const;

    /// Valid until the next step or reset. Empty when there is no memory or no value.
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] std::string_view bytes(int column) const;

private:
    sqlite3_stmt* handle_ = nullptr;
};

}  // namespace guildmark::sqlite
