#pragma once

#include <string>
#include <vector>

#include "tests/support/scenario_world.h"

namespace guildmark::tests {

/// Walks through a case by chance: people who may and people who may not, forms filled by their
/// types, time that passes, restarts. It knows no scheme: whatever workflow is loaded is walked.
class Walker {
public:
    Walker(ScenarioWorld& world, StoreReader& reader, std::uint64_t seed)
        : world_(world), reader_(reader), chance_(seed) {}

    /// Makes the parties of the workflow with two people each, who may fill all of its roles, and
    /// opens a case. Errors: those of the engine.
    Result<CaseId> begin(Engine& engine, const std::string& workflow, const std::string& standard);

    /// One act; refusals are part of the walk. Errors: only those that are nobody's fault but ours.
    Result<void> step(Engine& engine);

    [[nodiscard]] std::size_t accepted() const { return accepted_; }

    [[nodiscard]] std::size_t refused() const { return refused_; }

private:
    [[nodiscard]] std::size_t below(std::size_t bound) { return chance_.next() % bound; }

    Result<void> act(Engine& engine, const rows::CaseRows& rows);
    Result<void> end_task(Engine& engine, const rows::CaseRows& rows);
    Result<void> add_evidence(Engine& engine, const Actor& actor, const rows::CaseRows& rows);
    Result<void> answer_all(Engine& engine, const Actor& actor, const rows::CaseRows& rows);
    Result<void> assess_all(Engine& engine, const Actor& actor, const rows::CaseRows& rows);
    CaseCommand complete_some_task(const rows::CaseRows& rows, std::string& role);
    CaseCommand some_finding_command(const rows::CaseRows& rows);
    std::string some_requirement(const rows::CaseRows& rows);
    Result<void> submit(Engine& engine, const Actor& actor, CaseCommand command);

    ScenarioWorld& world_;
    StoreReader& reader_;
    scenario::SeededRandom chance_;
    CaseId case_;
    std::shared_ptr<const workflow::Workflow> workflow_;
    std::vector<Actor> people_;
    std::size_t accepted_ = 0;
    std::size_t refused_ = 0;
};

}  // namespace guildmark::tests
