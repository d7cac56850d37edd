#pragma once

#include <list>
#include <map>
#include <memory>

#include "engine/cases/case.h"
#include "engine/cases/organisation.h"
#include "engine/ports/store.h"
#include "engine/runtime/library.h"

namespace guildmark {

/// A case in memory, with the workflow version that it keeps.
struct LoadedCase {
    Case value;
    std::shared_ptr<const workflow::Workflow> workflow;
    std::uint64_t snapshot_sequence = 0;
};

/// Cases and organisations as they stand, loaded when they are needed (snapshot and tail), kept up
/// to limits::cached_cases_max, the least recently used given up first.
class Aggregates {
public:
    Aggregates(std::unique_ptr<StoreReader> reader, Library& library)
        : reader_(std::move(reader)), library_(library) {}

    /// The case of that stream; one with head.sequence 0 when there is none yet. It stays where it
    /// is until trim(). Errors: those of the store, of decoding, chain_broken.
    Result<LoadedCase*> load_case(StreamId stream);
    Result<Organisation*> load_organisation(StreamId stream);

    /// Forgets what is held of a stream; the store tells anew.
    void drop(StreamId stream);

    /// Forgets everything.
    void drop_all() {
        entries_.clear();
        uses_.clear();
    }

    /// Gives up what is over the limit. Pointers of load_* end here.
    void trim();

    [[nodiscard]] StoreReader& reader() { return *reader_; }

private:
    struct Entry {
        std::unique_ptr<LoadedCase> loaded_case;
        std::unique_ptr<Organisation> organisation;
        std::list<StreamId>::iterator use;
    };

    Entry& touch(StreamId stream);
    Result<std::unique_ptr<LoadedCase>> read_case(StreamId stream);
    Result<std::unique_ptr<Organisation>> read_organisation(StreamId stream);

    std::unique_ptr<StoreReader> reader_;
    Library& library_;
    std::map<StreamId, Entry> entries_;
    std::list<StreamId> uses_;  ///< The most recently used first.
};

/// The version of a workflow that a case keeps, from the library or else from the store.
/// Errors: definition_missing, definition_malformed, those of the store.
[[nodiscard]] Result<std::shared_ptr<const workflow::Workflow>> find_version(StoreReader& reader,
                                                                             Library& library,
                                                                             const Digest& version);

}  // namespace guildmark
