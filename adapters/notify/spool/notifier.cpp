#include "adapters/notify/spool/notifier.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

#include <fmt/format.h>

#include "adapters/posix/file.h"
#include "adapters/posix/temporary_file.h"
#include "engine/base/digest.h"

namespace guildmark {

namespace {

constexpr long stale_after_seconds = 24L * 60 * 60;

Error spool_error(int error_number, std::string_view doing, const std::string& path) {
    return unavailable("notifier_unavailable",
                       fmt::format("The message could not be put into the spool: {}: {}.",
                                   doing,
                                   posix::error_text(error_number)),
                       path);
}

}  // namespace

struct SpoolNotifier::State {
    std::string path;
    spool::Sender sender;
    Clock& clock;
    posix::FileDescriptor folder;
};

SpoolNotifier::SpoolNotifier(std::unique_ptr<State> state) : state_(std::move(state)) {}

SpoolNotifier::~SpoolNotifier() = default;

Result<std::unique_ptr<SpoolNotifier>> SpoolNotifier::open(const std::string& folder,
                                                           spool::Sender sender,
                                                           Clock& clock) {
    if (!spool::is_plain_address(sender.email)) {
        return refused("notifier_refused", "The sender's e-mail address is not one.", sender.email);
    }
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
        return spool_error(errno, "making its folder", folder);
    }
    posix::FileDescriptor file = posix::open_at(AT_FDCWD, folder, O_RDONLY | O_DIRECTORY);
    if (!file.is_open()) {
        return spool_error(errno, "opening its folder", folder);
    }
    posix::remove_stale_temporary_files(file.number(), stale_after_seconds);
    std::unique_ptr<State> state(new State{folder, std::move(sender), clock, std::move(file)});
    return std::unique_ptr<SpoolNotifier>(new SpoolNotifier(std::move(state)));
}

Result<void> SpoolNotifier::deliver(const Notification& notification) {
    const std::string message =
        TRY(spool::to_message(notification, state_->sender, state_->clock.now()));
    const int folder = state_->folder.number();
    posix::TemporaryFile file(folder);
    int error = file.create();
    error = error != 0 ? error : file.write(message);
    error = error != 0 ? error : file.sync();
    error = error != 0 ? error : file.publish(folder, spool::file_name(notification.key));
    if (error != 0) {
        return spool_error(error, "writing it", state_->path);
    }
    return {};
}

std::string spool::file_name(std::string_view key) {
    constexpr std::size_t readable_max = 60;
    std::string readable;
    for (const char letter : key.substr(0, readable_max)) {
        const bool harmless = (letter >= 'a' && letter <= 'z') ||
                              (letter >= 'A' && letter <= 'Z') ||
                              (letter >= '0' && letter <= '9') || letter == '_';
        readable += harmless ? letter : '-';
    }
    return readable + "-" + sha256(key).to_text().substr(0, 16) + ".eml";
}

}  // namespace guildmark
