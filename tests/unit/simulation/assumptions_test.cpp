#include "engine/simulation/assumptions.h"

#include <gtest/gtest.h>

#include "tests/unit/simulation/tiny_workflow.h"

namespace guildmark::simulation {
namespace {

/// What is told of assumptions that have one fault.
std::string fault_of(const std::string& attributes, const std::string& content) {
    const workflow::Workflow workflow = test::tiny_workflow();
    Diagnostics diagnostics;
    EXPECT_FALSE(test::assume(workflow, attributes, content, diagnostics)) << content;
    return diagnostics.to_text();
}

TEST(Assumptions, are_refused_with_the_place_and_the_nearest_name) {
    struct Fault {
        std::string content;
        std::string told;
    };

    const std::vector<Fault> faults{
        {"  <task id='aply'/>\n",
         "simulation.xml:2:3: task_unknown: there is no task \"aply\"; did you mean \"apply\"?"},
        {"<task id='apply'><outcome id='sent' weight='1'/></task>",
         "simulation.xml:2:18: outcome_unknown: the task apply has no outcome \"sent\"; did you "
         "mean "
         "\"send\"?"},
        {"<task id='decide'><outcome id='grant' weight='0'/></task>",
         "2:19: weights_all_zero: no outcome of the task decide has a weight above 0"},
        {"<task id='decide'><outcome id='grant' weight='-1'/></task>", "attribute_invalid"},
        {"<role id='decidr' people='1'/>", "did you mean \"decider\"?"},
        {"<role id='decider' people='0'/>", "attribute_invalid"},
        {"<role id='decider' people='1'/><role id='decider' people='2'/>", "id_repeated"},
        {"<task id='apply'/><task id='apply'/>", "id_repeated"},
        {"<task id='apply'><value field='hive'>3</value></task>",
         "field_unknown: the form of the task apply has no field \"hive\"; did you mean "
         "\"hives\"?"},
        {"<task id='apply'><value field='hives'>many</value></task>", "form_invalid"},
        {"<task id='apply'><value field='register'>0417</value></task>", "form_invalid"},
        {"<task id='apply'><work/></task>", "distribution_missing"},
        {"<task id='apply'><work><fixed time='2 hours'/></work></task>", "attribute_invalid"},
        {"<task id='apply'><work><fixed/></work></task>", "attribute_missing"},
        {"<task id='apply'><work><triangular least='P2D' likely='P1D' most='P3D'/></work></task>",
         "distribution_invalid"},
        {"<task id='apply'><work><lognormal median='P2D' p90='P1D'/></work></task>",
         "distribution_invalid"},
        {"<task id='apply' chance='2'/>", "attribute_invalid"},
        {"<persons/>", "element_unknown"}};
    for (const Fault& fault : faults) {
        const std::string told = fault_of("", fault.content);
        EXPECT_NE(told.find(fault.told), std::string::npos) << fault.content << "\n" << told;
    }
    EXPECT_NE(fault_of("workflow='other'", "").find("attribute_invalid"), std::string::npos);
    EXPECT_NE(fault_of("standard='iso-9001:2015'", "").find("standard_unknown"), std::string::npos);
    EXPECT_NE(fault_of("begin='soon'", "").find("attribute_invalid"), std::string::npos);
    EXPECT_NE(fault_of("hours-per-week='0'", "").find("attribute_invalid"), std::string::npos);
    EXPECT_NE(fault_of("opened-by='firmm'", "").find("did you mean \"firm\"?"), std::string::npos);
}

TEST(Assumptions, tell_what_nobody_stated) {
    const workflow::Workflow workflow = test::tiny_workflow();
    Diagnostics diagnostics;
    const auto nothing = default_assumptions(workflow, {}, diagnostics);
    ASSERT_TRUE(nothing) << diagnostics.to_text();
    std::string assumed;
    for (const Assumed& one : nothing->assumed) {
        assumed += one.what + " " + one.subject + " " + one.value + "\n";
    }
    EXPECT_EQ(assumed,
              "hours  40\nhorizon  P3Y\narrivals  P7D\npeople firm \npeople decider \n"
              "work apply PT2H\nwaiting apply PT0S\nwork decide PT2H\nwaiting decide PT0S\n"
              "outcome decide grant\n");
    EXPECT_EQ(nothing->opener, "firm");
    const auto all =
        test::assume(workflow,
                     "hours-per-week='40' horizon='P3Y'",
                     "<arrivals><fixed time='P1D'/></arrivals><role id='firm' people='1'/>"
                     "<role id='decider' people='1'/>"
                     "<task id='apply'><waiting><fixed time='P1D'/></waiting><work><fixed "
                     "time='PT1H'/></work></task>"
                     "<task id='decide'><waiting><fixed time='P1D'/></waiting><work><fixed "
                     "time='PT1H'/></work><outcome id='refuse' weight='1'/></task>",
                     diagnostics);
    ASSERT_TRUE(all) << diagnostics.to_text();
    EXPECT_TRUE(all->assumed.empty());
    EXPECT_EQ(all->find_task("decide")->outcomes.front().weight, 0);
}

}  // namespace
}  // namespace guildmark::simulation
