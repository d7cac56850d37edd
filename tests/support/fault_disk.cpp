#include "tests/support/fault_disk.h"

#include <algorithm>
#include <utility>

#include "engine/base/ensure.h"
#include "tests/support/fault_disk_state.h"

namespace guildmark::tests {
namespace {

constexpr std::uint64_t sector_bytes = 512;

void apply(std::string& bytes, std::uint64_t offset, std::string_view part) {
    if (bytes.size() < offset + part.size()) {
        bytes.resize(offset + part.size());
    }
    part.copy(bytes.data() + offset, part.size());
}

void apply(std::string& bytes, const Unsynced& operation) {
    if (operation.is_truncate) {
        bytes.resize(operation.offset);
    } else {
        apply(bytes, operation.offset, operation.bytes);
    }
}

/// How the disk treats what it was not made to write.
enum class Loss { everything, nothing, by_sector, by_operation, after_a_point };

/// Takes what survives of a file's unsynced operations, each sector whole or not at all.
class Survival {
public:
    Survival(Loss loss, SeededNumbers& numbers) : loss_(loss), numbers_(numbers) {}

    void settle(DiskFile& file) {
        point_ = file.unsynced.empty() ? 0 : numbers_.below(file.unsynced.size());
        for (std::size_t index = 0; index < file.unsynced.size(); ++index) {
            const Unsynced& operation = file.unsynced[index];
            const bool whole = keeps_operation(index);
            if (!operation.is_truncate) {
                settle_write(file.durable, operation, whole, index == point_);
            } else if (whole) {
                file.durable.resize(operation.offset);
            }
        }
        file.unsynced.clear();
        file.current = file.durable;
    }

private:
    bool keeps_operation(std::size_t index) {
        switch (loss_) {
            case Loss::everything:
                return false;
            case Loss::nothing:
                return true;
            case Loss::by_sector:
            case Loss::by_operation:
                return numbers_.below(2) == 0;
            case Loss::after_a_point:
                return index < point_;
        }
        ENSURE(false, "a loss outside its enumeration");
    }

    void settle_write(std::string& bytes, const Unsynced& write, bool whole, bool is_point) {
        const bool by_sector =
            loss_ == Loss::by_sector || (loss_ == Loss::after_a_point && is_point);
        std::uint64_t offset = write.offset;
        std::string_view rest = write.bytes;
        while (!rest.empty()) {
            const std::uint64_t to_boundary = sector_bytes - offset % sector_bytes;
            const std::string_view part = rest.substr(0, to_boundary);
            if (by_sector ? numbers_.below(2) == 0 : whole) {
                apply(bytes, offset, part);
            }
            offset += part.size();
            rest.remove_prefix(part.size());
        }
    }

    Loss loss_;
    SeededNumbers& numbers_;
    std::size_t point_ = 0;
};

}  // namespace

std::uint64_t SeededNumbers::next() {
    // SplitMix64.
    state_ += 0x9E37'79B9'7F4A'7C15u;
    std::uint64_t number = state_;
    number = (number ^ (number >> 30)) * 0xBF58'476D'1CE4'E5B9u;
    number = (number ^ (number >> 27)) * 0x94D0'49BB'1331'11EBu;
    return number ^ (number >> 31);
}

Verdict FaultDisk::State::begin(Operation operation) {
    if (!power) {
        return Verdict::failed;
    }
    if (operation == Operation::read && !counts_reads) {
        return Verdict::done;
    }
    ++operations;
    if (operations == power_lost_at) {
        power = false;
        return Verdict::torn;
    }
    const bool writes = operation == Operation::write;
    if (fault == Fault::disk_full && fails_at != 0 && operations >= fails_at && writes) {
        failed = true;
        return Verdict::full;
    }
    if (fault == Fault::io_error && operations == fails_at) {
        failed = true;
        return writes ? Verdict::halved : Verdict::failed;
    }
    if (operation == Operation::sync && ignores_syncs) {
        return Verdict::ignored;
    }
    return Verdict::done;
}

std::shared_ptr<DiskFile> FaultDisk::State::find(const std::string& name) const {
    const auto found = files.find(name);
    return found == files.end() ? nullptr : found->second;
}

Verdict FaultDisk::State::create(const std::string& name, bool syncs_folder) {
    const Verdict verdict = begin(Operation::create);
    if (verdict == Verdict::done || verdict == Verdict::torn) {
        files[name] = std::make_shared<DiskFile>();
        files[name]->syncs_folder = syncs_folder;
    }
    return verdict;
}

Verdict FaultDisk::State::remove(const std::string& name, bool synced) {
    const Verdict verdict = begin(Operation::remove);
    if (verdict != Verdict::done && verdict != Verdict::torn) {
        return verdict;
    }
    const auto file = files.extract(name);
    if (file.mapped()->name_is_durable && !(synced && verdict == Verdict::done)) {
        removed[name] = file.mapped();
    }
    return verdict;
}

Verdict FaultDisk::State::write(DiskFile& file, std::uint64_t offset, std::string_view bytes) {
    const Verdict verdict = begin(Operation::write);
    if (verdict == Verdict::failed) {
        return verdict;
    }
    if (verdict == Verdict::halved || verdict == Verdict::full) {
        bytes = bytes.substr(0, bytes.size() / 2);
    }
    apply(file.current, offset, bytes);
    file.unsynced.push_back({false, offset, std::string(bytes)});
    return verdict;
}

Verdict FaultDisk::State::truncate(DiskFile& file, std::uint64_t size) {
    const Verdict verdict = begin(Operation::truncate);
    if (verdict == Verdict::done || verdict == Verdict::torn) {
        file.current.resize(size);
        file.unsynced.push_back({true, size, {}});
    }
    return verdict;
}

Verdict FaultDisk::State::sync(DiskFile& file) {
    const Verdict verdict = begin(Operation::sync);
    if (verdict == Verdict::failed && power) {
        // The system has marked the pages as written, so that no later sync writes them.
        file.unsynced.clear();
    }
    if (verdict == Verdict::done) {
        // Not simply the current bytes: what an earlier sync has forgotten stays off the disk.
        for (const Unsynced& operation : file.unsynced) {
            apply(file.durable, operation);
        }
        file.unsynced.clear();
        if (std::exchange(file.syncs_folder, false)) {
            sync_folder();
        }
    }
    return verdict;
}

void FaultDisk::State::sync_folder() {
    removed.clear();
    for (const auto& [name, file] : files) {
        file->name_is_durable = true;
    }
}

/// What is on the disk after the power went.
void FaultDisk::State::settle(std::uint64_t seed) {
    SeededNumbers numbers(seed);
    const auto loss = static_cast<Loss>(numbers.below(5));
    Survival survival(loss, numbers);
    for (auto entry = files.begin(); entry != files.end();) {
        survival.settle(*entry->second);
        const bool stays = entry->second->name_is_durable || numbers.below(2) == 0;
        entry = stays ? std::next(entry) : files.erase(entry);
    }
    for (const auto& [name, file] : removed) {
        if (numbers.below(2) == 0 && !files.contains(name)) {
            survival.settle(*file);
            files[name] = file;
        }
    }
    sync_folder();
}

FaultDisk::FaultDisk(std::string vfs_name) : state_(std::make_unique<State>()) {
    state_->vfs_name = std::move(vfs_name);
    register_vfs(*state_);
}

FaultDisk::~FaultDisk() {
    unregister_vfs(*state_);
}

std::uint64_t FaultDisk::operations() const {
    return state_->operations;
}

void FaultDisk::load(Image image) {
    const std::string vfs_name = std::move(state_->vfs_name);
    *state_ = State();
    state_->vfs_name = vfs_name;
    for (auto& [name, bytes] : image) {
        auto file = std::make_shared<DiskFile>();
        file->current = bytes;
        file->durable = std::move(bytes);
        file->name_is_durable = true;
        state_->files[name] = std::move(file);
    }
}

FaultDisk::Image FaultDisk::image() const {
    Image image;
    for (const auto& [name, file] : state_->files) {
        image[name] = file->current;
    }
    return image;
}

void FaultDisk::lose_power_at(std::uint64_t operation) {
    state_->power_lost_at = operation;
}

bool FaultDisk::has_power() const {
    return state_->power;
}

void FaultDisk::restore_power(std::uint64_t seed) {
    for (const auto& [name, file] : state_->files) {
        ENSURE(file->open.empty(), "a file is open while the power comes back");
    }
    state_->settle(seed);
    state_->operations = 0;
    state_->power_lost_at = 0;
    state_->power = true;
}

void FaultDisk::fail_at(std::uint64_t operation, Fault fault) {
    state_->fails_at = operation;
    state_->fault = fault;
    state_->counts_reads = true;
}

bool FaultDisk::has_failed() const {
    return state_->failed;
}

void FaultDisk::heal() {
    state_->fails_at = 0;
}

void FaultDisk::ignore_syncs() {
    state_->ignores_syncs = true;
}

}  // namespace guildmark::tests
