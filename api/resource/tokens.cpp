#include "api/encode.h"
#include "api/fields.h"
#include "api/resource/handlers.h"
#include "api/token.h"

namespace guildmark::api {

Result<Response> list_tokens(Call& call) {
    const auto rows = TRY(call.reader.find_organisation_rows(call.organisation_row->id));
    const std::vector<rows::Party> own{{"", call.organisation_row->id}};
    Value::Array items;
    for (const rows::Token& token : rows ? rows->tokens : std::vector<rows::Token>()) {
        Value person = TRY(call.names.person(call.reader, token.person, own));
        items.emplace_back(Value::Object{{"id", token.id.to_text()},
                                         {"person", std::move(person)},
                                         {"label", token.label},
                                         {"created_at", token.created_at.to_text()},
                                         {"expires_at", or_null(token.expires_at)},
                                         {"revoked", token.revoked}});
    }
    return json_response(
        Value::Object{{"sequence", call.organisation_row->sequence}, {"items", std::move(items)}});
}

Result<Command> make_token(Call& call) {
    Fields fields = TRY(Fields::of_body(call));
    MakeToken make;
    make.person = fields.id<PersonId>("person", Need::required);
    make.label = fields.text("label", Need::required, limits::name_bytes_max);
    make.expires_at = fields.instant("expires_at");
    if (make.expires_at && *make.expires_at <= call.now) {
        fields.note("expires_at", "instant_past", "this must be in the future");
    }
    TRY(fields.finish());
    const std::string token = new_token(call.services.random);
    make.hash = sha256(token);
    Command command;
    command.submission.actor = administrator_actor(*call.caller);
    command.submission.stream = StreamId(call.organisation_row->id.value());
    command.submission.command = OrganisationCommand(std::move(make));
    // A repeated answer could not tell the text again, so there is no key.
    command.takes_key = false;
    command.encode = [token](const Answer& answer) {
        Response response = json_response(
            Value::Object{{"id", answer.created}, {"token", token}, {"sequence", answer.sequence}});
        response.status = 201;
        return response;
    };
    return command;
}

Result<Command> revoke_token(Call& call) {
    const auto id = TokenId::parse(call.parameter("token"));
    if (!id) {
        return not_found(
            "token_not_found", "the organisation has no such token", call.parameter("token"));
    }
    Command command;
    command.submission.actor = administrator_actor(*call.caller);
    command.submission.stream = StreamId(call.organisation_row->id.value());
    command.submission.command = OrganisationCommand(RevokeToken{*id});
    return command;
}

}  // namespace guildmark::api
