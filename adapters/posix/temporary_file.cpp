#include "adapters/posix/temporary_file.h"

#include <atomic>
#include <cerrno>
#include <ctime>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace guildmark::posix {

namespace {

std::atomic<unsigned> files_created{0};

bool is_stale(int folder, const char* name, time_t now, long age_seconds) {
    struct stat status {};

    return std::string_view(name).starts_with(TemporaryFile::prefix) &&
           ::fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(status.st_mode) &&
           status.st_mtime < now - age_seconds;
}

}  // namespace

TemporaryFile::~TemporaryFile() {
    if (!name_.empty()) {
        ::unlinkat(folder_, name_.c_str(), 0);
    }
}

int TemporaryFile::create() {
    // The process id and a count are unique on one machine; O_EXCL and the loop settle the rest:
    // a folder shared by machines, or what a process of the same id left behind.
    for (int attempt = 0; attempt < 1000; ++attempt) {
        std::string name = std::string(prefix) + std::to_string(::getpid()) + "-" +
                           std::to_string(files_created.fetch_add(1));
        file_ = open_at(folder_, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW);
        if (file_.is_open()) {
            name_ = std::move(name);
            return 0;
        }
        if (errno != EEXIST) {
            return errno;
        }
    }
    return EEXIST;
}

int TemporaryFile::write(std::string_view bytes) {
    return write_all(file_.number(), bytes);
}

int TemporaryFile::sync() {
    return ::fsync(file_.number()) == 0 ? 0 : errno;
}

int TemporaryFile::publish(int target_folder, const std::string& name) {
    if (::renameat(folder_, name_.c_str(), target_folder, name.c_str()) != 0) {
        return errno;
    }
    name_.clear();
    return ::fsync(target_folder) == 0 ? 0 : errno;
}

std::size_t remove_stale_temporary_files(int folder, long age_seconds) {
    // fdopendir takes the descriptor over, so it gets one of its own.
    FileDescriptor own = open_at(folder, ".", O_RDONLY | O_DIRECTORY);
    DIR* stream = own.is_open() ? ::fdopendir(own.number()) : nullptr;
    if (stream == nullptr) {
        return 0;
    }
    static_cast<void>(own.release());
    const time_t now = ::time(nullptr);
    std::size_t removed = 0;
    // NOLINTNEXTLINE(concurrency-mt-unsafe): the stream is this call's own
    while (const dirent* entry = ::readdir(stream)) {
        if (is_stale(folder, entry->d_name, now, age_seconds) &&
            ::unlinkat(folder, entry->d_name, 0) == 0) {
            ++removed;
        }
    }
    ::closedir(stream);
    return removed;
}

}  // namespace guildmark::posix
