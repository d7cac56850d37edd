#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/memory_store.h"

/// What a MemoryStore holds; only its own two sources include this.
namespace guildmark::tests {

template <typename Key, typename Row>
using ByCase = std::map<std::pair<CaseId, Key>, Row>;

/// What rebuild replaces.
struct ReadModels {
    std::map<TimerId, Timer> timers;
    std::map<EffectId, Effect> effects;
    std::map<CaseId, rows::Case> cases;
    ByCase<TaskId, rows::Task> tasks;
    ByCase<std::string, rows::Requirement> requirements;
    ByCase<std::pair<EvidenceId, std::uint32_t>, rows::Evidence> evidence;
    ByCase<FindingId, rows::Finding> findings;
    ByCase<DecisionId, rows::Decision> decisions;
    ByCase<CertificateId, rows::Certificate> certificates;
    ByCase<ChargeId, rows::Charge> charges;
    ByCase<IncidentId, rows::Incident> incidents;
    std::map<OrganisationId, rows::Organisation> organisations;
    std::map<std::pair<OrganisationId, PersonId>, rows::Member> members;
    std::map<std::pair<OrganisationId, TokenId>, rows::Token> tokens;
    std::map<std::pair<OrganisationId, std::pair<PersonId, std::string>>, rows::Competence>
        competences;
};

struct MemoryStore::Shared {
    std::mutex mutex;
    std::map<StreamId, std::vector<Record>> streams;
    std::uint64_t position = 0;
    std::map<StreamId, Snapshot> snapshots;
    std::map<std::string, KeyedAnswer, std::less<>> answers;
    std::map<Digest, Definition> definitions;
    ReadModels models;

    Result<void> check_sequences(const std::vector<Record>& records) const;
    void apply(const Commit& commit);
};

/// A reader over `shared`, which locks it for each call.
[[nodiscard]] std::unique_ptr<StoreReader> make_memory_reader(
    std::shared_ptr<MemoryStore::Shared> shared);

}  // namespace guildmark::tests
