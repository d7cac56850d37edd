#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "engine/ports/store.h"

/// Contents for tests of stores: chained records, and rows in which every field says something.
namespace guildmark::tests {

/// Chains records as the engine does.
class SampleJournal {
public:
    /// The next record of `stream`, at the next position.
    Record next(StreamId stream, std::string payload = R"({"step":1})");

    [[nodiscard]] StreamHead head(StreamId stream) const;

    [[nodiscard]] std::uint64_t position() const { return position_; }

private:
    std::map<StreamId, StreamHead> heads_;
    std::uint64_t position_ = 0;
};

/// A point in time, `minutes` after 2026-03-02T09:00:00Z.
[[nodiscard]] Instant sample_time(std::int64_t minutes = 0);

/// Each takes a number from which all its values follow; the key may be set afterwards.
[[nodiscard]] rows::Case sample_case(CaseId id, OrganisationId client, OrganisationId body);
[[nodiscard]] rows::Task sample_task(TaskId id, CaseId case_id, OrganisationId organisation);
[[nodiscard]] rows::Requirement sample_requirement(CaseId case_id, std::string requirement);
[[nodiscard]] rows::Evidence sample_evidence(EvidenceId id, CaseId case_id, std::uint32_t revision);
[[nodiscard]] rows::Finding sample_finding(FindingId id, CaseId case_id);
[[nodiscard]] rows::Decision sample_decision(DecisionId id, CaseId case_id);
[[nodiscard]] rows::Certificate sample_certificate(CertificateId id,
                                                   CaseId case_id,
                                                   std::string number);
[[nodiscard]] rows::Charge sample_charge(ChargeId id, CaseId case_id);
[[nodiscard]] rows::Incident sample_incident(IncidentId id, CaseId case_id);
[[nodiscard]] rows::Organisation sample_organisation(OrganisationId id);
[[nodiscard]] rows::Member sample_member(OrganisationId organisation, PersonId person);
[[nodiscard]] rows::Competence sample_competence(OrganisationId organisation, PersonId person);
[[nodiscard]] rows::Token sample_token(OrganisationId organisation, TokenId id);

/// A row of each table but those of records, timers and cases' indexes; the case is number 7.
[[nodiscard]] Commit sample_commit();

/// A commit that opens case `id`: one record, its summary, one open task of the client, one timer.
[[nodiscard]] Commit open_sample_case(SampleJournal& journal,
                                      CaseId id,
                                      OrganisationId client = OrganisationId(11),
                                      OrganisationId body = OrganisationId(22));

/// One row of each kind for case `id`, in the order in which a store gives them back.
[[nodiscard]] rows::CaseRows sample_case_rows(CaseId id);

[[nodiscard]] rows::Changes changes_of(const rows::CaseRows& rows);

}  // namespace guildmark::tests
