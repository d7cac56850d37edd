#pragma once

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "engine/base/json.h"
#include "tests/integration/api/office.h"

namespace guildmark::tests {

/// People ask a server, and answers are read.
class OfficeTest : public testing::Test {
protected:
    static const Value& at(const Value& value, std::string_view name) {
        const Value* member = value.find(name);
        EXPECT_NE(member, nullptr) << name;
        static const Value none;
        return member == nullptr ? none : *member;
    }

    Value get(const std::string& target, const std::string& token) {
        const HttpAnswer answer = office_.ask("GET", target, token);
        EXPECT_EQ(answer.status, 200) << target << answer.body;
        return Office::json(answer);
    }

    Value send(const char* method,
               const std::string& target,
               const std::string& token,
               const std::string& body) {
        const HttpAnswer answer = office_.ask(method, target, token, body);
        EXPECT_LT(answer.status, 300) << target << answer.body;
        return Office::json(answer);
    }

    void answer_all(const std::string& target) {
        for (const char* number : {"1.1", "1.2", "2.1", "2.2"}) {
            send("PUT",
                 target + "/requirements/" + number + "/answer",
                 "keeper",
                 R"({"value":"in_place"})");
        }
    }

    Office office_;
};

}  // namespace guildmark::tests
