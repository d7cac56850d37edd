#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/ports/signer.h"

namespace guildmark::sodium {

struct KeyFile;

/// The keys of a data folder, in its file signing-keys.json, which its owner alone may read. A key
/// that is no longer current keeps only its public half. A key that was made or ended by another
/// process counts at once.
class KeyRing final : public Signer {
public:
    explicit KeyRing(std::string data_folder);
    ~KeyRing() override;

    [[nodiscard]] Result<Signature> sign(std::string_view bytes) const override;
    [[nodiscard]] Result<std::vector<SigningKey>> keys() const override;

    /// Makes a first key when there is no file yet; else does nothing. Errors: those of keys(),
    /// signing_keys_failed (the folder or the disk).
    Result<void> begin(Instant now);

    /// Makes a new current key; the one before is retired, and its private half is gone. Result:
    /// the new key. Errors: those of keys() but signing_keys_missing, signing_keys_failed.
    Result<SigningKey> rotate(Instant now);

    /// Ends a key for good; a retired one may be told compromised later. Errors: those of keys(),
    /// signing_key_unknown, signing_key_ended (it has ended so already), signing_keys_failed.
    Result<void> end(const std::string& id, KeyState state, Instant now);

private:
    struct Kept;

    Result<std::shared_ptr<const KeyFile>> read() const;
    Result<void> write(const KeyFile& file) const;

    std::string folder_;
    mutable std::mutex mutex_;
    mutable std::unique_ptr<Kept> kept_;  ///< What was read last.
};

}  // namespace guildmark::sodium
