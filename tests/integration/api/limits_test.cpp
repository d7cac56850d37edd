// Requests exactly at each limit, and one beyond it.
#include "engine/base/limits.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "api/http/http_server.h"
#include "engine/base/json.h"
#include "tests/integration/api/office_test.h"
#include "tests/support/http_client.h"

namespace guildmark::api {
namespace {

using tests::HttpAnswer;
using tests::Office;

class ApiLimits : public tests::OfficeTest {
protected:
    /// Its status, and the code of a refusal.
    std::string outcome(const char* method,
                        const std::string& target,
                        const std::string& token,
                        const std::string& body = {}) {
        return told(office_.ask(method, target, token, body));
    }

    /// The same of a request of these bytes.
    [[nodiscard]] std::string outcome_of(const std::string& request) const {
        return told(tests::HttpClient(office_.port()).ask(request));
    }

    static std::string told(const HttpAnswer& answer) {
        return answer.status < 300
                   ? std::to_string(answer.status)
                   : fmt::format("{} {}", answer.status, Office::json(answer).text_or("code", ""));
    }
};

TEST_F(ApiLimits, hold_the_items_of_a_page) {
    const auto ask = [this](std::size_t size) {
        return outcome("GET", fmt::format("/api/v1/cases?size={}", size), "keeper");
    };
    EXPECT_EQ(ask(limits::page_size_max + 1), "400 fields_invalid");
    EXPECT_EQ(ask(limits::page_size_max), "200");
    EXPECT_EQ(ask(0), "400 fields_invalid");
}

TEST_F(ApiLimits, give_a_page_its_usual_size_when_none_is_asked_for) {
    const std::string evidence = "/api/v1/cases/" + office_.open_case() + "/evidence";
    const auto add = [&](std::size_t number) {
        send("POST",
             fmt::format("{}?name={}.txt", evidence, number),
             "keeper",
             std::to_string(number));
    };
    for (std::size_t number = 0; number < limits::page_size_default; ++number) {
        add(number);
    }
    EXPECT_EQ(at(get(evidence, "keeper"), "items").as_array().size(), limits::page_size_default);
    EXPECT_EQ(get(evidence, "keeper").text_or("next", ""), "");
    add(limits::page_size_default);
    EXPECT_EQ(at(get(evidence, "keeper"), "items").as_array().size(), limits::page_size_default);
    EXPECT_NE(get(evidence, "keeper").text_or("next", ""), "");
}

TEST_F(ApiLimits, hold_the_conditions_of_a_search) {
    const auto ask = [this](std::size_t count) {
        std::string target = "/api/v1/cases?data.place=Lindental";
        for (std::size_t number = 1; number < count; ++number) {
            target += fmt::format("&{}=s{}", number % 2 == 0 ? "state" : "task", number);
        }
        return outcome("GET", target, "keeper");
    };
    EXPECT_EQ(ask(limits::search_terms_max + 1), "400 fields_invalid");
    EXPECT_EQ(ask(limits::search_terms_max), "200");
}

TEST_F(ApiLimits, hold_the_bytes_of_a_value_that_is_searched_for) {
    const auto ask = [this](std::size_t bytes) {
        return outcome("GET", "/api/v1/cases?data.place=" + std::string(bytes, 'x'), "keeper");
    };
    EXPECT_EQ(ask(limits::search_value_bytes_max + 1), "400 fields_invalid");
    EXPECT_EQ(ask(limits::search_value_bytes_max), "200");
}

TEST_F(ApiLimits, hold_the_cases_of_a_batch) {
    const auto ids = [](std::size_t count, const char* format) {
        std::string text;
        for (std::uint64_t number = 1; number <= count; ++number) {
            text += (text.empty() ? "" : ",") +
                    fmt::format(fmt::runtime(format), CaseId(number).to_text());
        }
        return text;
    };
    const auto preview = [&](std::size_t count) {
        const std::string body = R"({"action":"retry","cases":[)" + ids(count, "\"{}\"") + "]}";
        return outcome("POST", "/api/v1/batches/preview", "manager", body);
    };
    EXPECT_EQ(preview(limits::batch_cases_max + 1), "400 fields_invalid");
    EXPECT_EQ(preview(limits::batch_cases_max), "200");
    const auto carry_out = [&](std::size_t count) {
        const std::string body = R"({"action":"retry","batch":"b","digest":"d","cases":[)" +
                                 ids(count, R"({{"case":"{}","sequence":1}})") + "]}";
        return outcome("POST", "/api/v1/batches", "manager", body);
    };
    EXPECT_EQ(carry_out(limits::batch_cases_max + 1), "400 fields_invalid");
    EXPECT_EQ(carry_out(limits::batch_cases_max), "409 batch_not_previewed");
}

TEST_F(ApiLimits, hold_the_numbers_of_certificates_that_are_checked_at_once) {
    const auto ask = [this](std::size_t count) {
        std::string numbers;
        for (std::size_t number = 0; number < count; ++number) {
            numbers += fmt::format("{}\"GM-{}\"", numbers.empty() ? "" : ",", number);
        }
        return outcome("POST", "/api/v1/register/checks", "", R"({"numbers":[)" + numbers + "]}");
    };
    EXPECT_EQ(ask(limits::register_checks_max + 1), "400 fields_invalid");
    EXPECT_EQ(ask(limits::register_checks_max), "200");
}

TEST_F(ApiLimits, hold_the_bytes_of_a_body) {
    const auto ask = [this](std::size_t bytes) {
        std::string body = R"({"token":"gm_keeper"})";
        body.resize(bytes, ' ');
        return outcome("POST", "/api/v1/session", "", body);
    };
    EXPECT_EQ(ask(limits::json_bytes_max + 1), "413 body_too_large");
    EXPECT_EQ(ask(limits::json_bytes_max), "200");
}

TEST_F(ApiLimits, hold_the_bytes_of_a_body_that_does_not_say_its_size) {
    const auto ask = [this](std::size_t bytes) {
        std::string body = R"({"token":"gm_keeper"})";
        body.resize(bytes, ' ');
        return outcome_of(
            fmt::format("POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: "
                        "application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                        "{:x}\r\n{}\r\n0\r\n\r\n",
                        bytes,
                        body));
    };
    EXPECT_EQ(ask(limits::json_bytes_max + 1), "413 body_too_large");
    EXPECT_EQ(ask(limits::json_bytes_max), "200");
}

TEST_F(ApiLimits, hold_the_bytes_of_an_address) {
    const auto ask = [this](std::size_t bytes) {
        const std::string target = "/api/v1/cases?data.place=";
        return outcome_of("GET " + target + std::string(bytes - target.size(), 'a') +
                          " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer gm_keeper\r\n\r\n");
    };
    const HttpOptions options;
    EXPECT_EQ(ask(options.target_bytes_max + 1), "414 target_too_long");
    EXPECT_EQ(ask(options.target_bytes_max), "400 fields_invalid") << "the address was not read";
}

TEST_F(ApiLimits, hold_the_bytes_of_a_head) {
    const auto ask = [this](std::size_t bytes) {
        const std::string begin =
            "GET /api/v1/cases HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer gm_keeper\r\nX: ";
        const std::string end = "\r\n\r\n";
        return outcome_of(begin + std::string(bytes - begin.size() - end.size(), 'a') + end);
    };
    const HttpOptions options;
    EXPECT_EQ(ask(options.header_bytes_max + 1), "431 headers_too_large");
    EXPECT_EQ(ask(options.header_bytes_max), "200");
}

TEST_F(ApiLimits, hold_the_bytes_of_a_head_that_comes_field_by_field) {
    const HttpOptions options;
    const std::string field = "X: " + std::string(1'000, 'a') + "\r\n";
    tests::HttpClient client(office_.port());
    client.send("GET /api/v1/cases HTTP/1.1\r\nHost: a\r\n");
    std::size_t sent = 0;
    while (sent <= 100 * options.header_bytes_max && client.send(field)) {
        sent += field.size();
    }
    EXPECT_EQ(told(client.read_answer()), "431 headers_too_large");
}

TEST_F(ApiLimits, hold_the_bytes_of_a_document_before_it_is_sent) {
    const std::string target = "/api/v1/cases/" + office_.open_case() + "/evidence?name=film.mp4";
    const auto begin = [&](std::uint64_t bytes) {
        tests::HttpClient client(office_.port());
        client.send(
            fmt::format("POST {} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer gm_keeper\r\n"
                        "Expect: 100-continue\r\nContent-Length: {}\r\n\r\n",
                        target,
                        bytes));
        const std::string head = client.read_until("\r\n");
        return head.substr(head.find(' ') + 1, 3);
    };
    EXPECT_EQ(begin(limits::evidence_bytes_max + 1), "413");
    EXPECT_EQ(begin(limits::evidence_bytes_max), "100");
}

}  // namespace
}  // namespace guildmark::api
