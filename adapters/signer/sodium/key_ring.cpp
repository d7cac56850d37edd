#include "adapters/signer/sodium/key_ring.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "adapters/posix/temporary_file.h"
#include "adapters/signer/sodium/key_file.h"

namespace guildmark::sodium {
namespace {

constexpr const char* file_name = "signing-keys.json";
constexpr mode_t of_others = S_IRWXG | S_IRWXO;

Error cannot(std::string_view what, const std::string& path, int error) {
    return failed("signing_keys_failed",
                  fmt::format("{} {}: {}", what, path, posix::error_text(error)),
                  path);
}

/// Held while keys are made or ended, so that of two changes neither is lost.
Result<posix::FileDescriptor> lock(const std::string& folder) {
    const std::string path = folder + "/" + file_name + "-lock";
    posix::FileDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!file.is_open() || ::flock(file.number(), LOCK_EX) != 0) {
        return cannot("locking", path, errno);
    }
    return file;
}

bool is_same_file(const struct stat& left, const struct stat& right) {
    return left.st_ino == right.st_ino && left.st_size == right.st_size &&
           left.st_mtim.tv_sec == right.st_mtim.tv_sec &&
           left.st_mtim.tv_nsec == right.st_mtim.tv_nsec && left.st_mode == right.st_mode;
}

SigningKey* find_current(KeyFile& file) {
    const auto found = std::ranges::find(file.keys, KeyState::current, &SigningKey::state);
    return found == file.keys.end() ? nullptr : &*found;
}

}  // namespace

struct KeyRing::Kept {
    struct stat facts {};

    std::shared_ptr<const KeyFile> file;
};

KeyRing::KeyRing(std::string data_folder) : folder_(std::move(data_folder)) {}

KeyRing::~KeyRing() = default;

Result<std::shared_ptr<const KeyFile>> KeyRing::read() const {
    const std::string path = folder_ + "/" + file_name;

    struct stat facts {};

    if (::lstat(path.c_str(), &facts) != 0) {
        return errno == ENOENT
                   ? not_found("signing_keys_missing",
                               fmt::format("there is no {}: take it from a backup, or make a new "
                                           "key with guildmark keys rotate",
                                           path),
                               path)
                   : cannot("reading", path, errno);
    }
    const bool is_own = S_ISREG(facts.st_mode) && facts.st_uid == ::geteuid();
    if (!is_own || (facts.st_mode & of_others) != 0) {
        return failed("signing_keys_exposed",
                      fmt::format("{} is no plain file of the user that Guildmark runs as, or "
                                  "others may read it: nothing is signed until chown and chmod "
                                  "600; end the key when somebody may have seen it",
                                  path),
                      path);
    }
    const std::lock_guard guard(mutex_);
    if (kept_ == nullptr || !is_same_file(kept_->facts, facts)) {
        std::ifstream stream(path, std::ios::binary);
        const std::string text(std::istreambuf_iterator<char>(stream), {});
        auto file = std::make_shared<const KeyFile>(TRY(read_key_file(text)));
        kept_ = std::make_unique<Kept>(Kept{facts, std::move(file)});
    }
    return kept_->file;
}

Result<void> KeyRing::write(const KeyFile& file) const {
    const posix::FileDescriptor folder(::open(folder_.c_str(), O_DIRECTORY | O_CLOEXEC));
    if (!folder.is_open()) {
        return cannot("opening", folder_, errno);
    }
    posix::TemporaryFile temporary(folder.number());
    int error = temporary.create();
    error = error != 0 ? error : temporary.write(key_file_text(file));
    error = error != 0 ? error : temporary.sync();
    error = error != 0 ? error : temporary.publish(folder.number(), file_name);
    return error == 0 ? Result<void>() : cannot("writing keys to", folder_, error);
}

Result<std::vector<SigningKey>> KeyRing::keys() const {
    const auto file = TRY(read());
    return file->keys;
}

Result<Signature> KeyRing::sign(std::string_view bytes) const {
    const auto file = TRY(read());
    const auto key = std::ranges::find(file->keys, KeyState::current, &SigningKey::state);
    if (key == file->keys.end() || !file->seed) {
        return not_found("signing_key_missing",
                         "no key is current; make one with guildmark keys rotate");
    }
    return Signature{*key, file->seed->sign(bytes)};
}

Result<void> KeyRing::begin(Instant now) {
    const auto file = read();
    if (file || file.error().code != "signing_keys_missing") {
        return file ? Result<void>() : file.error();
    }
    TRY(rotate(now));
    return {};
}

Result<SigningKey> KeyRing::rotate(Instant now) {
    const posix::FileDescriptor held = TRY(lock(folder_));
    const auto before = read();
    if (!before && before.error().code != "signing_keys_missing") {
        return before.error();
    }
    KeyFile file = before ? **before : KeyFile();
    if (SigningKey* const current = find_current(file)) {
        current->state = KeyState::retired;
        current->ended_at = now;
    }
    file.seed = Seed::random();
    SigningKey key;
    key.bytes = file.seed->public_key();
    key.id = key_id(key.bytes);
    key.valid_from = now;
    file.keys.push_back(key);
    TRY(write(file));
    return key;
}

Result<void> KeyRing::end(const std::string& id, KeyState state, Instant now) {
    const posix::FileDescriptor held = TRY(lock(folder_));
    KeyFile file = *TRY(read());
    const auto key = std::ranges::find(file.keys, id, &SigningKey::id);
    if (key == file.keys.end()) {
        return not_found("signing_key_unknown", fmt::format("there is no key {}", id), id);
    }
    const bool is_worse = key->state == KeyState::retired && state == KeyState::compromised;
    if (state == KeyState::current || (key->state != KeyState::current && !is_worse)) {
        return conflict("signing_key_ended", fmt::format("key {} has ended already", id), id);
    }
    if (key->state == KeyState::current) {
        file.seed.reset();
        key->ended_at = now;
    }
    key->state = state;
    return write(file);
}

}  // namespace guildmark::sodium
