#include "api/permissions.h"

#include <array>
#include <string_view>
#include <utility>

namespace guildmark::api {
namespace {

using workflow::Permission;

constexpr std::array all{
    std::pair{std::string_view("add_evidence"), &Permission::add_evidence},
    std::pair{std::string_view("answer_requirements"), &Permission::answer_requirements},
    std::pair{std::string_view("assess_requirements"), &Permission::assess_requirements},
    std::pair{std::string_view("raise_findings"), &Permission::raise_findings},
    std::pair{std::string_view("respond_to_findings"), &Permission::respond_to_findings},
    std::pair{std::string_view("judge_findings"), &Permission::judge_findings},
    std::pair{std::string_view("operate"), &Permission::operate},
};

}  // namespace

void join(Permission& allowed, const Permission& more) {
    for (const auto& [name, member] : all) {
        allowed.*member = allowed.*member || more.*member;
    }
}

Value::Array permission_names(const Permission& allowed) {
    Value::Array names;
    for (const auto& [name, member] : all) {
        if (allowed.*member) {
            names.emplace_back(name);
        }
    }
    return names;
}

}  // namespace guildmark::api
