#include "engine/cases/people.h"

#include <gtest/gtest.h>

namespace guildmark::tests {
namespace {

Date day(const char* text) {
    return *Date::parse(text);
}

/// Two auditors: the lead is competent for metal since 2025 without an end, the other for metal and
/// food, food until the middle of 2026.
Organisation body() {
    Organisation organisation;
    const auto admit = [&](std::uint64_t id,
                           const char* name,
                           const char* email,
                           const char* roles) {
        organisation.members[PersonId(id)] = {OrganisationId(1), PersonId(id), name, email, roles};
    };
    const auto record = [&](std::uint64_t id, const char* area, std::optional<Date> until) {
        rows::Competence& one = organisation.competences[{PersonId(id), area}];
        one.person = PersonId(id);
        one.area = area;
        one.from = day("2025-01-01");
        one.until = until;
    };
    admit(1, "Ingrid Solberg", "ingrid@norwell.example", "lead-auditor");
    admit(2, "Tomas Novak", "tomas@norwell.example", "auditor");
    record(1, "iaf-17", std::nullopt);
    record(2, "iaf-17", std::nullopt);
    record(2, "iaf-3", day("2026-06-30"));
    return organisation;
}

Value plan(const std::string& lead, const std::string& team) {
    Value values;
    values.set("lead", lead);
    values.set("team", team);
    return values;
}

std::vector<std::string> lacks(const Value& values,
                               std::string_view areas,
                               const char* on = "2026-03-02") {
    return uncovered_areas(body(), values, {"lead", "team"}, areas, day(on));
}

using Texts = std::vector<std::string>;

TEST(People, without_the_role_are_told_as_they_are_written) {
    const Organisation organisation = body();
    const auto without = [&](const std::string& people) {
        return without_role(organisation, plan(people, ""), {"lead", "team"}, "lead-auditor");
    };
    EXPECT_EQ(without("Tomas Novak"), Texts{"Tomas Novak"});
    EXPECT_EQ(without("Ingrid, Ingrid Solberg"), Texts{"Ingrid"});
    EXPECT_EQ(without("ingrid solberg"), Texts{});
    EXPECT_EQ(without("INGRID@norwell.example"), Texts{});
    EXPECT_EQ(without(""), Texts{});
}

TEST(People, of_one_name_count_when_one_of_them_has_the_role) {
    Organisation organisation = body();
    organisation.members[PersonId(3)] = {
        OrganisationId(1), PersonId(3), "Tomas Novak", "other@norwell.example", "lead-auditor"};
    EXPECT_EQ(without_role(organisation, plan("Tomas Novak", ""), {"lead"}, "lead-auditor"),
              Texts{});
}

TEST(Competence, of_the_team_has_to_cover_every_area_together) {
    EXPECT_EQ(lacks(plan("Ingrid Solberg", ""), "iaf-17, iaf-3"), Texts{"iaf-3"});
    EXPECT_EQ(lacks(plan("", ""), "iaf-17;iaf-3"), (Texts{"iaf-17", "iaf-3"}));
    EXPECT_EQ(lacks(plan("Ingrid Solberg", "Tomas Novak, auditor"), "iaf-17\niaf-3"), Texts{});
    EXPECT_EQ(lacks(plan("Ingrid Solberg", "Somebody Else"), "iaf-3"), Texts{"iaf-3"});
    EXPECT_EQ(lacks(plan("", ""), " , "), Texts{});
}

TEST(Competence, counts_from_its_first_day_to_its_last) {
    const Value team = plan("Tomas Novak", "");
    EXPECT_EQ(lacks(team, "iaf-3", "2024-12-31"), Texts{"iaf-3"});
    EXPECT_EQ(lacks(team, "iaf-3", "2025-01-01"), Texts{});
    EXPECT_EQ(lacks(team, "iaf-3", "2026-06-30"), Texts{});
    EXPECT_EQ(lacks(team, "iaf-3", "2026-07-01"), Texts{"iaf-3"});
    EXPECT_EQ(lacks(team, "iaf-17", "2099-01-01"), Texts{});
}

TEST(Competence, that_was_taken_back_counts_on_no_day) {
    Organisation organisation = body();
    organisation.competences.at({PersonId(2), "iaf-3"}).ended = day("2026-02-01");
    EXPECT_EQ(uncovered_areas(
                  organisation, plan("Tomas Novak", ""), {"lead"}, "iaf-3", day("2025-06-01")),
              Texts{"iaf-3"});
}

}  // namespace
}  // namespace guildmark::tests
