#include "adapters/store/sqlite/lock_file.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <fmt/format.h>

namespace guildmark::sqlite {
namespace {

std::string holder_of(int file) {
    std::array<char, 32> text{};
    const ssize_t size = ::pread(file, text.data(), text.size(), 0);
    return size > 0 ? std::string(text.data(), static_cast<std::size_t>(size)) : "unknown";
}

}  // namespace

Result<LockFile> LockFile::acquire(const std::string& path) {
    const std::string name = path + "-lock";
    posix::FileDescriptor file(::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!file.is_open()) {
        return failed("store_failed",
                      fmt::format("opening {}: {}", name, posix::error_text(errno)));
    }
    if (::flock(file.number(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) {
            return failed("store_failed",
                          fmt::format("locking {}: {}", name, posix::error_text(errno)));
        }
        return conflict("store_in_use",
                        fmt::format("process {} writes to {} already; stop it, or open the store "
                                    "read-only",
                                    holder_of(file.number()),
                                    path),
                        path);
    }
    // Only for the message above: that it could not be written takes nothing from the lock.
    const std::string holder = fmt::format("{}", ::getpid());
    if (::ftruncate(file.number(), 0) == 0) {
        static_cast<void>(posix::write_all(file.number(), holder));
    }
    return LockFile(std::move(file));
}

}  // namespace guildmark::sqlite
