// Certificates that whoever has one can show to others, who need not ask here.
#include <algorithm>

#include "api/encode.h"
#include "api/resource/handlers.h"
#include "api/signing.h"
#include "engine/base/json.h"
#include "engine/cases/certificate_history.h"
#include "engine/certificate/credential.h"
#include "engine/certificate/proof.h"

namespace guildmark::api {
namespace {

Result<std::vector<SigningKey>> keys_of(Call& call) {
    if (call.services.signer == nullptr) {
        return unavailable("signing_unavailable", "this server has no keys to sign with");
    }
    return call.services.signer->keys();
}

Result<SigningKey> current_of(const std::vector<SigningKey>& keys) {
    const auto current = std::ranges::find(keys, KeyState::current, &SigningKey::state);
    return current == keys.end()
               ? Result<SigningKey>(unavailable("signing_key_missing",
                                                "the certification body has no current key: "
                                                "nothing is signed until it makes one"))
               : Result<SigningKey>(*current);
}

Result<CredentialParties> parties_of(Call& call,
                                     const rows::Certificate& row,
                                     const std::string& issuer) {
    const Value issuing = TRY(call.names.organisation(call.reader, row.issuer));
    const Value holding = TRY(call.names.organisation(call.reader, row.holder));
    const auto standard = call.library.find_standard(row.standard);
    CredentialParties parties;
    parties.issuer_id = issuer;
    parties.issuer_name = issuing.text_or("name", "");
    parties.holder_id = "urn:guildmark:organisation:" + row.holder.to_text();
    parties.holder_name = holding.text_or("name", "");
    parties.standard = standard ? standard->designation : row.standard;
    if (!call.public_origin.empty()) {
        parties.page = call.public_origin + "/c/" + row.number;
    }
    return parties;
}

}  // namespace

Result<Response> get_credential(Call& call) {
    const auto row = TRY(call.reader.find_certificate(call.parameter("number")));
    if (!row) {
        return not_found("certificate_not_found",
                         "no certificate of this number was issued here",
                         call.parameter("number"));
    }
    if (status_on(*row, Date::of(call.now)) != rows::CertificateStatus::active) {
        return conflict("certificate_not_active",
                        "what is signed counts: this certificate does not at present",
                        row->number);
    }
    const auto keys = TRY(keys_of(call));
    const SigningKey key = TRY(current_of(keys));
    const std::string issuer = issuer_id(call.public_origin, keys);
    Value credential = credential_of(*row, TRY(parties_of(call, *row, issuer)));
    credential =
        TRY(proof::sign(std::move(credential), issuer, key, *call.services.signer, call.now));
    Response response = json_response(credential);
    response.content_type = "application/vc";
    return response;
}

Result<Response> list_signing_keys(Call& call) {
    const auto keys = TRY(keys_of(call));
    return json_response(key_list_value(issuer_id(call.public_origin, keys), keys));
}

Result<Response> get_did_document(Call& call) {
    const auto keys = TRY(keys_of(call));
    const std::string issuer = issuer_id(call.public_origin, keys);
    if (!issuer.starts_with("did:web:")) {
        return not_found("did_document_missing",
                         "this server was not told its public address (https), so its keys stand "
                         "for themselves");
    }
    Response response = json_response(did_document(issuer, keys));
    response.content_type = "application/did+json";
    return response;
}

}  // namespace guildmark::api
