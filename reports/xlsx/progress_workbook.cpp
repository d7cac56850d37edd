#include "reports/xlsx/progress_workbook.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

#include "reports/xlsx/book.h"

namespace guildmark::reports {

namespace {

constexpr std::size_t rows_max = 1'048'575;  // of a sheet, beside the header

Error report_failed(int error_number, std::string_view doing, const std::string& path) {
    return failed("report_failed",
                  fmt::format("The report could not be written: {}: {}.",
                              doing,
                              std::generic_category().message(error_number)),
                  path);
}

/// A file that is removed unless it was renamed.
class TemporaryReport {
public:
    explicit TemporaryReport(std::string path) : path_(std::move(path)) {}

    ~TemporaryReport() {
        if (!path_.empty()) {
            ::unlink(path_.c_str());
        }
    }

    TemporaryReport(const TemporaryReport&) = delete;
    TemporaryReport& operator=(const TemporaryReport&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }

    Result<void> publish(const std::string& target) {
        const int file = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
        const bool synced = file >= 0 && ::fsync(file) == 0;
        const int error = errno;
        if (file >= 0) {
            ::close(file);
        }
        if (!synced) {
            return report_failed(error, "writing it through", target);
        }
        if (std::rename(path_.c_str(), target.c_str()) != 0) {
            return report_failed(errno, "putting it in its place", target);
        }
        path_.clear();
        return {};
    }

private:
    std::string path_;
};

/// Makes an empty file beside `path`, with `mode` less what the user's mask takes away.
Result<std::string> temporary_beside(const std::string& path, mode_t mode) {
    constexpr int attempts_max = 1000;
    for (int attempt = 0; attempt < attempts_max; ++attempt) {
        std::string name = fmt::format("{}.incoming-{}-{}", path, ::getpid(), attempt);
        const int file = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (file >= 0) {
            ::close(file);
            return name;
        }
        if (errno != EEXIST) {
            return report_failed(errno, "making a file", path);
        }
    }
    return report_failed(EEXIST, "making a file", path);
}

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
    TemporaryReport temporary(TRY(temporary_beside(path, 0666)));
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
    const TemporaryReport temporary(
        TRY(temporary_beside((folder / "guildmark-report").string(), 0600)));
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
