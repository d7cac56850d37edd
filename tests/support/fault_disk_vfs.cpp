// SQLite's calls, translated to the disk. File locks and shared memory work among the connections
// of one process; they are never lost and never fail.
#include <algorithm>
#include <cstdio>
#include <cstring>

#include <sqlite3.h>

#include "engine/base/ensure.h"
#include "tests/support/fault_disk_state.h"

namespace guildmark::tests {
namespace {

struct Handle {
    sqlite3_file base;
    OpenFile* use;
};

/// SQLite keeps the pointer to the name.
struct Layer {
    sqlite3_vfs base;
    std::string name;
};

OpenFile& use_of(sqlite3_file* handle) {
    return *reinterpret_cast<Handle*>(handle)->use;
}

int code_of(Verdict verdict, int error_code) {
    switch (verdict) {
        case Verdict::done:
        case Verdict::ignored:
            return SQLITE_OK;
        case Verdict::full:
            return SQLITE_FULL;
        case Verdict::failed:
        case Verdict::halved:
        case Verdict::torn:
            return error_code;
    }
    ENSURE(false, "a verdict outside its enumeration");
}

int close_file(sqlite3_file* handle) {
    OpenFile* const use = &use_of(handle);
    std::erase(use->file->open, use);
    delete use;
    return SQLITE_OK;
}

int read_file(sqlite3_file* handle, void* buffer, int count, sqlite3_int64 offset) {
    const OpenFile& use = use_of(handle);
    if (!use.is_scratch && use.disk->begin(Operation::read) != Verdict::done) {
        return SQLITE_IOERR_READ;
    }
    const std::string& bytes = use.file->current;
    const auto begin = std::min(static_cast<std::size_t>(offset), bytes.size());
    const std::size_t wanted = static_cast<std::size_t>(count);
    const std::size_t found = std::min(wanted, bytes.size() - begin);
    std::memcpy(buffer, bytes.data() + begin, found);
    std::memset(static_cast<char*>(buffer) + found, 0, wanted - found);
    return found == wanted ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* handle, const void* buffer, int count, sqlite3_int64 offset) {
    const OpenFile& use = use_of(handle);
    ENSURE(!use.is_scratch, "temporary files are kept in memory");
    const std::string_view bytes(static_cast<const char*>(buffer), static_cast<std::size_t>(count));
    return code_of(use.disk->write(*use.file, static_cast<std::uint64_t>(offset), bytes),
                   SQLITE_IOERR_WRITE);
}

int truncate_file(sqlite3_file* handle, sqlite3_int64 size) {
    const OpenFile& use = use_of(handle);
    return code_of(use.disk->truncate(*use.file, static_cast<std::uint64_t>(size)),
                   SQLITE_IOERR_TRUNCATE);
}

int sync_file(sqlite3_file* handle, int /*flags*/) {
    const OpenFile& use = use_of(handle);
    return code_of(use.disk->sync(*use.file), SQLITE_IOERR_FSYNC);
}

int file_size(sqlite3_file* handle, sqlite3_int64* size) {
    *size = static_cast<sqlite3_int64>(use_of(handle).file->current.size());
    return SQLITE_OK;
}

/// The highest lock that others have on the file.
int lock_of_others(const OpenFile& use) {
    int level = SQLITE_LOCK_NONE;
    for (const OpenFile* const other : use.file->open) {
        level = other == &use ? level : std::max(level, other->lock_level);
    }
    return level;
}

int lock_file(sqlite3_file* handle, int level) {
    OpenFile& use = use_of(handle);
    if (use.lock_level >= level) {
        return SQLITE_OK;
    }
    const int others = lock_of_others(use);
    const bool granted = level == SQLITE_LOCK_SHARED     ? others < SQLITE_LOCK_PENDING
                         : level == SQLITE_LOCK_RESERVED ? others < SQLITE_LOCK_RESERVED
                                                         : others == SQLITE_LOCK_NONE;
    if (granted) {
        use.lock_level = level;
    }
    return granted ? SQLITE_OK : SQLITE_BUSY;
}

int unlock_file(sqlite3_file* handle, int level) {
    OpenFile& use = use_of(handle);
    use.lock_level = std::min(use.lock_level, level);
    return SQLITE_OK;
}

int check_reserved_lock(sqlite3_file* handle, int* is_reserved) {
    *is_reserved = lock_of_others(use_of(handle)) >= SQLITE_LOCK_RESERVED ? 1 : 0;
    return SQLITE_OK;
}

int file_control(sqlite3_file* /*handle*/, int /*operation*/, void* /*argument*/) {
    return SQLITE_NOTFOUND;
}

int sector_size(sqlite3_file* /*handle*/) {
    return 4'096;
}

/// As SQLite's own layer for Unix: a write leaves the bytes beside it alone, also when torn.
int device_characteristics(sqlite3_file* /*handle*/) {
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int map_shared(sqlite3_file* handle, int region, int size, int extend, void volatile** memory) {
    auto& regions = use_of(handle).file->shared_memory;
    const auto index = static_cast<std::size_t>(region);
    ENSURE(size == 32'768, "SQLite shares memory in regions of 32 KiB");
    *memory = nullptr;
    if (index >= regions.size() && extend == 0) {
        return SQLITE_OK;
    }
    while (regions.size() <= index) {
        regions.push_back(std::make_unique<std::array<char, 32'768>>());
        regions.back()->fill(0);
    }
    *memory = regions[index]->data();
    return SQLITE_OK;
}

int lock_shared(sqlite3_file* handle, int first, int count, int flags) {
    OpenFile& use = use_of(handle);
    const bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
    const auto begin = static_cast<std::size_t>(first);
    const auto end = begin + static_cast<std::size_t>(count);
    if ((flags & SQLITE_SHM_UNLOCK) != 0) {
        for (std::size_t lock = begin; lock < end; ++lock) {
            use.shared_locks.at(lock) = false;
            use.exclusive_locks.at(lock) = false;
        }
        return SQLITE_OK;
    }
    for (const OpenFile* const other : use.file->open) {
        for (std::size_t lock = begin; lock < end && other != &use; ++lock) {
            if (other->exclusive_locks.at(lock) || (exclusive && other->shared_locks.at(lock))) {
                return SQLITE_BUSY;
            }
        }
    }
    for (std::size_t lock = begin; lock < end; ++lock) {
        (exclusive ? use.exclusive_locks : use.shared_locks).at(lock) = true;
    }
    return SQLITE_OK;
}

void shared_barrier(sqlite3_file* /*handle*/) {}

int unmap_shared(sqlite3_file* handle, int /*remove*/) {
    OpenFile& use = use_of(handle);
    use.shared_locks.fill(false);
    use.exclusive_locks.fill(false);
    // The memory goes with the last connection, so that the next one recovers from the log.
    if (use.file->open.size() == 1) {
        use.file->shared_memory.clear();
    }
    return SQLITE_OK;
}

const sqlite3_io_methods methods{2,
                                 close_file,
                                 read_file,
                                 write_file,
                                 truncate_file,
                                 sync_file,
                                 file_size,
                                 lock_file,
                                 unlock_file,
                                 check_reserved_lock,
                                 file_control,
                                 sector_size,
                                 device_characteristics,
                                 map_shared,
                                 lock_shared,
                                 shared_barrier,
                                 unmap_shared,
                                 nullptr,
                                 nullptr};

FaultDisk::State& disk_of(sqlite3_vfs* vfs) {
    return *static_cast<FaultDisk::State*>(vfs->pAppData);
}

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* handle, int flags, int* out_flags) {
    FaultDisk::State& disk = disk_of(vfs);
    handle->pMethods = nullptr;
    std::shared_ptr<DiskFile> file =
        name == nullptr ? std::make_shared<DiskFile>() : disk.find(name);
    if (!file && (flags & SQLITE_OPEN_CREATE) != 0) {
        // As SQLite's layer for Unix, which syncs the folder with the first sync of a new journal.
        const bool is_journal = (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL)) != 0;
        if (disk.create(name, is_journal) == Verdict::done) {
            file = disk.find(name);
        }
    }
    if (!file) {
        return SQLITE_CANTOPEN;
    }
    auto use = std::make_unique<OpenFile>();
    use->disk = &disk;
    use->file = file;
    use->is_scratch = name == nullptr;
    file->open.push_back(use.get());
    reinterpret_cast<Handle*>(handle)->use = use.release();
    handle->pMethods = &methods;
    if (out_flags != nullptr) {
        *out_flags = flags;
    }
    return SQLITE_OK;
}

int delete_file(sqlite3_vfs* vfs, const char* name, int sync_folder) {
    FaultDisk::State& disk = disk_of(vfs);
    if (!disk.find(name)) {
        return SQLITE_IOERR_DELETE_NOENT;
    }
    return code_of(disk.remove(name, sync_folder != 0), SQLITE_IOERR_DELETE);
}

int access_file(sqlite3_vfs* vfs, const char* name, int flags, int* result) {
    const auto file = disk_of(vfs).find(name);
    // SQLite asks whether a journal is there; an empty one counts as none, as on a real disk.
    *result = file && (flags != SQLITE_ACCESS_EXISTS || !file->current.empty()) ? 1 : 0;
    return SQLITE_OK;
}

int full_pathname(sqlite3_vfs* /*vfs*/, const char* name, int size, char* path) {
    return std::snprintf(path, static_cast<std::size_t>(size), "%s", name) < size ? SQLITE_OK
                                                                                  : SQLITE_CANTOPEN;
}

int randomness(sqlite3_vfs* /*vfs*/, int size, char* bytes) {
    SeededNumbers numbers(1);
    std::generate(
        bytes, bytes + size, [&numbers] { return static_cast<char>(numbers.below(256)); });
    return size;
}

int sleep_not(sqlite3_vfs* /*vfs*/, int microseconds) {
    return microseconds;
}

int current_time(sqlite3_vfs* /*vfs*/, double* julian_day) {
    *julian_day = 2'461'101.5;
    return SQLITE_OK;
}

int last_error(sqlite3_vfs* /*vfs*/, int /*size*/, char* /*text*/) {
    return 0;
}

}  // namespace

void register_vfs(FaultDisk::State& state) {
    auto* const layer = new Layer{{}, state.vfs_name};
    sqlite3_vfs* const vfs = &layer->base;
    vfs->iVersion = 1;
    vfs->szOsFile = sizeof(Handle);
    vfs->mxPathname = 512;
    vfs->zName = layer->name.c_str();
    vfs->pAppData = &state;
    vfs->xOpen = open_file;
    vfs->xDelete = delete_file;
    vfs->xAccess = access_file;
    vfs->xFullPathname = full_pathname;
    vfs->xRandomness = randomness;
    vfs->xSleep = sleep_not;
    vfs->xCurrentTime = current_time;
    vfs->xGetLastError = last_error;
    ENSURE(sqlite3_vfs_register(vfs, 0) == SQLITE_OK, "SQLite takes no more layers");
}

void unregister_vfs(FaultDisk::State& state) {
    sqlite3_vfs* const vfs = sqlite3_vfs_find(state.vfs_name.c_str());
    ENSURE(vfs != nullptr, "the layer is registered");
    sqlite3_vfs_unregister(vfs);
    delete reinterpret_cast<Layer*>(vfs);
}

}  // namespace guildmark::tests
