#include "reports/file/temporary_report.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

namespace guildmark::reports {
namespace {

/// A folder that nobody else enters, gone with what is in it at the end.
class PrivateFolder {
public:
    [[nodiscard]] static Result<PrivateFolder> make() {
        std::error_code none;
        const std::filesystem::path all = std::filesystem::temp_directory_path(none);
        if (none) {
            return report_failed(none.value(), "finding the temporary folder", "");
        }
        std::string name = (all / "guildmark-report-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) {
            return report_failed(errno, "making a temporary folder", name);
        }
        return PrivateFolder(std::move(name));
    }

    PrivateFolder(PrivateFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}

    PrivateFolder& operator=(PrivateFolder&&) = delete;

    ~PrivateFolder() {
        std::error_code ignored;
        if (!path_.empty()) {
            std::filesystem::remove_all(path_, ignored);
        }
    }

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    explicit PrivateFolder(std::filesystem::path path) : path_(std::move(path)) {}

    std::filesystem::path path_;
};

}  // namespace

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

Result<OpenReport> open_temporary_report(
    const std::function<Result<void>(const std::string& path)>& write) {
    const PrivateFolder folder = TRY(PrivateFolder::make());
    const std::string path = folder.path() / "report";
    TRY(write(path));
    OpenReport report;
    report.bytes.open(path, std::ios::binary);
    std::error_code unsized;
    report.size_bytes = std::filesystem::file_size(path, unsized);
    if (!report.bytes || unsized) {
        return report_failed(unsized ? unsized.value() : errno, "opening it", path);
    }
    return report;
}

}  // namespace guildmark::reports
