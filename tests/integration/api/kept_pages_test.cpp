// What the server keeps of its answers is never seen: each page is as if it were made anew.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/integration/api/office.h"

namespace guildmark::api {
namespace {

using tests::HttpAnswer;
using tests::HttpClient;
using tests::Office;
using tests::request_text;

class KeptPages : public testing::Test {
protected:
    /// Asks three times on one connection, so that the last answers come from what was kept.
    std::string page(const std::string& token, const std::string& language = "en") {
        HttpClient client(office_.port());
        std::string last;
        for (int time = 0; time < 3; ++time) {
            const HttpAnswer answer = client.ask(request_text(
                "GET",
                target_,
                {{"Authorization", "Bearer gm_" + token}, {"Accept-Language", language}}));
            EXPECT_TRUE(time == 0 || answer.body == last) << answer.body;
            last = answer.body;
        }
        return last;
    }

    Office office_;
    std::string case_ = office_.open_case();
    std::string target_ = "/api/v1/cases/" + case_;
};

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

TEST_F(KeptPages, show_what_was_answered_before) {
    for (int time = 0; time < 20; ++time) {
        const std::string before = page("keeper");
        const HttpAnswer written =
            office_.ask("PUT",
                        target_ + "/requirements/1.1/answer",
                        "keeper",
                        fmt::format(R"({{"value":"in_place","note":"{}"}})", time));
        EXPECT_EQ(written.status, 200) << written.body;
        const std::string sequence =
            fmt::format("\"sequence\":{:.0f},", Office::json(written).number_or("sequence", 0));
        EXPECT_FALSE(has(before, sequence));
        EXPECT_TRUE(has(page("keeper"), sequence)) << sequence;
        EXPECT_TRUE(has(page("inspector"), sequence)) << sequence;
    }
}

TEST_F(KeptPages, are_for_one_person_in_one_language) {
    EXPECT_TRUE(has(page("keeper"), R"("kind":"task")"));
    EXPECT_TRUE(has(page("inspector"), R"("kind":"waiting")"));
    EXPECT_TRUE(has(page("helper"), R"("kind":"waiting")"));
    EXPECT_NE(page("keeper", "de"), page("keeper", "en"));
    EXPECT_TRUE(has(page("other"), "case_not_found"));
}

TEST_F(KeptPages, end_with_the_token) {
    EXPECT_TRUE(has(page("keeper"), case_));
    office_.revoke(office_.client, "keeper");
    EXPECT_TRUE(has(page("keeper"), "token_revoked"));
}

TEST_F(KeptPages, end_with_the_token_s_time) {
    const Instant now = office_.clock().now();
    office_.admit(office_.client, "guest", {"beekeeper"}, Instant{now.milliseconds + 1'000});
    EXPECT_TRUE(has(page("guest"), case_));
    office_.clock().set(Instant{now.milliseconds + 999});
    EXPECT_TRUE(has(page("guest"), case_));
    office_.clock().set(Instant{now.milliseconds + 1'000});
    EXPECT_TRUE(has(page("guest"), "token_expired"));
}

TEST_F(KeptPages, follow_a_member_s_roles_and_name) {
    EXPECT_TRUE(has(page("keeper"), "answer_requirements"));
    AdmitMember member;
    member.person = office_.people.at("keeper");
    member.name = "keeper";
    member.email = "keeper@bees.example";
    member.roles = {"sweeper"};
    office_.carry_out(StreamId(office_.client.value()), member);
    EXPECT_FALSE(has(page("keeper"), "answer_requirements"));
}

}  // namespace
}  // namespace guildmark::api
