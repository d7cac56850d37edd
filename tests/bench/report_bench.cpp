// How fast a report is written: rows a second through our model and writer, beside the same cells
// written with libxlsxwriter alone, in turns.
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <xlsxwriter.h>

#include "engine/base/ensure.h"
#include "reports/xlsx/progress_workbook.h"
#include "tests/bench/figures.h"
#include "tests/support/temporary_folder.h"

namespace {

using namespace guildmark;
using namespace guildmark::reports;
using guildmark::bench::Figure;
using guildmark::bench::Timings;

constexpr std::size_t columns = 10;
constexpr double aim = 0.9;

struct Options {
    std::size_t rows = 100'000;
    std::size_t rounds = 5;
    bool json = false;
};

std::string text_of(std::size_t row, std::size_t column) {
    return fmt::format("row {} column {}: what people write 审核", row, column);
}

/// Five texts, two counts, two dates and a time in each row.
ProgressReport make_report(std::size_t rows) {
    ProgressReport report;
    report.font = "Calibri";
    report.cover_name = "Cover";
    report.summary_name = "Summary";
    Table none{"None", {{"Empty", ColumnKind::text, 10}}, {}};
    report.path = none;
    report.figures = none;
    report.charts = {{ChartKind::line, none, {}}};
    Table table{"Rows", {}, {}};
    for (std::size_t column = 0; column < columns; ++column) {
        const ColumnKind kind = column < 5   ? ColumnKind::text
                                : column < 7 ? ColumnKind::count
                                : column < 9 ? ColumnKind::date
                                             : ColumnKind::instant;
        table.columns.push_back({fmt::format("Column {}", column), kind, 20});
    }
    const Date day = Date::parse("2026-03-02").value();
    table.rows.reserve(rows);
    for (std::size_t row = 0; row < rows; ++row) {
        std::vector<Cell> cells;
        for (std::size_t column = 0; column < 5; ++column) {
            cells.emplace_back(text_of(row, column));
        }
        cells.emplace_back(reports::Value(std::uint64_t{row}));
        cells.emplace_back(reports::Value(std::uint64_t{row * 1'317}));
        cells.emplace_back(reports::Value(day));
        cells.emplace_back(reports::Value(day.plus_days(static_cast<int>(row % 1'000))));
        cells.emplace_back(reports::Value(day.begin()));
        table.rows.push_back(std::move(cells));
    }
    report.tables = {std::move(table)};
    return report;
}

/// The same cells, ready to be handed over.
struct BareCells {
    std::vector<std::string> texts;
    std::vector<double> numbers;
};

BareCells make_bare_cells(std::size_t rows) {
    BareCells cells;
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t column = 0; column < 5; ++column) {
            cells.texts.push_back(text_of(row, column));
        }
        const auto number = static_cast<double>(row);
        for (const double value : {number, number * 1'317, 46'083.0, 46'083.0 + number, 46'083.0}) {
            cells.numbers.push_back(value);
        }
    }
    return cells;
}

void write_bare(const BareCells& cells, const std::string& path) {
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    lxw_workbook* workbook = ::workbook_new_opt(path.c_str(), &options);
    lxw_worksheet* sheet = ::workbook_add_worksheet(workbook, "Rows");
    lxw_format* text = ::workbook_add_format(workbook);
    lxw_format* count = ::workbook_add_format(workbook);
    lxw_format* date = ::workbook_add_format(workbook);
    ::format_set_border(text, LXW_BORDER_THIN);
    ::format_set_num_format(count, "#,##0");
    ::format_set_num_format(date, "yyyy-mm-dd");
    const std::size_t rows = cells.texts.size() / 5;
    for (std::size_t row = 0; row < rows; ++row) {
        const auto at = static_cast<lxw_row_t>(row + 1);
        for (std::size_t column = 0; column < 5; ++column) {
            ::worksheet_write_string(sheet,
                                     at,
                                     static_cast<lxw_col_t>(column),
                                     cells.texts[row * 5 + column].c_str(),
                                     text);
        }
        for (std::size_t column = 0; column < 5; ++column) {
            ::worksheet_write_number(sheet,
                                     at,
                                     static_cast<lxw_col_t>(column + 5),
                                     cells.numbers[row * 5 + column],
                                     column < 2 ? count : date);
        }
    }
    ENSURE(::workbook_close(workbook) == LXW_NO_ERROR, "a benchmark writes its file");
}

/// Rows for each second of the process's own time, which other work on the machine disturbs least.
double rows_per_second(const Options& options, const Timings& timings) {
    return static_cast<double>(options.rows) * 1e6 / timings.cpu_us();
}

int run(const Options& options) {
    const tests::TemporaryFolder folder;
    const ProgressReport report = make_report(options.rows);
    const BareCells cells = make_bare_cells(options.rows);
    Timings ours;
    Timings bare;
    std::vector<double> ratios;
    std::vector<double> our_rates;
    std::vector<double> bare_rates;
    for (std::size_t round = 0; round < options.rounds; ++round) {
        bare = bench::repeat(1, [&] { write_bare(cells, folder.path("bare.xlsx")); });
        ours = bench::repeat(1, [&] {
            ENSURE(write_progress_report(report, folder.path("report.xlsx")),
                   "a benchmark writes its file");
        });
        bare_rates.push_back(rows_per_second(options, bare));
        our_rates.push_back(rows_per_second(options, ours));
        ratios.push_back(our_rates.back() / bare_rates.back());
    }
    const double ratio = bench::median(ratios);
    Figure yardstick;
    yardstick.name = fmt::format("libxlsxwriter alone, {} rows of {} cells", options.rows, columns);
    yardstick.value = bench::median(bare_rates);
    yardstick.unit = "rows/CPU s";
    Figure writer = yardstick;
    writer.name = "the report's writer, the same cells";
    writer.value = bench::median(our_rates);
    writer.against = "libxlsxwriter alone";
    writer.ratio = ratio;
    writer.aim = fmt::format(">= {}", aim);
    writer.reached = ratio >= aim;
    bench::print("report", {yardstick, writer}, options.json);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app{"Measures how fast reports are written, against libxlsxwriter alone."};
    app.add_option("--rows", options.rows, "How many rows the table has");
    app.add_option("--rounds", options.rounds, "How often both are measured, in turns");
    app.add_flag("--json", options.json, "JSON instead of a table");
    CLI11_PARSE(app, argc, argv);
    return run(options);
}
