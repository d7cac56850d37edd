// A certificate is to an edition of a standard, and ends with it at the latest.

#include <gtest/gtest.h>

#include "tests/unit/cases/decide_order.h"

namespace guildmark::tests {
namespace {

/// The edition's certificates end that day, by the rule of its catalogue.
Transition ending_on(std::string_view day, std::string rule = "not-after-end-on") {
    Transition transition;
    transition.to = "2027";
    transition.end_on = Date::parse(day).value();
    transition.certificate_expiry_rule = std::move(rule);
    return transition;
}

/// A case that waits for its decision, on 2026-03-02.
CaseDesk inspected() {
    CaseDesk desk = visited();
    std::vector<std::string> requirements;
    for (const rows::Requirement& requirement : desk.subject.requirements) {
        requirements.push_back(requirement.requirement);
    }
    for (const std::string& requirement : requirements) {
        desk.must(desk.inspector, AssessRequirement{requirement, rows::Verdict::conforming, ""});
    }
    Value values;
    values.set("day", "2026-03-02");
    desk.must(desk.inspector, CompleteTask{desk.task("visit"), "inOrder", std::move(values)});
    return desk;
}

/// The last day of the mark that is granted.
std::string granted_until(CaseDesk desk) {
    desk.must(desk.committee, CompleteTask{desk.task("decide"), "grant", {}});
    return desk.subject.certificates.begin()->second.valid_until.to_text();
}

TEST(EditionEnd, leaves_no_certificate_to_an_edition_that_has_ended_but_an_incident) {
    CaseDesk desk = inspected();
    desk.transition = ending_on("2026-03-01");
    desk.must(desk.committee, CompleteTask{desk.task("decide"), "grant", {}});
    EXPECT_TRUE(desk.subject.certificates.empty());
    ASSERT_EQ(desk.subject.incidents.size(), 1u);
    EXPECT_EQ(desk.subject.incidents.begin()->second.code, "edition_ended");
}

TEST(EditionEnd, is_the_last_day_of_a_certificate_that_would_outlast_it) {
    CaseDesk desk = inspected();
    EXPECT_EQ(granted_until(desk), "2027-03-01") << "nobody has named an end";
    desk.transition = ending_on("2026-12-31");
    EXPECT_EQ(granted_until(desk), "2026-12-31");
    desk.transition = ending_on("2026-03-02");
    EXPECT_EQ(granted_until(desk), "2026-03-02");
    desk.transition = ending_on("2028-01-01");
    EXPECT_EQ(granted_until(desk), "2027-03-01");
}

TEST(EditionEnd, shortens_no_certificate_where_the_rule_is_the_cycles_end) {
    CaseDesk desk = inspected();
    desk.transition = ending_on("2026-12-31", "cycle-end");
    EXPECT_EQ(granted_until(desk), "2027-03-01");
}

}  // namespace
}  // namespace guildmark::tests
