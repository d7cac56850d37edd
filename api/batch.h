#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "api/fields.h"
#include "api/route.h"
#include "engine/cases/command.h"

/// One act on many cases, in portions of at most limits::batch_cases_max: looked at first, then
/// carried out, each case by a command of its own.
namespace guildmark::api {

/// What is done to each case.
enum class BatchAct { signal, pause, resume, move, retry, skip };

constexpr auto names_of(BatchAct) {
    return std::to_array<std::string_view>({"signal", "pause", "resume", "move", "retry", "skip"});
}

/// The act with all that it takes.
struct BatchOrder {
    BatchAct act = BatchAct::signal;
    std::string signal;
    Value values;
    std::vector<std::string> to;  ///< The states of a move.
    std::string reason;
};

/// Reads action, signal, values, to and reason, as far as the action takes them.
[[nodiscard]] BatchOrder order_of(Fields& fields);

/// One case as it was looked at.
struct BatchCase {
    CaseId id;
    std::uint64_t sequence = 0;
    IncidentId incident;  ///< To retry or skip: the oldest open one; none otherwise.
};

/// What a preview gives back and a batch must name: that the same person carries out the same
/// act on the same cases as they were seen.
[[nodiscard]] std::string digest_of(const BatchOrder& order,
                                    const std::vector<BatchCase>& cases,
                                    const Caller& caller);

/// What works on a portion needs of the call that asked for it, which is gone by then.
class BatchWork {
public:
    BatchWork(const Call& call, BatchOrder order);

    /// What would become of each case of a list: BatchPreview of openapi.yaml, with `next`.
    /// Errors: those of the store.
    [[nodiscard]] Result<Response> preview(StoreReader& reader,
                                           const std::vector<CaseId>& ids,
                                           const std::string& next) const;

    /// Whether a case that has changed since it was looked at is left alone.
    enum class Changed { leave, include };

    /// Carries the order out under `batch`, a key of the client's: BatchReport of openapi.yaml.
    /// Done again under the same key it repeats nothing. Errors: those of the store.
    [[nodiscard]] Result<Response> carry_out(StoreReader& reader,
                                             const std::string& batch,
                                             const std::vector<BatchCase>& cases,
                                             Changed changed) const;

private:
    struct Prepared;

    Result<Prepared> prepare(StoreReader& reader, const BatchCase& one, Library& library) const;
    Result<IncidentId> oldest_incident(StoreReader& reader, CaseId id) const;
    [[nodiscard]] CaseCommand command(IncidentId incident) const;
    void run(std::vector<Prepared>& portion) const;
    Value previewed(const Prepared& one) const;
    Value reported(const Prepared& one) const;
    void explain(const Prepared& one, Value& value) const;

    EngineHost& host_;
    const Library& library_;
    Request request_;
    std::vector<std::string> languages_;
    std::shared_ptr<const Caller> caller_;
    BatchOrder order_;
};

constexpr auto names_of(BatchWork::Changed) {
    return std::to_array<std::string_view>({"leave", "include"});
}

}  // namespace guildmark::api
