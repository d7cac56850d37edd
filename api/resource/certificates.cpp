#include "api/encode.h"
#include "api/resource/handlers.h"
#include "engine/cases/describe_rows.h"

namespace guildmark::api {

Result<Response> verify_certificate(Call& call) {
    const auto row = TRY(call.reader.find_certificate(call.parameter("number")));
    if (!row) {
        return not_found("certificate_not_found",
                         "no certificate of this number was issued here",
                         call.parameter("number"));
    }
    const Value holder = TRY(call.names.organisation(call.reader, row->holder));
    const Value issuer = TRY(call.names.organisation(call.reader, row->issuer));
    // A validity that is over ends the certificate by itself, before anybody records it.
    const bool is_over =
        row->status == rows::CertificateStatus::active && row->valid_until < Date::of(call.now);
    const auto status = is_over ? rows::CertificateStatus::expired : row->status;
    return json_response(Value::Object{{"number", row->number},
                                       {"status", to_name(status)},
                                       {"holder", holder.text_or("name", "")},
                                       {"issuer", issuer.text_or("name", "")},
                                       {"standard", standard_reference(call, row->standard)},
                                       {"scope", row->scope},
                                       {"valid_from", row->valid_from.to_text()},
                                       {"valid_until", row->valid_until.to_text()},
                                       {"first_granted", row->first_granted.to_text()},
                                       {"checked_at", call.now.to_text()}});
}

}  // namespace guildmark::api
