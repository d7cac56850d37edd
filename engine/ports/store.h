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
#include "engine/journal/record.h"
#include "engine/ports/lists.h"
#include "engine/ports/read_model.h"

namespace guildmark {

/// Something that is due at a point in time; the runtime gives it back to its stream then.
struct Timer {
    TimerId id;
    StreamId stream;
    Instant due;

    bool operator==(const Timer&) const = default;
};

/// An effect on the world that was decided and must be carried out, at least once, with its key.
struct Effect {
    EffectId id;
    StreamId stream;
    std::string kind;     ///< "notify"
    std::string payload;  ///< JSON
    Instant not_before;   ///< Moves on when an attempt failed.
    std::uint32_t attempts = 0;

    bool operator==(const Effect&) const = default;
};

/// A stream's state after the record `sequence`, as its codec wrote it; only ever a shortcut.
struct Snapshot {
    StreamId stream;
    std::uint64_t sequence = 0;
    std::uint32_t version = 1;
    std::string payload;

    bool operator==(const Snapshot&) const = default;
};

/// What a command under an idempotency key was answered, so that a repetition gets the same.
struct KeyedAnswer {
    std::string key;     ///< Unique for its actor: the runtime puts the actor into it.
    Digest request;      ///< Of the command; another one under the same key is refused.
    std::string answer;  ///< JSON
    Instant at;

    bool operator==(const KeyedAnswer&) const = default;
};

/// Bytes that cases refer to by digest and that must stay as they are: workflow files, catalogues.
struct Definition {
    Digest version;
    std::string kind;  ///< "workflow", "standard"
    std::string id;
    std::string payload;

    bool operator==(const Definition&) const = default;
};

/// All that one transaction writes. It is written whole or not at all.
struct Commit {
    std::vector<Record> records;  ///< In order of position.
    std::vector<Snapshot> snapshots;
    std::vector<Timer> timers_set;
    std::vector<TimerId> timers_removed;
    std::vector<Effect> effects_set;  ///< New, or moved to a later attempt.
    std::vector<EffectId> effects_removed;
    std::vector<KeyedAnswer> answers;
    std::vector<Definition> definitions;  ///< One that is there already is left as it is.
    rows::Changes rows;
};

/// Reads what was committed. Every call sees one committed state. Errors of every call:
/// store_busy (Retry::later), store_corrupted, store_failed. Lists are in the order of their key;
/// cases newest first. Paged lists also: page_key_malformed (`after` is no key of that list).
///
/// Fast at any size: cases by organisation and finished, open tasks by organisation and role, all
/// that is asked by case. Other filters go through all that the rest of the filter leaves.
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
    virtual Result<std::uint64_t> count_cases(const CaseFilter& filter) = 0;
    virtual Result<std::optional<rows::Task>> find_task(TaskId id) = 0;
    virtual Result<Page<rows::Task>> tasks(const TaskFilter& filter, const PageRequest& page) = 0;
    virtual Result<std::vector<rows::Requirement>> requirements(CaseId id) = 0;
    virtual Result<Page<rows::Evidence>> evidence(CaseId id, const PageRequest& page) = 0;
    /// That revision of a document; none: the newest.
    virtual Result<std::optional<rows::Evidence>> find_evidence(
        CaseId case_id, EvidenceId id, std::optional<std::uint32_t> revision) = 0;
    virtual Result<std::vector<rows::Finding>> findings(CaseId id) = 0;
    /// The newest of that number.
    virtual Result<std::optional<rows::Certificate>> find_certificate(std::string_view number) = 0;
    virtual Result<std::optional<rows::Organisation>> find_organisation(OrganisationId id) = 0;
    virtual Result<std::optional<rows::OrganisationRows>> find_organisation_rows(
        OrganisationId id) = 0;
    virtual Result<Page<rows::Organisation>> organisations(const PageRequest& page) = 0;
    virtual Result<std::optional<rows::Member>> find_member(OrganisationId organisation,
                                                            PersonId person) = 0;
    virtual Result<std::optional<rows::Token>> find_token(const Digest& hash) = 0;

    /// Every stream, in ascending order, and its records, in order of sequence; ends early when
    /// `visit` fails, with its error.
    virtual Result<void> scan_streams(
        const std::function<Result<void>(const Record& record)>& visit) = 0;
};

/// The journal, its read models, timers, effects and answers: one truth, one transaction.
class Store {
public:
    virtual ~Store() = default;

    /// Writes all of `commit`, durably, or nothing.
    /// A keyed answer, a snapshot, a timer or an effect replaces what stands under its key.
    /// Errors: sequence_conflict (a record's stream, or the journal, does not end right before it),
    /// store_full, store_busy, commit_in_doubt (the outcome is unknown: recover, and look),
    /// store_failed.
    virtual Result<void> commit(const Commit& commit) = 0;

    /// After commit_in_doubt: makes one of the two possible outcomes certain and durable, which
    /// readers show from then on. Until it has succeeded every commit is refused with
    /// commit_in_doubt. Does nothing when there is no doubt. Errors: store_busy, store_failed.
    virtual Result<void> recover() = 0;

    /// A reader of its own, with a connection of its own. Errors: store_failed.
    virtual Result<std::unique_ptr<StoreReader>> open_reader() = 0;

    /// Replaces every read-model row, timer and effect by what `write` gives, in one transaction:
    /// `write` is called with a sink that takes changes, any number of times.
    /// Of what the sink takes only rows, timers_set and effects_set may be filled.
    /// Errors: as commit, and those of `write`; nothing has changed then.
    using RebuildSink = std::function<Result<void>(const Commit& rows_and_timers)>;
    virtual Result<void> rebuild(const std::function<Result<void>(const RebuildSink&)>& write) = 0;

    /// The store's own check of its files. Errors: store_corrupted, with what was found.
    virtual Result<void> check_integrity() = 0;
};

}  // namespace guildmark
