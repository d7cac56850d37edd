#include "engine/runtime/replay.h"

#include <algorithm>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "engine/cases/case.h"
#include "engine/cases/organisation.h"

namespace guildmark {
namespace {

constexpr std::uint64_t records_between_progress = 4'096;
constexpr std::size_t faults_max = 100;

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
    TRY(reader.scan_streams([&](const Record& record) -> Result<void> {
        if (!current || current->stream() != record.stream) {
            if (current) {
                TRY(finish(*current));
            }
            current.emplace(record.stream);
            ++count.streams;
        }
        TRY(on_record(*current, record));
        if (++count.records % records_between_progress == 0 && progress) {
            progress(count.records);
        }
        return {};
    }));
    if (current) {
        TRY(finish(*current));
    }
    return count;
}

/// A case keeps requirements in the standard's order, a store in the order of their numbers' text.
rows::CaseRows in_key_order(rows::CaseRows rows) {
    std::ranges::sort(rows.requirements, {}, &rows::Requirement::requirement);
    return rows;
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
    return stored ? difference(in_key_order(*stored), in_key_order(replay.case_rows()))
                  : std::string("case");
}

class Verification {
public:
    Verification(StoreReader& scanning, StoreReader& looking, VerifyReport& report)
        : scanning_(scanning), looking_(looking), report_(report) {}

    Result<void> run(const ReplayProgress& progress) {
        report_.count = TRY(scan(
            scanning_,
            progress,
            [&](StreamReplay& replay, const Record& record) {
                check_record(replay, record);
                return Result<void>();
            },
            [&](const StreamReplay& replay) { return check_rows(replay); }));
        check_positions();
        return {};
    }

private:
    void check_record(StreamReplay& replay, const Record& record) {
        positions_sum_ += record.position;
        position_last_ = std::max(position_last_, record.position);
        if (broken_.contains(replay.stream())) {
            return;
        }
        if (auto accepted = replay.accept(record); !accepted) {
            broken_.insert(replay.stream());
            const Error& error = accepted.error();
            add(error.code,
                error.message,
                fmt::format("{}/{}", record.stream.to_text(), record.sequence));
        }
    }

    /// Rows cannot be judged by a broken journal.
    Result<void> check_rows(const StreamReplay& replay) {
        if (broken_.contains(replay.stream())) {
            return {};
        }
        if (const std::string part = TRY(stored_difference(looking_, replay)); !part.empty()) {
            add("rows_differ",
                fmt::format("what lists and pages show of {} ({}) is not what its journal says; "
                            "guildmark rebuild writes it anew",
                            replay.stream().to_text(),
                            part),
                replay.stream().to_text());
        }
        return {};
    }

    /// Positions are 1 to n, each once: the store keeps them unique, so count and sum tell.
    void check_positions() {
        const std::uint64_t count = report_.count.records;
        if (position_last_ != count || positions_sum_ != count * (count + 1) / 2) {
            add("position_missing",
                fmt::format("the journal has {} records but numbers up to {}: some are gone",
                            count,
                            position_last_),
                "");
        }
    }

    void add(std::string code, std::string message, std::string subject) {
        if (report_.faults.size() < faults_max) {
            report_.faults.push_back({std::move(code), std::move(message), std::move(subject)});
        }
    }

    StoreReader& scanning_;
    StoreReader& looking_;
    VerifyReport& report_;
    std::set<StreamId> broken_;
    std::uint64_t positions_sum_ = 0;
    std::uint64_t position_last_ = 0;
};

}  // namespace

Result<ReplayCount> rebuild(Store& store, const ReplayProgress& progress) {
    auto reader = TRY(store.open_reader());
    ReplayCount count;
    TRY(store.rebuild([&](const Store::RebuildSink& sink) -> Result<void> {
        count = TRY(scan(
            *reader,
            progress,
            [](StreamReplay& replay, const Record& record) { return replay.accept(record); },
            [&](const StreamReplay& replay) { return sink(replay.everything()); }));
        return {};
    }));
    return count;
}

Result<VerifyReport> verify(Store& store, const ReplayProgress& progress) {
    VerifyReport report;
    if (auto sound = store.check_integrity(); !sound) {
        report.faults.push_back({sound.error().code, sound.error().message, sound.error().subject});
    }
    auto scanning = TRY(store.open_reader());
    auto looking = TRY(store.open_reader());
    if (auto ran = Verification(*scanning, *looking, report).run(progress); !ran) {
        if (ran.error().kind != ErrorKind::corrupted) {
            return ran.error();
        }
        const Error& error = ran.error();
        const bool is_known = !report.faults.empty() && report.faults.front().code == error.code &&
                              report.faults.front().subject == error.subject;
        if (!is_known) {
            report.faults.push_back({error.code, error.message, error.subject});
        }
    }
    return report;
}

}  // namespace guildmark
