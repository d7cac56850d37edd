#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/instant.h"
#include "engine/base/result.h"

/// What reports are made of, apart from the form in which they are written.
namespace guildmark::reports {

/// What something means for the reader, shown as a color.
enum class Tone { none, good, partly, bad, muted };

using Value = std::variant<std::monostate, std::string, std::uint64_t, Date, Instant, double>;

/// One cell: a value, and what it means where its column does not say so for all.
struct Cell {
    Value value;
    Tone tone = Tone::none;

    Cell() = default;

    // NOLINTNEXTLINE(google-explicit-constructor): a value is a cell
    Cell(Value content, Tone meaning = Tone::none) : value(std::move(content)), tone(meaning) {}

    /// A text; an empty one leaves the cell empty.
    // NOLINTNEXTLINE(google-explicit-constructor): so is a text
    Cell(std::string text, Tone meaning = Tone::none) : tone(meaning) {
        if (!text.empty()) {
            value = std::move(text);
        }
    }

    bool operator==(const Cell&) const = default;
};

/// What a column holds; `wrapped` is text of several lines, `decimal` a number that is shown
/// with one decimal, `amount` an exact amount of money as text.
enum class ColumnKind { text, wrapped, count, date, instant, decimal, amount };

/// A column of a table.
struct Column {
    std::string title;
    ColumnKind kind = ColumnKind::text;
    unsigned width = 12;  ///< In characters.
    /// Texts that mean something wherever they stand in the column.
    std::vector<std::pair<std::string, Tone>> tones{};
    bool is_for_hand = false;  ///< To be filled in with a pen: on paper its rows have room.
};

/// Rows under a line of titles.
struct Table {
    std::string title;  ///< Also the name of its sheet.
    std::vector<Column> columns;
    std::vector<std::vector<Cell>> rows;  ///< Each has one cell for each column.
};

/// Takes the next row of the table of that number. Errors: those of whoever writes it.
using RowSink = std::function<Result<void>(std::size_t table, const std::vector<Cell>& cells)>;

/// How a chart shows its table.
enum class ChartKind {
    doughnut,     ///< One series; each row is a slice.
    stacked_bar,  ///< Each row is a bar.
    line,         ///< Each row is a point in time.
};

/// A picture of a table: the first column names the rows, each other one is a series of counts.
struct Chart {
    ChartKind kind = ChartKind::line;
    Table table;
    std::vector<std::uint32_t> colors;  ///< 0xRRGGBB, of each slice or else of each series.
};

/// A label and what it stands for.
struct Fact {
    std::string label;
    Cell cell;
};

}  // namespace guildmark::reports
