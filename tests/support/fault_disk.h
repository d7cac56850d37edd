#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace guildmark::tests {

/// A small generator of numbers, the same for the same seed everywhere.
class SeededNumbers {
public:
    explicit SeededNumbers(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next();

    /// 0 to `limit` - 1. REQUIRES: `limit` > 0.
    std::uint64_t below(std::uint64_t limit) { return next() % limit; }

private:
    std::uint64_t state_;
};

enum class Fault {
    /// The operation fails: a write after its first half, a sync with what it had to sync forgotten
    /// although it can still be read (as Linux does), everything else without effect.
    io_error,
    /// From this operation on every write fails after its first half, for want of room.
    disk_full,
};

/// A disk in memory, as an operating system layer ("VFS") of SQLite. What was written but not
/// synced is lost, torn or reordered when the power goes, sector by sector, as a seed decides.
///
/// Thread: one at a time. Everything opened through it must be closed before it is destroyed.
class FaultDisk {
public:
    /// Bytes of every file by name, all of them synced.
    using Image = std::map<std::string, std::string>;

    explicit FaultDisk(std::string vfs_name);
    ~FaultDisk();

    FaultDisk(const FaultDisk&) = delete;
    FaultDisk& operator=(const FaultDisk&) = delete;

    /// Operations since the last load(): those that change the disk, and with faults reads as well.
    [[nodiscard]] std::uint64_t operations() const;

    /// Replaces all files; no fault is planned then, power is on, and the count is 0.
    /// REQUIRES: nothing is open.
    void load(Image image);
    [[nodiscard]] Image image() const;

    /// The power goes during that operation, counted from 1: it may still take effect in part, and
    /// every later one fails.
    void lose_power_at(std::uint64_t operation);

    [[nodiscard]] bool has_power() const;

    /// Decides by `seed` what of each unsynced write is on the disk, and forgets all else. The
    /// count begins at 0. REQUIRES: nothing is open.
    void restore_power(std::uint64_t seed);

    /// That operation, reads counted, fails.
    void fail_at(std::uint64_t operation, Fault fault);

    /// True when the planned fault has happened.
    [[nodiscard]] bool has_failed() const;

    /// Ends what fail_at began.
    void heal();

    /// Makes the disk tell that it has synced when it has not.
    void ignore_syncs();

    struct State;

private:
    std::unique_ptr<State> state_;
};

}  // namespace guildmark::tests
