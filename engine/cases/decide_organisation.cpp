#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "engine/base/text.h"
#include "engine/cases/decide.h"
#include "engine/cases/decide_checks.h"
#include "engine/cases/people.h"

namespace guildmark {
namespace {

bool is_role_name(std::string_view role) {
    return !role.empty() && role.size() <= 64 && std::ranges::all_of(role, [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
               letter == '-';
    });
}

bool is_country(std::string_view code) {
    return code.size() == 2 &&
           std::ranges::all_of(code, [](char letter) { return letter >= 'A' && letter <= 'Z'; });
}

class OrganisationDecider {
public:
    OrganisationDecider(const Organisation& subject, OrganisationContext& context)
        : organisation_(subject), context_(context) {}

    Result<OrganisationDecision> operator()(const CreateOrganisation& command) {
        TRY(checks::text_present(command.name, "name", limits::name_bytes_max));
        constexpr auto kinds =
            std::to_array<std::string_view>({"client", "body", "group", "operator"});
        if (std::ranges::find(kinds, command.kind) == kinds.end()) {
            return malformed("kind_unknown",
                             "an organisation is a client, a body, a group or an operator",
                             "kind");
        }
        if (!command.country.empty() && !is_country(command.country)) {
            return malformed("country_malformed",
                             "a country is two capital letters of ISO 3166-1, such as DE",
                             "country");
        }
        TRY(checks::text_short_enough(command.region, "region", limits::name_bytes_max));
        return OrganisationDecision{
            {events::OrganisationCreated{
                command.name, command.kind, command.country, command.region, command.personnel}},
            organisation_.summary.id.to_text()};
    }

    Result<OrganisationDecision> operator()(const AdmitMember& command) {
        TRY(checks::text_present(command.name, "name", limits::name_bytes_max));
        TRY(checks::text_short_enough(command.email, "email", limits::name_bytes_max));
        for (const std::string& role : command.roles) {
            if (!is_role_name(role)) {
                return malformed("role_malformed",
                                 fmt::format("\"{}\" is not a role; roles are small letters, "
                                             "digits and hyphens, such as lead-auditor",
                                             beginning(role, 64)),
                                 "roles");
            }
        }
        PersonId person = command.person;
        if (person.is_none()) {
            person = context_.ids.draw_new<PersonId>(context_.now, organisation_);
        }
        return OrganisationDecision{
            {events::MemberAdmitted{person, command.name, command.email, command.roles}},
            person.to_text()};
    }

    Result<OrganisationDecision> operator()(const MakeToken& command) {
        if (!organisation_.members.contains(command.person)) {
            return not_found("member_not_found",
                             "that person is no member of this organisation",
                             command.person.to_text());
        }
        TRY(checks::text_short_enough(command.label, "label", limits::name_bytes_max));
        const auto id = context_.ids.draw_new<TokenId>(context_.now, organisation_);
        return OrganisationDecision{
            {events::TokenMade{
                id, command.person, command.hash, command.label, command.expires_at}},
            id.to_text()};
    }

    Result<OrganisationDecision> operator()(const RevokeToken& command) {
        const auto found = organisation_.tokens.find(command.token);
        if (found == organisation_.tokens.end()) {
            return not_found("token_not_found", "there is no such token", command.token.to_text());
        }
        if (found->second.revoked) {
            return conflict("token_revoked", "the token was revoked before");
        }
        return OrganisationDecision{{events::TokenRevoked{command.token}}, {}};
    }

    Result<OrganisationDecision> operator()(const RecordCompetence& command) {
        if (!organisation_.members.contains(command.person)) {
            return not_found("member_not_found",
                             "that person is no member of this organisation",
                             command.person.to_text());
        }
        if (!is_competence_area(command.area)) {
            return malformed("area_malformed",
                             fmt::format("\"{}\" is not an area of competence; areas are small "
                                         "letters, digits, points and hyphens, such as iaf-17",
                                         beginning(command.area, 64)),
                             "area");
        }
        if (command.until && *command.until < command.from) {
            return malformed("period_backwards", "the last day lies before the first", "until");
        }
        TRY(checks::text_present(command.basis, "basis"));
        return OrganisationDecision{
            {events::CompetenceRecorded{
                command.person, command.area, command.from, command.until, command.basis}},
            {}};
    }

    Result<OrganisationDecision> operator()(const EndCompetence& command) {
        const auto found = organisation_.competences.find({command.person, command.area});
        if (found == organisation_.competences.end()) {
            return not_found("competence_not_found",
                             "that person has no such competence here",
                             std::string(beginning(command.area, 64)));
        }
        if (found->second.ended) {
            return conflict("competence_ended", "the competence was taken back before");
        }
        TRY(checks::text_present(command.reason, "reason"));
        return OrganisationDecision{
            {events::CompetenceEnded{command.person, command.area, command.reason}}, {}};
    }

private:
    const Organisation& organisation_;
    OrganisationContext& context_;
};

}  // namespace

Result<OrganisationDecision> decide(const Organisation& subject,
                                    const OrganisationCommand& command,
                                    OrganisationContext& context) {
    const bool creates = std::holds_alternative<CreateOrganisation>(command);
    if (!creates && subject.head.sequence == 0) {
        return not_found("organisation_not_found", "there is no such organisation");
    }
    return std::visit(OrganisationDecider(subject, context), command);
}

}  // namespace guildmark
