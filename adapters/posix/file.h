#pragma once

#include <string>
#include <string_view>

namespace guildmark::posix {

/// Owns an open file descriptor and closes it.
class FileDescriptor {
public:
    FileDescriptor() = default;

    explicit FileDescriptor(int number) : number_(number) {}

    ~FileDescriptor() { close(); }

    FileDescriptor(FileDescriptor&& other) noexcept : number_(other.release()) {}

    FileDescriptor& operator=(FileDescriptor&& other) noexcept;

    [[nodiscard]] bool is_open() const { return number_ >= 0; }

    [[nodiscard]] int number() const { return number_; }

    /// Gives the number away; the caller closes it.
    [[nodiscard]] int release();

    void close();

private:
    int number_ = -1;
};

/// openat(2) with O_CLOEXEC added, begun again when a signal interrupts it; closed on failure, and
/// errno tells why.
[[nodiscard]] FileDescriptor open_at(int folder, const std::string& name, int flags);

/// What the system says of an error number: "No space left on device".
[[nodiscard]] std::string error_text(int error_number);

/// Writes all of `bytes`. Result: 0, or the error number at which it ended.
[[nodiscard]] int write_all(int file, std::string_view bytes);

/// True for the error numbers that say that nothing more fits: no space, quota, file size limit.
[[nodiscard]] bool means_full(int error_number);

}  // namespace guildmark::posix
