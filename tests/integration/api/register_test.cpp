// The public register: what whoever holds a certificate in the hand may know, without a token.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "adapters/signer/sodium/ed25519.h"
#include "api/signing.h"
#include "engine/cases/certificate_bundle.h"
#include "engine/certificate/credential.h"
#include "engine/certificate/merkle_tree.h"
#include "engine/certificate/proof.h"
#include "engine/certificate/status_list.h"
#include "tests/integration/api/office_test.h"

namespace guildmark::api {
namespace {

using tests::HttpAnswer;

class RegisterTest : public tests::OfficeTest {
protected:
    RegisterTest() {
        const std::string id = office_.open_case();
        const std::string target = "/api/v1/cases/" + id;
        answer_all(target);
        send("POST",
             target + "/evidence?name=room.txt&requirements=2.1,2.2&title=R",
             "keeper",
             "room");
        complete(id, "apply", "keeper", R"({"place":"Lindental","hives":3})", "send");
        for (const char* number : {"1.1", "1.2", "2.1", "2.2"}) {
            send("PUT",
                 target + "/requirements/" + number + "/assessment",
                 "inspector",
                 R"({"value":"conforming"})");
        }
        complete(id, "visit", "inspector", R"({"day":"2026-03-02"})", "inOrder");
        complete(id, "decide", "committee", "{}", "grant");
        const Value told = get(target, "keeper");
        number_ = at(told, "certificates").as_array()[0].text_or("number", "");
    }

    void complete(const std::string& id,
                  const char* task,
                  const char* token,
                  const char* values,
                  const char* outcome) {
        send("POST",
             "/api/v1/tasks/" + office_.task(id, task) + "/completion",
             token,
             fmt::format(R"({{"outcome":"{}","values":{}}})", outcome, values));
    }

    std::string code_of(const std::string& target) {
        return tests::Office::json(office_.ask("GET", target)).text_or("code", "");
    }

    Value check(const std::string& body) {
        return send("POST", "/api/v1/register/checks", "", body);
    }

    std::string number_;
};

TEST_F(RegisterTest, refuses_a_day_that_is_none_and_a_number_that_was_not_issued) {
    EXPECT_EQ(code_of("/api/v1/certificates/GM-0"), "certificate_not_found");
    EXPECT_EQ(code_of("/api/v1/certificates/" + number_ + "?on=2026-02-30"), "fields_invalid");
    EXPECT_EQ(code_of("/api/v1/register?name=Linde"), "fields_invalid");
    std::string many;
    for (int number = 0; number <= 1'000; ++number) {
        many += fmt::format("{}\"GM-{}\"", number == 0 ? "" : ",", number);
    }
    const std::string body = "{\"numbers\":[" + many + "]}";
    const HttpAnswer refused = office_.ask("POST", "/api/v1/register/checks", "", body);
    EXPECT_EQ(tests::Office::json(refused).text_or("code", ""), "fields_invalid");
}

TEST_F(RegisterTest, tells_whoever_has_the_number_how_it_stands_and_nothing_of_the_case) {
    const HttpAnswer answer = office_.ask("GET", "/api/v1/certificates/" + number_);
    ASSERT_EQ(answer.status, 200) << answer.body;
    const Value told = tests::Office::json(answer);
    EXPECT_EQ(told.text_or("status", ""), "active");
    EXPECT_EQ(told.text_or("scope", ""), "Honey from Lindental");
    EXPECT_EQ(told.text_or("valid_until", ""), "2027-03-01");
    EXPECT_TRUE(at(told, "asked").is_null());
    ASSERT_EQ(at(told, "history").as_array().size(), 1u);
    EXPECT_EQ(at(told, "history").as_array()[0].text_or("action", ""), "grant");
    for (const char* hidden : {"case", "reason", "decision", "person", "personnel"}) {
        EXPECT_EQ(answer.body.find(std::string("\"") + hidden + "\""), std::string::npos) << hidden;
    }
}

TEST_F(RegisterTest, tells_how_it_stood_on_a_day) {
    const std::string target = "/api/v1/certificates/" + number_ + "?on=";
    EXPECT_TRUE(at(at(get(target + "2026-03-01", ""), "asked"), "status").is_null());
    EXPECT_EQ(at(get(target + "2026-03-02", ""), "asked").text_or("status", ""), "active");
    EXPECT_EQ(at(get(target + "2027-03-01", ""), "asked").text_or("status", ""), "active");
    EXPECT_EQ(at(get(target + "2027-03-02", ""), "asked").text_or("status", ""), "expired");
}

TEST_F(RegisterTest, is_over_on_the_day_after_the_last_whether_or_not_anybody_recorded_it) {
    office_.clock().set(Instant::parse("2027-03-02T00:00:00Z").value());
    EXPECT_EQ(get("/api/v1/certificates/" + number_, "").text_or("status", ""), "expired");
}

TEST_F(RegisterTest, is_searched_by_holder_and_standard) {
    const auto count = [&](const std::string& query) {
        return at(get("/api/v1/register?" + query, ""), "items").as_array().size();
    };
    EXPECT_EQ(count("holder=nobody"), 0u);
    EXPECT_EQ(count("standard=honey"), 0u);
    EXPECT_EQ(count(""), 1u);
    EXPECT_EQ(count("standard=honey-code"), 1u);
    const Value all = get("/api/v1/register", "");
    EXPECT_EQ(at(all, "items").as_array()[0].text_or("number", ""), number_);
    EXPECT_TRUE(at(all, "next").is_null());
}

TEST_F(RegisterTest, answers_for_many_numbers_at_once) {
    const Value told = check(fmt::format(R"({{"numbers":["GM-0","{}"]}})", number_));
    const auto& items = at(told, "items").as_array();
    ASSERT_EQ(items.size(), 2u);
    EXPECT_FALSE(at(items[0], "found").as_bool());
    EXPECT_EQ(items[0].find("status"), nullptr);
    EXPECT_EQ(items[1].text_or("status", ""), "active");
    const Value before = check(fmt::format(R"({{"numbers":["{}"],"on":"2026-03-01"}})", number_));
    EXPECT_TRUE(at(at(before, "items").as_array()[0], "status").is_null());
}

TEST_F(RegisterTest, signs_only_what_counts) {
    const std::string target = "/api/v1/certificates/" + number_ + "/credential";
    EXPECT_EQ(code_of("/api/v1/certificates/GM-0/credential"), "certificate_not_found");
    EXPECT_EQ(code_of("/api/v1/did.json"), "did_document_missing");
    const std::string key = office_.keys().keys().value()[0].id;
    ASSERT_TRUE(office_.keys().end(key, KeyState::retired, office_.clock().now()));
    EXPECT_EQ(code_of(target), "signing_key_missing");
    ASSERT_TRUE(office_.keys().rotate(office_.clock().now()));
    EXPECT_EQ(code_of(target), "");
    office_.clock().set(Instant::parse("2027-03-02T00:00:00Z").value());
    EXPECT_EQ(code_of(target), "certificate_not_active");
}

TEST_F(RegisterTest, gives_a_certificate_that_its_keys_prove_to_anybody) {
    const HttpAnswer answer = office_.ask("GET", "/api/v1/certificates/" + number_ + "/credential");
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto keys = read_key_list(office_.ask("GET", "/api/v1/keys").body);
    ASSERT_TRUE(keys);
    Value credential = tests::Office::json(answer);
    const auto proven = proof::check(credential, *keys, sodium::Checker());
    ASSERT_TRUE(proven) << proven.error().message;
    EXPECT_EQ(proven->created, office_.clock().now());
    EXPECT_EQ(certificate_number_of(credential), number_);
    EXPECT_EQ(credential.text_or("validUntil", ""), "2027-03-01T23:59:59Z");
    credential.set("validUntil", "2037-03-01T23:59:59Z");
    EXPECT_EQ(proof::check(credential, *keys, sodium::Checker()).error().code,
              "proof_does_not_hold");

    ASSERT_TRUE(office_.keys().rotate(office_.clock().now()));
    const auto later = read_key_list(office_.ask("GET", "/api/v1/keys").body);
    ASSERT_TRUE(later);
    EXPECT_EQ(later->size(), 2u);
    EXPECT_TRUE(proof::check(tests::Office::json(answer), *later, sodium::Checker()));
}

TEST_F(RegisterTest, has_no_tiles_of_the_log_beyond_its_end_or_by_other_names) {
    const std::string tile = "/api/v1/log/tile/";
    for (const char* path : {"0/000",
                             "0/000.p/2",
                             "0/000.p/0",
                             "0/000.p/256",
                             "0/000.p/01",
                             "0/00",
                             "0/0000",
                             "0/000/",
                             "0/x000/000.p/1",
                             "0/x001/000.p/1",
                             "0/x001",
                             "0/-01",
                             "0/x018/x446/x744/x073/x709/551",
                             "0/x001/x446/x744/x073/x709/x551/616",
                             "1/000.p/1",
                             "7/000.p/1",
                             "8/000.p/1",
                             "00/000.p/1",
                             "entries/000.p/2",
                             "leaves/000.p/1"}) {
        EXPECT_EQ(code_of(tile + path), "tile_not_found") << path;
    }
    EXPECT_EQ(code_of(tile + "0"), "route_not_found");
}

TEST_F(RegisterTest, logs_each_act_so_that_anybody_can_follow) {
    const auto keys = read_key_list(office_.ask("GET", "/api/v1/keys").body).value();
    const HttpAnswer note = office_.ask("GET", "/api/v1/log/checkpoint");
    const auto checkpoint = read_checkpoint(note.body, keys, sodium::Checker());
    ASSERT_TRUE(checkpoint) << note.body;
    EXPECT_EQ(checkpoint->size, 1u);
    const std::string digest = office_.ask("GET", "/api/v1/log/tile/0/000.p/1").body;
    EXPECT_EQ(digest, std::string(checkpoint->root.bytes.begin(), checkpoint->root.bytes.end()));
    const std::string entry = office_.ask("GET", "/api/v1/log/tile/entries/000.p/1").body;
    ASSERT_GT(entry.size(), 2u);
    EXPECT_EQ(entry.size() - 2,
              static_cast<unsigned char>(entry[0]) * 256u + static_cast<unsigned char>(entry[1]));
    EXPECT_EQ(merkle::leaf_digest(entry.substr(2)), checkpoint->root);
    EXPECT_EQ(entry.find("Lindental"), std::string::npos) << "a scope is told by its digest";
}

TEST_F(RegisterTest, bundles_what_became_of_a_certificate_also_when_it_is_over) {
    const std::string target = "/api/v1/certificates/" + number_ + "/bundle";
    EXPECT_EQ(code_of("/api/v1/certificates/GM-0/bundle"), "certificate_not_found");
    EXPECT_EQ(code_of(target + "?from=some"), "fields_invalid");
    EXPECT_EQ(code_of(target + "?from=2"), "proof_out_of_range");
    office_.clock().set(Instant::parse("2027-03-02T00:00:00Z").value());
    const auto keys = read_key_list(office_.ask("GET", "/api/v1/keys").body).value();
    const sodium::Checker checker;
    const auto seen =
        read_checkpoint(office_.ask("GET", "/api/v1/log/checkpoint").body, keys, checker).value();
    Value document = get(target + "?from=1", "");
    const auto proven = bundle::check(document, keys, checker, seen);
    ASSERT_TRUE(proven) << proven.error().message;
    EXPECT_EQ(proven->certificate.text_or("status", ""), "expired");
    EXPECT_EQ(proven->acts.at(0).action, "grant");
    EXPECT_EQ(proven->seal.created, office_.clock().now());
    const std::string key = keys[0].id;
    ASSERT_TRUE(office_.keys().end(key, KeyState::retired, office_.clock().now()));
    EXPECT_EQ(code_of(target), "signing_key_missing");
    EXPECT_EQ(code_of("/api/v1/log/checkpoint"), "signing_key_missing");
}

TEST_F(RegisterTest, tells_nobody_of_a_status_list_that_there_is_none_of) {
    for (const char* name : {"revocation", "revocation-0", "revocation-2", "refresh-1"}) {
        EXPECT_EQ(code_of(std::string("/api/v1/status-lists/") + name), "status_list_not_found");
    }
}

TEST_F(RegisterTest, names_in_a_certificate_the_lists_that_tell_how_it_stands) {
    const Value credential = get("/api/v1/certificates/" + number_ + "/credential", "");
    const auto keys = read_key_list(office_.ask("GET", "/api/v1/keys").body);
    ASSERT_TRUE(keys);
    for (const char* name : {"revocation-1", "suspension-1"}) {
        const HttpAnswer answer = office_.ask("GET", std::string("/api/v1/status-lists/") + name);
        ASSERT_EQ(answer.status, 200) << answer.body;
        const Value list = tests::Office::json(answer);
        EXPECT_TRUE(proof::check(list, *keys, sodium::Checker())) << name;
        const auto told = status_list::look_up(credential, list);
        ASSERT_TRUE(told) << told.error().message;
        EXPECT_FALSE(told->is_set) << name;
    }
    const Value again = get("/api/v1/certificates/" + number_ + "/credential", "");
    EXPECT_EQ(at(again, "credentialStatus"), at(credential, "credentialStatus"));
}

}  // namespace
}  // namespace guildmark::api
