#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/integration/api/office.h"

namespace guildmark::tests {
namespace {

constexpr std::size_t calls_per_request_max = 200;

/// A request that may be repeated; "{n}" in it is a number of its own for each fault.
struct Asked {
    std::string method;
    std::string target;
    std::string token;
    std::string body;
    int status = 200;
};

std::string numbered(std::string text, std::size_t number) {
    const auto place = text.find("{n}");
    return place == std::string::npos ? text : text.replace(place, 3, std::to_string(number));
}

class ApiFault : public testing::TestWithParam<FaultKind> {
protected:
    ApiFault() {
        case_ = "/api/v1/cases/" + office_.open_case();
        const HttpAnswer added = office_.ask(
            "POST", case_ + "/evidence?name=room.txt&requirements=2.1", "keeper", "a room");
        evidence_ = case_ + "/evidence/" + Office::json(added).text_or("created", "");
    }

    [[nodiscard]] std::vector<Asked> reads() const {
        const std::string organisation = "/api/v1/organisations/" + office_.client.to_text();
        return {{"GET", "/api/v1/me", "keeper", ""},
                {"GET", "/api/v1/cases", "keeper", ""},
                {"GET", case_, "keeper", ""},
                {"GET", case_ + "/chart", "keeper", ""},
                {"GET", case_ + "/workflow", "keeper", ""},
                {"GET", case_ + "/tasks", "inspector", ""},
                {"GET", case_ + "/requirements", "inspector", ""},
                {"GET", case_ + "/evidence", "inspector", ""},
                {"GET", case_ + "/findings", "keeper", ""},
                {"GET", case_ + "/history", "keeper", ""},
                {"GET", evidence_ + "/content", "inspector", ""},
                {"GET", "/api/v1/tasks", "keeper", ""},
                {"GET", "/api/v1/workflows", "keeper", ""},
                {"GET", "/api/v1/certificates/GM-0", "", "", 404},
                {"GET", "/api/v1/organisations", "keeper", ""},
                {"GET", organisation, "keeper", ""},
                {"GET", organisation + "/members", "keeper", ""}};
    }

    [[nodiscard]] std::vector<Asked> writes() const {
        const std::string organisation = "/api/v1/organisations/" + office_.client.to_text();
        const std::string opening =
            fmt::format(R"({{"workflow":"honey-mark","standard":"honey-code:2026","title":"{{n}}",)"
                        R"("parties":{{"client":"{}","body":"{}"}}}})",
                        office_.client.to_text(),
                        office_.body.to_text());
        return {{"PUT", case_ + "/requirements/1.1/answer", "keeper", R"({"value":"in_place"})"},
                {"POST", "/api/v1/cases", "keeper", opening, 201},
                {"POST", case_ + "/evidence?name=n.txt", "keeper", "document {n}", 201},
                {"POST", organisation + "/members", "admin", R"({"name":"{n}","roles":[]})", 201}};
    }

    HttpAnswer send(const Asked& asked, std::size_t number) {
        std::vector<std::pair<std::string, std::string>> headers;
        if (asked.method != "GET") {
            headers.emplace_back("Idempotency-Key", asked.target + std::to_string(number));
        }
        return office_.ask(
            asked.method, asked.target, asked.token, numbered(asked.body, number), headers);
    }

    /// Whether the client sees that it has not got what it asked for through nobody's fault.
    static bool is_failed(const HttpAnswer& answer) {
        const std::string length = answer.header("content-length");
        return answer.status >= 500 || (!length.empty() && answer.body.size() < std::stoul(length));
    }

    /// Lets each call of a port that the request makes fail, and then repeats the request.
    void fail_at_every_call(const Asked& asked) {
        const HttpAnswer whole = send(asked, 0);
        ASSERT_EQ(whole.status, asked.status) << asked.target << " " << whole.body;
        std::size_t failures = 0;
        for (std::size_t call = 1; call < calls_per_request_max; ++call) {
            // When the clock was set back the server asks the store anew, whatever it has kept.
            office_.clock().set(Instant{office_.clock().now().milliseconds - 1});
            office_.plan.begin({call, 1, GetParam()});
            const HttpAnswer answer = send(asked, call);
            const bool struck = office_.plan.struck() > 0;
            const auto names = office_.plan.names();
            office_.plan.begin({});
            if (!struck) {
                break;
            }
            failures += is_failed(answer) ? 1u : 0u;
            EXPECT_TRUE(is_failed(answer) || answer.status == asked.status)
                << asked.method << " " << asked.target << " at " << names[call - 1] << ": "
                << answer.status << " " << answer.body;
            const HttpAnswer again = send(asked, call);
            EXPECT_EQ(again.status, asked.status) << asked.target << " " << again.body;
            if (asked.method == "GET") {
                EXPECT_EQ(again.body, whole.body) << asked.target;
            }
        }
        EXPECT_GT(failures, 0u) << asked.target << " was never seen to fail";
    }

    Office office_;
    std::string case_;
    std::string evidence_;
};

TEST_P(ApiFault, of_a_read_is_told_as_one_and_never_as_an_answer) {
    for (const Asked& asked : reads()) {
        fail_at_every_call(asked);
    }
}

TEST_P(ApiFault, of_a_command_is_told_as_one_and_the_command_can_be_repeated) {
    for (const Asked& asked : writes()) {
        fail_at_every_call(asked);
    }
}

INSTANTIATE_TEST_SUITE_P(Each,
                         ApiFault,
                         testing::Values(FaultKind::later, FaultKind::for_good),
                         [](const testing::TestParamInfo<FaultKind>& each) {
                             return each.param == FaultKind::later ? "later" : "for_good";
                         });

}  // namespace
}  // namespace guildmark::tests
