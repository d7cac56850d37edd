#include "engine/runtime/replay.h"

#include <algorithm>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "engine/base/limits.h"
#include "engine/cases/case.h"
#include "engine/cases/organisation.h"

namespace guildmark {
namespace {

constexpr std::uint64_t records_between_progress = 4'096;

/// One stream while its records arrive: a case or an organisation, told by its first record.
class StreamReplay {
public:
    explicit StreamReplay(StreamId stream) : stream_(stream) {
        case_.summary.id = CaseId(stream.value());
        organisation_.summary.id = OrganisationId(stream.value());
    }

    [[nodiscard]] StreamId stream() const { return stream_; }

    Result<void> accept(const Record& record) {
        TRY(chain_.accept(record));
        if (record.sequence == 1) {
            is_organisation_ = is_organisation_kind(record.kind);
        }
        if (is_organisation_) {
            TouchedOrganisation ignored;
            apply(organisation_, TRY(decode_organisation_event(record)), record, ignored);
        } else {
            Touched touched;
            apply(case_, TRY(decode_case_event(record)), record, touched);
            history_.insert(
                history_.end(), touched.evidence_before.begin(), touched.evidence_before.end());
        }
        return {};
    }

    Result<void> accept(const UnreadableRecord& record) { return record.error; }

    [[nodiscard]] bool is_organisation() const { return is_organisation_; }

    [[nodiscard]] rows::CaseRows case_rows() const { return rows_of(case_, history_); }

    [[nodiscard]] rows::OrganisationRows organisation_rows() const {
        return rows_of(organisation_);
    }

    /// Everything that the store derives from the stream.
    [[nodiscard]] Commit everything() const {
        Commit commit;
        if (is_organisation_) {
            const rows::OrganisationRows rows = organisation_rows();
            commit.rows.organisations = {rows.summary};
            commit.rows.members = rows.members;
            commit.rows.tokens = rows.tokens;
            commit.rows.competences = rows.competences;
            return commit;
        }
        rows::CaseRows rows = case_rows();
        commit.rows.cases = {rows.summary};
        commit.rows.tasks = std::move(rows.tasks);
        commit.rows.requirements = std::move(rows.requirements);
        commit.rows.evidence = std::move(rows.evidence);
        commit.rows.findings = std::move(rows.findings);
        commit.rows.decisions = std::move(rows.decisions);
        commit.rows.certificates = std::move(rows.certificates);
        commit.rows.charges = std::move(rows.charges);
        commit.rows.incidents = std::move(rows.incidents);
        Touched pending;
        for (const auto& [id, timer] : case_.timers) {
            pending.timers_set.insert(id);
        }
        for (const auto& [id, effect] : case_.effects) {
            pending.effects_set.insert(id);
        }
        project(case_, pending, commit);
        return commit;
    }

private:
    StreamId stream_;
    ChainChecker chain_;
    bool is_organisation_ = false;
    Case case_;
    Organisation organisation_;
    std::vector<rows::Evidence> history_;
};

/// Scans all streams; `finish` gets each stream after its last record.
template <typename OnRecord, typename Finish>
Result<ReplayCount> scan(StoreReader& reader,
                         const ReplayProgress& progress,
                         const OnRecord& on_record,
                         const Finish& finish) {
    ReplayCount count;
    std::optional<StreamReplay> current;
    const auto go_to = [&](StreamId stream) -> Result<void> {
        if (current && current->stream() != stream) {
            TRY(finish(*current));
            current.reset();
        }
        if (!current) {
            current.emplace(stream);
            ++count.streams;
        }
        if (++count.records % records_between_progress == 0 && progress) {
            progress(count.records);
        }
        return {};
    };
    const auto visit = [&](const auto& record) -> Result<void> {
        TRY(go_to(record.stream));
        return on_record(*current, record);
    };
    TRY(reader.scan_streams(visit, visit));
    if (current) {
        TRY(finish(*current));
    }
    return count;
}

/// The first kind of row in which the two differ; empty when they are the same.
std::string difference(const rows::CaseRows& stored, const rows::CaseRows& derived) {
    const std::pair<const char*, bool> parts[] = {
        {"case", stored.summary == derived.summary},
        {"tasks", stored.tasks == derived.tasks},
        {"requirements", stored.requirements == derived.requirements},
        {"evidence", stored.evidence == derived.evidence},
        {"findings", stored.findings == derived.findings},
        {"decisions", stored.decisions == derived.decisions},
        {"certificates", stored.certificates == derived.certificates},
        {"charges", stored.charges == derived.charges},
        {"incidents", stored.incidents == derived.incidents},
    };
    const auto differs = std::ranges::find(parts, false, &std::pair<const char*, bool>::second);
    return differs == std::end(parts) ? std::string() : differs->first;
}

/// The same for the stored rows of what was replayed.
Result<std::string> stored_difference(StoreReader& reader, const StreamReplay& replay) {
    if (replay.is_organisation()) {
        const auto stored =
            TRY(reader.find_organisation_rows(OrganisationId(replay.stream().value())));
        const bool same = stored && *stored == replay.organisation_rows();
        return same ? std::string() : std::string("organisation");
    }
    const auto stored = TRY(reader.find_case_rows(CaseId(replay.stream().value())));
    return stored ? difference(*stored, replay.case_rows()) : std::string("case");
}

class Verification {
public:
    Verification(StoreReader& scanning, StoreReader& looking, VerifyReport& report)
        : scanning_(scanning), looking_(looking), report_(report) {}

    Result<void> run(const ReplayProgress& progress) {
        report_.count = TRY(scan(
            scanning_,
            progress,
            [&](StreamReplay& replay, const auto& record) {
                check_record(replay, record);
                return Result<void>();
            },
            [&](const StreamReplay& replay) { return check_rows(replay); }));
        check_positions();
        return {};
    }

    /// What the store itself found, but for what was told of the same place before.
    void add_unless_told(const StoreFault& fault) {
        const bool is_told = std::ranges::any_of(report_.faults, [&](const StoreFault& told) {
            return told.subject == fault.subject &&
                   (told.code == fault.code || fault.code == "store_corrupted");
        });
        if (fault.code == "journal_end_differs") {
            damaged_.insert(fault.subject);
        }
        if (!is_told) {
            add(fault);
        }
    }

    void count_sound() {
        report_.sound = {records_sound_, report_.count.streams};
        report_.sound.streams -= std::min<std::uint64_t>(damaged_.size(), report_.count.streams);
    }

private:
    void check_record(StreamReplay& replay, const UnreadableRecord& record) {
        all_readable_ = false;
        add_first(replay, record.sequence, record.error);
    }

    void check_record(StreamReplay& replay, const Record& record) {
        positions_sum_ += record.position;
        position_last_ = std::max(position_last_, record.position);
        if (is_damaged(replay)) {
            return;
        }
        if (const auto accepted = replay.accept(record); !accepted) {
            add_first(replay, record.sequence, accepted.error());
            return;
        }
        ++records_sound_;
    }

    [[nodiscard]] bool is_damaged(const StreamReplay& replay) const {
        return damaged_.contains(replay.stream().to_text());
    }

    /// Behind a bad record nothing of its stream can be proven.
    void add_first(const StreamReplay& replay, std::uint64_t sequence, const Error& error) {
        const std::string stream = replay.stream().to_text();
        if (damaged_.insert(stream).second) {
            add({error.code, error.message, fmt::format("{}/{}", stream, sequence)});
        }
    }

    /// Rows cannot be judged by a broken journal.
    Result<void> check_rows(const StreamReplay& replay) {
        if (is_damaged(replay)) {
            return {};
        }
        const auto part = stored_difference(looking_, replay);
        const std::string stream = replay.stream().to_text();
        if (!part && part.error().kind != ErrorKind::corrupted) {
            return part.error();
        }
        if (!part) {
            add({"rows_differ", part.error().message, part.error().subject});
        } else if (!part->empty()) {
            add({"rows_differ",
                 fmt::format("what lists and pages show of {} ({}) is not what its journal says; "
                             "guildmark rebuild writes it anew",
                             stream,
                             *part),
                 stream});
        }
        return {};
    }

    /// Positions are 1 to n, each once: the store keeps them unique, so count and sum tell.
    void check_positions() {
        const std::uint64_t count = report_.count.records;
        if (all_readable_ &&
            (position_last_ != count || positions_sum_ != count * (count + 1) / 2)) {
            add({"position_missing",
                 fmt::format("the journal has {} records but numbers up to {}: some are gone; "
                             "restore a backup",
                             count,
                             position_last_),
                 ""});
        }
    }

    void add(StoreFault fault) {
        ++report_.faults_count;
        if (report_.faults.size() < limits::store_faults_max) {
            report_.faults.push_back(std::move(fault));
        }
    }

    StoreReader& scanning_;
    StoreReader& looking_;
    VerifyReport& report_;
    std::set<std::string> damaged_;  ///< Streams whose journal is.
    std::uint64_t records_sound_ = 0;
    std::uint64_t positions_sum_ = 0;
    std::uint64_t position_last_ = 0;
    bool all_readable_ = true;
};

}  // namespace

Result<ReplayCount> rebuild(Store& store, const ReplayProgress& progress) {
    auto reader = TRY(store.open_reader());
    ReplayCount count;
    TRY(store.rebuild([&](const Store::RebuildSink& sink) -> Result<void> {
        count = TRY(scan(
            *reader,
            progress,
            [](StreamReplay& replay, const auto& record) { return replay.accept(record); },
            [&](const StreamReplay& replay) { return sink(replay.everything()); }));
        return {};
    }));
    return count;
}

Result<VerifyReport> verify(Store& store, const ReplayProgress& progress) {
    VerifyReport report;
    const auto scanning = TRY(store.open_reader());
    const auto looking = TRY(store.open_reader());
    Verification verification(*scanning, *looking, report);
    if (const auto ran = verification.run(progress); !ran) {
        const Error& error = ran.error();
        if (error.kind != ErrorKind::corrupted) {
            return error;
        }
        verification.add_unless_told({error.code, error.message, error.subject});
    }
    for (const StoreFault& fault : TRY(store.check_integrity())) {
        verification.add_unless_told(fault);
    }
    verification.count_sound();
    return report;
}

}  // namespace guildmark
