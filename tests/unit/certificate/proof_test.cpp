#include "engine/certificate/proof.h"

#include <gtest/gtest.h>

#include "engine/base/json.h"
#include "engine/certificate/credential.h"
#include "engine/certificate/multibase.h"
#include "tests/support/one_key.h"

namespace guildmark {
namespace {

using tests::OneKey;

Instant at(std::string_view text) {
    return Instant::parse(text).value();
}

rows::Certificate certificate() {
    rows::Certificate row;
    row.number = "GM-1";
    row.standard = "honey-code:2026";
    row.scope = "Honig aus dem Lindental \u8702\u871c";
    row.valid_from = Date::parse("2026-03-02").value();
    row.valid_until = Date::parse("2027-03-01").value();
    return row;
}

class Proof : public testing::Test {
protected:
    Value signed_at(std::string_view time) {
        const Value credential = credential_of(
            certificate(),
            {"did:web:bees.example", "Bees", "urn:x:1", "Keeper", "Honey Code 2026", ""});
        return proof::sign(credential, "did:web:bees.example", signer_.key, signer_, at(time))
            .value();
    }

    std::string code_of(const Value& document) {
        const auto proven = proof::check(document, {signer_.key}, checker_);
        return proven ? std::string() : proven.error().code;
    }

    OneKey signer_{7};
    sodium::Checker checker_;
};

TEST_F(Proof, is_refused_when_it_is_missing_or_of_another_kind) {
    Value document = signed_at("2026-03-02T10:00:00Z");
    document.find("proof")->set("cryptosuite", "eddsa-rdfc-2022");
    EXPECT_EQ(code_of(document), "proof_unsupported");
    document.find("proof")->set("cryptosuite", "eddsa-jcs-2022");
    document.find("proof")->set("created", "yesterday");
    EXPECT_EQ(code_of(document), "proof_malformed");
    document.set("proof", Value::Array{});
    EXPECT_EQ(code_of(document), "proof_missing");
}

TEST_F(Proof, by_a_key_that_is_not_trusted_or_not_any_more_is_refused) {
    const Value document = signed_at("2026-03-02T10:00:00Z");
    const auto by_other = proof::check(document, {OneKey(8).key}, checker_);
    EXPECT_EQ(by_other.error().code, "key_not_trusted");
    signer_.key.state = KeyState::retired;
    signer_.key.ended_at = at("2026-03-02T09:59:59Z");
    EXPECT_EQ(code_of(document), "proof_outside_key");
    signer_.key.ended_at = at("2026-03-02T10:00:00Z");
    EXPECT_EQ(code_of(document), "");
    signer_.key.valid_from = at("2026-03-02T10:00:01Z");
    EXPECT_EQ(code_of(document), "proof_outside_key");
    signer_.key.state = KeyState::compromised;
    EXPECT_EQ(code_of(document), "key_compromised");
}

TEST_F(Proof, does_not_hold_when_any_character_of_the_document_was_changed) {
    const Value document = signed_at("2026-03-02T10:00:00Z");
    ASSERT_EQ(code_of(document), "");
    const std::string text = to_json(document);
    unsigned refused = 0;
    for (std::size_t place = 0; place < text.size(); ++place) {
        std::string changed = text;
        changed[place] = changed[place] == 'x' ? 'y' : 'x';
        const auto read = parse_json(changed);
        if (read) {
            EXPECT_NE(code_of(*read), "") << changed.substr(place);
            ++refused;
        }
    }
    EXPECT_GT(refused, 1'000u);
}

TEST_F(Proof, holds_whatever_the_order_of_members) {
    const Value document = signed_at("2026-03-02T10:00:00Z");
    const Value reversed =
        Value::Object(document.as_object().rbegin(), document.as_object().rend());
    EXPECT_EQ(code_of(reversed), "");
    EXPECT_EQ(certificate_number_of(reversed), "GM-1");
}

/// W3C Data Integrity EdDSA Cryptosuites 1.0, B.2: the values of its examples for this suite.
Value w3c_example() {
    Value document = parse_json(R"({
        "@context": ["https://www.w3.org/ns/credentials/v2",
                     "https://www.w3.org/ns/credentials/examples/v2"],
        "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
        "type": ["VerifiableCredential", "AlumniCredential"],
        "name": "Alumni Credential",
        "description": "A minimum viable example of an Alumni Credential.",
        "issuer": "https://vc.example/issuers/5678",
        "validFrom": "2023-01-01T00:00:00Z",
        "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
        "proof": {
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-jcs-2022",
            "created": "2023-02-24T23:36:38Z",
            "verificationMethod": "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2#z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
            "proofPurpose": "assertionMethod",
            "proofValue": "z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93FCzpvJpwTWd3GAVFuUfjoJdcnTMuVor51aX"
        }})")
                         .value();
    document.find("proof")->set("@context", *document.find("@context"));
    return document;
}

TEST_F(Proof, of_the_example_in_its_standard_holds) {
    const std::string key =
        from_multibase("z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2").value().substr(2);
    std::copy(key.begin(), key.end(), signer_.key.bytes.begin());
    signer_.key.valid_from = at("2023-01-01T00:00:00Z");
    Value document = w3c_example();
    EXPECT_EQ(code_of(document), "");
    document.find("proof")->set("created", "2023-02-24T23:36:39Z");
    EXPECT_EQ(code_of(document), "proof_does_not_hold");
}

TEST_F(Proof, names_its_key_by_the_issuer) {
    const std::string name = proof::did_key(signer_.key.bytes);
    EXPECT_TRUE(name.starts_with("did:key:z6Mk")) << name;
    EXPECT_EQ(proof::verification_method("did:web:a", signer_.key), "did:web:a#key7");
    EXPECT_EQ(proof::verification_method(name, signer_.key), name + "#" + name.substr(8));
}

}  // namespace
}  // namespace guildmark
