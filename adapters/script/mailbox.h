#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace guildmark::script {

/// The file descriptor at which a worker finds the memory of its mailboxes.
inline constexpr int worker_memory = 4;

/// One way of an exchange in memory that both processes have: most messages are so short that to
/// send them through the kernel takes far longer than the script. It is used as long as the
/// receiver is awake; to one that sleeps, and for what does not fit, messages go over the socket.
/// At most one message is on its way in a direction, so nothing can overtake.
///
/// All bytes zero: empty, the receiver is awake. The other side may be hostile: what it writes at
/// any time makes wrong messages and nothing worse.
/// Thread: one that puts and one that takes.
class Mailbox {
public:
    static constexpr std::size_t message_bytes_max = 32'000;

    /// False, and nothing is put, when the receiver sleeps or the message is too long.
    bool put(std::string_view message);

    /// Looks for a message for about a microsecond.
    std::optional<std::string> take();

    /// Before the receiver waits at the socket; false when a message is here, or may be.
    bool begin_sleep();

    /// After begin_sleep was true.
    void end_sleep();

private:
    enum State : std::uint32_t { awake, asleep, full };

    std::atomic<std::uint32_t> state_;
    std::atomic<std::uint32_t> size_;
    std::array<char, message_bytes_max> bytes_;
};

/// Both ways.
struct Mailboxes {
    Mailbox requests;
    Mailbox answers;
};

/// Ends the mapping.
struct Unmap {
    void operator()(Mailboxes* mailboxes) const;
};

using MappedMailboxes = std::unique_ptr<Mailboxes, Unmap>;

/// A file in memory for the mailboxes, whose size nobody can change any more, so that no access
/// fails; the caller closes it. Negative with errno set: there is none.
int open_mailboxes();

/// Null with errno set: the file cannot be mapped.
MappedMailboxes map_mailboxes(int fd);

}  // namespace guildmark::script
