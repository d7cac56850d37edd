#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "adapters/store/sqlite/connection.h"
#include "engine/ports/store.h"

namespace guildmark::sqlite {

/// StoreReader over one connection. Every row is held against its check as it is read.
class Reader final : public StoreReader {
public:
    /// Gives the connection to read with, which is good until the next call. Errors: those of
    /// opening one.
    using Source = std::function<Result<Connection*>()>;

    explicit Reader(Source source) : source_(std::move(source)) {}

    /// Reads with a connection of its own.
    explicit Reader(Connection connection)
        : Reader([own = std::make_shared<Connection>(std::move(connection))] {
              return Result<Connection*>(own.get());
          }) {}

    Result<StreamHead> head(StreamId stream) override;
    Result<std::vector<Record>> records(StreamId stream,
                                        std::uint64_t after_sequence,
                                        std::size_t count_max) override;
    Result<std::optional<Snapshot>> find_snapshot(StreamId stream) override;
    Result<std::optional<KeyedAnswer>> find_answer(std::string_view key) override;
    Result<std::optional<Definition>> find_definition(const Digest& version) override;
    Result<std::vector<Definition>> definitions(std::string_view kind) override;
    Result<std::uint64_t> last_position() override;
    Result<std::uint64_t> last_stream() override;
    Result<std::vector<Timer>> due_timers(Instant until, std::size_t count_max) override;
    Result<std::optional<Instant>> next_timer() override;
    Result<std::vector<Effect>> due_effects(Instant until, std::size_t count_max) override;
    Result<std::optional<rows::Case>> find_case(CaseId id) override;
    Result<std::optional<rows::CaseRows>> find_case_rows(CaseId id) override;
    Result<std::optional<rows::CaseOverview>> find_case_overview(CaseId id,
                                                                 Date evidence_until,
                                                                 std::size_t evidence_max) override;
    Result<rows::GateRows> gate_rows(CaseId id, Date today) override;
    Result<Page<rows::Case>> cases(const CaseFilter& filter, const PageRequest& page) override;
    Result<std::uint64_t> count_cases(const CaseFilter& filter) override;
    Result<std::optional<rows::Task>> find_task(TaskId id) override;
    Result<Page<rows::Task>> tasks(const TaskFilter& filter, const PageRequest& page) override;
    Result<Page<rows::Incident>> incidents(const IncidentFilter& filter,
                                           const PageRequest& page) override;
    Result<std::vector<rows::Requirement>> requirements(CaseId id) override;
    Result<Page<rows::Evidence>> evidence(CaseId id, const PageRequest& page) override;
    Result<std::optional<rows::Evidence>> find_evidence(
        CaseId case_id, EvidenceId id, std::optional<std::uint32_t> revision) override;
    Result<std::vector<rows::Finding>> findings(CaseId id) override;
    Result<std::optional<rows::Certificate>> find_certificate(std::string_view number) override;
    Result<Page<rows::Certificate>> certificates(const CertificateFilter& filter,
                                                 const PageRequest& page) override;
    Result<std::vector<Record>> certificate_acts(std::uint64_t after_position,
                                                 std::size_t count_max) override;
    Result<std::vector<Record>> certificate_acts_of(CaseId id) override;
    Result<std::optional<rows::Organisation>> find_organisation(OrganisationId id) override;
    Result<std::optional<rows::OrganisationRows>> find_organisation_rows(
        OrganisationId id) override;
    Result<Page<rows::Organisation>> organisations(const PageRequest& page) override;
    Result<std::optional<rows::Member>> find_member(OrganisationId organisation,
                                                    PersonId person) override;
    Result<std::optional<rows::Token>> find_token(const Digest& hash) override;
    using StoreReader::scan_streams;
    Result<void> scan_streams(const RecordVisit& visit,
                              const UnreadableVisit& on_unreadable) override;

private:
    struct Scan;

    Result<std::optional<Error>> scan_from(StreamId first, Scan& scan);
    Result<StreamId> next_stream(StreamId after);

    Source source_;
};

}  // namespace guildmark::sqlite
