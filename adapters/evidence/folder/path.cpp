#include "adapters/evidence/folder/path.h"

#include <array>
#include <cerrno>
#include <deque>
#include <fcntl.h>
#include <unistd.h>

#include <climits>
#include <fmt/format.h>

#include "adapters/evidence/folder/locator.h"
#include "engine/base/limits.h"

namespace guildmark::folder_source {

using posix::FileDescriptor;

namespace {

constexpr int folder_flags = O_PATH | O_DIRECTORY | O_NOFOLLOW;

/// The walk from the root so far, and what is left to walk.
struct Walk {
    const Root& root;
    const std::string& locator;
    std::vector<std::string> parts{};
    FileDescriptor folder{};  ///< The one that `parts` names.
    std::deque<std::string> pending{};
    std::size_t links = 0;
};

Error outside(const std::string& locator) {
    return refused("evidence_outside",
                   "A link leads out of the evidence folder and was not followed; put the document "
                   "itself into the folder.",
                   locator);
}

/// Opens the folder that the walk's parts name, anew from the root.
Result<void> reopen(Walk& walk) {
    FileDescriptor folder = posix::open_at(walk.root.folder.number(), ".", folder_flags);
    for (const std::string& part : walk.parts) {
        if (folder.is_open()) {
            folder = posix::open_at(folder.number(), part, folder_flags);
        }
    }
    if (!folder.is_open()) {
        return item_error(errno, walk.locator);
    }
    walk.folder = std::move(folder);
    return {};
}

Result<void> go_up(Walk& walk) {
    if (walk.parts.empty()) {
        return outside(walk.locator);
    }
    walk.parts.pop_back();
    return reopen(walk);
}

/// Puts a link's target in front of what is left to walk.
Result<void> take_link(Walk& walk, const std::string& name) {
    if (++walk.links > limits::evidence_links_per_path_max) {
        return refused("evidence_link_loop",
                       "Links lead to links without end, or to too many of them.",
                       walk.locator);
    }
    std::array<char, PATH_MAX> buffer{};
    const ssize_t size =
        ::readlinkat(walk.folder.number(), name.c_str(), buffer.data(), buffer.size());
    if (size < 0) {
        return item_error(errno, walk.locator);
    }
    std::string target(buffer.data(), static_cast<std::size_t>(size));
    if (target.starts_with('/')) {
        const std::string inside = walk.root.path == "/" ? "/" : walk.root.path + "/";
        if (!(target + "/").starts_with(inside)) {
            return outside(walk.locator);
        }
        target = (target + "/").substr(inside.size());
        walk.parts.clear();
        const Result<void> reopened = reopen(walk);
        if (!reopened) {
            return reopened.error();
        }
    }
    const std::vector<std::string> parts = split_path(target);
    walk.pending.insert(walk.pending.begin(), parts.begin(), parts.end());
    return {};
}

/// Goes on to `name` in the walk's folder. Gives the place when the walk ends there.
Result<std::optional<Place>> take_name(Walk& walk, const std::string& name) {
    struct stat status {};

    if (::fstatat(walk.folder.number(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return item_error(errno, walk.locator);
    }
    if (S_ISLNK(status.st_mode)) {
        const Result<void> taken = take_link(walk, name);
        return taken ? Result<std::optional<Place>>(std::nullopt) : taken.error();
    }
    walk.parts.push_back(name);
    if (walk.pending.empty()) {
        return std::optional<Place>(Place{walk.parts, std::move(walk.folder), status});
    }
    walk.folder = posix::open_at(walk.folder.number(), name, folder_flags);
    if (!walk.folder.is_open()) {
        return item_error(errno, walk.locator);
    }
    return std::optional<Place>();
}

/// Goes on by one name of what is left to walk.
Result<std::optional<Place>> take_next(Walk& walk) {
    const std::string name = std::move(walk.pending.front());
    walk.pending.pop_front();
    if (name != "..") {
        return take_name(walk, name);
    }
    const Result<void> up = go_up(walk);
    return up ? Result<std::optional<Place>>(std::nullopt) : up.error();
}

/// The place of a walk that ended at a folder it had already entered.
Result<Place> place_of_folder(Walk& walk) {
    Place place;
    if (::fstat(walk.folder.number(), &place.status) != 0) {
        return item_error(errno, walk.locator);
    }
    place.parts = walk.parts;
    if (!walk.parts.empty()) {
        walk.parts.pop_back();
        const Result<void> reopened = reopen(walk);
        if (!reopened) {
            return reopened.error();
        }
    }
    place.folder = std::move(walk.folder);
    return place;
}

}  // namespace

Error item_error(int error_number, const std::string& locator) {
    const std::string reason = posix::error_text(error_number);
    switch (error_number) {
        case ENOENT:
        case ENOTDIR:
            return not_found("evidence_gone",
                             "The document is not in the evidence folder, or a link leads to "
                             "nothing.",
                             locator);
        case EACCES:
        case EPERM:
            return forbidden("evidence_denied",
                             "The document may not be read by the user that runs Guildmark; give "
                             "that user the right to read it.",
                             locator);
        case ELOOP:
            return conflict(
                "evidence_changed", "The document became a link while it was read.", locator);
        default:
            return unavailable("source_unavailable",
                               fmt::format("The evidence folder could not be read: {}.", reason),
                               locator);
    }
}

Result<Place> follow(const Root& root,
                     const std::vector<std::string>& parts,
                     const std::string& locator) {
    Walk walk{root, locator};
    walk.pending.assign(parts.begin(), parts.end());
    const Result<void> opened = reopen(walk);
    if (!opened) {
        return opened.error();
    }
    while (!walk.pending.empty()) {
        Result<std::optional<Place>> step = take_next(walk);
        if (!step) {
            return step.error();
        }
        if (*step) {
            return std::move(**step);
        }
    }
    return place_of_folder(walk);
}

}  // namespace guildmark::folder_source
