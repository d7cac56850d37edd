// The Basic HTTP event processor of plain runs, asked by somebody else (SCXML appendix C.2).
#include "api/command/basic_http.h"

#include <gtest/gtest.h>

#include "engine/base/json.h"
#include "tests/support/http_client.h"

namespace guildmark::api {
namespace {

using tests::HttpAnswer;
using tests::HttpClient;
using tests::request_text;

class BasicHttpTest : public testing::Test {
protected:
    HttpAnswer ask(std::string_view method,
                   std::string_view target,
                   const std::vector<std::pair<std::string, std::string>>& headers,
                   std::string_view body) {
        const std::string location = processor->location("s");
        const std::string port = location.substr(std::string("http://127.0.0.1:").size());
        HttpClient client(static_cast<std::uint16_t>(std::stoi(port)));
        return client.ask(request_text(method, target, headers, body));
    }

    /// The only event that came.
    scxml::Event event() {
        const std::vector<scxml::Incoming> came = processor->take();
        EXPECT_EQ(came.size(), 1u);
        return came.empty() ? scxml::Event() : came.front().event;
    }

    std::unique_ptr<BasicHttp> processor = std::move(BasicHttp::start()).value();
    const std::vector<std::pair<std::string, std::string>> form = {
        {"Content-Type", "application/x-www-form-urlencoded"}};
};

TEST_F(BasicHttpTest, refuses_what_names_no_session_and_forms_that_are_none) {
    EXPECT_EQ(ask("POST", "/", form, "a=1").status, 404);
    EXPECT_EQ(ask("POST", "/s", form, "a=%zz").status, 400);
    EXPECT_TRUE(processor->take().empty());
}

TEST_F(BasicHttpTest, keeps_at_most_as_many_events_as_a_queue_holds) {
    for (int count = 0; count < 1'000; ++count) {
        EXPECT_TRUE(processor->receive({}));
    }
    EXPECT_EQ(ask("POST", "/s", form, "a=1").status, 503);
}

TEST_F(BasicHttpTest, makes_parameters_of_a_form_and_of_the_address_members_of_the_data) {
    EXPECT_EQ(ask("POST", "/s?b=3", form, "_scxmleventname=audit.planned&a=1+2").status, 200);
    const std::vector<scxml::Incoming> came = processor->take();
    ASSERT_EQ(came.size(), 1u);
    EXPECT_EQ(came[0].session_id, "s");
    EXPECT_EQ(came[0].event.name, "audit.planned");
    EXPECT_EQ(to_json(*came[0].event.data), R"({"b":"3","a":"1 2"})");
}

TEST_F(BasicHttpTest, names_an_event_by_its_method_and_takes_json_and_xml_as_data) {
    EXPECT_EQ(ask("PUT", "/s", {}, R"({"level":3})").status, 200);
    const scxml::Event put = event();
    EXPECT_EQ(put.name, "HTTP.PUT");
    EXPECT_EQ(to_json(*put.data), R"({"level":3})");
    EXPECT_EQ(ask("POST", "/s", {}, "<level n='3'/>").status, 200);
    EXPECT_EQ(to_json(*event().data), R"({"#xml":["level",{"n":"3"}]})");
}

TEST_F(BasicHttpTest, sends_nothing_without_a_target_or_to_one_that_is_no_address) {
    scxml::Outgoing outgoing;
    for (const char* target : {"",
                               "nowhere",
                               "https://localhost/",
                               "http://",
                               "http://a@b/",
                               "http://[::1",
                               "http://127.0.0.1:1/"}) {
        outgoing.target = target;
        const Result<void> sent = BasicHttp::send(outgoing);
        ASSERT_FALSE(sent) << target;
        EXPECT_EQ(sent.error().code, "message_undeliverable") << target;
    }
    outgoing.target = processor->location("");
    EXPECT_NE(BasicHttp::send(outgoing).error().message.find("404"), std::string::npos);
}

}  // namespace
}  // namespace guildmark::api
