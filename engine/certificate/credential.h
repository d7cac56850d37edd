#pragma once

#include <string>

#include "engine/base/value.h"
#include "engine/ports/read_model.h"

namespace guildmark {

/// What a credential says of a certificate, beside the certificate itself.
struct CredentialParties {
    std::string issuer_id;    ///< "did:web:guildmark.example" or "did:key:..."
    std::string issuer_name;  ///< The certification body.
    std::string holder_id;    ///< "urn:guildmark:organisation:..."
    std::string holder_name;  ///< The certified organisation.
    std::string standard;     ///< How the standard is cited: "ISO 9001:2015".
    std::string page;         ///< Where anybody can check it; empty: nowhere.
};

/// A certificate as an unsigned W3C verifiable credential (VC Data Model 2.0) in the shape of the
/// UNTP Digital Conformity Credential 0.7.0: what ISO/IEC 17021-1:2015, 8.2.2 asks to be shown.
/// validFrom and validUntil are the beginning of the first and the last second of the last day of
/// validity, in UTC. The scope stands in the assessment's description: the shape has no other
/// place. An accreditation is not told, because none is recorded: assessmentLevel is
/// "no-endorsement". Written from a description of that version's schema; fields that it may need
/// and that no record answers (topics, performances) are empty lists.
[[nodiscard]] Value credential_of(const rows::Certificate& certificate,
                                  const CredentialParties& parties);

/// The number of the certificate that a credential is about; empty when it is no such credential.
[[nodiscard]] std::string certificate_number_of(const Value& credential);

}  // namespace guildmark
