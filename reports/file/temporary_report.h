#pragma once

#include <cstdint>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <utility>

#include "engine/base/result.h"

namespace guildmark::reports {

/// report_failed, with what was done when the error of that number came.
[[nodiscard]] Error report_failed(int error_number,
                                  std::string_view doing,
                                  const std::string& path);

/// A file that nobody sees under its name until it is whole; removed unless it was published.
class TemporaryReport {
public:
    /// Makes an empty file beside `path`, with `mode` less what the user's mask takes away.
    /// Errors: report_failed.
    [[nodiscard]] static Result<TemporaryReport> make_beside(const std::string& path, mode_t mode);

    ~TemporaryReport();

    TemporaryReport(TemporaryReport&& other) noexcept
        : path_(std::exchange(other.path_, std::string())) {}

    TemporaryReport& operator=(TemporaryReport&&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }

    /// Writes it through to the disk and gives it its name, in the place of what has it.
    /// Errors: report_failed; what was there is untouched then.
    [[nodiscard]] Result<void> publish(const std::string& target);

private:
    explicit TemporaryReport(std::string path) : path_(std::move(path)) {}

    std::string path_;
};

/// A report that is open for reading and has no name any more: it is gone when it was read.
struct OpenReport {
    std::ifstream bytes;
    std::uint64_t size_bytes = 0;
};

/// Has `write` write a file in a folder that only this user enters, opens it and removes both.
/// Errors: report_failed; those of `write`.
[[nodiscard]] Result<OpenReport> open_temporary_report(
    const std::function<Result<void>(const std::string& path)>& write);

/// Writes a report that is there as bytes, as TemporaryReport does. Errors: report_failed.
[[nodiscard]] Result<void> write_report_file(std::string_view bytes, const std::string& path);

}  // namespace guildmark::reports
