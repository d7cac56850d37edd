#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "api/encode.h"
#include "api/fields.h"
#include "api/resource/handlers.h"
#include "api/text.h"

namespace guildmark::api {
namespace {

constexpr std::array<std::string_view, 4> kinds{"client", "body", "group", "operator"};
constexpr std::int64_t personnel_max = 100'000'000;
constexpr std::size_t roles_max = 100;

Value organisation_value(const Caller& caller, const rows::Organisation& row) {
    const bool is_told = may_see_members(caller, row);
    return Value::Object{{"id", row.id.to_text()},
                         {"name", row.name},
                         {"kind", row.kind},
                         {"country", row.country},
                         {"region", row.region},
                         {"personnel", is_told ? Value(std::uint64_t{row.personnel}) : Value()},
                         {"sequence", row.sequence}};
}

}  // namespace

Result<Response> list_organisations(Call& call) {
    const PageRequest page = TRY(page_of(call));
    const auto found = TRY(call.reader.organisations(page));
    Value::Array items;
    for (const rows::Organisation& row : found.items) {
        if (may_see(*call.caller, row)) {
            items.push_back(organisation_value(*call.caller, row));
        }
    }
    return json_response(page_value(std::move(items), found.next));
}

Result<Response> get_organisation(Call& call) {
    return json_response(organisation_value(*call.caller, *call.organisation_row));
}

Result<Command> create_organisation(Call& call) {
    Fields fields = TRY(Fields::of_body(call));
    CreateOrganisation create;
    create.name = fields.text("name", Need::required, limits::name_bytes_max);
    create.kind = fields.text("kind", Need::required, limits::name_bytes_max);
    if (!create.kind.empty() && std::find(kinds.begin(), kinds.end(), create.kind) == kinds.end()) {
        fields.note("kind", "value_unknown", "this is client, body, group or operator");
    }
    create.country = fields.text("country", Need::optional, limits::name_bytes_max);
    create.region = fields.text("region", Need::optional, limits::name_bytes_max);
    create.personnel = static_cast<std::uint32_t>(fields.number("personnel", 0, personnel_max, 0));
    TRY(fields.finish());
    Command command;
    command.submission.actor = administrator_actor(*call.caller);
    command.submission.command = OrganisationCommand(std::move(create));
    command.status = 201;
    command.location = "/api/v1/organisations/";
    return command;
}

Result<Response> list_members(Call& call) {
    const auto rows = TRY(call.reader.find_organisation_rows(call.organisation_row->id));
    Value::Array items;
    for (const rows::Member& member : rows ? rows->members : std::vector<rows::Member>()) {
        Value::Array roles;
        for (std::string& role : split(member.roles, ' ')) {
            roles.emplace_back(std::move(role));
        }
        items.emplace_back(Value::Object{{"person", member.person.to_text()},
                                         {"name", member.name},
                                         {"email", member.email},
                                         {"roles", std::move(roles)}});
    }
    return json_response(
        Value::Object{{"sequence", call.organisation_row->sequence}, {"items", std::move(items)}});
}

Result<Command> admit_member(Call& call) {
    Fields fields = TRY(Fields::of_body(call));
    AdmitMember admit;
    admit.person = fields.id<PersonId>("person", Need::optional);
    admit.name = fields.text("name", Need::required, limits::name_bytes_max);
    admit.email = fields.text("email", Need::optional, limits::name_bytes_max);
    admit.roles = fields.texts("roles", Need::required, roles_max);
    TRY(fields.finish());
    Command command;
    command.submission.actor = administrator_actor(*call.caller);
    command.submission.stream = StreamId(call.organisation_row->id.value());
    command.submission.command = OrganisationCommand(std::move(admit));
    command.status = 201;
    command.location =
        fmt::format("/api/v1/organisations/{}/members/", call.organisation_row->id.to_text());
    return command;
}

}  // namespace guildmark::api
