#include "reports/xlsx/streamed_workbook.h"

#include <vector>

#include <fmt/format.h>

#include "engine/base/ensure.h"
#include "reports/file/temporary_report.h"
#include "reports/xlsx/book.h"

namespace guildmark::reports {

namespace {

Result<void> write_streamed_book(ProgressReport& report,
                                 const RowSource& source,
                                 Extent extent,
                                 const std::string& path) {
    xlsx::Book book(path, report, extent == Extent::small ? xlsx::Memory::all : xlsx::Memory::row);
    // Sheets stand in the order in which they are added, whenever they are written.
    lxw_worksheet* cover = book.add_sheet(report.cover_name);
    lxw_worksheet* summary = book.add_sheet(report.summary_name);
    std::vector<xlsx::TableSheet> sheets;
    for (const Table& table : report.tables) {
        sheets.emplace_back(book, table);
    }
    const RowSink sink = [&](std::size_t number, const std::vector<Cell>& cells) -> Result<void> {
        ENSURE(number < sheets.size(), "a row of a table that the report does not have");
        return sheets[number].write_row(cells);
    };
    TRY(source(report, sink));
    for (xlsx::TableSheet& sheet : sheets) {
        sheet.finish();
    }
    xlsx::write_cover(book, cover, report);
    xlsx::write_summary(book, summary, report);
    return book.close();
}

}  // namespace

Result<void> write_streamed_report(ProgressReport report,
                                   const RowSource& source,
                                   Extent extent,
                                   const std::string& path) {
    TemporaryReport temporary = TRY(TemporaryReport::make_beside(path, 0666));
    TRY(write_streamed_book(report, source, extent, temporary.path()));
    return temporary.publish(path);
}

}  // namespace guildmark::reports
