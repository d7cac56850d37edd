#include <map>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/base/json.h"
#include "tests/integration/api/office_test.h"

namespace guildmark::api {
namespace {

using tests::HttpAnswer;
using tests::HttpClient;
using tests::Office;
using tests::request_text;

class ServerTest : public tests::OfficeTest {};

TEST_F(ServerTest, tells_that_it_is_well_without_a_token) {
    const Value health = get("/api/v1/health", "");
    EXPECT_EQ(health.text_or("status", ""), "ok");
    EXPECT_FALSE(health.text_or("version", "").empty());
}

TEST_F(ServerTest, tells_which_methods_an_address_takes) {
    const HttpAnswer wrong = office_.ask("DELETE", "/api/v1/cases", "keeper");
    EXPECT_EQ(wrong.status, 405);
    EXPECT_EQ(wrong.header("allow"), "OPTIONS, GET, HEAD, POST");
    const HttpAnswer options = office_.ask("OPTIONS", "/api/v1/cases");
    EXPECT_EQ(options.status, 204);
    EXPECT_EQ(office_.ask("GET", "/api/v1/nothing", "keeper").status, 404);
    EXPECT_EQ(office_.ask("HEAD", "/api/v1/health").status, 200);
}

TEST_F(ServerTest, explains_every_error_at_its_type) {
    const Value problem = Office::json(office_.ask("GET", "/api/v1/me"));
    EXPECT_EQ(problem.text_or("type", ""), "/errors/token_missing");
    const HttpAnswer page = office_.ask("GET", problem.text_or("type", ""));
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(page.body.starts_with("# `token_missing`"));
    EXPECT_EQ(office_.ask("GET", "/errors/no_such_code").status, 404);
}

TEST_F(ServerTest, refuses_a_body_that_is_no_json) {
    const auto post = [&](std::string_view type, std::string_view body) {
        return office_.ask(
            "POST", "/api/v1/cases", "keeper", body, {{"Content-Type", std::string(type)}});
    };
    EXPECT_EQ(post("text/plain", "{}").status, 415);
    EXPECT_EQ(post("application/json", "{").status, 400);
    EXPECT_EQ(post("application/json", "[1]").status, 400);
    EXPECT_EQ(post("application/json; charset=utf-8", R"({"a":1,"a":2})").status, 400);
}

TEST_F(ServerTest, names_every_field_that_is_wrong) {
    const HttpAnswer answer =
        office_.ask("POST",
                    "/api/v1/cases",
                    "keeper",
                    R"({"workflow":7,"title":" ","parties":{"client":"x"},"extra":1})");
    EXPECT_EQ(answer.status, 400);
    const Value problem = Office::json(answer);
    EXPECT_EQ(problem.text_or("code", ""), "fields_invalid");
    std::string told;
    for (const Value& one : at(problem, "problems").as_array()) {
        told += one.text_or("field", "") + ":" + one.text_or("code", "") + " ";
    }
    EXPECT_EQ(told,
              "workflow:field_type title:field_missing parties.client:id_malformed "
              "extra:field_unknown ");
}

TEST_F(ServerTest, shows_a_case_with_its_one_next_action) {
    const std::string id = office_.open_case();
    const Value page = get("/api/v1/cases/" + id, "keeper");
    EXPECT_EQ(page.text_or("title", ""), "Honey of the Lindental");
    EXPECT_EQ(at(page, "milestones").as_array()[0].text_or("state", ""), "current");
    EXPECT_EQ(at(page, "next_action").text_or("kind", ""), "task");
    EXPECT_EQ(at(at(page, "next_action"), "task").text_or("task", ""), "apply");
    EXPECT_EQ(at(page, "counts").number_or("applicable", 0), 4);
    const Value theirs = get("/api/v1/cases/" + id, "inspector");
    EXPECT_EQ(at(theirs, "next_action").text_or("kind", ""), "waiting");
    const Value list = get("/api/v1/cases?size=1", "keeper");
    EXPECT_EQ(list.number_or("total", 0), 1);
    EXPECT_EQ(get("/api/v1/cases", "other").number_or("total", 1), 0);
}

TEST_F(ServerTest, tells_the_workflow_that_a_case_keeps) {
    const std::string id = office_.open_case();
    const Value workflow = get("/api/v1/cases/" + id + "/workflow", "keeper");
    EXPECT_EQ(workflow.text_or("version", ""),
              at(get("/api/v1/cases/" + id, "keeper"), "workflow").text_or("version", "-"));
    EXPECT_EQ(workflow.text_or("overdue", ""), "at-once");
    EXPECT_EQ(at(workflow, "tasks").as_array()[0].text_or("overdue", ""), "at-once");
    const Value& first = at(workflow, "milestones").as_array()[0];
    EXPECT_EQ(at(first, "states").as_array()[0].as_text(),
              at(workflow, "tasks").as_array()[0].text_or("state", "-"));
    EXPECT_TRUE(at(at(workflow, "roles").as_array()[0], "allows").is_array());
    EXPECT_FALSE(at(get("/api/v1/me", "keeper"), "operates").as_bool());
}

TEST_F(ServerTest, speaks_the_language_that_is_asked_for) {
    office_.open_case();
    const auto title = [&](const std::string& query, const std::string& header) {
        const HttpAnswer answer = office_.ask(
            "GET", "/api/v1/standards" + query, "keeper", "", {{"Accept-Language", header}});
        return at(Office::json(answer), "items").as_array()[0].text_or("title", "");
    };
    EXPECT_EQ(title("", "fr, de;q=0.5, en;q=0.7"), "Rules for honey with the mark");
    EXPECT_EQ(title("", "de-AT"), "Regeln für Honig mit dem Zeichen");
    EXPECT_EQ(title("?language=de", "en"), "Regeln für Honig mit dem Zeichen");
    EXPECT_EQ(title("", "fr"), "Rules for honey with the mark");
}

TEST_F(ServerTest, shows_what_is_missing_before_an_outcome) {
    const std::string id = office_.open_case();
    const std::string task = "/api/v1/tasks/" + office_.task(id, "apply");
    const Value shown = get(task, "keeper");
    EXPECT_EQ(at(at(shown, "form"), "fields").as_array().size(), 3u);
    const Value& gate = at(at(shown, "outcomes").as_array()[0], "gates").as_array()[0];
    EXPECT_EQ(gate.text_or("state", ""), "unmet");
    EXPECT_EQ(at(gate, "missing").as_array().size(), 4u);

    const HttpAnswer wrong =
        office_.ask("POST",
                    task + "/completion",
                    "keeper",
                    R"({"outcome":"send","values":{"hives":0,"register":"x"}})");
    EXPECT_EQ(wrong.status, 400);
    EXPECT_EQ(at(Office::json(wrong), "problems").as_array().size(), 3u);

    const HttpAnswer early =
        office_.ask("POST",
                    task + "/completion",
                    "keeper",
                    R"({"outcome":"send","values":{"place":"Lindental","hives":3}})");
    EXPECT_EQ(Office::json(early).text_or("code", ""), "gate_not_met") << early.body;
}

TEST_F(ServerTest, carries_a_case_from_application_to_mark) {
    const std::string id = office_.open_case();
    const std::string target = "/api/v1/cases/" + id;
    answer_all(target);
    send("POST",
         target + "/evidence?name=room.txt&requirements=2.1,2.2&title=Room",
         "keeper",
         "a room");
    send("POST",
         "/api/v1/tasks/" + office_.task(id, "apply") + "/completion",
         "keeper",
         R"({"outcome":"send","values":{"place":"Lindental","hives":3}})");
    EXPECT_EQ(at(get(target, "keeper"), "charges_mine").as_array()[0].as_text(), "80.00 EUR");
    const Value mine = get("/api/v1/tasks", "inspector");
    ASSERT_EQ(at(mine, "items").as_array().size(), 1u);

    const std::string finding =
        send(
            "POST",
            target + "/findings",
            "inspector",
            R"({"grade":"minor","requirement":"1.1","statement":"gap","objective_evidence":"page 3"})")
            .text_or("created", "");
    for (const char* number : {"1.1", "1.2", "2.1", "2.2"}) {
        send("PUT",
             target + "/requirements/" + number + "/assessment",
             "inspector",
             R"({"value":"conforming"})");
    }
    const std::string visit = "/api/v1/tasks/" + office_.task(id, "visit") + "/completion";
    send("POST", visit, "inspector", R"({"outcome":"toMend","values":{"day":"2026-03-02"}})");
    send("POST",
         target + "/findings/" + finding + "/responses",
         "keeper",
         R"({"correction":"done","cause":"forgot","corrective_action":"a list"})");
    const Value findings = get(target + "/findings", "keeper");
    EXPECT_EQ(at(findings, "items").as_array()[0].text_or("status", ""), "responded");
    const Value history = get(target + "/history?size=200", "keeper");
    EXPECT_EQ(at(history, "items").as_array()[0].text_or("text", ""),
              "Case opened: Honey of the Lindental");
}

TEST_F(ServerTest, tells_the_history_in_words) {
    const std::string id = office_.open_case();
    const std::string target = "/api/v1/cases/" + id;
    answer_all(target);
    send("POST", target + "/evidence?name=room.txt&requirements=2.1,2.2", "keeper", "a room");
    send("POST",
         "/api/v1/tasks/" + office_.task(id, "apply") + "/completion",
         "keeper",
         R"({"outcome":"send","values":{"place":"Lindental","hives":3}})");
    const Value page = get(target + "/history?size=200", "keeper");
    std::set<std::string> told;
    for (const Value& item : at(page, "items").as_array()) {
        told.insert(item.text_or("text", ""));
        EXPECT_EQ(at(item, "data").find("session"), nullptr);
    }
    for (const char* text : {"Moved on: Visit",
                             "Task completed: Apply for the honey mark: Send the application",
                             "Task opened: Visit the hives",
                             "Deadline set: Visit the hives",
                             "Requirement answered: 1.1: in_place",
                             "Document added: room.txt",
                             "Charge: Visit of the hives, 80.00 EUR"}) {
        EXPECT_TRUE(told.contains(text)) << text;
    }
}

TEST_F(ServerTest, tells_refusals_charges_and_history_in_the_language_asked_for) {
    const std::string id = office_.open_case();
    const std::string target = "/api/v1/cases/" + id;
    const std::string apply = "/api/v1/tasks/" + office_.task(id, "apply") + "/completion";
    const std::string form = R"({"outcome":"send","values":{"place":"Lindental","hives":3}})";
    const HttpAnswer refused = office_.ask("POST", apply + "?language=de", "keeper", form);
    EXPECT_EQ(refused.status, 409);
    const Value problem = parse_json(refused.body).value();
    EXPECT_EQ(at(problem, "values").text_or("reason", ""),
              "Einige Regeln des Honigkodex sind noch nicht beantwortet.");
    answer_all(target);
    send("POST", target + "/evidence?name=room.txt&requirements=2.1,2.2", "keeper", "a room");
    send("POST", apply, "keeper", form);

    const Value page = get(target + "?language=de", "keeper");
    EXPECT_EQ(at(page, "charges").as_array()[0].text_or("title", ""), "Besuch der Völker");
    const Value history = get(target + "/history?size=200&language=de", "keeper");
    std::map<std::string, Value> told;
    for (const Value& item : at(history, "items").as_array()) {
        told[item.text_or("kind", "")] = at(item, "values");
    }
    EXPECT_EQ(told["charge_made"].text_or("title", ""), "Besuch der Völker");
    EXPECT_EQ(told["charge_made"].text_or("amount", ""), "80.00 EUR");
    EXPECT_EQ(told["command_rejected"].text_or("code", ""), "gate_not_met");
    EXPECT_EQ(told["command_rejected"].text_or("reason", ""),
              "Einige Regeln des Honigkodex sind noch nicht beantwortet.");
    EXPECT_EQ(told["task_completed"].text_or("outcome", ""), "Antrag absenden");
}

TEST_F(ServerTest, gives_a_document_back_as_a_download) {
    const std::string target = "/api/v1/cases/" + office_.open_case();
    const Value added =
        send("POST", target + "/evidence?name=R%C3%A4ume%20%22a%22.txt", "keeper", "the room");
    const std::string content = target + "/evidence/" + added.text_or("created", "") + "/content";
    const HttpAnswer answer = office_.ask("GET", content, "inspector");
    EXPECT_EQ(answer.body, "the room");
    EXPECT_EQ(answer.header("content-type"), "text/plain");
    EXPECT_EQ(answer.header("content-disposition"),
              "attachment; filename=\"R__ume _a_.txt\"; "
              "filename*=UTF-8''R%C3%A4ume%20%22a%22.txt");
    EXPECT_NE(answer.header("content-security-policy").find("sandbox"), std::string::npos);
    const HttpAnswer again =
        office_.ask("GET", content, "inspector", "", {{"If-None-Match", answer.header("etag")}});
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(office_.ask("GET", content + "?revision=2", "inspector").status, 404);
}

TEST_F(ServerTest, refuses_a_file_name_that_leads_elsewhere) {
    const std::string target = "/api/v1/cases/" + office_.open_case();
    const HttpAnswer answer =
        office_.ask("POST", target + "/evidence?name=..%2Fetc%2Fpasswd", "keeper", "x");
    EXPECT_EQ(answer.status, 400);
}

TEST_F(ServerTest, carries_out_a_command_once_for_each_key) {
    const std::string target = "/api/v1/cases/" + office_.open_case() + "/requirements/1.1/answer";
    const auto put = [&](const char* key, const char* body) {
        return office_.ask("PUT", target, "keeper", body, {{"Idempotency-Key", key}});
    };
    const Value first = Office::json(put("one", R"({"value":"in_place"})"));
    const Value second = Office::json(put("one", R"({"value":"in_place"})"));
    EXPECT_FALSE(first.bool_or("repeated", true));
    EXPECT_TRUE(second.bool_or("repeated", false));
    EXPECT_EQ(first.number_or("sequence", 0), second.number_or("sequence", 1));
    EXPECT_GE(put("one", R"({"value":"partly"})").status, 400);
    EXPECT_EQ(put("with space", R"({"value":"partly"})").status, 400);
}

TEST_F(ServerTest, refuses_a_write_on_a_state_that_was_not_seen) {
    const std::string target = "/api/v1/cases/" + office_.open_case();
    const std::string etag = office_.ask("GET", target, "keeper").header("etag");
    const auto put = [&](const std::string& match) {
        return office_.ask("PUT",
                           target + "/requirements/1.1/answer",
                           "keeper",
                           R"({"value":"in_place"})",
                           {{"If-Match", match}});
    };
    EXPECT_EQ(put("17").status, 400);
    EXPECT_EQ(put(etag).status, 200);
    const HttpAnswer late = put(etag);
    EXPECT_EQ(late.status, 412);
    EXPECT_EQ(Office::json(late).text_or("code", ""), "precondition_failed");
}

TEST_F(ServerTest, tells_those_who_follow_a_case) {
    const std::string target = "/api/v1/cases/" + office_.open_case();
    HttpClient follower(office_.port());
    follower.send(request_text("GET",
                               target + "/events",
                               {{"Authorization", "Bearer gm_inspector"}, {"Last-Event-ID", "0"}}));
    EXPECT_NE(follower.read_until("\r\n\r\n").find("text/event-stream"), std::string::npos);
    EXPECT_NE(follower.read_until("case_opened").find("id: 1\n"), std::string::npos);
    send("PUT", target + "/requirements/1.1/answer", "keeper", R"({"value":"in_place"})");
    EXPECT_TRUE(follower.read_until("requirement_answered").ends_with("requirement_answered"));
}

TEST_F(ServerTest, makes_a_token_that_works_until_it_is_revoked) {
    const std::string target = "/api/v1/organisations/" + office_.client.to_text() + "/tokens";
    const Value made = send(
        "POST",
        target,
        "admin",
        fmt::format(R"({{"person":"{}","label":"phone"}})", office_.people.at("keeper").to_text()));
    const std::string token = made.text_or("token", "");
    EXPECT_EQ(token.size(), 55u);
    EXPECT_EQ(get("/api/v1/me", token.substr(3)).text_or("name", ""), "keeper");
    const Value tokens = get(target, "admin");
    EXPECT_EQ(office_.ask("GET", target, "admin").body.find(token), std::string::npos);
    EXPECT_EQ(at(tokens, "items").as_array().size(), 4u);
    send("DELETE", target + "/" + made.text_or("id", ""), "admin", "");
    EXPECT_EQ(office_.ask("GET", "/api/v1/me", token.substr(3)).status, 401);
}

TEST_F(ServerTest, opens_a_session_with_a_cookie_that_pages_cannot_read) {
    EXPECT_EQ(office_.ask("POST", "/api/v1/session", "", R"({"token":"gm_nobody"})").status, 401);
    const HttpAnswer foreign = office_.ask("POST",
                                           "/api/v1/session",
                                           "",
                                           R"({"token":"gm_keeper"})",
                                           {{"Origin", "https://evil.example"}});
    EXPECT_EQ(foreign.status, 403);
    const HttpAnswer opened =
        office_.ask("POST", "/api/v1/session", "", R"({"token":"gm_keeper"})");
    EXPECT_EQ(opened.header("set-cookie"),
              "guildmark_session=gm_keeper; Path=/; HttpOnly; SameSite=Strict");
    const HttpAnswer closed = office_.ask("DELETE", "/api/v1/session");
    EXPECT_EQ(closed.header("set-cookie"),
              "guildmark_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
}

TEST_F(ServerTest, pages_through_a_list) {
    const std::string target = "/api/v1/cases/" + office_.open_case();
    for (int count = 0; count < 5; ++count) {
        send("POST",
             target + fmt::format("/evidence?name={}.txt", count),
             "keeper",
             std::to_string(count));
    }
    std::size_t seen = 0;
    std::string next;
    do {
        const Value page = get(target + "/evidence?size=2&after=" + next, "keeper");
        seen += at(page, "items").as_array().size();
        next = page.text_or("next", "");
    } while (!next.empty());
    EXPECT_EQ(seen, 5u);
    EXPECT_EQ(office_.ask("GET", target + "/evidence?size=201", "keeper").status, 400);
    EXPECT_EQ(office_.ask("GET", target + "/evidence?sise=2", "keeper").status, 400);
}

TEST_F(ServerTest, answers_for_pages_that_it_does_not_have) {
    EXPECT_EQ(office_.ask("GET", "/").status, 404);
    EXPECT_EQ(office_.ask("POST", "/").status, 405);
}

}  // namespace
}  // namespace guildmark::api
