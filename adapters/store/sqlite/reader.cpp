#include "adapters/store/sqlite/reader.h"

#include "engine/base/limits.h"

namespace guildmark::sqlite {
namespace {

constexpr std::string_view by_case = "WHERE case_id=?1 ORDER BY id";

/// SQL's limit is signed.
std::int64_t limit_of(std::size_t count_max) {
    constexpr std::size_t largest = std::size_t{1} << 62;
    return static_cast<std::int64_t>(std::min(count_max, largest));
}

}  // namespace

Result<StreamHead> Reader::head(StreamId stream) {
    Connection& connection = *TRY(source_());
    const auto last =
        TRY(find_row<Record>(connection, "WHERE stream=?1 ORDER BY sequence DESC LIMIT 1", stream));
    return last ? StreamHead{last->sequence, last->hash} : StreamHead{};
}

Result<std::vector<Record>> Reader::records(StreamId stream,
                                            std::uint64_t after_sequence,
                                            std::size_t count_max) {
    Connection& connection = *TRY(source_());
    return all_rows<Record>(connection,
                            "WHERE stream=?1 AND sequence>?2 ORDER BY sequence LIMIT ?3",
                            stream,
                            after_sequence,
                            limit_of(count_max));
}

Result<std::optional<Snapshot>> Reader::find_snapshot(StreamId stream) {
    Connection& connection = *TRY(source_());
    return find_row<Snapshot>(connection, "WHERE stream=?1", stream);
}

Result<std::optional<KeyedAnswer>> Reader::find_answer(std::string_view key) {
    Connection& connection = *TRY(source_());
    return find_row<KeyedAnswer>(connection, "WHERE key=?1", key);
}

Result<std::optional<Definition>> Reader::find_definition(const Digest& version) {
    Connection& connection = *TRY(source_());
    return find_row<Definition>(connection, "WHERE version=?1", version);
}

Result<std::vector<Definition>> Reader::definitions(std::string_view kind) {
    Connection& connection = *TRY(source_());
    return all_rows<Definition>(connection, "WHERE kind=?1 ORDER BY version", kind);
}

Result<std::uint64_t> Reader::last_position() {
    Connection& connection = *TRY(source_());
    return static_cast<std::uint64_t>(
        TRY(connection.number("SELECT coalesce(max(position), 0) FROM record")));
}

Result<std::uint64_t> Reader::last_stream() {
    Connection& connection = *TRY(source_());
    return static_cast<std::uint64_t>(
        TRY(connection.number("SELECT coalesce(max(stream), 0) FROM record")));
}

Result<std::vector<Timer>> Reader::due_timers(Instant until, std::size_t count_max) {
    Connection& connection = *TRY(source_());
    return all_rows<Timer>(
        connection, "WHERE due<=?1 ORDER BY due, id LIMIT ?2", until, limit_of(count_max));
}

Result<std::optional<Instant>> Reader::next_timer() {
    Connection& connection = *TRY(source_());
    const auto timer = TRY(find_row<Timer>(connection, "ORDER BY due, id LIMIT 1"));
    return timer ? std::optional<Instant>(timer->due) : std::nullopt;
}

Result<std::vector<Effect>> Reader::due_effects(Instant until, std::size_t count_max) {
    Connection& connection = *TRY(source_());
    return all_rows<Effect>(connection,
                            "WHERE not_before<=?1 ORDER BY not_before, id LIMIT ?2",
                            until,
                            limit_of(count_max));
}

Result<std::optional<rows::Case>> Reader::find_case(CaseId id) {
    Connection& connection = *TRY(source_());
    return find_row<rows::Case>(connection, "WHERE id=?1", id);
}

Result<std::optional<rows::CaseRows>> Reader::find_case_rows(CaseId id) {
    Connection& connection = *TRY(source_());
    const Transaction one_state = TRY(Transaction::begin_read(connection));
    auto summary = TRY(find_case(id));
    if (!summary) {
        return std::optional<rows::CaseRows>();
    }
    rows::CaseRows rows;
    rows.summary = *std::move(summary);
    rows.tasks = TRY(all_rows<rows::Task>(connection, by_case, id));
    rows.requirements = TRY(requirements(id));
    rows.evidence =
        TRY(all_rows<rows::Evidence>(connection, "WHERE case_id=?1 ORDER BY id, revision", id));
    rows.findings = TRY(findings(id));
    rows.decisions = TRY(all_rows<rows::Decision>(connection, by_case, id));
    rows.certificates = TRY(all_rows<rows::Certificate>(connection, by_case, id));
    rows.charges = TRY(all_rows<rows::Charge>(connection, by_case, id));
    rows.incidents = TRY(all_rows<rows::Incident>(connection, by_case, id));
    return std::optional<rows::CaseRows>(std::move(rows));
}

Result<std::optional<rows::CaseOverview>> Reader::find_case_overview(CaseId id,
                                                                     Date evidence_until,
                                                                     std::size_t evidence_max) {
    Connection& connection = *TRY(source_());
    const Transaction one_state = TRY(Transaction::begin_read(connection));
    auto summary = TRY(find_case(id));
    if (!summary) {
        return std::optional<rows::CaseOverview>();
    }
    rows::CaseOverview rows;
    rows.summary = *std::move(summary);
    rows.tasks =
        TRY(all_rows<rows::Task>(connection, "WHERE case_id=?1 AND status=0 ORDER BY id", id));
    rows.requirements = TRY(all_rows<rows::Requirement>(
        connection, "WHERE case_id=?1 AND due IS NOT NULL ORDER BY ordinal", id));
    rows.evidence = TRY(all_rows<rows::Evidence>(
        connection,
        "INDEXED BY evidence_until WHERE case_id=?1 AND status=0 AND valid_until IS NOT NULL AND "
        "valid_until<=?2 ORDER BY valid_until, id, revision LIMIT ?3",
        id,
        evidence_until,
        limit_of(evidence_max)));
    rows.findings = TRY(all_rows<rows::Finding>(connection,
                                                "WHERE case_id=?1 AND status<>?2 ORDER BY id",
                                                id,
                                                rows::FindingStatus::verified));
    rows.decisions = TRY(all_rows<rows::Decision>(connection, by_case, id));
    rows.certificates = TRY(all_rows<rows::Certificate>(connection, by_case, id));
    rows.charges = TRY(all_rows<rows::Charge>(connection, by_case, id));
    return std::optional<rows::CaseOverview>(std::move(rows));
}

Result<rows::GateRows> Reader::gate_rows(CaseId id, Date today) {
    Connection& connection = *TRY(source_());
    const Transaction one_state = TRY(Transaction::begin_read(connection));
    rows::GateRows rows;
    rows.requirements = TRY(requirements(id));
    rows.expired = TRY(all_rows<rows::Evidence>(
        connection,
        "INDEXED BY evidence_until WHERE case_id=?1 AND status=0 AND valid_until IS NOT NULL AND "
        "valid_until<?2 ORDER BY valid_until, id, revision",
        id,
        today));
    rows.findings = TRY(findings(id));
    return rows;
}

Result<std::optional<rows::Task>> Reader::find_task(TaskId id) {
    Connection& connection = *TRY(source_());
    return find_row<rows::Task>(connection, "WHERE id=?1", id);
}

Result<std::vector<rows::Requirement>> Reader::requirements(CaseId id) {
    Connection& connection = *TRY(source_());
    return all_rows<rows::Requirement>(connection, "WHERE case_id=?1 ORDER BY ordinal", id);
}

Result<std::optional<rows::Evidence>> Reader::find_evidence(CaseId case_id,
                                                            EvidenceId id,
                                                            std::optional<std::uint32_t> revision) {
    Connection& connection = *TRY(source_());
    return find_row<rows::Evidence>(
        connection,
        "WHERE case_id=?1 AND id=?2 AND (?3 IS NULL OR revision=?3) ORDER BY revision DESC LIMIT 1",
        case_id,
        id,
        revision);
}

Result<std::vector<rows::Finding>> Reader::findings(CaseId id) {
    Connection& connection = *TRY(source_());
    return all_rows<rows::Finding>(connection, by_case, id);
}

Result<std::optional<rows::Certificate>> Reader::find_certificate(std::string_view number) {
    Connection& connection = *TRY(source_());
    return find_row<rows::Certificate>(
        connection, "WHERE number=?1 ORDER BY id DESC LIMIT 1", number);
}

Result<std::optional<rows::Organisation>> Reader::find_organisation(OrganisationId id) {
    Connection& connection = *TRY(source_());
    return find_row<rows::Organisation>(connection, "WHERE id=?1", id);
}

Result<std::optional<rows::OrganisationRows>> Reader::find_organisation_rows(OrganisationId id) {
    Connection& connection = *TRY(source_());
    const Transaction one_state = TRY(Transaction::begin_read(connection));
    auto summary = TRY(find_organisation(id));
    if (!summary) {
        return std::optional<rows::OrganisationRows>();
    }
    rows::OrganisationRows rows;
    rows.summary = *std::move(summary);
    rows.members =
        TRY(all_rows<rows::Member>(connection, "WHERE organisation=?1 ORDER BY person", id));
    rows.tokens = TRY(all_rows<rows::Token>(connection, "WHERE organisation=?1 ORDER BY id", id));
    rows.competences = TRY(
        all_rows<rows::Competence>(connection, "WHERE organisation=?1 ORDER BY person, area", id));
    return std::optional<rows::OrganisationRows>(std::move(rows));
}

Result<std::optional<rows::Member>> Reader::find_member(OrganisationId organisation,
                                                        PersonId person) {
    Connection& connection = *TRY(source_());
    return find_row<rows::Member>(
        connection, "WHERE organisation=?1 AND person=?2", organisation, person);
}

Result<std::optional<rows::Token>> Reader::find_token(const Digest& hash) {
    Connection& connection = *TRY(source_());
    return find_row<rows::Token>(connection, "WHERE hash=?1 ORDER BY id DESC LIMIT 1", hash);
}

/// Where a scan is, and to whom it tells what it reads.
struct Reader::Scan {
    const RecordVisit& visit;
    const UnreadableVisit& on_unreadable;
    StreamId stream;             ///< Of the last row.
    std::uint64_t sequence = 0;  ///< Of the last row.
};

/// Gives the error of a page that cannot be read, where the scan ends. Errors: those of the visits,
/// and of reading.
Result<std::optional<Error>> Reader::scan_from(StreamId first, Scan& scan) {
    Connection& connection = *TRY(source_());
    Query query =
        TRY(connection.query(select_sql<Record>("WHERE stream>=?1 ORDER BY stream, sequence")));
    query.bind(first);
    while (true) {
        const auto there = query.step();
        if (!there && there.error().kind == ErrorKind::corrupted) {
            return std::optional<Error>(there.error());
        }
        if (!TRY(there)) {
            return std::optional<Error>();
        }
        scan.stream = StreamId(static_cast<std::uint64_t>(query.number(0)));
        scan.sequence = static_cast<std::uint64_t>(query.number(1));
        const auto record = query.row<Record>();
        if (record) {
            TRY(scan.visit(*record));
        } else {
            TRY(scan.on_unreadable({scan.stream, scan.sequence, record.error()}));
        }
    }
}

/// By the index, which lies in other pages than the records.
Result<StreamId> Reader::next_stream(StreamId after) {
    Connection& connection = *TRY(source_());
    Query query = TRY(connection.query(
        "SELECT coalesce(min(stream), 0) FROM record INDEXED BY record_by_position WHERE "
        "stream>?1"));
    query.bind(after);
    return TRY(query.step()) ? StreamId(static_cast<std::uint64_t>(query.number(0))) : StreamId();
}

Result<void> Reader::scan_streams(const RecordVisit& visit, const UnreadableVisit& on_unreadable) {
    Connection& connection = *TRY(source_());
    const Transaction one_state = TRY(Transaction::begin_read(connection));
    Scan scan{visit, on_unreadable, {}, 0};
    for (std::size_t pages = 0; pages < limits::store_faults_max; ++pages) {
        const auto page = TRY(scan_from(scan.stream, scan));
        if (!page) {
            return {};
        }
        TRY(on_unreadable({scan.stream, scan.sequence + 1, *page}));
        scan.stream = TRY(next_stream(scan.stream));
        scan.sequence = 0;
        if (scan.stream.is_none()) {
            return {};
        }
    }
    return corrupted("store_corrupted", "too many pages of the journal cannot be read");
}

}  // namespace guildmark::sqlite
