#include <functional>

#include <gtest/gtest.h>

#include "api/scenario/world.h"
#include "engine/cases/decide.h"

namespace guildmark::tests {
namespace {

/// An organisation with one member, who has one token and is competent in one area.
Organisation firm() {
    Organisation organisation;
    organisation.summary.id = OrganisationId(100);
    organisation.head.sequence = 1;
    organisation.members[PersonId(1)].person = PersonId(1);
    organisation.tokens[TokenId(2)].id = TokenId(2);
    organisation.competences[{PersonId(1), "iaf-17"}].area = "iaf-17";
    return organisation;
}

/// One way to spoil a command that is sound; of two of one part only one can be there.
template <typename Command>
struct Defect {
    std::string code;
    std::string part;
    std::function<void(Organisation& organisation, Command& command)> spoil;
};

template <typename Command>
std::string code_with(Command command, std::initializer_list<Defect<Command>> defects) {
    Organisation organisation = firm();
    for (const Defect<Command>& defect : defects) {
        defect.spoil(organisation, command);
    }
    scenario::SeededRandom random(1);
    IdSource ids(random, 0);
    OrganisationContext context{Instant{1'772'442'000'000}, system_actor(), ids};
    const auto decided = decide(organisation, OrganisationCommand(command), context);
    return decided ? "accepted" : decided.error().code;
}

template <typename Command>
void expect_in_order(const Command& sound, const std::vector<Defect<Command>>& defects) {
    ASSERT_EQ(code_with(sound, {}), "accepted");
    for (std::size_t first = 0; first < defects.size(); ++first) {
        EXPECT_EQ(code_with(sound, {defects[first]}), defects[first].code);
        for (std::size_t second = first + 1; second < defects.size(); ++second) {
            if (defects[first].part != defects[second].part) {
                EXPECT_EQ(code_with(sound, {defects[first], defects[second]}), defects[first].code)
                    << "with " << defects[second].code << " of the " << defects[second].part;
            }
        }
    }
}

const std::string too_long(limits::name_bytes_max + 1, 'x');

template <typename Command>
Defect<Command> no_organisation() {
    return {"organisation_not_found", "head", [](auto& organisation, auto&) {
                organisation.head = {};
            }};
}

TEST(DecideOrganisationOrder, an_organisation_is_refused_for_its_name_before_its_kind_and_country) {
    expect_in_order<CreateOrganisation>(
        {"Brenner", "client", "DE", "DE137", 24},
        {{"field_missing", "name", [](auto&, auto& command) { command.name.clear(); }},
         {"field_too_long", "name", [](auto&, auto& command) { command.name = too_long; }},
         {"kind_unknown", "kind", [](auto&, auto& command) { command.kind = "club"; }},
         {"country_malformed", "country", [](auto&, auto& command) { command.country = "de"; }},
         {"field_too_long", "region", [](auto&, auto& command) { command.region = too_long; }}});
}

TEST(DecideOrganisationOrder, a_member_is_refused_for_the_name_before_the_address_and_the_roles) {
    expect_in_order<AdmitMember>(
        {{}, "Anna", "anna@brenner.example", {"applicant"}},
        {no_organisation<AdmitMember>(),
         {"field_missing", "name", [](auto&, auto& command) { command.name.clear(); }},
         {"field_too_long", "name", [](auto&, auto& command) { command.name = too_long; }},
         {"field_too_long", "email", [](auto&, auto& command) { command.email = too_long; }},
         {"role_malformed", "roles", [](auto&, auto& command) { command.roles = {"Boss!"}; }}});
}

TEST(DecideOrganisationOrder, a_token_is_refused_for_its_person_before_its_label) {
    expect_in_order<MakeToken>(
        {PersonId(1), sha256("token"), "phone", std::nullopt},
        {no_organisation<MakeToken>(),
         {"member_not_found", "person", [](auto&, auto& command) { command.person = PersonId(9); }},
         {"field_too_long", "label", [](auto&, auto& command) { command.label = too_long; }}});
}

TEST(DecideOrganisationOrder, a_revocation_is_refused_for_a_token_that_is_not_there_or_not_valid) {
    expect_in_order<RevokeToken>(
        {TokenId(2)},
        {no_organisation<RevokeToken>(),
         {"token_not_found", "token", [](auto&, auto& command) { command.token = TokenId(9); }},
         {"token_revoked", "token", [](auto& organisation, auto&) {
              organisation.tokens.at(TokenId(2)).revoked = true;
          }}});
}

TEST(DecideOrganisationOrder, a_competence_is_refused_for_its_person_then_area_period_and_basis) {
    const Date day = *Date::parse("2026-03-02");
    expect_in_order<RecordCompetence>(
        {PersonId(1), "iaf-17", day, day, "Witnessed audit"},
        {no_organisation<RecordCompetence>(),
         {"member_not_found", "person", [](auto&, auto& command) { command.person = PersonId(9); }},
         {"area_malformed", "area", [](auto&, auto& command) { command.area = "IAF 17"; }},
         {"area_malformed", "area", [](auto&, auto& command) { command.area.clear(); }},
         {"area_malformed",
          "area",
          [](auto&, auto& command) { command.area = std::string(65, 'a'); }},
         {"period_backwards",
          "until",
          [](auto&, auto& command) { command.until = *Date::parse("2026-03-01"); }},
         {"field_missing", "basis", [](auto&, auto& command) { command.basis.clear(); }},
         {"field_too_long", "basis", [](auto&, auto& command) {
              command.basis = std::string(limits::text_field_bytes_max + 1, 'x');
          }}});
}

TEST(DecideOrganisationOrder, a_competence_is_taken_back_once_and_with_a_reason) {
    expect_in_order<EndCompetence>(
        {PersonId(1), "iaf-17", "Left the trade"},
        {no_organisation<EndCompetence>(),
         {"competence_not_found", "area", [](auto&, auto& command) { command.area = "iaf-3"; }},
         {"competence_ended",
          "ended",
          [](auto& organisation, auto&) {
              organisation.competences.at({PersonId(1), "iaf-17"}).ended =
                  *Date::parse("2026-02-01");
          }},
         {"field_missing", "reason", [](auto&, auto& command) { command.reason.clear(); }}});
}

}  // namespace
}  // namespace guildmark::tests
