#pragma once

#include <memory>
#include <string>
#include <vector>

#include "adapters/store/sqlite/store.h"
#include "engine/audit/rule_book.h"
#include "engine/ports/blob_store.h"
#include "engine/ports/evidence_source.h"
#include "engine/runtime/engine.h"
#include "engine/runtime/library.h"
#include "engine/xml/diagnostics.h"

namespace guildmark {

struct InstallationOptions {
    std::string data_folder;     ///< Holds journal.sqlite, blobs/ and outbox/; made when not there.
    std::string library_folder;  ///< Holds workflows/ and standards/.
    StoreAccess access = StoreAccess::write;
    Clock* clock = nullptr;    ///< Null: the machine's.
    Random* random = nullptr;  ///< Null: the kernel's.
};

/// All the adapters around one data folder, wired to each other: the only place that knows which
/// store, blobs, scripts and notifier there are.
class Installation {
public:
    /// Errors: library_invalid (with the diagnostics), data_folder_failed, those of the adapters.
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

/// Reads every workflow (<folder>/workflows/<name>/) and standard (<folder>/standards/<name>/*.xml)
/// into `library`. Problems are diagnostics; what is sound is added all the same.
/// Errors: library_not_found (no such folder).
[[nodiscard]] Result<void> load_library(const std::string& folder,
                                        Library& library,
                                        Diagnostics& diagnostics);

/// Reads every rule (<folder>/standards/rules/<name>/*.xml) into `rules`, in order of path.
/// Problems are diagnostics; what is sound is added all the same. Errors: library_not_found.
[[nodiscard]] Result<void> load_rules(const std::string& folder,
                                      audit::RuleBook& rules,
                                      Diagnostics& diagnostics);

/// The files in `folder` that make a workflow, and those that they include. Errors:
/// file_unreadable, file_too_large.
[[nodiscard]] Result<std::vector<workflow::SourceFile>> workflow_files(const std::string& folder);

/// Where workflows and standards lie when nobody says: beside the source the program was built in,
/// or in share/guildmark beside its bin folder; empty when in neither.
[[nodiscard]] std::string default_library_folder();

/// A whole file. Errors: file_unreadable, file_too_large (over limits::xml_bytes_max).
[[nodiscard]] Result<std::string> read_file(const std::string& path);

}  // namespace guildmark
