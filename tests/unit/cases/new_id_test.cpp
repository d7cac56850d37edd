#include <set>

#include <gtest/gtest.h>

#include "tests/unit/cases/case_desk.h"

namespace guildmark::tests {
namespace {

/// Says zero each time, so that ids go up by one.
class Zeros final : public Random {
public:
    std::uint64_t next() override { return 0; }
};

/// Desks draw with an IdSource of their own for each command, as an engine that starts anew does;
/// with the clock set back all of them draw the same.
CaseDesk with_a_clock_that_stands() {
    CaseDesk desk;
    desk.random = std::make_shared<Zeros>();
    desk.last_id = 1'000'000'000'000'000'000u;
    return desk;
}

TEST(NewId, a_document_whose_id_another_one_has_gets_another_id_and_does_not_take_its_place) {
    CaseDesk desk = with_a_clock_that_stands();
    desk.must(desk.keeper, desk.opening());
    const std::string first = desk.must(desk.keeper, CaseDesk::document("one"));
    const std::string second = desk.must(desk.keeper, CaseDesk::document("two"));
    EXPECT_NE(first, second);
    ASSERT_EQ(desk.subject.evidence.size(), 2u);
    for (const auto& [id, evidence] : desk.subject.evidence) {
        EXPECT_EQ(evidence.revision, 1u);
        EXPECT_EQ(evidence.status, rows::EvidenceStatus::current);
    }
}

TEST(NewId, nothing_that_a_case_draws_has_the_id_of_another_thing_in_it) {
    CaseDesk desk = with_a_clock_that_stands();
    desk.apply_for_the_mark();
    desk.must(desk.inspector, RaiseFinding{rows::Grade::major, "2.2", "gap", "page 3", "", {}});
    desk.must(desk.inspector, RaiseFinding{rows::Grade::minor, "2.1", "gap", "page 4", "", {}});
    std::set<std::uint64_t> ids;
    std::size_t things = 0;
    const auto gather = [&](const auto& map) {
        things += map.size();
        for (const auto& [id, thing] : map) {
            ids.insert(id.value());
        }
    };
    gather(desk.subject.tasks);
    gather(desk.subject.evidence);
    gather(desk.subject.findings);
    gather(desk.subject.charges);
    gather(desk.subject.timers);
    EXPECT_EQ(desk.subject.findings.size(), 2u);
    EXPECT_GE(things, 6u);
    EXPECT_EQ(ids.size(), things);
}

TEST(NewId, a_new_member_does_not_take_the_place_of_another) {
    Organisation organisation;
    organisation.head.sequence = 1;
    Zeros random;
    std::set<std::string> created;
    for (int count = 0; count < 2; ++count) {
        IdSource ids(random, 1'000'000'000'000'000'000u);
        OrganisationContext context{Instant{}, system_actor(), ids};
        const auto decided =
            decide(organisation, OrganisationCommand(AdmitMember{{}, "Anna", "", {}}), context);
        ASSERT_TRUE(decided);
        created.insert(decided->created);
        organisation.members[*PersonId::parse(decided->created)] = {};
    }
    EXPECT_EQ(created.size(), 2u);
}

}  // namespace
}  // namespace guildmark::tests
