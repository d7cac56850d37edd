#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <queue>
#include <string>
#include <vector>

#include "tests/sim/certificate_checks.h"
#include "tests/sim/patient_engine.h"

namespace guildmark::tests {

struct PracticeSetting {
    std::size_t clients = 10;
    int years = 12;
    std::uint64_t seed = 1;
    /// Told now and then how far it is, in days; may be empty.
    std::function<void(int day)> progress;
};

/// A certification body and its clients over many years: they apply over the first year, do what
/// their tasks ask for and now and then something else, audits find things, certificates are
/// suspended, renewed and run out, and who has none applies again. Ports fail meanwhile, and the
/// engine is restarted. It knows no scheme: each workflow of the library gets its share.
class Practice {
public:
    static constexpr std::size_t people = 8;  ///< Of the body; each may fill every role.

    /// The store is the one that the body keeps; it outlives the practice.
    Practice(Store& store, const PracticeSetting& setting);

    /// REQUIRES: called once.
    void run();

    [[nodiscard]] const CertificateChecks& checks() const { return checks_; }

    [[nodiscard]] std::size_t accepted() const { return accepted_; }

    [[nodiscard]] std::size_t refused() const { return refused_; }

    [[nodiscard]] std::size_t struck() const { return struck_; }

private:
    struct Client {
        OrganisationId organisation;
        PersonId person;
        std::shared_ptr<const workflow::Workflow> workflow;
        std::string standard;
        CaseId case_id;                              ///< None before the first.
        std::map<std::string, std::size_t> last_of;  ///< Of the body's people, by role.
    };

    struct Visit {
        Instant at;
        std::size_t client = 0;

        bool operator>(const Visit& other) const { return at > other.at; }
    };

    [[nodiscard]] std::size_t below(std::size_t bound) { return chance_.next() % bound; }

    [[nodiscard]] Instant in_days(std::size_t days);
    void found();
    void enter(std::size_t number, std::shared_ptr<const workflow::Workflow> workflow);
    void go_to(Instant at);
    void plan_fault();

    /// Does something in the client's case and tells when to come again.
    Instant visit(Client& client);
    void open_case(Client& client);
    void act(Client& client, const rows::CaseRows& rows, const rows::Task& task);
    bool complete(Client& client, const rows::Task& task, const workflow::Outcome& outcome);
    void prepare(Client& client, const rows::CaseRows& rows);
    void prepare_as_client(Client& client,
                           const rows::CaseRows& rows,
                           const workflow::TaskDefinition& task);
    void prepare_as_body(Client& client,
                         const rows::CaseRows& rows,
                         const workflow::TaskDefinition& task);
    [[nodiscard]] Instant next_visit(const rows::CaseRows& rows);

    /// By whoever of the role may: the others are refused. First by who did the last time.
    bool submit(Client& client, const std::string& role, const CaseCommand& command);
    Result<Answer> submit_one(Submission submission);

    PracticeSetting setting_;
    FaultPlan plan_;
    ScenarioWorld world_;
    std::unique_ptr<StoreReader> reader_;
    CertificateChecks checks_;
    std::unique_ptr<PatientEngine> engine_;
    scenario::SeededRandom chance_;
    OrganisationId body_;
    std::vector<PersonId> body_people_;
    std::vector<Client> clients_;
    std::priority_queue<Visit, std::vector<Visit>, std::greater<>> agenda_;
    std::size_t accepted_ = 0;
    std::size_t refused_ = 0;
    std::size_t struck_ = 0;
};

}  // namespace guildmark::tests
