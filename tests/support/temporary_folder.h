#pragma once

#include <string>
#include <string_view>

namespace guildmark::tests {

/// A folder of its own for one test, removed with all in it at the end.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();

    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    /// Absolute, without a slash at its end.
    [[nodiscard]] const std::string& path() const { return path_; }

    /// The path of something in it.
    [[nodiscard]] std::string path(std::string_view inside) const;

    /// Writes a file, and the folders above it. REQUIRES: `inside` has no "..".
    void write(std::string_view inside, std::string_view bytes) const;

    [[nodiscard]] std::string read(std::string_view inside) const;

    /// How many files are in it, at any depth.
    [[nodiscard]] std::size_t count_files() const;

private:
    std::string path_;
};

/// The bytes of the file at `path`. REQUIRES: it is there and can be read.
[[nodiscard]] std::string read_file(const std::string& path);

void write_file(const std::string& path, std::string_view bytes);

}  // namespace guildmark::tests
