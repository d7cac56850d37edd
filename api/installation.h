#pragma once

#include <memory>
#include <string>

#include "adapters/store/sqlite/store.h"
#include "engine/ports/blob_store.h"
#include "engine/ports/evidence_source.h"
#include "engine/runtime/engine.h"
#include "engine/runtime/library.h"

namespace guildmark {

struct InstallationOptions {
    std::string data_folder;     ///< Holds journal.sqlite, signing-keys.json, blobs/ and outbox/;
                                 ///< made when not there.
    std::string library_folder;  ///< Holds workflows/ and standards/.
    StoreAccess access = StoreAccess::write;
    Clock* clock = nullptr;    ///< Null: the machine's.
    Random* random = nullptr;  ///< Null: the kernel's.
};

/// All the adapters around one data folder, wired to each other: the only place that knows which
/// store, blobs, scripts and notifier there are.
class Installation {
public:
    /// Makes the first signing key, where there is no journal yet. Errors: library_invalid (with
    /// the diagnostics), data_folder_failed, those of the adapters.
    static Result<std::unique_ptr<Installation>> open(const InstallationOptions& options);

    ~Installation();

    [[nodiscard]] Store& store();
    [[nodiscard]] BlobStore& blobs();
    [[nodiscard]] MediaTypeDetector& media_types();
    [[nodiscard]] Library& library();
    [[nodiscard]] Clock& clock();
    [[nodiscard]] EnginePorts ports();

private:
    struct Parts;
    explicit Installation(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace guildmark
