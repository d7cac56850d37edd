#include "reports/xlsx/progress_workbook.h"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include <fmt/format.h>

#include "reports/file/temporary_report.h"
#include "reports/xlsx/book.h"

namespace guildmark::reports {

namespace {

constexpr std::size_t rows_max = 1'048'575;  // of a sheet, beside the header

Result<void> write_book(const ProgressReport& report, const std::string& path) {
    for (const Table& table : report.tables) {
        if (table.rows.size() > rows_max) {
            return too_large("report_too_large",
                             fmt::format("The table \"{}\" has {} rows; a sheet holds {}.",
                                         table.title,
                                         table.rows.size(),
                                         rows_max));
        }
    }
    xlsx::Book book(path, report);
    xlsx::write_cover(book, report);
    xlsx::write_summary(book, report);
    for (const Table& table : report.tables) {
        xlsx::write_table_sheet(book, table);
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

Result<std::string> progress_report_bytes(const ProgressReport& report) {
    std::error_code no_folder;
    const std::filesystem::path folder = std::filesystem::temp_directory_path(no_folder);
    if (no_folder) {
        return report_failed(no_folder.value(), "finding the temporary folder", "");
    }
    const TemporaryReport temporary =
        TRY(TemporaryReport::make_beside((folder / "guildmark-report").string(), 0600));
    const Result<void> written = write_book(report, temporary.path());
    if (!written) {
        return written.error();
    }
    std::ifstream file(temporary.path(), std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    if (!file.good() || !bytes.good()) {
        return report_failed(EIO, "reading it back", temporary.path());
    }
    return std::move(bytes).str();
}

}  // namespace guildmark::reports
