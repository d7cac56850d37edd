#include <gtest/gtest.h>

#include "engine/workflow/chart_outline.h"
#include "engine/workflow/facts_check.h"

namespace guildmark::workflow {
namespace {

XmlElement chart(const std::string& inside) {
    Diagnostics diagnostics;
    auto root = read_xml("<scxml xmlns='http://www.w3.org/2005/07/scxml'>" + inside + "</scxml>",
                         "a.scxml",
                         diagnostics);
    EXPECT_TRUE(root) << diagnostics.to_text();
    return std::move(*root);
}

std::string lost_in(const std::string& inside) {
    const XmlElement root = chart(inside);
    const ChartOutline outline(root);
    std::string lost;
    for (const scxml::StateIndex index : outline.unreachable()) {
        lost += (lost.empty() ? "" : " ") + outline.states()[index].id;
    }
    return lost;
}

TEST(ChartOutline, finds_states_that_no_transition_leads_to) {
    EXPECT_EQ(lost_in("<state id='a'/><state id='b'/>"), "b");
    EXPECT_EQ(lost_in("<state id='a'/><state id='b'><state id='b1'/></state>"), "b");
    EXPECT_EQ(lost_in("<state id='a'><state id='a1'/><state id='a2'/></state>"), "a2");
    EXPECT_EQ(lost_in("<state id='a'/><state id='b'><transition event='e' target='b'/></state>"),
              "b");
    EXPECT_EQ(lost_in("<state id='a' initial='a2'><state id='a1'/><state id='a2'/></state>"), "a1");
}

TEST(ChartOutline, follows_targets_initial_states_regions_and_history) {
    EXPECT_EQ(lost_in("<state id='a'><transition event='e' target='b2'/></state>"
                      "<state id='b'><state id='b1'/><state id='b2'/></state>"),
              "b1");
    EXPECT_EQ(lost_in("<parallel id='p'><state id='a'><state id='a1'/></state>"
                      "<state id='b'><initial><transition target='b2'/></initial>"
                      "<state id='b1'/><state id='b2'/></state></parallel>"),
              "b1");
    EXPECT_EQ(lost_in("<state id='a'><transition event='e' target='h'/></state><state id='b'>"
                      "<history id='h'><transition target='b2'/></history><state id='b1'/>"
                      "<state id='b2'/></state>"),
              "b1");
    EXPECT_EQ(lost_in("<state id='a'><transition event='e' target='p1'/></state>"
                      "<parallel id='p'><state id='p1'/><state id='p2'/></parallel>"),
              "");
}

TEST(ChartOutline, hears_what_active_states_may_react_to) {
    const XmlElement root = chart(
        "<state id='outer'><transition event='up.*' target='b'/>"
        "<parallel id='p'><state id='a'/>"
        "<state id='c'><transition event='side' target='b'/></state></parallel></state>"
        "<state id='b'><transition event='other' target='outer'/></state>");
    const ChartOutline outline(root);
    const scxml::StateIndex a = outline.find("a");
    EXPECT_FALSE(outline.hears(a, "other"));
    EXPECT_FALSE(outline.hears(a, "upper"));
    EXPECT_FALSE(outline.hears(a, "sideways"));
    EXPECT_TRUE(outline.hears(a, "up"));
    EXPECT_TRUE(outline.hears(a, "up.stairs"));
    EXPECT_TRUE(outline.hears(a, "side"));
    EXPECT_TRUE(outline.hears(a, "side.step"));
}

TEST(Facts, are_found_in_expressions_and_not_in_strings_or_comments) {
    using Readings = std::vector<std::vector<std::string>>;
    EXPECT_EQ(facts_read("'facts.a' + my.facts.b + facts2.c /* facts.d */ // facts.e"), Readings{});
    EXPECT_EQ(facts_read("facts.findings.open > 0 && !facts.decision?.kind"),
              (Readings{{"findings", "open"}, {"decision", "kind"}}));
    EXPECT_EQ(facts_read("facts.forms['first-visit'].day"),
              (Readings{{"forms", "first-visit", "day"}}));
    EXPECT_EQ(facts_read("facts.forms[which].day"), (Readings{{"forms"}}));
    EXPECT_EQ(facts_read("facts.forms['a' + b]"), (Readings{{"forms"}}));
    EXPECT_EQ(facts_read("'unended facts.a"), Readings{});
}

}  // namespace
}  // namespace guildmark::workflow
