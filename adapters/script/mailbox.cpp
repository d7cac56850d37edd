#include "adapters/script/mailbox.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace guildmark::script {
namespace {

/// A file descriptor that no worker's own takes the place of.
constexpr int memory_fd_min = 10;

static_assert(std::atomic<std::uint32_t>::is_always_lock_free, "two processes share it");

/// Leaves the processor's other half to the other side.
void pause_briefly() {
#ifdef __x86_64__
    __builtin_ia32_pause();
#endif
}

}  // namespace

bool Mailbox::put(std::string_view message) {
    if (message.size() > bytes_.size() || state_.load(std::memory_order_acquire) != awake) {
        return false;
    }
    std::memcpy(bytes_.data(), message.data(), message.size());
    size_.store(static_cast<std::uint32_t>(message.size()), std::memory_order_relaxed);
    std::uint32_t expected = awake;
    return state_.compare_exchange_strong(expected, full, std::memory_order_acq_rel);
}

std::optional<std::string> Mailbox::take() {
    constexpr int looks = 20;
    for (int look = 0; state_.load(std::memory_order_acquire) == awake; ++look) {
        if (look == looks) {
            return std::nullopt;
        }
        pause_briefly();
    }
    const std::size_t size = size_.load(std::memory_order_relaxed);
    std::string message(bytes_.data(), size < bytes_.size() ? size : bytes_.size());
    state_.store(awake, std::memory_order_release);
    return message;
}

bool Mailbox::begin_sleep() {
    std::uint32_t expected = awake;
    return state_.compare_exchange_strong(expected, asleep, std::memory_order_acq_rel);
}

void Mailbox::end_sleep() {
    state_.store(awake, std::memory_order_release);
}

void Unmap::operator()(Mailboxes* mailboxes) const {
    munmap(mailboxes, sizeof(Mailboxes));
}

int open_mailboxes() {
    const int made = memfd_create("guildmark-mailboxes", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    const int fd = made < 0 ? made : fcntl(made, F_DUPFD_CLOEXEC, memory_fd_min);
    if (made >= 0) {
        close(made);
    }
    if (fd >= 0 && (ftruncate(fd, sizeof(Mailboxes)) != 0 ||
                    fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)) {
        const int failure = errno;
        close(fd);
        errno = failure;
        return -1;
    }
    return fd;
}

MappedMailboxes map_mailboxes(int fd) {
    void* memory = mmap(nullptr, sizeof(Mailboxes), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    return MappedMailboxes(memory == MAP_FAILED ? nullptr : static_cast<Mailboxes*>(memory));
}

}  // namespace guildmark::script
