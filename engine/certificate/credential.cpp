#include "engine/certificate/credential.h"

#include <algorithm>

#include <fmt/format.h>

namespace guildmark {
namespace {

constexpr std::string_view certificate_prefix = "urn:guildmark:certificate:";

Value named(std::string id, std::string name) {
    return Value::Object{{"id", std::move(id)}, {"name", std::move(name)}};
}

Value standard_value(const rows::Certificate& certificate, const CredentialParties& parties) {
    return named("urn:guildmark:standard:" + certificate.standard, parties.standard);
}

Value assessment_of(const rows::Certificate& certificate,
                    const CredentialParties& parties,
                    const std::string& subject) {
    return Value::Object{{"type", Value::Array{"ConformityAssessment"}},
                         {"id", subject + "#assessment"},
                         {"name", parties.standard},
                         {"description", certificate.scope},
                         {"assessmentDate", certificate.valid_from.to_text()},
                         {"assessedOrganisation", named(parties.holder_id, parties.holder_name)},
                         {"referenceStandard", Value::Array{standard_value(certificate, parties)}},
                         {"assessmentCriteria", Value::Array{standard_value(certificate, parties)}},
                         {"assessedPerformance", Value::Array{}},
                         {"conformityTopic", Value::Array{}},
                         {"conformance", true}};
}

Value attestation_of(const rows::Certificate& certificate, const CredentialParties& parties) {
    const std::string subject = std::string(certificate_prefix) + certificate.number;
    Value attestation(Value::Object{
        {"type", Value::Array{"ConformityAttestation"}},
        {"id", subject},
        {"name", fmt::format("{} {}", parties.standard, certificate.number)},
        {"description", certificate.scope},
        {"attestationType", "certification"},
        {"assessorLevel", "3rdParty"},
        {"assessmentLevel", "no-endorsement"},
        {"issuedToParty", named(parties.holder_id, parties.holder_name)},
        {"referenceScheme", standard_value(certificate, parties)},
        {"conformityAssessment", Value::Array{assessment_of(certificate, parties, subject)}}});
    if (!parties.page.empty()) {
        attestation.set("conformityCertificate",
                        Value::Object{{"linkURL", parties.page}, {"linkName", certificate.number}});
    }
    return attestation;
}

}  // namespace

Value credential_of(const rows::Certificate& certificate, const CredentialParties& parties) {
    return Value::Object{
        {"@context",
         Value::Array{"https://www.w3.org/ns/credentials/v2",
                      "https://vocabulary.uncefact.org/untp/0.7.0/context/"}},
        {"id",
         fmt::format(
             "{}{}#{}", certificate_prefix, certificate.number, certificate.decision.to_text())},
        {"type", Value::Array{"DigitalConformityCredential", "VerifiableCredential"}},
        {"issuer", named(parties.issuer_id, parties.issuer_name)},
        {"validFrom", certificate.valid_from.to_text() + "T00:00:00Z"},
        {"validUntil", certificate.valid_until.to_text() + "T23:59:59Z"},
        {"credentialSubject", attestation_of(certificate, parties)}};
}

std::string certificate_number_of(const Value& credential) {
    const Value* const subject = credential.find("credentialSubject");
    const std::string id = subject == nullptr ? std::string() : subject->text_or("id", "");
    return id.starts_with(certificate_prefix) ? id.substr(certificate_prefix.size())
                                              : std::string();
}

}  // namespace guildmark
