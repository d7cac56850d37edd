#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/fault_disk.h"

/// The disk apart from SQLite's way of calling it; only the sources of FaultDisk include this.
namespace guildmark::tests {

enum class Operation { read, write, truncate, sync, create, remove };

/// What became of an operation.
enum class Verdict {
    done,
    failed,   ///< An input or output error, also without power.
    halved,   ///< As failed, but the first half of a write took effect.
    full,     ///< No room; the first half of a write took effect.
    torn,     ///< The power went during it: what it wrote may be on the disk or not.
    ignored,  ///< A sync that did nothing and says it did.
};

/// Something that was done to a file and is not synced.
struct Unsynced {
    bool is_truncate = false;
    std::uint64_t offset = 0;  ///< Of a truncation: the new size.
    std::string bytes;
};

inline constexpr std::size_t shared_lock_count = 8;

struct OpenFile;

struct DiskFile {
    std::string current;  ///< What reads give.
    std::string durable;  ///< What is on the disk for certain.
    std::vector<Unsynced> unsynced;
    bool name_is_durable = false;
    bool syncs_folder = false;  ///< Its next sync makes all names durable, and removals.
    std::vector<OpenFile*> open;
    std::vector<std::unique_ptr<std::array<char, 32'768>>> shared_memory;
};

/// One use of a file; SQLite's handle holds it.
struct OpenFile {
    FaultDisk::State* disk = nullptr;
    std::shared_ptr<DiskFile> file;
    bool is_scratch = false;  ///< Has no name, and no fault ever.
    int lock_level = 0;       ///< SQLITE_LOCK_...
    std::array<bool, shared_lock_count> shared_locks{};
    std::array<bool, shared_lock_count> exclusive_locks{};
};

struct FaultDisk::State {
    std::string vfs_name;
    std::map<std::string, std::shared_ptr<DiskFile>> files;
    /// Removed, but the name may come back when the power goes.
    std::map<std::string, std::shared_ptr<DiskFile>> removed;
    std::uint64_t operations = 0;
    std::uint64_t power_lost_at = 0;
    bool power = true;
    bool counts_reads = false;
    std::uint64_t fails_at = 0;
    Fault fault = Fault::io_error;
    bool failed = false;
    bool ignores_syncs = false;

    /// Counts the operation and tells what becomes of it.
    Verdict begin(Operation operation);

    [[nodiscard]] std::shared_ptr<DiskFile> find(const std::string& name) const;
    Verdict create(const std::string& name, bool syncs_folder);
    Verdict remove(const std::string& name, bool synced);
    Verdict write(DiskFile& file, std::uint64_t offset, std::string_view bytes);
    Verdict truncate(DiskFile& file, std::uint64_t size);
    Verdict sync(DiskFile& file);
    void sync_folder();
    void settle(std::uint64_t seed);
};

/// Makes `state` known to SQLite under its name, and unknown.
void register_vfs(FaultDisk::State& state);
void unregister_vfs(FaultDisk::State& state);

}  // namespace guildmark::tests
