#pragma once

#include <string>
#include <string_view>

#include "adapters/posix/file.h"

namespace guildmark::posix {

/// A file that nobody sees until it is whole: written under a name of its own, made durable, then
/// renamed. It is gone when it was not published.
///
/// Each step's result is 0 or the error number at which it failed; after a failure the file is only
/// good for being destroyed.
class TemporaryFile {
public:
    /// Names of temporary files begin with this.
    static constexpr std::string_view prefix = ".incoming-";

    /// `folder` must stay open as long as this object lives.
    explicit TemporaryFile(int folder) : folder_(folder) {}

    ~TemporaryFile();

    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    /// Creates it, empty, readable and writable by its owner alone.
    [[nodiscard]] int create();

    [[nodiscard]] int write(std::string_view bytes);

    /// Writes its bytes through to the disk.
    [[nodiscard]] int sync();

    /// Renames it to `name` in `target_folder` of the same file system, in the place of a file that
    /// has the name, and writes that folder through to the disk. REQUIRES: sync() succeeded.
    [[nodiscard]] int publish(int target_folder, const std::string& name);

private:
    int folder_;
    std::string name_;
    FileDescriptor file_;
};

/// Removes temporary files in `folder` that were last written more than `age_seconds` ago: what a
/// process that was killed left behind. Result: how many.
std::size_t remove_stale_temporary_files(int folder, long age_seconds);

}  // namespace guildmark::posix
