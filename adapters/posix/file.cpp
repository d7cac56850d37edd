#include "adapters/posix/file.h"

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace guildmark::posix {

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
    if (this != &other) {
        close();
        number_ = other.release();
    }
    return *this;
}

int FileDescriptor::release() {
    const int number = number_;
    number_ = -1;
    return number;
}

void FileDescriptor::close() {
    if (is_open()) {
        // Linux has closed it even when close(2) reports an error; what counts was synced before.
        ::close(release());
    }
}

FileDescriptor open_at(int folder, const std::string& name, int flags) {
    int number = -1;
    do {
        number = ::openat(folder, name.c_str(), flags | O_CLOEXEC, 0600);
    } while (number < 0 && errno == EINTR);
    return FileDescriptor(number);
}

std::string error_text(int error_number) {
    return std::generic_category().message(error_number);
}

int write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

bool means_full(int error_number) {
    return error_number == ENOSPC || error_number == EDQUOT || error_number == EFBIG;
}

}  // namespace guildmark::posix
