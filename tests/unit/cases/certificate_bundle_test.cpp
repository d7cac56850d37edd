#include "engine/cases/certificate_bundle.h"

#include <gtest/gtest.h>

#include "engine/base/json.h"
#include "engine/cases/log_entry.h"
#include "engine/certificate/merkle_tree.h"
#include "tests/support/one_key.h"
#include "tests/support/sample_store.h"

namespace guildmark {
namespace {

using tests::OneKey;

Instant at(std::string_view text) {
    return Instant::parse(text).value();
}

/// A log of three acts, of which the first and the last are on GM-1.
class CertificateBundle : public testing::Test {
protected:
    CertificateBundle() {
        add("grant", "GM-1", rows::CertificateStatus::active);
        add("grant", "GM-2", rows::CertificateStatus::active);
        add("suspend", "GM-1", rows::CertificateStatus::suspended);
        earlier_ = {"bees.example/log", 2, merkle::node_digest(leaves_[0], leaves_[1])};
        const Digest root = merkle::node_digest(earlier_.root, leaves_[2]);
        contents_.issuer = "did:web:bees.example";
        contents_.certificate = Value::Object{{"number", "GM-1"},
                                              {"status", "suspended"},
                                              {"scope", row_.scope},
                                              {"valid_from", row_.valid_from.to_text()},
                                              {"valid_until", row_.valid_until.to_text()},
                                              {"first_granted", row_.first_granted.to_text()}};
        contents_.acts = {{0, entries_[0], {leaves_[1], leaves_[2]}},
                          {2, entries_[2], {earlier_.root}}};
        contents_.checkpoint = sign_checkpoint({"bees.example/log", 3, root}, signer_).value();
        contents_.consistency = bundle::Consistency{2, {leaves_[2]}};
    }

    void add(const char* action, const char* number, rows::CertificateStatus status) {
        row_ = tests::sample_certificate(CertificateId(1), CaseId(1), number);
        row_.status = status;
        const Instant when = at("2026-03-0" + std::to_string(entries_.size() + 2) + "T09:00:00Z");
        entries_.push_back(to_value(log_entry_of({action, when, row_, 0})));
        leaves_.push_back(merkle::leaf_digest(log_entry_bytes(entries_.back()).value()));
    }

    [[nodiscard]] Value sealed() const {
        return proof::sign(bundle::document_of(contents_),
                           contents_.issuer,
                           signer_.key,
                           signer_,
                           at("2026-03-09T10:00:00Z"))
            .value();
    }

    [[nodiscard]] std::string code_of(const Value& document,
                                      const std::optional<Checkpoint>& earlier = {}) const {
        const auto proven = bundle::check(document, {signer_.key}, sodium::Checker(), earlier);
        return proven ? std::string() : proven.error().code;
    }

    OneKey signer_{7};
    rows::Certificate row_;
    std::vector<Value> entries_;
    std::vector<Digest> leaves_;
    Checkpoint earlier_;
    bundle::Contents contents_;
};

TEST_F(CertificateBundle, is_refused_when_it_was_changed_after_it_was_sealed) {
    Value document = sealed();
    ASSERT_EQ(code_of(document), "");
    document.find("certificate")->set("status", "active");
    EXPECT_EQ(code_of(document), "proof_does_not_hold");
    EXPECT_EQ(code_of(bundle::document_of(contents_)), "proof_missing");
}

TEST_F(CertificateBundle, is_refused_when_it_is_something_else_that_was_signed) {
    contents_.type = "Letter";
    EXPECT_FALSE(bundle::is_bundle(sealed()));
    EXPECT_EQ(code_of(sealed()), "bundle_malformed");
    contents_.type = "CertificateBundle";
    EXPECT_TRUE(bundle::is_bundle(sealed()));
    contents_.acts.clear();
    EXPECT_EQ(code_of(sealed()), "bundle_malformed");
    contents_.acts = {{0, Value::Object{{"at", "yesterday"}}, {}}};
    EXPECT_EQ(code_of(sealed()), "bundle_malformed");
}

TEST_F(CertificateBundle, is_refused_with_a_checkpoint_of_somebody_else) {
    contents_.checkpoint = sign_checkpoint(earlier_, OneKey(8)).value();
    EXPECT_EQ(code_of(sealed()), "key_not_trusted");
    contents_.checkpoint = "tomorrow";
    EXPECT_EQ(code_of(sealed()), "checkpoint_malformed");
}

TEST_F(CertificateBundle, is_refused_when_the_body_tells_an_act_that_its_log_does_not) {
    contents_.acts[0].entry.set("at", "2025-01-01T00:00:00Z");
    EXPECT_EQ(code_of(sealed()), "entry_not_in_log") << "back-dated";
    contents_.acts[0].entry = entries_[0];
    contents_.acts[0].index = 1;
    EXPECT_EQ(code_of(sealed()), "entry_not_in_log") << "at another place";
}

TEST_F(CertificateBundle, is_refused_when_its_acts_do_not_lead_to_what_it_says) {
    const bundle::Contents whole = contents_;
    contents_.acts.pop_back();
    EXPECT_EQ(code_of(sealed()), "acts_differ") << "the suspension is left out";
    contents_ = whole;
    contents_.certificate.set("status", "active");
    EXPECT_EQ(code_of(sealed()), "acts_differ");
    contents_ = whole;
    contents_.certificate.set("scope", "Honey and rockets");
    EXPECT_EQ(code_of(sealed()), "acts_differ");
    contents_ = whole;
    contents_.certificate.set("number", "GM-2");
    EXPECT_EQ(code_of(sealed()), "acts_differ");
    contents_ = whole;
    std::swap(contents_.acts[0], contents_.acts[1]);
    EXPECT_EQ(code_of(sealed()), "acts_differ") << "out of order";
    contents_ = whole;
    contents_.acts.insert(contents_.acts.begin(), contents_.acts.front());
    EXPECT_EQ(code_of(sealed()), "acts_differ") << "twice";
}

TEST_F(CertificateBundle, is_refused_when_the_log_does_not_begin_with_what_was_seen_of_it) {
    Checkpoint longer = earlier_;
    longer.size = 4;
    EXPECT_EQ(code_of(sealed(), longer), "log_older");
    Checkpoint shorter = earlier_;
    shorter.size = 1;
    EXPECT_EQ(code_of(sealed(), shorter), "consistency_missing");
    Checkpoint other = earlier_;
    other.root = sha256("a grant that was taken out since");
    EXPECT_EQ(code_of(sealed(), other), "log_rewritten");
    EXPECT_EQ(code_of(sealed(), earlier_), "");
    contents_.consistency.reset();
    EXPECT_EQ(code_of(sealed(), earlier_), "consistency_missing");
}

TEST_F(CertificateBundle, tells_every_act_and_as_of_when_there_are_no_others) {
    const auto proven = bundle::check(sealed(), {signer_.key}, sodium::Checker(), earlier_).value();
    EXPECT_EQ(proven.seal.created, at("2026-03-09T10:00:00Z"));
    EXPECT_EQ(proven.log.size, 3u);
    ASSERT_EQ(proven.acts.size(), 2u);
    EXPECT_EQ(proven.acts[1].action, "suspend");
    EXPECT_EQ(proven.indexes, (std::vector<std::uint64_t>{0, 2}));
}

TEST_F(CertificateBundle, of_a_validity_that_ended_by_itself_holds_without_an_act_for_it) {
    contents_.certificate.set("status", "expired");
    EXPECT_EQ(code_of(sealed()), "");
}

}  // namespace
}  // namespace guildmark
