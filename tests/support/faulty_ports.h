#pragma once

#include <memory>

#include "engine/ports/blob_store.h"
#include "engine/ports/evidence_source.h"
#include "engine/ports/notifier.h"
#include "engine/ports/script_engine.h"
#include "engine/ports/store.h"
#include "tests/support/fault_plan.h"

/// Ports around the real ones whose calls fail where a FaultPlan says so. A call that fails does
/// nothing, save a commit whose plan says that it was written.
///
/// Lifetime: the plan and what is wrapped outlive the wrapper.
namespace guildmark::tests {

/// Errors that are planned: store_busy (later), store_failed (for good); commit also
/// commit_in_doubt, after which commits are refused until a recover goes through.
class FaultyStore : public Store {
public:
    FaultyStore(FaultPlan& plan, Store& real) : plan_(plan), real_(real) {}

    Result<void> commit(const Commit& commit) override;
    Result<void> recover() override;
    Result<std::unique_ptr<StoreReader>> open_reader() override;
    Result<std::unique_ptr<StoreReader>> open_writers_reader() override;
    Result<void> rebuild(const std::function<Result<void>(const RebuildSink&)>& write) override;
    Result<std::vector<StoreFault>> check_integrity() override;

private:
    FaultPlan& plan_;
    Store& real_;
    bool in_doubt_ = false;
};

/// Every call of `real` under the plan.
[[nodiscard]] std::unique_ptr<StoreReader> faulty_reader(FaultPlan& plan,
                                                         std::unique_ptr<StoreReader> real);

/// Errors that are planned: blob_store_full (later), blob_store_failed (for good); reading what it
/// opened: blob_store_failed.
class FaultyBlobStore : public BlobStore {
public:
    FaultyBlobStore(FaultPlan& plan, BlobStore& real) : plan_(plan), real_(real) {}

    Result<StoredBlob> put(ByteStream& bytes) override;
    Result<std::unique_ptr<ByteStream>> open(const Digest& digest) override;
    Result<bool> contains(const Digest& digest) override;
    Result<void> check(const Digest& digest) override;

private:
    FaultPlan& plan_;
    BlobStore& real_;
};

/// Errors that are planned: source_unavailable (later); for good source_denied of list,
/// evidence_denied of open, evidence_changed of a read.
class FaultyEvidenceSource : public EvidenceSource {
public:
    FaultyEvidenceSource(FaultPlan& plan, EvidenceSource& real) : plan_(plan), real_(real) {}

    std::string description() override { return real_.description(); }

    Result<EvidenceListing> list() override;
    Result<std::unique_ptr<ByteStream>> open(const EvidenceItem& item) override;

private:
    FaultPlan& plan_;
    EvidenceSource& real_;
};

/// Errors that are planned: notifier_unavailable (later), notifier_refused (for good).
class FaultyNotifier : public Notifier {
public:
    FaultyNotifier(FaultPlan& plan, Notifier& real) : plan_(plan), real_(real) {}

    Result<void> deliver(const Notification& notification) override;

private:
    FaultPlan& plan_;
    Notifier& real_;
};

/// The error that is planned is script_unavailable, of any kind: the others are the script's own.
class FaultyScriptEngine : public ScriptEngine {
public:
    FaultyScriptEngine(FaultPlan& plan, ScriptEngine& real) : plan_(plan), real_(real) {}

    Result<std::unique_ptr<ScriptContext>> open() override;
    Result<std::optional<Value>> evaluate_pure(std::string_view expression,
                                               std::span<const ScriptInput> inputs,
                                               std::string_view functions) override;

private:
    FaultPlan& plan_;
    ScriptEngine& real_;
};

}  // namespace guildmark::tests
