#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/ports/commit.h"
#include "engine/ports/lists.h"

namespace guildmark {

/// A record that is there and cannot be read.
struct UnreadableRecord {
    StreamId stream;
    std::uint64_t sequence = 0;
    Error error;  ///< store_corrupted
};

/// Something that is wrong with what is stored, in words.
struct StoreFault {
    /// store_corrupted; rows_differ: only what follows from the journal, so that a rebuild mends
    /// it; position_missing; journal_end_differs: a stream does not end with the last record that
    /// was written to it.
    std::string code;
    std::string message;
    std::string subject;  ///< "stream/sequence", a stream, a table with a row's key, or a table.

    bool operator==(const StoreFault&) const = default;
};

/// Reads what was committed. Every call sees one committed state. Errors of every call:
/// store_busy (Retry::later), store_corrupted, store_failed. Lists are in the order of their key;
/// cases newest first. Paged lists also: page_key_malformed (`after` is no key of that list).
///
/// Fast at any size: cases by organisation and finished, cases by terms, open tasks by organisation
/// and role, incidents by organisation, all that is asked by case. Other filters go through all
/// that the rest of the filter leaves.
///
/// Thread: one at a time for each object; open one for each thread.
class StoreReader {
public:
    virtual ~StoreReader() = default;

    virtual Result<StreamHead> head(StreamId stream) = 0;
    virtual Result<std::vector<Record>> records(StreamId stream,
                                                std::uint64_t after_sequence,
                                                std::size_t count_max) = 0;
    virtual Result<std::optional<Snapshot>> find_snapshot(StreamId stream) = 0;
    virtual Result<std::optional<KeyedAnswer>> find_answer(std::string_view key) = 0;
    virtual Result<std::optional<Definition>> find_definition(const Digest& version) = 0;
    virtual Result<std::vector<Definition>> definitions(std::string_view kind) = 0;
    virtual Result<std::uint64_t> last_position() = 0;

    /// The largest id of any stream; 0 when there is none.
    virtual Result<std::uint64_t> last_stream() = 0;

    /// Timers due at or before `until`, by due time, then by id.
    virtual Result<std::vector<Timer>> due_timers(Instant until, std::size_t count_max) = 0;
    virtual Result<std::optional<Instant>> next_timer() = 0;
    virtual Result<std::vector<Effect>> due_effects(Instant until, std::size_t count_max) = 0;

    virtual Result<std::optional<rows::Case>> find_case(CaseId id) = 0;
    /// Everything, so it costs what the case has gathered: for reports and checks.
    virtual Result<std::optional<rows::CaseRows>> find_case_rows(CaseId id) = 0;
    /// Current evidence that is valid until `evidence_until` at most, the first `evidence_max`.
    virtual Result<std::optional<rows::CaseOverview>> find_case_overview(
        CaseId id, Date evidence_until, std::size_t evidence_max) = 0;
    /// Evidence expired before `today`. A case that is not there has no rows.
    virtual Result<rows::GateRows> gate_rows(CaseId id, Date today) = 0;
    virtual Result<Page<rows::Case>> cases(const CaseFilter& filter, const PageRequest& page) = 0;
    /// REQUIRES: the filter is no search.
    virtual Result<std::uint64_t> count_cases(const CaseFilter& filter) = 0;
    virtual Result<std::optional<rows::Task>> find_task(TaskId id) = 0;
    virtual Result<Page<rows::Task>> tasks(const TaskFilter& filter, const PageRequest& page) = 0;
    virtual Result<Page<rows::Incident>> incidents(const IncidentFilter& filter,
                                                   const PageRequest& page) = 0;
    virtual Result<std::vector<rows::Requirement>> requirements(CaseId id) = 0;
    virtual Result<Page<rows::Evidence>> evidence(CaseId id, const PageRequest& page) = 0;
    /// That revision of a document; none: the newest.
    virtual Result<std::optional<rows::Evidence>> find_evidence(
        CaseId case_id, EvidenceId id, std::optional<std::uint32_t> revision) = 0;
    virtual Result<std::vector<rows::Finding>> findings(CaseId id) = 0;
    /// The newest of that number.
    virtual Result<std::optional<rows::Certificate>> find_certificate(std::string_view number) = 0;
    /// By number. A page may be short, or empty, and yet have a next: at most
    /// limits::certificates_searched_max are looked at for it.
    virtual Result<Page<rows::Certificate>> certificates(const CertificateFilter& filter,
                                                         const PageRequest& page) = 0;
    /// Records of the kind certificate_acted_kind, over all streams, in order of position.
    virtual Result<std::vector<Record>> certificate_acts(std::uint64_t after_position,
                                                         std::size_t count_max) = 0;
    /// Those of one case, in order.
    virtual Result<std::vector<Record>> certificate_acts_of(CaseId id) = 0;
    virtual Result<std::optional<rows::Organisation>> find_organisation(OrganisationId id) = 0;
    virtual Result<std::optional<rows::OrganisationRows>> find_organisation_rows(
        OrganisationId id) = 0;
    virtual Result<Page<rows::Organisation>> organisations(const PageRequest& page) = 0;
    virtual Result<std::optional<rows::Member>> find_member(OrganisationId organisation,
                                                            PersonId person) = 0;
    virtual Result<std::optional<rows::Token>> find_token(const Digest& hash) = 0;

    using RecordVisit = std::function<Result<void>(const Record& record)>;
    using UnreadableVisit = std::function<Result<void>(const UnreadableRecord& record)>;

    /// Every stream, in ascending order, and its records, in order of sequence, those that cannot
    /// be read as well; ends early when a visit fails, with its error.
    virtual Result<void> scan_streams(const RecordVisit& visit,
                                      const UnreadableVisit& on_unreadable) = 0;

    /// The same, and ends at the first record that cannot be read.
    Result<void> scan_streams(const RecordVisit& visit) {
        return scan_streams(
            visit, [](const UnreadableRecord& record) { return Result<void>(record.error); });
    }
};

/// The journal, its read models, timers, effects and answers: one truth, one transaction.
class Store {
public:
    virtual ~Store() = default;

    /// Writes all of `commit`, durably, or nothing.
    /// A keyed answer, a snapshot, a timer or an effect replaces what stands under its key.
    /// Errors: sequence_conflict (a record's stream, or the journal, does not end right before it),
    /// journal_end_differs (the stream does not end with what was written last), store_full,
    /// store_busy, commit_in_doubt (the outcome is unknown: recover, and look), store_failed.
    virtual Result<void> commit(const Commit& commit) = 0;

    /// After commit_in_doubt: makes one of the two possible outcomes certain and durable, which
    /// readers show from then on. Until it has succeeded every commit is refused with
    /// commit_in_doubt. Does nothing when there is no doubt. Errors: store_busy, store_failed.
    virtual Result<void> recover() = 0;

    /// A reader of its own, with a connection of its own. Errors: store_failed.
    virtual Result<std::unique_ptr<StoreReader>> open_reader() = 0;

    /// A reader for the thread that commits, by the connection that writes: what is looked at
    /// before it is written is read from the disk once. It may not outlive the store. Its calls
    /// also fail with commit_in_doubt, until the store is recovered. Errors: store_failed.
    virtual Result<std::unique_ptr<StoreReader>> open_writers_reader() = 0;

    /// Replaces every read-model row, timer and effect by what `write` gives, in one transaction:
    /// `write` is called with a sink that takes changes, any number of times.
    /// Of what the sink takes only rows, timers_set and effects_set may be filled.
    /// Errors: journal_end_differs (of any stream), position_missing, as commit, and those of
    /// `write`; nothing has changed then.
    using RebuildSink = std::function<Result<void>(const Commit& rows_and_timers)>;
    virtual Result<void> rebuild(const std::function<Result<void>(const RebuildSink&)>& write) = 0;

    /// The store's own check of its files, rows and ends of streams: what is wrong, at most
    /// limits::store_faults_max. Errors: only what keeps it from looking.
    virtual Result<std::vector<StoreFault>> check_integrity() = 0;
};

}  // namespace guildmark
