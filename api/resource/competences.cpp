#include "api/encode.h"
#include "api/fields.h"
#include "api/resource/handlers.h"

namespace guildmark::api {
namespace {

Command of_organisation(const Call& call, OrganisationCommand wanted) {
    Command command;
    command.submission.actor = administrator_actor(*call.caller);
    command.submission.stream = StreamId(call.organisation_row->id.value());
    command.submission.command = std::move(wanted);
    return command;
}

}  // namespace

Result<Response> list_competences(Call& call) {
    const auto rows = TRY(call.reader.find_organisation_rows(call.organisation_row->id));
    const std::vector<rows::Party> own{{"", call.organisation_row->id}};
    Value::Array items;
    for (const rows::Competence& row : rows ? rows->competences : std::vector<rows::Competence>()) {
        Value person = TRY(call.names.person(call.reader, row.person, own));
        items.emplace_back(Value::Object{{"person", std::move(person)},
                                         {"area", row.area},
                                         {"from", row.from.to_text()},
                                         {"until", or_null(row.until)},
                                         {"basis", row.basis},
                                         {"ended", or_null(row.ended)},
                                         {"ended_reason", row.ended_reason}});
    }
    return json_response(
        Value::Object{{"sequence", call.organisation_row->sequence}, {"items", std::move(items)}});
}

Result<Command> record_competence(Call& call) {
    Fields fields = TRY(Fields::of_body(call));
    RecordCompetence record;
    record.person = fields.id<PersonId>("person", Need::required);
    record.area = fields.text("area", Need::required, limits::name_bytes_max);
    const auto from = fields.date("from");
    if (!from) {
        fields.note("from", "field_missing", "this is required");
    }
    record.from = from.value_or(Date());
    record.until = fields.date("until");
    record.basis = fields.text("basis", Need::required);
    TRY(fields.finish());
    return of_organisation(call, std::move(record));
}

Result<Command> end_competence(Call& call) {
    Fields fields = TRY(Fields::of_body(call));
    EndCompetence end;
    end.person = fields.id<PersonId>("person", Need::required);
    end.area = fields.text("area", Need::required, limits::name_bytes_max);
    end.reason = fields.text("reason", Need::required);
    TRY(fields.finish());
    return of_organisation(call, std::move(end));
}

}  // namespace guildmark::api
