#include "api/message.h"

#include <gtest/gtest.h>

#include "api/event_hub.h"
#include "api/head.h"
#include "api/language.h"
#include "api/problem.h"
#include "api/route.h"
#include "api/text.h"
#include "api/token.h"

namespace guildmark::api {
namespace {

TEST(Target, is_refused_when_it_is_no_path) {
    for (const char* target : {"",
                               "a",
                               "*",
                               "http://a/",
                               "/a b",
                               "/a#b",
                               "/\\a",
                               "/%4",
                               "/%4g",
                               "/%00",
                               "/%ff",
                               "/%c0%af",
                               "/a?b=%",
                               "/%ed%a0%80"}) {
        EXPECT_FALSE(request_of_target(target)) << target;
    }
    std::string many = "/a?";
    for (int count = 0; count < 101; ++count) {
        many += "a=1&";
    }
    EXPECT_FALSE(request_of_target(many));
}

TEST(Target, is_taken_apart) {
    const auto request = request_of_target("/a%20b/c?name=R%C3%A4ume+1&empty=&flag&&x=a%3Db=c");
    ASSERT_TRUE(request);
    EXPECT_EQ(request->path, "/a%20b/c");
    const NamedTexts expected{{"name", "Räume 1"}, {"empty", ""}, {"flag", ""}, {"x", "a=b=c"}};
    EXPECT_EQ(request->query, expected);
}

TEST(Route, is_found_by_its_path_whole) {
    for (const char* path : {"/api/v1",
                             "/api/v1/cases/",
                             "/api/v1//cases",
                             "/api/v1/cases/a/b",
                             "/api/v2/cases",
                             "/api/v1/cases/%"}) {
        EXPECT_TRUE(std::holds_alternative<NoRoute>(find_route(Method::get, path))) << path;
    }
    const auto found = find_route(Method::head, "/api/v1/standards/iso-9001%3A2015");
    ASSERT_TRUE(std::holds_alternative<RouteMatch>(found));
    EXPECT_EQ(std::get<RouteMatch>(found).parameters, (NamedTexts{{"standard", "iso-9001:2015"}}));
}

TEST(Head, lets_no_value_add_a_header) {
    Response response;
    response.content_type = "text/plain\r\nSet-Cookie: a=b";
    response.set_header("X", std::string("a\nb\0c", 5));
    const std::string head = format_head(response, {"now", true, false});
    EXPECT_EQ(head.find("\r\nSet-Cookie"), std::string::npos);
    EXPECT_NE(head.find("X: a b c\r\n"), std::string::npos);
}

TEST(Head, tells_browsers_to_come_back_by_https) {
    EXPECT_EQ(format_head({}, {"now", true, false}).find("Strict-Transport"), std::string::npos);
    EXPECT_NE(format_head({}, {"now", true, true}).find("Strict-Transport"), std::string::npos);
}

TEST(Head, writes_dates_as_http_does) {
    EXPECT_EQ(http_date(784'111'777), "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST(Problem, has_the_status_of_its_kind_unless_http_names_another) {
    EXPECT_EQ(problem_response(malformed("fields_invalid", "m")).status, 400);
    EXPECT_EQ(problem_response(malformed("method_not_allowed", "m")).status, 405);
    EXPECT_EQ(problem_response(conflict("case_finished", "m")).status, 409);
    EXPECT_EQ(problem_response(refused("gate_not_met", "m")).status, 422);
    EXPECT_EQ(problem_response(corrupted("chain_broken", "m")).status, 500);
    Error busy = unavailable("overloaded", "m");
    busy.retry = Retry::after;
    busy.retry_after = std::chrono::seconds(7);
    const Response response = problem_response(busy);
    EXPECT_EQ(response.status, 503);
    EXPECT_EQ(*find_text(response.headers, "Retry-After"), "7");
}

TEST(Problem, is_written_as_rfc_9457_says) {
    const std::vector<workflow::FieldProblem> problems{{"name", "field_missing", "this"}};
    const Response response =
        problem_response(malformed("fields_invalid", "one", "name"), problems, {{"role", "Owner"}});
    EXPECT_EQ(response.content_type, "application/problem+json");
    EXPECT_EQ(response.body,
              R"({"type":"/errors/fields_invalid","title":"Fields invalid","status":400,)"
              R"("code":"fields_invalid","detail":"one","subject":"name",)"
              R"("problems":[{"field":"name","code":"field_missing","message":"this"}],)"
              R"("values":{"role":"Owner"}})");
}

TEST(Language, is_that_of_the_query_then_by_weight) {
    Request request;
    request.headers = {{"accept-language", "de;q=0.5, zh-CN , *, fr;q=0, en;q=0.9"}};
    EXPECT_EQ(languages_of(request), (std::vector<std::string>{"zh-CN", "en", "de"}));
    request.query = {{"language", "ja"}};
    EXPECT_EQ(languages_of(request).front(), "ja");
    request.query = {{"language", "../etc"}};
    EXPECT_EQ(languages_of(request).front(), "zh-CN");
}

TEST(Cookie, is_found_among_others) {
    Request request;
    request.headers = {{"cookie", "a=1; xguildmark_session=2;guildmark_session=gm_x; b"}};
    EXPECT_EQ(cookie_of(request, "guildmark_session"), "gm_x");
    EXPECT_FALSE(cookie_of(request, "b"));
}

class Counting : public Random {
public:
    std::uint64_t next() override { return value_++; }

private:
    std::uint64_t value_ = 0;
};

TEST(Token, is_of_256_bits_in_lower_case) {
    Counting random;
    const std::string first = new_token(random);
    EXPECT_EQ(first.size(), 55u);
    EXPECT_TRUE(first.starts_with("gm_"));
    EXPECT_NE(first, new_token(random));
    EXPECT_EQ(first.substr(3).find_first_not_of("abcdefghijklmnopqrstuvwxyz234567"),
              std::string::npos);
}

TEST(EventHub, wakes_who_follows_a_stream_until_they_go) {
    EventHub hub;
    int woken = 0;
    auto subscription = hub.subscribe(StreamId(1), [&] { ++woken; });
    hub.notify(StreamId(2));
    EXPECT_EQ(woken, 0);
    hub.notify(StreamId(1));
    subscription.reset();
    hub.notify(StreamId(1));
    EXPECT_EQ(woken, 1);
}

TEST(Attachment, has_a_name_that_every_browser_can_read) {
    EXPECT_EQ(attachment_disposition("质量 \"a\".pdf"),
              "attachment; filename=\"______ _a_.pdf\"; "
              "filename*=UTF-8''%E8%B4%A8%E9%87%8F%20%22a%22.pdf");
}

}  // namespace
}  // namespace guildmark::api
