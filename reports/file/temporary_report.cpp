#include "reports/file/temporary_report.h"

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

namespace guildmark::reports {

Error report_failed(int error_number, std::string_view doing, const std::string& path) {
    return failed("report_failed",
                  fmt::format("The report could not be written: {}: {}.",
                              doing,
                              std::generic_category().message(error_number)),
                  path);
}

Result<TemporaryReport> TemporaryReport::make_beside(const std::string& path, mode_t mode) {
    constexpr int attempts_max = 1000;
    for (int attempt = 0; attempt < attempts_max; ++attempt) {
        std::string name = fmt::format("{}.incoming-{}-{}", path, ::getpid(), attempt);
        const int file = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (file >= 0) {
            ::close(file);
            return TemporaryReport(std::move(name));
        }
        if (errno != EEXIST) {
            return report_failed(errno, "making a file", path);
        }
    }
    return report_failed(EEXIST, "making a file", path);
}

TemporaryReport::~TemporaryReport() {
    if (!path_.empty()) {
        ::unlink(path_.c_str());
    }
}

Result<void> TemporaryReport::publish(const std::string& target) {
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

Result<void> write_report_file(std::string_view bytes, const std::string& path) {
    TemporaryReport temporary = TRY(TemporaryReport::make_beside(path, 0666));
    std::ofstream file(temporary.path(), std::ios::binary);
    file << bytes;
    file.close();
    if (!file) {
        return report_failed(EIO, "writing it", path);
    }
    return temporary.publish(path);
}

Result<std::string> temporary_report_bytes(
    const std::function<Result<void>(const std::string& path)>& write) {
    std::error_code no_folder;
    const std::filesystem::path folder = std::filesystem::temp_directory_path(no_folder);
    if (no_folder) {
        return report_failed(no_folder.value(), "finding the temporary folder", "");
    }
    const TemporaryReport temporary =
        TRY(TemporaryReport::make_beside((folder / "guildmark-report").string(), 0600));
    TRY(write(temporary.path()));
    std::ifstream file(temporary.path(), std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    if (!file.good() || !bytes.good()) {
        return report_failed(EIO, "reading it back", temporary.path());
    }
    return std::move(bytes).str();
}

}  // namespace guildmark::reports
