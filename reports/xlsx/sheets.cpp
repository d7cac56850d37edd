#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <xlsxwriter.h>

#include "reports/xlsx/book.h"
#include "reports/xlsx/cell_text.h"

namespace guildmark::reports::xlsx {

namespace {

constexpr unsigned label_width = 30;
constexpr unsigned fact_width = 92;
constexpr std::uint32_t chart_rows = 19;
constexpr std::uint32_t page_rows = 2 + 2 * chart_rows;  // the first page has two charts
constexpr std::uint16_t summary_scale_percent = 74;
constexpr std::uint16_t frozen_columns = 2;
constexpr std::uint32_t rows_max = 1'048'575;  // of a sheet, beside the header

std::uint16_t column_number(std::size_t index) {
    return static_cast<std::uint16_t>(index);
}

std::uint32_t row_number(std::size_t index) {
    return static_cast<std::uint32_t>(index);
}

void set_widths(lxw_worksheet* sheet, const std::vector<Column>& columns) {
    for (std::size_t index = 0; index < columns.size(); ++index) {
        const std::uint16_t column = column_number(index);
        ::worksheet_set_column(sheet, column, column, columns[index].width, nullptr);
    }
}

/// Colors every cell of a column that holds one of its texts, also one that is typed in later.
void set_tones(Book& book,
               lxw_worksheet* sheet,
               const Column& column,
               std::uint16_t number,
               std::pair<std::uint32_t, std::uint32_t> first_and_last_row) {
    for (const auto& [text, tone] : column.tones) {
        std::string quoted = fmt::format("\"{}\"", text);
        lxw_conditional_format condition{};
        condition.type = LXW_CONDITIONAL_TYPE_CELL;
        condition.criteria = LXW_CONDITIONAL_CRITERIA_EQUAL_TO;
        condition.value_string = quoted.data();
        condition.format = book.tone_format(tone);
        book.check(::worksheet_conditional_format_range(sheet,
                                                        first_and_last_row.first,
                                                        number,
                                                        first_and_last_row.second,
                                                        number,
                                                        &condition));
    }
}

void write_header(Book& book, lxw_worksheet* sheet, std::uint32_t row, const Table& table) {
    std::size_t lines = 1;
    for (const Column& column : table.columns) {
        lines = std::max(lines, count_lines(column.title, column.width));
    }
    book.set_lines(sheet, row, lines, Role::header);
    for (std::size_t index = 0; index < table.columns.size(); ++index) {
        const Column& column = table.columns[index];
        book.write(sheet, row, column_number(index), column.title, column.kind, Role::header);
    }
}

/// How many lines the row's longest text takes. Excel would find that out by itself when it opens
/// the file; LibreOffice does not.
std::size_t lines_of(const std::vector<Cell>& cells, const std::vector<Column>& columns) {
    std::size_t lines = 1;
    for (std::size_t index = 0; index < cells.size(); ++index) {
        const auto* text = std::get_if<std::string>(&cells[index].value);
        if (columns[index].kind == ColumnKind::wrapped && text != nullptr) {
            lines = std::max(lines, count_lines(*text, columns[index].width));
        }
    }
    return lines;
}

void write_cells(Book& book,
                 lxw_worksheet* sheet,
                 std::uint32_t row,
                 const std::vector<Cell>& cells,
                 const std::vector<Column>& columns) {
    if (const std::size_t lines = lines_of(cells, columns); lines > 1) {
        book.set_lines(sheet, row, lines, Role::body);
    }
    for (std::size_t column = 0; column < cells.size(); ++column) {
        book.write(sheet, row, column_number(column), cells[column], columns[column].kind);
    }
}

/// Writes a small table with its title above; tells the row after it, one left empty.
std::uint32_t write_block(Book& book, lxw_worksheet* sheet, std::uint32_t row, const Table& table) {
    book.set_lines(sheet, row, 1, Role::subtitle);
    book.write(sheet, row, 0, table.title, ColumnKind::text, Role::subtitle);
    write_header(book, sheet, row + 1, table);
    for (std::size_t index = 0; index < table.rows.size(); ++index) {
        write_cells(book, sheet, row + 2 + row_number(index), table.rows[index], table.columns);
    }
    const std::uint32_t end = row + 2 + row_number(table.rows.size());
    for (std::size_t index = 0; index < table.columns.size() && !table.rows.empty(); ++index) {
        set_tones(book, sheet, table.columns[index], column_number(index), {row + 2, end - 1});
    }
    return end + 1;
}

ColumnKind kind_of(const Value& value) {
    if (std::holds_alternative<Date>(value)) {
        return ColumnKind::date;
    }
    return std::holds_alternative<Instant>(value) ? ColumnKind::instant : ColumnKind::wrapped;
}

}  // namespace

void write_cover(Book& book, lxw_worksheet* sheet, const ProgressReport& report) {
    ::worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
    ::worksheet_set_column(sheet, 0, 0, label_width, nullptr);
    ::worksheet_set_column(sheet, 1, 1, fact_width, nullptr);
    book.set_lines(sheet, 0, 1, Role::title);
    book.write(sheet, 0, 0, report.title, ColumnKind::text, Role::title);
    book.set_lines(sheet, 1, 1, Role::subtitle);
    book.write(sheet, 1, 0, report.subject, ColumnKind::text, Role::subtitle);
    std::uint32_t row = 3;
    for (const Fact& fact : report.cover) {
        const auto* text = std::get_if<std::string>(&fact.cell.value);
        if (text != nullptr) {
            book.set_lines(sheet, row, count_lines(*text, fact_width), Role::body);
        }
        book.write(sheet, row, 0, fact.label, ColumnKind::wrapped, Role::label);
        book.write(sheet, row, 1, fact.cell, kind_of(fact.cell.value), Role::plain);
        ++row;
    }
    book.set_lines(sheet, row + 1, count_lines(report.about, fact_width), Role::label);
    book.write(sheet, row + 1, 1, report.about, ColumnKind::wrapped, Role::label);
}

void write_summary(Book& book, lxw_worksheet* sheet, const ProgressReport& report) {
    ::worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
    // Programs leave breaks out where a page is fitted, so it is scaled; and two pages read better
    // than three with a chart cut in two.
    ::worksheet_set_print_scale(sheet, summary_scale_percent);
    // One set of widths serves all blocks: names, then numbers.
    set_widths(sheet, report.charts.back().table.columns);
    book.set_lines(sheet, 0, 1, Role::subtitle);
    book.write(sheet, 0, 0, report.subject, ColumnKind::text, Role::subtitle);
    std::uint32_t row = write_block(book, sheet, 2, report.path);
    row = write_block(book, sheet, row, report.figures);
    std::uint32_t chart_row = 2;
    std::vector<lxw_row_t> breaks;
    for (const Chart& chart : report.charts) {
        const std::uint32_t block_end = row + row_number(chart.table.rows.size()) + 2;
        if (block_end > page_rows && breaks.empty()) {
            row = std::max(row, page_rows);
            breaks.push_back(row);
        }
        if (chart_row >= page_rows && !breaks.empty()) {
            chart_row = std::max(chart_row, breaks.back());
            if (chart_row + chart_rows > breaks.back() + page_rows) {
                chart_row = breaks.back() + page_rows;
                breaks.push_back(chart_row);
            }
        }
        const std::uint32_t header_row = row + 1;
        row = write_block(book, sheet, row, chart.table);
        if (!chart.table.rows.empty()) {
            insert_chart(book, sheet, report.summary_name, chart, header_row, chart_row);
            chart_row += chart_rows;
        }
    }
    breaks.push_back(0);  // Ends the list.
    book.check(::worksheet_set_h_pagebreaks(sheet, breaks.data()));
}

TableSheet::TableSheet(Book& book, const Table& table)
    : book_(&book), table_(&table), sheet_(book.add_sheet(table.title)) {
    set_widths(sheet_, table.columns);
    ::worksheet_freeze_panes(sheet_, 1, frozen_columns);
    book.check(::worksheet_repeat_rows(sheet_, 0, 0));
    write_header(book, sheet_, 0, table);
}

Result<void> TableSheet::write_row(const std::vector<Cell>& cells) {
    if (rows_ == rows_max) {
        return too_large(
            "report_too_large",
            fmt::format(
                "The table \"{}\" has more rows than the {} of a sheet.", table_->title, rows_max));
    }
    ++rows_;
    write_cells(*book_, sheet_, rows_, cells, table_->columns);
    return {};
}

void TableSheet::finish() {
    const std::uint32_t last_row = std::max<std::uint32_t>(rows_, 1);
    const std::size_t columns = table_->columns.size();
    book_->check(::worksheet_autofilter(sheet_, 0, 0, last_row, column_number(columns - 1)));
    for (std::size_t index = 0; index < columns; ++index) {
        set_tones(*book_, sheet_, table_->columns[index], column_number(index), {1, last_row});
    }
}

}  // namespace guildmark::reports::xlsx
