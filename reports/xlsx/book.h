#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "reports/model/progress.h"
#include "reports/model/table.h"

struct lxw_workbook;
struct lxw_worksheet;
struct lxw_format;

namespace guildmark::reports::xlsx {

/// What a cell is for, which decides its look beside kind and tone.
enum class Role { body, header, title, subtitle, label, plain };

/// What of a workbook is held in memory while it is written: all of it, where texts are shared and
/// charts bring their numbers along, so that also programs that calculate nothing can show them; or
/// the row at hand of each sheet, for as many rows as there may be.
enum class Memory { all, row };

/// One workbook while it is written.
class Book {
public:
    /// Begins a workbook that close() writes to `path`. `report` outlives it.
    Book(const std::string& path, const ProgressReport& report, Memory memory);
    ~Book();

    Book(const Book&) = delete;
    Book& operator=(const Book&) = delete;

    /// Adds a sheet, with its page set up for printing. The book owns it.
    lxw_worksheet* add_sheet(const std::string& name);

    /// Writes one cell. An empty one is written only where its role or tone has a look.
    void write(lxw_worksheet* sheet,
               std::uint32_t row,
               std::uint16_t column,
               const Cell& cell,
               ColumnKind kind,
               Role role = Role::body);

    /// Makes `row` high enough for `lines` lines; REQUIRES: none of its cells was written yet.
    void set_lines(lxw_worksheet* sheet, std::uint32_t row, std::size_t lines, Role role);

    /// The look of cells; made once and shared.
    lxw_format* format(ColumnKind kind, Tone tone, Role role = Role::body);

    /// The look that a tone gives to any cell, for conditional formats.
    lxw_format* tone_format(Tone tone);

    /// Notes the first error number of libxlsxwriter; close() returns it.
    void check(int error);

    [[nodiscard]] lxw_workbook* workbook() { return workbook_; }

    /// Writes the file. Nothing else may be called after. Errors: report_failed.
    Result<void> close();

private:
    static constexpr std::size_t kinds = static_cast<std::size_t>(ColumnKind::amount) + 1;
    static constexpr std::size_t tones = 5;
    static constexpr std::size_t roles = 6;

    lxw_format* make_format(ColumnKind kind, Tone tone, Role role);
    void write_value(lxw_worksheet* sheet,
                     std::uint32_t row,
                     std::uint16_t column,
                     const Value& value,
                     lxw_format* look);

    const ProgressReport& report_;
    lxw_workbook* workbook_ = nullptr;
    std::array<lxw_format*, kinds * tones * roles> formats_{};
    std::array<lxw_format*, tones> tone_formats_{};
    std::string scratch_;
    int first_error_ = 0;
};

/// Days since the last of 1899, as spreadsheets count them (ECMA-376, part 1, 18.17.4.1).
[[nodiscard]] double to_serial(Date date);
[[nodiscard]] double to_serial(Instant instant);

/// The parts of the report, each on a sheet that was added for it.
void write_cover(Book& book, lxw_worksheet* sheet, const ProgressReport& report);
void write_summary(Book& book, lxw_worksheet* sheet, const ProgressReport& report);

/// A table on a sheet of its own, written row by row.
class TableSheet {
public:
    /// Adds the sheet, with its line of titles. `book` and `table` outlive it.
    TableSheet(Book& book, const Table& table);

    /// Writes the next row. Errors: report_too_large (more than 1,048,575 rows).
    [[nodiscard]] Result<void> write_row(const std::vector<Cell>& cells);

    /// Adds what spans all rows: the filter, and the colors of columns.
    void finish();

private:
    Book* book_;
    const Table* table_;
    lxw_worksheet* sheet_;
    std::uint32_t rows_ = 0;
};

/// Inserts a chart of the table that stands in `sheet` under `header_row`, with its corner at
/// (`row`, `column`).
void insert_chart(Book& book,
                  lxw_worksheet* sheet,
                  const std::string& sheet_name,
                  const Chart& chart,
                  std::uint32_t header_row,
                  std::uint32_t row);

}  // namespace guildmark::reports::xlsx
