#include "reports/xlsx/progress_workbook.h"

#include <vector>

#include "reports/file/temporary_report.h"
#include "reports/xlsx/book.h"

namespace guildmark::reports {

namespace {

// Up to this many rows a workbook is held in memory.
constexpr std::size_t rows_in_memory_max = 10'000;

Result<void> write_book(const ProgressReport& report, const std::string& path) {
    std::size_t rows = 0;
    for (const Table& table : report.tables) {
        rows += table.rows.size();
    }
    const xlsx::Memory memory = rows > rows_in_memory_max ? xlsx::Memory::row : xlsx::Memory::all;
    xlsx::Book book(path, report, memory);
    xlsx::write_cover(book, book.add_sheet(report.cover_name), report);
    xlsx::write_summary(book, book.add_sheet(report.summary_name), report);
    for (const Table& table : report.tables) {
        xlsx::TableSheet sheet(book, table);
        for (const std::vector<Cell>& cells : table.rows) {
            TRY(sheet.write_row(cells));
        }
        sheet.finish();
    }
    return book.close();
}

}  // namespace

Result<void> write_progress_report(const ProgressReport& report, const std::string& path) {
    TemporaryReport temporary = TRY(TemporaryReport::make_beside(path, 0666));
    const Result<void> written = write_book(report, temporary.path());
    if (!written) {
        return written.error();
    }
    return temporary.publish(path);
}

}  // namespace guildmark::reports
