#pragma once

#include <memory>
#include <string>

#include "api/scenario/world.h"
#include "engine/cases/decide.h"
#include "engine/cases/organisation.h"

namespace guildmark::tests {

/// A case of the sample "honey mark" on a desk: commands are decided and applied without an engine.
/// A value: a copy is another case that goes on alone.
class CaseDesk {
public:
    CaseDesk();

    /// Decides and, when it is not refused, applies. Errors: those of decide.
    Result<std::string> carry_out(const Actor& actor, const CaseCommand& command);

    /// Decides alone.
    [[nodiscard]] Result<CaseDecision> try_out(const Actor& actor,
                                               const CaseCommand& command) const;

    /// As carry_out; a refusal fails the test.
    std::string must(const Actor& actor, const CaseCommand& command);

    /// The open task of that definition; none when there is none.
    [[nodiscard]] TaskId task(std::string_view definition) const;

    /// From application to the visit of the hives, with one document of the id `evidence`.
    void apply_for_the_mark();

    /// A new round of assessment begins.
    void begin_round(const Actor& actor);

    /// Gives a document another status.
    void put_document(EvidenceId id, rows::EvidenceStatus status);

    /// As a mutation of a test asks: the standard that the context offers, and what is known of
    /// organisations.
    bool offers_standard = true;
    bool offers_other_standard = false;
    bool knows_organisations = true;

    /// How the edition of the standard ends, beside what its catalogue says.
    std::optional<Transition> transition;

    /// Which role keeps cases running; the sample has none.
    std::string operator_role = "committee";

    /// How far back each separation of the sample looks.
    bool separates_per_round = false;
    std::optional<Duration> separation_lasts;

    /// What the workflow bars, beside what it says itself; and how the actor is called.
    std::vector<workflow::Bar> bars;
    std::vector<workflow::Team> teams;
    std::string actor_name = "Ada Vogel";
    std::string actor_email = "ada@bees.example";

    /// Whoever `people` names may act in no role of the sample, for two years after `day`; empty:
    /// as long as the case runs.
    void bar(const std::string& people, const std::string& day = {});
    /// Has the form that was sent name a team, in which alone its people act.
    void team(const std::string& people);

    Case subject;
    Instant now{1'772'442'000'000};
    OrganisationId client{101};
    OrganisationId body{102};
    Actor keeper{PersonId{11}, client, "beekeeper"};
    Actor inspector{PersonId{12}, body, "inspector"};
    Actor committee{PersonId{13}, body, "committee"};
    EvidenceId evidence;

    [[nodiscard]] OpenCase opening() const;
    [[nodiscard]] static AddEvidence document(std::string_view bytes);
    [[nodiscard]] static CompleteTask completion(TaskId task);

    /// Draws the next id there is to draw, for tests of ids.
    std::shared_ptr<Random> random = std::make_shared<scenario::SeededRandom>(7);
    std::uint64_t last_id = 1000;

private:
    void put_down(const Actor& actor, const CaseEvent& event);
};

}  // namespace guildmark::tests
