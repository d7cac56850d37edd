#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/base/json.h"
#include "tests/integration/api/office_test.h"

namespace guildmark::api {
namespace {

using tests::HttpAnswer;
using tests::Office;

class SearchTest : public tests::OfficeTest {};

TEST_F(SearchTest, refuses_a_search_that_it_does_not_understand) {
    const std::string listing = "/api/v1/cases?";
    for (const std::string query : {"stat=application",
                                    "status=open",
                                    "organisation=vogel",
                                    "data=place",
                                    "after=x&state=application"}) {
        EXPECT_EQ(office_.ask("GET", listing + query, "keeper").status, 400) << query;
    }
    const std::string many(17, 'x');
    std::string query = "size=1";
    for (const char letter : many) {
        query.append("&state=").push_back(letter);
    }
    EXPECT_EQ(office_.ask("GET", listing + query, "keeper").status, 400);
    EXPECT_EQ(office_.ask("GET", listing + "data.place=" + std::string(201, 'x'), "keeper").status,
              400);
}

TEST_F(SearchTest, finds_cases_by_where_they_stand_and_what_they_hold) {
    const std::string first = office_.open_case();
    const std::string second = office_.open_case();
    const auto found = [&](const std::string& query, const std::string& token = "keeper") {
        const Value page = get("/api/v1/cases?" + query, token);
        EXPECT_TRUE(at(page, "total").is_null()) << query;
        std::vector<std::string> ids;
        for (const Value& item : at(page, "items").as_array()) {
            ids.push_back(item.text_or("id", ""));
        }
        return ids;
    };
    using Ids = std::vector<std::string>;
    EXPECT_EQ(found("state=nowhere"), Ids());
    EXPECT_EQ(found("state=application"), (Ids{second, first}));
    EXPECT_EQ(found("state=application", "other"), Ids());
    EXPECT_EQ(found("task=apply&role=beekeeper"), (Ids{second, first}));
    EXPECT_EQ(found("role=inspector", "inspector"), Ids());
    EXPECT_EQ(found("data.place=Lindental"), Ids());

    const std::string target = "/api/v1/cases/" + first;
    answer_all(target);
    send("POST", target + "/evidence?name=room.txt&requirements=2.1,2.2", "keeper", "A room");
    send("POST",
         "/api/v1/tasks/" + office_.task(first, "apply") + "/completion",
         "keeper",
         R"({"outcome":"send","values":{"place":"Lindental","hives":3}})");
    EXPECT_EQ(found("state=application"), Ids{second});
    EXPECT_EQ(found("role=inspector", "inspector"), Ids{first});
    EXPECT_EQ(found("data.place=Lindental&state=visit"), Ids{first});
    EXPECT_EQ(found("data.place=lindental"), Ids());
    const auto organisation_of = [&](const char* token) {
        return at(at(get("/api/v1/me", token), "organisation"), "id").as_text();
    };
    EXPECT_EQ(found("organisation=" + organisation_of("inspector")), (Ids{second, first}));
    EXPECT_EQ(found("organisation=" + organisation_of("other")), Ids());
    EXPECT_EQ(found("status=paused"), Ids());
    const Value workflow = get("/api/v1/workflows/honey-mark", "keeper");
    EXPECT_EQ(at(workflow, "search").as_array()[0].text_or("title", ""), "Where your hives stand");
}

class BatchTest : public SearchTest {
protected:
    std::string open_signalled() {
        const std::string body = R"({"workflow":"signalled","standard":"honey-code:2026",)"
                                 R"("title":"Honey","parties":{"client":")" +
                                 office_.client.to_text() + R"(","body":")" +
                                 office_.body.to_text() + R"("}})";
        return send("POST", "/api/v1/cases", "vera", body).text_or("created", "");
    }

    /// What the preview of `request` gives, as a batch of the same act takes it.
    std::string batch_of(const std::string& request, const std::string& act, const char* key) {
        const Value preview = send("POST", "/api/v1/batches/preview", "manager", request);
        std::string chosen;
        for (const Value& item : at(preview, "items").as_array()) {
            if (at(item, "accepted").as_bool()) {
                chosen += fmt::format(R"({}{{"case":"{}","sequence":{}}})",
                                     chosen.empty() ? "" : ",",
                                     at(item, "case").text_or("id", ""),
                                     item.number_or("sequence", 0));
            }
        }
        return fmt::format(R"({{{},"batch":"{}","digest":"{}","cases":[{}]}})",
                           act,
                           key,
                           preview.text_or("digest", ""),
                           chosen);
    }

    std::vector<std::string> outcomes_of(const std::string& batch) {
        std::vector<std::string> outcomes;
        const Value report = send("POST", "/api/v1/batches", "manager", batch);
        for (const Value& item : at(report, "items").as_array()) {
            outcomes.push_back(item.text_or("outcome", ""));
        }
        return outcomes;
    }

    using Outcomes = std::vector<std::string>;

    const std::string signal_ = R"("action":"signal","signal":"edition","values":{"year":2027})";
};

TEST_F(BatchTest, refuses_what_it_cannot_mean) {
    const std::string id = open_signalled();
    const std::string preview = "/api/v1/batches/preview";
    for (const std::string request : {R"({"action":"erase","status":"running"})",
                                      R"({"action":"pause","status":"running"})",
                                      R"({"action":"move","reason":"r","status":"running"})",
                                      R"({"action":"retry"})",
                                      R"({"action":"retry","cases":["x"]})",
                                      R"({"action":"retry","workflow":"signalled","size":101})",
                                      R"({"action":"retry","status":"running","data":"x"})"}) {
        EXPECT_EQ(office_.ask("POST", preview, "manager", request).status, 400) << request;
    }
    const HttpAnswer unseen =
        office_.ask("POST",
                    "/api/v1/batches",
                    "manager",
                    R"({"action":"retry","batch":"b","digest":"d","cases":[{"case":")" + id +
                        R"(","sequence":1}]})");
    EXPECT_EQ(Office::json(unseen).text_or("code", ""), "batch_not_previewed") << unseen.body;
}

TEST_F(BatchTest, tells_what_would_be_and_changes_nothing) {
    const std::string id = open_signalled();
    const std::string honey = office_.open_case();
    const Value before = get("/api/v1/cases/" + id + "/history?size=200", "vera");
    const auto preview = [&](const std::string& act, const char* token) {
        return send("POST",
                    "/api/v1/batches/preview",
                    token,
                    "{" + act + R"(,"cases":[")" + id + R"(",")" + honey + R"("]})");
    };
    const Value moved = preview(R"("action":"move","to":["marked"],"reason":"r")", "manager");
    EXPECT_EQ(moved.number_or("accepted", 9), 1);
    const Value& seen = at(moved, "items").as_array()[0];
    EXPECT_EQ(at(seen, "states").as_array()[0].text_or("id", ""), "marked");
    EXPECT_EQ(at(seen, "tasks").as_array()[0].text_or("title", ""), "Check");
    EXPECT_EQ(at(moved, "items").as_array()[1].text_or("code", ""), "role_missing");

    const Value client = preview(R"("action":"pause","reason":"r")", "vera");
    EXPECT_EQ(at(client, "items").as_array()[0].text_or("code", ""), "not_allowed_now");
    const Value other = preview(R"("action":"pause","reason":"r")", "other");
    EXPECT_EQ(at(other, "items").as_array()[0].text_or("code", ""), "case_not_found");
    EXPECT_EQ(get("/api/v1/cases/" + id + "/history?size=200", "vera"), before);
}

TEST_F(BatchTest, acts_on_each_case_once_and_leaves_those_that_changed) {
    const std::string changed = open_signalled();
    const std::string alike = open_signalled();
    const std::string batch =
        batch_of("{" + signal_ + R"(,"workflow":"signalled","states":["working"]})", signal_, "b1");
    send("POST", "/api/v1/cases/" + changed + "/pause", "manager", R"({"reason":"r"})");
    send("POST", "/api/v1/cases/" + changed + "/resumption", "manager", R"({"reason":"r"})");

    EXPECT_EQ(outcomes_of(batch), (Outcomes{"done", "changed"}));
    EXPECT_EQ(outcomes_of(batch), (Outcomes{"repeated", "changed"}));
    const Value found = get("/api/v1/cases?data.edition=2027", "manager");
    ASSERT_EQ(at(found, "items").as_array().size(), 1u);
    EXPECT_EQ(at(found, "items").as_array()[0].text_or("id", ""), alike);

    std::string all = batch;
    all.insert(all.size() - 1, R"(,"changed":"include")");
    EXPECT_EQ(outcomes_of(all), (Outcomes{"repeated", "done"}));
    // Nobody waits for that edition any more: the preview says so, and there is nothing to do.
    const Value again = send("POST",
                             "/api/v1/batches/preview",
                             "manager",
                             "{" + signal_ + R"(,"workflow":"signalled"})");
    EXPECT_EQ(again.number_or("refused", 0), 2);
    EXPECT_EQ(at(again, "items").as_array()[0].text_or("code", ""), "signal_unheard");
}

TEST_F(BatchTest, goes_through_a_selection_in_portions) {
    for (int count = 0; count < 5; ++count) {
        open_signalled();
    }
    std::string next;
    int accepted = 0;
    int portions = 0;
    do {
        const Value page =
            send("POST",
                 "/api/v1/batches/preview",
                 "manager",
                 R"({"action":"pause","reason":"r","roles":["keeper"],"size":2,"after":")" + next +
                     R"("})");
        accepted += static_cast<int>(page.number_or("accepted", 0));
        next = page.text_or("next", "");
        ++portions;
    } while (!next.empty());
    EXPECT_EQ(accepted, 5);
    EXPECT_EQ(portions, 3);
}

class TraceTest : public BatchTest {
protected:
    std::vector<Value> steps_of(const std::string& id, int size) {
        std::vector<Value> steps;
        std::string next;
        do {
            const Value page =
                get(fmt::format("/api/v1/cases/{}/trace?size={}&after={}", id, size, next), "vera");
            for (const Value& step : at(page, "items").as_array()) {
                steps.push_back(step);
            }
            next = page.text_or("next", "");
        } while (!next.empty());
        return steps;
    }

    static std::vector<std::string> kinds_of(const Value& step) {
        std::vector<std::string> kinds;
        for (const Value& record : at(step, "records").as_array()) {
            kinds.push_back(record.text_or("kind", ""));
        }
        return kinds;
    }
};

TEST_F(TraceTest, refuses_a_page_key_that_is_none) {
    const std::string id = open_signalled();
    EXPECT_EQ(office_.ask("GET", "/api/v1/cases/" + id + "/trace?after=x", "vera").status, 400);
    EXPECT_EQ(office_.ask("GET", "/api/v1/cases/" + id + "/trace", "other").status, 404);
}

TEST_F(TraceTest, groups_what_came_of_one_command_and_names_its_cause) {
    const std::string id = open_signalled();
    const std::string target = "/api/v1/cases/" + id;
    EXPECT_EQ(office_.ask("POST", target + "/signals", "manager", R"({"signal":"recall"})").status,
              409);
    const Value tasks = get(target + "/tasks?status=open", "vera");
    send("POST",
         "/api/v1/tasks/" + at(tasks, "items").as_array()[0].text_or("id", "") + "/completion",
         "vera",
         R"({"outcome":"send","values":{"place":"Lindental","hives":3}})");
    send("POST", target + "/signals", "manager", R"({"signal":"recall"})");

    const auto steps = steps_of(id, 200);
    ASSERT_EQ(steps.size(), 4u);
    using Kinds = std::vector<std::string>;
    EXPECT_EQ(kinds_of(steps[0]),
              (Kinds{"case_opened", "chart_advanced", "task_opened", "search_values_changed"}));
    EXPECT_EQ(kinds_of(steps[1]), Kinds{"command_rejected"});
    EXPECT_EQ(kinds_of(steps[2]),
              (Kinds{"task_completed", "chart_advanced", "task_opened", "search_values_changed"}));
    EXPECT_EQ(kinds_of(steps[3]), (Kinds{"signal_received", "chart_advanced", "task_withdrawn"}));

    EXPECT_EQ(at(steps[2], "caused_by").number_or("sequence", 0), 1);
    EXPECT_EQ(at(steps[0], "led_to").as_array()[0].text_or("kind", ""), "task_completed");
    EXPECT_TRUE(at(steps[3], "caused_by").is_null());
    EXPECT_EQ(at(steps[2], "before").as_array()[0].text_or("id", ""), "applying");
    EXPECT_EQ(at(steps[2], "after").as_array()[0].text_or("id", ""), "marked");
    EXPECT_EQ(at(at(steps[3], "actor"), "person").text_or("name", ""), "manager");
    EXPECT_EQ(at(steps[3], "records").as_array()[0].text_or("text", ""),
              "Signal: Marks are called back");

    EXPECT_EQ(steps_of(id, 1).size(), steps.size());
    EXPECT_EQ(steps_of(id, 3), steps);
}

}  // namespace
}  // namespace guildmark::api
