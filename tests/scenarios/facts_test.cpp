#include "engine/cases/facts.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "engine/workflow/facts_check.h"

namespace guildmark {
namespace {

std::vector<std::string> names_in(const Value& object) {
    std::vector<std::string> names;
    for (const auto& [name, value] : object.as_object()) {
        names.push_back(name);
    }
    return names;
}

/// The facts of a case that has a decision and a certificate.
Value some_facts() {
    Case subject;
    subject.decisions.emplace(DecisionId(1), rows::Decision{});
    subject.certificates.emplace(CertificateId(1), rows::Certificate{});
    const Value all = build_facts(subject, Instant{0}, [](OrganisationId) { return "Somebody"; });
    return *all.find("facts");
}

TEST(Facts, are_those_that_the_check_of_workflows_knows) {
    const Value facts = some_facts();
    auto expected = workflow::own_facts();
    for (const auto& [name, members] : workflow::fixed_facts()) {
        expected.push_back(name);
        const Value* fact = facts.find(name);
        ASSERT_NE(fact, nullptr) << name;
        EXPECT_EQ(fact->is_object(), !members.empty()) << name;
        if (fact->is_object()) {
            EXPECT_EQ(names_in(*fact), members) << name;
        }
    }
    auto found = names_in(facts);
    std::ranges::sort(found);
    std::ranges::sort(expected);
    EXPECT_EQ(found, expected);
}

TEST(Facts, stand_in_their_reference) {
    std::ifstream file(std::filesystem::path(GUILDMARK_SOURCE_DIR) / "docs/reference/facts.md");
    std::ostringstream page;
    page << file.rdbuf();
    for (const auto& [name, members] : workflow::fixed_facts()) {
        EXPECT_NE(page.str().find("`facts." + name), std::string::npos) << name;
        for (const std::string& member : members) {
            EXPECT_NE(page.str().find("." + member + "`"), std::string::npos) << name << member;
        }
    }
    for (const std::string& name : workflow::own_facts()) {
        EXPECT_NE(page.str().find("`facts." + name + "."), std::string::npos) << name;
    }
}

}  // namespace
}  // namespace guildmark
