// Certificates that whoever has one can show to others, who need not ask here.
#include "api/encode.h"
#include "api/fields.h"
#include "api/resource/handlers.h"
#include "api/signing.h"
#include "api/status_lists.h"
#include "engine/base/ensure.h"
#include "engine/cases/certificate_bundle.h"
#include "engine/cases/certificate_history.h"
#include "engine/cases/log_entry.h"
#include "engine/certificate/credential.h"
#include "engine/certificate/proof.h"
#include "engine/certificate/status_list.h"

namespace guildmark::api {
namespace {

constexpr std::int64_t log_size_max = std::int64_t{1} << 53;  // What JSON can say exactly.

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

Error certificate_not_found(const Call& call) {
    return not_found("certificate_not_found",
                     "no certificate of this number was issued here",
                     call.parameter("number"));
}

/// What the log says of `acts`, each with its proof.
Result<std::vector<bundle::LoggedAct>> logged_acts(const std::vector<CertificateAct>& acts,
                                                   const CertificateLog& log) {
    std::vector<bundle::LoggedAct> logged;
    for (const CertificateAct& act : acts) {
        const auto index = log.index_of(act.position);
        ENSURE(index, "the log was brought up to date after the acts were read");
        auto inclusion = TRY(log.inclusion_proof(*index));
        logged.push_back({*index, to_value(log_entry_of(act)), std::move(inclusion)});
    }
    return logged;
}

}  // namespace

Result<Response> get_credential(Call& call) {
    const auto row = TRY(call.reader.find_certificate(call.parameter("number")));
    if (!row) {
        return certificate_not_found(call);
    }
    if (status_on(*row, Date::of(call.now)) != rows::CertificateStatus::active) {
        return conflict("certificate_not_active",
                        "what is signed counts: this certificate does not at present",
                        row->number);
    }
    const auto keys = TRY(keys_of(call.services.signer));
    const SigningKey key = TRY(current_key(keys));
    const std::string issuer = issuer_id(call.public_origin, keys);
    Value credential = credential_of(*row, TRY(parties_of(call, *row, issuer)));
    if (const auto place = TRY(call.status_lists.find(call.reader, *row))) {
        credential.set("credentialStatus",
                       status_list::entries_of(status_list_base(call.public_origin), *place));
    }
    credential =
        TRY(proof::sign(std::move(credential), issuer, key, *call.services.signer, call.now));
    Response response = json_response(credential);
    response.content_type = "application/vc";
    return response;
}

Result<Response> get_certificate_bundle(Call& call) {
    Fields fields = Fields::of_query(call);
    const std::int64_t earlier = fields.number("from", 0, log_size_max, -1);
    TRY(fields.finish());
    const auto row = TRY(call.reader.find_certificate(call.parameter("number")));
    if (!row) {
        return certificate_not_found(call);
    }
    const auto keys = TRY(keys_of(call.services.signer));
    const SigningKey key = TRY(current_key(keys));
    const auto records = TRY(call.reader.certificate_acts_of(row->case_id));
    const auto acts = TRY(acts_on_certificate(row->number, records));
    bundle::Contents contents;
    contents.issuer = issuer_id(call.public_origin, keys);
    // Of the last of these acts, so that all of it is of one moment.
    contents.certificate = TRY(public_certificate(call, acts.back().certificate));
    TRY(call.log.with(call.reader, [&](const CertificateLog& log) -> Result<void> {
        contents.acts = TRY(logged_acts(acts, log));
        contents.checkpoint = TRY(sign_checkpoint(
            {log_origin(call.public_origin, keys), log.size(), log.root()}, *call.services.signer));
        if (earlier >= 0) {
            const auto size = static_cast<std::uint64_t>(earlier);
            auto proof = TRY(log.consistency_proof(size));
            contents.consistency = bundle::Consistency{size, std::move(proof)};
        }
        return {};
    }));
    return json_response(TRY(proof::sign(
        bundle::document_of(contents), contents.issuer, key, *call.services.signer, call.now)));
}

Result<Response> get_status_list(Call& call) {
    const std::string& name = call.parameter("list");
    const auto asked = status_list::parse_name(name);
    const auto set = asked ? TRY(call.status_lists.set_in(call.reader, asked->list, asked->purpose))
                           : std::nullopt;
    if (!set) {
        return not_found("status_list_not_found", "there is no status list of this name", name);
    }
    const auto keys = TRY(keys_of(call.services.signer));
    const SigningKey key = TRY(current_key(keys));
    const std::string issuer = issuer_id(call.public_origin, keys);
    Value list = status_list::credential_of(
        status_list_base(call.public_origin) + name, issuer, asked->purpose, *set, call.now);
    list = TRY(proof::sign(std::move(list), issuer, key, *call.services.signer, call.now));
    Response response = json_response(list);
    response.content_type = "application/vc";
    return response;
}

Result<Response> list_signing_keys(Call& call) {
    const auto keys = TRY(keys_of(call.services.signer));
    return json_response(key_list_value(issuer_id(call.public_origin, keys), keys));
}

Result<Response> get_did_document(Call& call) {
    const auto keys = TRY(keys_of(call.services.signer));
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
