#pragma once

#include <string>

#include "adapters/posix/file.h"
#include "engine/base/result.h"

namespace guildmark::sqlite {

/// Keeps a second writer away from a database, in this process or another, for as long as it lives.
/// The lock is the kernel's, on "<path>-lock", and ends with the process however that ends; the
/// file stays.
class LockFile {
public:
    /// Errors: store_in_use (with the holder's process number), store_failed.
    [[nodiscard]] static Result<LockFile> acquire(const std::string& path);

private:
    explicit LockFile(posix::FileDescriptor file) : file_(std::move(file)) {}

    posix::FileDescriptor file_;
};

}  // namespace guildmark::sqlite
