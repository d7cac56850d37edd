#include "api/installation.h"

#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "adapters/blobs/folder/blob_store.h"
#include "adapters/media_type/detector.h"
#include "adapters/notify/spool/notifier.h"
#include "adapters/script/engine.h"
#include "adapters/signer/sodium/key_ring.h"
#include "adapters/system/system.h"
#include "api/library_folder.h"
#include "engine/runtime/definition.h"

namespace guildmark {

namespace {

/// Takes up every workflow version that a case may keep, so that afterwards the library is only
/// read, from any thread.
Result<void> keep_stored_versions(Store& store, Library& library) {
    auto reader = TRY(store.open_reader());
    for (const Definition& definition : TRY(reader->definitions("workflow"))) {
        if (library.find_version(definition.version) == nullptr) {
            library.keep(TRY(workflow_of(definition)));
        }
    }
    return {};
}

}  // namespace

struct Installation::Parts {
    SystemClock system_clock;
    SystemRandom system_random;
    Clock* clock = &system_clock;
    Random* random = &system_random;
    Library library;
    std::unique_ptr<SqliteStore> store;
    std::unique_ptr<FolderBlobStore> blobs;
    std::unique_ptr<MediaTypes> media_types;
    std::unique_ptr<ScriptEngine> scripts;
    std::unique_ptr<SpoolNotifier> notifier;
};

Installation::Installation(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Installation::~Installation() = default;

Result<std::unique_ptr<Installation>> Installation::open(const InstallationOptions& options) {
    auto parts = std::make_unique<Parts>();
    parts->clock = options.clock == nullptr ? parts->clock : options.clock;
    parts->random = options.random == nullptr ? parts->random : options.random;
    Diagnostics diagnostics;
    TRY(load_library(options.library_folder, parts->library, diagnostics));
    if (diagnostics.has_errors()) {
        return malformed("library_invalid", diagnostics.to_text(), options.library_folder);
    }
    std::error_code code;
    const bool writes = options.access == StoreAccess::write;
    if (writes && std::filesystem::create_directories(options.data_folder, code)) {
        // Names, addresses and what auditors found are for the owner of the machine alone.
        std::filesystem::permissions(options.data_folder, std::filesystem::perms::owner_all, code);
    }
    if (code || !std::filesystem::is_directory(options.data_folder, code)) {
        return not_found("data_folder_failed",
                         fmt::format("\"{}\" is not a folder that can be used for data: {}",
                                     options.data_folder,
                                     code.message()),
                         options.data_folder);
    }
    SqliteOptions store_options;
    store_options.access = options.access;
    const std::string journal = options.data_folder + "/journal.sqlite";
    if (writes && !std::filesystem::exists(journal, code)) {
        // Only before the first journal: a key that was lost is missed, not replaced unseen. In the
        // machine's time, whatever day a scenario plays on, because that is when it signs.
        TRY(sodium::KeyRing(options.data_folder).begin(parts->system_clock.now()));
    }
    parts->store = TRY(SqliteStore::open(journal, store_options));
    TRY(keep_stored_versions(*parts->store, parts->library));
    parts->blobs = TRY(FolderBlobStore::open(options.data_folder + "/blobs"));
    parts->media_types = TRY(MediaTypes::open());
    parts->scripts = std::make_unique<ScriptWorkers>();
    parts->notifier = TRY(SpoolNotifier::open(
        options.data_folder + "/outbox", {"Guildmark", "guildmark@localhost"}, *parts->clock));
    return std::unique_ptr<Installation>(new Installation(std::move(parts)));
}

Store& Installation::store() {
    return *parts_->store;
}

BlobStore& Installation::blobs() {
    return *parts_->blobs;
}

MediaTypeDetector& Installation::media_types() {
    return *parts_->media_types;
}

Library& Installation::library() {
    return parts_->library;
}

Clock& Installation::clock() {
    return *parts_->clock;
}

EnginePorts Installation::ports() {
    return EnginePorts{
        *parts_->store, *parts_->clock, *parts_->random, *parts_->scripts, *parts_->notifier};
}

}  // namespace guildmark
