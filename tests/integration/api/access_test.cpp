#include <set>

#include <gtest/gtest.h>

#include "api/route.h"
#include "tests/integration/api/office.h"

namespace guildmark::api {
namespace {

using tests::HttpAnswer;
using tests::Office;

/// One route with a sound request, and who may send it. {case} and the like are filled in.
struct Sample {
    Method method;
    std::string pattern;
    std::string allowed;  ///< Whose token is the right one; empty: anyone may.
    std::string body;
    Access access = Access::anyone;
    /// A member of a party who has none of the workflow's roles may not.
    bool needs_role = false;
};

const std::string cases = "/api/v1/cases/{case}";
const std::string organisation = "/api/v1/organisations/{organisation}";
const std::string response_body = R"({"correction":"a","cause":"b","corrective_action":"c"})";
const std::string completion_body =
    R"({"outcome":"send","values":{"place":"Lindental","hives":3}})";
const std::string case_body = R"({"workflow":"honey-mark","standard":"honey-code:2026",)"
                              R"("title":"t","parties":{"client":"{client}","body":"{body}"}})";
const std::string finding_body =
    R"({"grade":"minor","requirement":"2.1","statement":"s","objective_evidence":"e"})";

// clang-format off
std::vector<Sample> samples_of_cases() {
    using enum Access;
    const auto get = Method::get;
    const auto put = Method::put;
    return {
        {get, cases, "keeper", "", party_of_case},
        {get, cases + "/chart", "keeper", "", party_of_case},
        {get, cases + "/workflow", "keeper", "", party_of_case},
        {get, cases + "/tasks", "inspector", "", party_of_case},
        {get, cases + "/requirements", "inspector", "", party_of_case},
        {put, cases + "/requirements/1.1/answer", "keeper", R"({"value":"in_place"})", party_of_case, true},
        {put, cases + "/requirements/1.1/assessment", "inspector", R"({"value":"conforming"})", party_of_case, true},
        {get, cases + "/history", "keeper", "", party_of_case},
        {get, cases + "/trace", "keeper", "", party_of_case},
        {get, cases + "/events", "keeper", "", party_of_case},
        {get, cases + "/report", "keeper", "", party_of_case},
        {get, "/api/v1/tasks/{task}", "keeper", "", party_of_task},
        {Method::post, "/api/v1/tasks/{task}/completion", "keeper", completion_body, party_of_task, true},
    };
}

std::vector<Sample> samples_of_evidence_and_findings() {
    using enum Access;
    const auto get = Method::get;
    const auto post = Method::post;
    const std::string evidence = cases + "/evidence/{evidence}";
    const std::string finding = cases + "/findings/{evidence}";
    return {
        {get, cases + "/evidence", "inspector", "", party_of_case},
        {post, cases + "/evidence?name=a.txt", "keeper", "bytes", party_of_case, true},
        {Method::put, evidence + "/requirements", "keeper", R"({"requirements":["2.1"]})", party_of_case, true},
        {get, evidence + "/content", "inspector", "", party_of_case},
        {post, evidence + "/withdrawal", "keeper", R"({"reason":"old"})", party_of_case, true},
        {get, cases + "/findings", "keeper", "", party_of_case},
        {post, cases + "/findings", "inspector", finding_body, party_of_case, true},
        {post, finding + "/responses", "keeper", response_body, party_of_case, true},
        {post, finding + "/judgements", "inspector", R"({"judgement":"accepted"})", party_of_case, true},
        {post, finding + "/verification", "inspector", R"({"method":"onsite"})", party_of_case, true},
    };
}

std::vector<Sample> samples_of_operations() {
    using enum Access;
    const auto post = Method::post;
    return {
        {post, cases + "/pause", "inspector", R"({"reason":"r"})", party_of_case, true},
        {post, cases + "/resumption", "inspector", R"({"reason":"r"})", party_of_case, true},
        {post, "/api/v1/batches/preview", "inspector", R"({"action":"pause","reason":"r","cases":["{case}"]})", member},
        {post, "/api/v1/batches", "inspector", R"({"action":"retry","batch":"b","digest":"d","cases":[{"case":"{case}","sequence":1}]})", member},
        {Method::get, cases + "/incidents", "inspector", "", party_of_case},
        {Method::get, "/api/v1/incidents", "inspector", "", member},
        {post, cases + "/incidents/{evidence}/retry", "inspector", "", party_of_case, true},
        {post, cases + "/incidents/{evidence}/skip", "inspector", R"({"reason":"r"})", party_of_case, true},
        {post, cases + "/move", "inspector", R"({"states":["visit"],"reason":"r"})", party_of_case, true},
        {post, cases + "/signals", "inspector", R"({"signal":"recall"})", party_of_case, true},
    };
}

std::vector<Sample> samples_of_members() {
    using enum Access;
    const auto get = Method::get;
    return {
        {get, "/api/v1/health", "", "", anyone},
        {Method::post, "/api/v1/session", "", R"({"token":"gm_keeper"})", anyone},
        {Method::delete_, "/api/v1/session", "", "", anyone},
        {get, "/api/v1/certificates/GM-0", "", "", anyone},
        {get, "/api/v1/certificates/GM-0/credential", "", "", anyone},
        {get, "/api/v1/certificates/GM-0/bundle", "", "", anyone},
        {get, "/api/v1/certificates/GM-0/document", "", "", anyone},
        {get, "/api/v1/certificates/GM-0/labels/system-statement", "", "", anyone},
        {get, "/api/v1/status-lists/revocation-1", "", "", anyone},
        {get, "/api/v1/log/checkpoint", "", "", anyone},
        {get, "/api/v1/log/tile/0/x001/067", "", "", anyone},
        {get, "/api/v1/keys", "", "", anyone},
        {get, "/api/v1/did.json", "", "", anyone},
        {get, "/api/v1/register", "", "", anyone},
        {Method::post, "/api/v1/register/checks", "", R"({"numbers":["GM-0"]})", anyone},
        {get, "/api/v1/me", "keeper", "", member},
        {get, "/api/v1/cases", "keeper", "", member},
        {Method::post, "/api/v1/cases", "keeper", case_body, member, true},
        {get, "/api/v1/tasks", "keeper", "", member},
        {get, "/api/v1/workflows", "keeper", "", member},
        {get, "/api/v1/workflows/honey-mark", "keeper", "", member},
        {get, "/api/v1/workflows/honey-mark/chart", "keeper", "", member},
        {get, "/api/v1/standards", "keeper", "", member},
        {get, "/api/v1/standards/honey-code:2026", "keeper", "", member},
    };
}

std::vector<Sample> samples_of_organisations() {
    using enum Access;
    const auto get = Method::get;
    const auto post = Method::post;
    return {
        {get, "/api/v1/organisations", "keeper", "", member},
        {get, organisation, "keeper", "", sees_organisation},
        {get, organisation + "/members", "keeper", "", belongs_to_organisation},
        {get, organisation + "/report?kind=nonconformities", "keeper", "", belongs_to_organisation},
        {post, "/api/v1/organisations", "admin", R"({"name":"New","kind":"client"})", administrator},
        {post, organisation + "/members", "admin", R"({"name":"New","roles":["beekeeper"]})", administrator},
        {get, organisation + "/competences", "keeper", "", belongs_to_organisation},
        {post, organisation + "/competences", "admin", R"({"person":"{person}","area":"iaf-1","from":"2026-01-01","basis":"Bees"})", administrator},
        {post, organisation + "/competences/end", "admin", R"({"person":"{person}","area":"iaf-1","reason":"Left"})", administrator},
        {get, organisation + "/tokens", "admin", "", administrator},
        {post, organisation + "/tokens", "admin", R"({"person":"{person}","label":"phone"})", administrator},
        {Method::delete_, organisation + "/tokens/{token}", "admin", "", administrator},
    };
}

// clang-format on

std::vector<Sample> all_samples() {
    std::vector<Sample> all;
    for (const auto& samples : {samples_of_cases(),
                                samples_of_evidence_and_findings(),
                                samples_of_operations(),
                                samples_of_members(),
                                samples_of_organisations()}) {
        all.insert(all.end(), samples.begin(), samples.end());
    }
    return all;
}

class AccessTest : public testing::Test {
protected:
    AccessTest() {
        case_id_ = office_.open_case();
        const std::string target = "/api/v1/cases/" + case_id_ + "/evidence?name=room.txt";
        evidence_ =
            Office::json(office_.ask("POST", target, "keeper", "a room")).text_or("created", "");
        task_ = office_.task(case_id_, "apply");
        office_.admit(
            office_.client, "late", {"beekeeper"}, Instant{office_.clock().now().milliseconds + 1});
        office_.admit(office_.client, "gone", {"beekeeper"});
        office_.revoke(office_.client, "gone");
        office_.admit(office_.client, "spare", {"beekeeper"});
        office_.clock().set(Instant{office_.clock().now().milliseconds + 60'000});
    }

    [[nodiscard]] std::string filled(std::string text) const {
        const std::vector<std::pair<std::string, std::string>> names{
            {"{case}", case_id_},
            {"{task}", task_},
            {"{evidence}", evidence_},
            {"{organisation}", office_.client.to_text()},
            {"{client}", office_.client.to_text()},
            {"{body}", office_.body.to_text()},
            {"{person}", office_.people.at("keeper").to_text()},
            {"{token}", office_.tokens.at("spare").to_text()}};
        for (const auto& [name, value] : names) {
            for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name)) {
                text.replace(at, name.size(), value);
            }
        }
        return text;
    }

    HttpAnswer ask(const Sample& sample, const std::string& token) {
        return office_.ask(
            to_text(sample.method), filled(sample.pattern), token, filled(sample.body));
    }

    static std::string code_of(const HttpAnswer& answer) {
        return Office::json(answer).text_or("code", "");
    }

    void expect_refusal(const Sample& sample,
                        const std::string& token,
                        int status,
                        std::string_view code) {
        const HttpAnswer answer = ask(sample, token);
        EXPECT_EQ(answer.status, status)
            << to_text(sample.method) << " " << sample.pattern << " " << token << answer.body;
        EXPECT_EQ(code_of(answer), code) << to_text(sample.method) << " " << sample.pattern;
    }

    Office office_;
    std::string case_id_;
    std::string evidence_;
    std::string task_;
};

TEST_F(AccessTest, samples_cover_every_route) {
    std::set<const Route*> covered;
    for (const Sample& sample : all_samples()) {
        std::string path = filled(sample.pattern);
        path = path.substr(0, path.find('?'));
        const auto found = find_route(sample.method, path);
        ASSERT_TRUE(std::holds_alternative<RouteMatch>(found)) << sample.pattern;
        EXPECT_EQ(std::get<RouteMatch>(found).route->access, sample.access) << sample.pattern;
        covered.insert(std::get<RouteMatch>(found).route);
    }
    EXPECT_EQ(covered.size(), routes().size());
}

TEST_F(AccessTest, refuses_everyone_whom_no_valid_token_names) {
    for (const Sample& sample : all_samples()) {
        if (sample.access != Access::anyone) {
            expect_refusal(sample, "", 401, "token_missing");
            expect_refusal(sample, "nobody", 401, "token_unknown");
            expect_refusal(sample, "gone", 401, "token_revoked");
            expect_refusal(sample, "late", 401, "token_expired");
        }
    }
}

TEST_F(AccessTest, tells_other_organisations_nothing) {
    for (const Sample& sample : all_samples()) {
        if (sample.access == Access::party_of_case) {
            expect_refusal(sample, "other", 404, "case_not_found");
        } else if (sample.access == Access::party_of_task) {
            expect_refusal(sample, "other", 404, "task_not_found");
        } else if (sample.access == Access::sees_organisation ||
                   sample.access == Access::belongs_to_organisation) {
            expect_refusal(sample, "other", 404, "organisation_not_found");
        } else if (sample.access == Access::administrator) {
            // A role of that name counts only in an operator's organisation.
            expect_refusal(sample, "other", 403, "administrator_required");
        } else if (sample.needs_role) {
            expect_refusal(sample, "other", 403, "role_missing");
        }
    }
}

TEST_F(AccessTest, lets_a_party_without_the_role_read_but_not_write) {
    for (const Sample& sample : all_samples()) {
        if (sample.needs_role) {
            expect_refusal(sample, "helper", 403, "role_missing");
        } else if (sample.access == Access::administrator) {
            expect_refusal(sample, "helper", 403, "administrator_required");
        } else if (sample.pattern.find("/report") == std::string::npos) {
            const int status = ask(sample, "helper").status;
            const bool is_batch = sample.pattern.ends_with("/batches");  // One never looked at.
            EXPECT_TRUE(status < 300 || is_batch || sample.access == Access::anyone)
                << sample.pattern;
        }
    }
}

TEST_F(AccessTest, lets_the_right_member_through) {
    for (const Sample& sample : all_samples()) {
        const HttpAnswer answer = ask(sample, sample.allowed);
        // What the rules say to a finding that is none, or to an early assessment, is not access.
        const std::set<int> passed{200, 201, 204, 404, 409, 422, 503};
        EXPECT_TRUE(passed.contains(answer.status))
            << to_text(sample.method) << " " << sample.pattern << answer.status << answer.body;
        const std::set<std::string> refusals{
            "case_not_found", "task_not_found", "organisation_not_found", "route_not_found"};
        const bool is_json = answer.header("content-type").find("problem") != std::string::npos;
        EXPECT_FALSE(is_json && refusals.contains(code_of(answer))) << sample.pattern;
    }
}

TEST_F(AccessTest, takes_the_role_of_the_header_only_from_who_has_it) {
    const std::string target = "/api/v1/cases/" + case_id_ + "/requirements/1.1/answer";
    const auto answer = [&](const char* role) {
        return office_.ask(
            "PUT", target, "keeper", R"({"value":"in_place"})", {{"Guildmark-Role", role}});
    };
    EXPECT_EQ(answer("inspector").status, 403);
    EXPECT_EQ(answer("beekeeper").status, 200);
}

TEST_F(AccessTest, refuses_writes_by_cookie_from_other_sites) {
    const std::string target = "/api/v1/cases/" + case_id_ + "/requirements/1.1/answer";
    const std::string cookie = "other=1; guildmark_session=gm_keeper";
    const auto put = [&](std::vector<std::pair<std::string, std::string>> headers) {
        headers.emplace_back("Cookie", cookie);
        return office_.ask("PUT", target, "", R"({"value":"in_place"})", headers).status;
    };
    EXPECT_EQ(put({}), 403);
    EXPECT_EQ(put({{"Origin", "https://evil.example"}}), 403);
    EXPECT_EQ(put({{"Origin", "null"}}), 403);
    EXPECT_EQ(put({{"Sec-Fetch-Site", "cross-site"}, {"Origin", "http://localhost"}}), 403);
    EXPECT_EQ(put({{"Sec-Fetch-Site", "same-site"}}), 403);
    EXPECT_EQ(put({{"Origin", "http://localhost"}}), 200);
    EXPECT_EQ(put({{"Sec-Fetch-Site", "same-origin"}}), 200);
    EXPECT_EQ(office_.ask("GET", "/api/v1/me", "", "", {{"Cookie", cookie}}).status, 200);
}

}  // namespace
}  // namespace guildmark::api
