#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "api/route.h"

namespace guildmark::api {
namespace {

/// One operation of openapi.yaml, as far as the router must agree with it.
struct Operation {
    std::set<std::string> statuses;
    bool needs_token = true;
    bool has_json_body = false;
    bool has_id = false;
    bool takes_if_match = false;
};

/// Reads the paths of openapi.yaml by their indentation, which the file keeps throughout: a path at
/// two blanks, a method at four, what belongs to it at six, a status at eight.
std::map<std::string, Operation> operations_of_description() {
    std::ifstream file(GUILDMARK_SOURCE_DIR "/api/openapi.yaml");
    std::map<std::string, Operation> operations;
    std::string path;
    Operation* operation = nullptr;
    bool in_paths = false;
    bool in_body = false;
    for (std::string line; std::getline(file, line);) {
        const std::size_t indentation = std::min(line.find_first_not_of(' '), line.size());
        const std::string text = line.substr(indentation);
        if (indentation == 0 && !text.empty()) {
            in_paths = text == "paths:";
        } else if (in_paths && indentation == 2) {
            path = "/api/v1" + text.substr(0, text.size() - 1);
        } else if (in_paths && indentation == 4) {
            std::string method = text.substr(0, text.size() - 1);
            std::transform(method.begin(), method.end(), method.begin(), [](unsigned char letter) {
                return static_cast<char>(std::toupper(letter));
            });
            operation = method == "PARAMETERS" ? nullptr : &operations[method + " " + path];
        } else if (in_paths && operation != nullptr && indentation == 6) {
            in_body = text == "requestBody:";
            operation->needs_token = operation->needs_token && text != "security: []";
            operation->has_id = operation->has_id || text.starts_with("operationId: ");
        } else if (in_paths && operation != nullptr && indentation == 8 && text[0] == '"') {
            operation->statuses.insert(text.substr(1, 3));
        } else if (in_paths && operation != nullptr &&
                   text.find("parameters/ifMatch") != std::string::npos) {
            operation->takes_if_match = true;
        } else if (in_paths && operation != nullptr && in_body && text == "application/json:") {
            operation->has_json_body = true;
        }
    }
    return operations;
}

std::string key_of(const Route& route) {
    return std::string(to_text(route.method)) + " " + std::string(route.pattern);
}

/// The statuses that the service itself may answer on this route.
std::set<std::string> statuses_of(const Route& route) {
    std::set<std::string> statuses;
    if (route.access != Access::anyone) {
        statuses.insert("401");
    }
    if (route.access == Access::administrator) {
        statuses.insert("403");
    }
    if (route.pattern.find("{case}") != std::string_view::npos ||
        route.pattern.find("{organisation}") != std::string_view::npos ||
        route.access == Access::party_of_task) {
        statuses.insert("404");
    }
    if (route.body == Route::Body::json) {
        statuses.insert("400");
    }
    const bool is_command = std::holds_alternative<WriteHandler>(route.handler) ||
                            std::holds_alternative<UploadHandler>(route.handler);
    if (is_command) {
        statuses.insert({"400", "403", "409", "422"});
    }
    return statuses;
}

TEST(OpenApi, describes_every_route_and_no_other) {
    std::set<std::string> described;
    for (const auto& [key, operation] : operations_of_description()) {
        described.insert(key);
        EXPECT_TRUE(operation.has_id) << key;
    }
    std::set<std::string> served;
    for (const Route& route : routes()) {
        EXPECT_TRUE(served.insert(key_of(route)).second) << key_of(route) << " twice";
    }
    EXPECT_EQ(described, served);
}

TEST(OpenApi, says_of_each_route_who_may_use_it) {
    const auto operations = operations_of_description();
    for (const Route& route : routes()) {
        const auto found = operations.find(key_of(route));
        ASSERT_NE(found, operations.end());
        EXPECT_EQ(found->second.needs_token, route.access != Access::anyone) << key_of(route);
    }
}

TEST(OpenApi, says_of_each_route_whether_it_takes_json) {
    const auto operations = operations_of_description();
    for (const Route& route : routes()) {
        EXPECT_EQ(operations.at(key_of(route)).has_json_body, route.body == Route::Body::json)
            << key_of(route);
    }
}

TEST(OpenApi, lists_every_status_that_a_route_may_answer) {
    const auto operations = operations_of_description();
    for (const Route& route : routes()) {
        const Operation& operation = operations.at(key_of(route));
        for (const std::string& status : statuses_of(route)) {
            EXPECT_TRUE(operation.statuses.contains(status)) << key_of(route) << " " << status;
        }
        EXPECT_EQ(operation.statuses.contains("412"), operation.takes_if_match) << key_of(route);
        const auto succeeds = [](const std::string& status) { return status[0] == '2'; };
        EXPECT_EQ(std::count_if(operation.statuses.begin(), operation.statuses.end(), succeeds), 1)
            << key_of(route);
    }
}

}  // namespace
}  // namespace guildmark::api
