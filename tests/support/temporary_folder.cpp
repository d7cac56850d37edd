#include "tests/support/temporary_folder.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/base/ensure.h"

namespace guildmark::tests {

namespace files = std::filesystem;

TemporaryFolder::TemporaryFolder() {
    path_ = (files::temp_directory_path() / "guildmark-test-XXXXXX").string();
    ENSURE(::mkdtemp(path_.data()) != nullptr, "a test needs a folder of its own");
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    files::remove_all(path_, ignored);
}

std::string TemporaryFolder::path(std::string_view inside) const {
    return path_ + "/" + std::string(inside);
}

void TemporaryFolder::write(std::string_view inside, std::string_view bytes) const {
    files::create_directories(files::path(path(inside)).parent_path());
    write_file(path(inside), bytes);
}

std::string TemporaryFolder::read(std::string_view inside) const {
    return read_file(path(inside));
}

std::size_t TemporaryFolder::count_files() const {
    std::size_t count = 0;
    for (const auto& entry : files::recursive_directory_iterator(path_)) {
        count += entry.is_directory() ? 0u : 1u;
    }
    return count;
}

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    ENSURE(file.good(), "a test reads a file that is not there");
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return std::move(bytes).str();
}

void write_file(const std::string& path, std::string_view bytes) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    ENSURE(file.good(), "a test could not write its file");
}

}  // namespace guildmark::tests
