#include "adapters/evidence/folder/evidence_source.h"

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "adapters/evidence/folder/locator.h"
#include "adapters/evidence/folder/path.h"
#include "adapters/posix/file.h"

// Invariants:
// 1. Nothing outside the folder is opened: every name is opened with O_NOFOLLOW in a folder that
// was
//    reached so, and links are resolved by follow().
// 2. What is opened is opened with O_NONBLOCK and only after fstatat() saw a file, so that a pipe
//    cannot hold the pull up.

namespace guildmark {

using posix::FileDescriptor;

namespace folder_source {
namespace {

constexpr int walk_flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW;

enum class Linked { no, yes };

/// A folder on the way: where it is and under which name its files are offered.
struct Folder {
    FileDescriptor file;
    int open_error = 0;              ///< Why `file` is not open.
    std::vector<std::string> parts;  ///< Its place from the root, raw bytes, without links.
    std::string locator;             ///< With a slash at its end, but for the root.
    std::size_t depth = 0;
    Linked linked = Linked::no;
};

Instant modified_at(const struct stat& status) {
    return Instant{static_cast<std::int64_t>(status.st_mtim.tv_sec) * 1000 +
                   status.st_mtim.tv_nsec / 1'000'000};
}

/// The time of status change tells also a change that put the time of modification back.
std::string version_of(const struct stat& status) {
    return fmt::format("{}:{}.{:09}:{}.{:09}:{}",
                       status.st_size,
                       status.st_mtim.tv_sec,
                       status.st_mtim.tv_nsec,
                       status.st_ctim.tv_sec,
                       status.st_ctim.tv_nsec,
                       status.st_ino);
}

Error source_error(int error_number, const std::string& folder) {
    switch (error_number) {
        case ENOENT:
        case ENOTDIR:
            return not_found("source_not_found",
                             "There is no folder at this path; correct the path or connect the "
                             "drive.",
                             folder);
        case EACCES:
        case EPERM:
            return forbidden("source_denied",
                             "The folder may not be read by the user that runs Guildmark; give "
                             "that user the right to list and read it.",
                             folder);
        default:
            return unavailable("source_unavailable",
                               fmt::format("The evidence folder could not be read: {}.",
                                           posix::error_text(error_number)),
                               folder);
    }
}

Result<Root> open_root(const std::string& folder) {
    Root root;
    root.folder = posix::open_at(AT_FDCWD, folder, O_RDONLY | O_DIRECTORY);
    if (!root.folder.is_open()) {
        return source_error(errno, folder);
    }
    std::error_code ignored;
    root.path = std::filesystem::canonical(folder, ignored).string();
    return root;
}

/// Opens folder `name` of `holder` for listing.
Folder open_folder(int holder, const std::string& name) {
    Folder folder;
    folder.file = posix::open_at(holder, name, walk_flags);
    folder.open_error = folder.file.is_open() ? 0 : errno;
    return folder;
}

/// The names in a folder but "." and "..", sorted by their bytes. Result: 0 or an error number.
int read_names(const Folder& folder, std::vector<std::string>& names) {
    if (folder.open_error != 0) {
        return folder.open_error;
    }
    FileDescriptor own = posix::open_at(folder.file.number(), ".", walk_flags);
    DIR* stream = own.is_open() ? ::fdopendir(own.number()) : nullptr;
    if (stream == nullptr) {
        return errno;
    }
    static_cast<void>(own.release());
    errno = 0;
    // NOLINTNEXTLINE(concurrency-mt-unsafe): the stream is this call's own
    while (const dirent* entry = ::readdir(stream)) {
        const std::string_view name = entry->d_name;
        if (name != "." && name != "..") {
            names.emplace_back(name);
        }
    }
    const int error = errno;
    ::closedir(stream);
    std::sort(names.begin(), names.end());
    return error;
}

/// Lists one folder tree.
class Lister {
public:
    Lister(const Root& root, const FolderEvidenceOptions& options)
        : root_(root), options_(options) {}

    Result<EvidenceListing> run(const std::string& path) {
        const Folder folder = open_folder(root_.folder.number(), ".");
        std::vector<std::string> names;
        if (const int error = read_names(folder, names)) {
            return source_error(error, path);
        }
        visit_all(folder, names);
        if (seen_ > options_.files_max) {
            return too_large("source_too_large",
                             fmt::format("The folder holds more than {} files; pull a smaller one, "
                                         "or several one after another.",
                                         options_.files_max),
                             path);
        }
        std::ranges::sort(listing_.items, {}, &EvidenceItem::locator);
        std::ranges::stable_sort(listing_.problems, {}, &EvidenceProblem::locator);
        return std::move(listing_);
    }

private:
    void visit_all(const Folder& folder, const std::vector<std::string>& names) {
        for (const std::string& name : names) {
            if (seen_ > options_.files_max) {
                return;
            }
            visit(folder, name);
        }
    }

    void visit(const Folder& folder, const std::string& name) {
        const std::string locator = folder.locator + escape_name(name);

        struct stat status {};

        if (::fstatat(folder.file.number(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
            // What went away between reading the folder and here was not there.
            if (errno != ENOENT) {
                problem(locator, item_error(errno, locator));
            }
        } else if (S_ISDIR(status.st_mode)) {
            Folder inner = open_folder(folder.file.number(), name);
            inner.parts = folder.parts;
            inner.parts.push_back(name);
            inner.linked = folder.linked;
            enter(std::move(inner), folder.depth, locator);
        } else if (S_ISLNK(status.st_mode)) {
            visit_link(folder, name, locator);
        } else {
            visit_file(folder.file.number(), name, locator, status);
        }
    }

    void enter(Folder folder, std::size_t depth_above, const std::string& locator) {
        folder.locator = locator + "/";
        folder.depth = depth_above + 1;
        if (folder.depth > options_.depth_max) {
            problem(locator,
                    refused("evidence_too_deep",
                            fmt::format("The folder lies more than {} folders deep; what is in it "
                                        "was left out.",
                                        options_.depth_max),
                            locator));
            return;
        }
        std::vector<std::string> names;
        if (const int error = read_names(folder, names)) {
            problem(locator, item_error(error, locator));
            return;
        }
        visit_all(folder, names);
    }

    void visit_link(const Folder& folder, const std::string& name, const std::string& locator) {
        if (folder.linked == Linked::yes) {
            // Its target is in the root and is offered, or told of, at its own place.
            return;
        }
        std::vector<std::string> parts = folder.parts;
        parts.push_back(name);
        Result<Place> place = follow(root_, parts, locator);
        if (!place) {
            problem(locator, place.error());
        } else if (!place->is_folder()) {
            visit_file(place->folder.number(), place->name(), locator, place->status);
        } else if (place->parts.size() <= folder.parts.size() &&
                   std::equal(place->parts.begin(), place->parts.end(), folder.parts.begin())) {
            problem(locator,
                    refused("evidence_link_loop",
                            "The link leads to a folder that it lies in itself; it was not "
                            "followed.",
                            locator));
        } else {
            Folder target = open_folder(place->folder.number(), place->name());
            target.parts = std::move(place->parts);
            target.linked = Linked::yes;
            enter(std::move(target), folder.depth, locator);
        }
    }

    void visit_file(int holder,
                    const std::string& name,
                    const std::string& locator,
                    const struct stat& status) {
        const auto size_bytes = static_cast<std::uint64_t>(status.st_size);
        if (!S_ISREG(status.st_mode)) {
            problem(locator,
                    refused("evidence_not_a_file",
                            "This is a pipe, a socket or a device and no document.",
                            locator));
        } else if (::faccessat(holder, name.c_str(), R_OK, AT_EACCESS) != 0) {
            problem(locator, item_error(errno, locator));
        } else if (size_bytes > options_.bytes_max) {
            problem(locator,
                    too_large("evidence_too_large",
                              fmt::format("The document has {} bytes; at most {} are taken.",
                                          size_bytes,
                                          options_.bytes_max),
                              locator));
        } else {
            ++seen_;
            listing_.items.push_back({locator,
                                      locator.substr(locator.rfind('/') + 1),
                                      size_bytes,
                                      modified_at(status),
                                      version_of(status)});
        }
    }

    void problem(const std::string& locator, Error error) {
        ++seen_;
        listing_.problems.push_back({locator, std::move(error)});
    }

    const Root& root_;
    const FolderEvidenceOptions& options_;
    EvidenceListing listing_;
    std::size_t seen_ = 0;
};

Error changed(const std::string& locator) {
    return conflict("evidence_changed",
                    "The document changed while it was taken; pull again when nobody writes it.",
                    locator);
}

/// Reads an open file and holds it to what was listed.
class CheckedStream : public ByteStream {
public:
    CheckedStream(FileDescriptor file, const EvidenceItem& item)
        : file_(std::move(file)), item_(item) {}

    Result<std::size_t> read(std::span<char> buffer) override {
        ssize_t count = -1;
        do {
            count = ::read(file_.number(), buffer.data(), buffer.size());
        } while (count < 0 && errno == EINTR);
        if (count < 0) {
            return item_error(errno, item_.locator);
        }
        read_bytes_ += static_cast<std::uint64_t>(count);
        if (read_bytes_ > item_.size_bytes || (count == 0 && !is_as_listed())) {
            return changed(item_.locator);
        }
        return static_cast<std::size_t>(count);
    }

private:
    [[nodiscard]] bool is_as_listed() const {
        struct stat status {};

        return read_bytes_ == item_.size_bytes && ::fstat(file_.number(), &status) == 0 &&
               version_of(status) == item_.version;
    }

    FileDescriptor file_;
    EvidenceItem item_;
    std::uint64_t read_bytes_ = 0;
};

}  // namespace
}  // namespace folder_source

FolderEvidenceSource::FolderEvidenceSource(std::string folder, FolderEvidenceOptions options)
    : folder_(std::move(folder)), options_(options) {}

std::string FolderEvidenceSource::description() {
    return "folder:" + folder_;
}

Result<EvidenceListing> FolderEvidenceSource::list() {
    const folder_source::Root root = TRY(folder_source::open_root(folder_));
    return folder_source::Lister(root, options_).run(folder_);
}

Result<std::unique_ptr<ByteStream>> FolderEvidenceSource::open(const EvidenceItem& item) {
    namespace source = folder_source;
    const source::Root root = TRY(source::open_root(folder_));
    std::vector<std::string> parts = source::split_path(item.locator);
    for (std::string& part : parts) {
        part = source::unescape_name(part);
        if (part.find_first_of(std::string_view("/\0", 2)) != std::string::npos) {
            return source::item_error(ENOENT, item.locator);
        }
    }
    const source::Place place = TRY(source::follow(root, parts, item.locator));
    if (!S_ISREG(place.status.st_mode) || source::version_of(place.status) != item.version) {
        return source::changed(item.locator);
    }
    FileDescriptor file =
        posix::open_at(place.folder.number(), place.name(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    if (!file.is_open()) {
        return source::item_error(errno, item.locator);
    }

    struct stat status {};

    if (::fstat(file.number(), &status) != 0 || source::version_of(status) != item.version) {
        return source::changed(item.locator);
    }
    return std::unique_ptr<ByteStream>(
        std::make_unique<source::CheckedStream>(std::move(file), item));
}

}  // namespace guildmark
