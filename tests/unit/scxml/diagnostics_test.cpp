// Each thing that can be wrong with a document, and what its author is told.
#include <array>

#include <gtest/gtest.h>

#include "engine/base/limits.h"
#include "engine/scxml/statechart.h"
#include "engine/xml/document.h"

namespace guildmark::scxml {
namespace {

std::string told(const std::string& body,
                 const std::string& attributes = "datamodel='ecmascript'") {
    Diagnostics diagnostics;
    const auto root = read_xml("<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0' " +
                                   attributes + ">" + body + "</scxml>",
                               "a.scxml",
                               diagnostics);
    const auto chart = root ? Statechart::compile(*root, diagnostics) : std::nullopt;
    EXPECT_EQ(chart.has_value(), !diagnostics.has_errors());
    return diagnostics.to_text();
}

std::string first_code(const std::string& body,
                       const std::string& attributes = "datamodel='ecmascript'") {
    const std::string text = told(body, attributes);
    const std::size_t start = text.find(": ");
    return start == std::string::npos
               ? text
               : text.substr(start + 2, text.find(": ", start + 2) - start - 2);
}

TEST(ScxmlDiagnostics, tell_where_a_target_is_unknown_and_what_was_meant) {
    EXPECT_EQ(told("<state id='review'/>\n<state id='b'>\n"
                   "  <transition event='evidence.complete' target='reveiw'/></state>"),
              "a.scxml:3:3: transition_target_unknown: transition on \"evidence.complete\" targets "
              "\"reveiw\", which is not a state of this document; did you mean \"review\"?\n");
}

struct Fault {
    const char* code;
    const char* body;
};

class ScxmlFault : public testing::TestWithParam<Fault> {};

TEST_P(ScxmlFault, has_its_code) {
    EXPECT_EQ(first_code(GetParam().body), GetParam().code);
}

constexpr std::array<Fault, 55> faults = {{
    {"states_missing", ""},
    {"element_unknown", "<stat id='a'/>"},
    {"element_unknown", "<state id='a'><final id='f'><transition target='a'/></final></state>"},
    {"element_unknown", "<state id='a'><onentry><raise event='e'/><else/></onentry></state>"},
    {"element_unknown",
     "<state id='a'><onentry><if cond='1'><else/><elseif cond='2'/></if></onentry></state>"},
    {"text_unexpected", "<state id='a'>draft</state>"},
    {"attribute_unknown", "<state id='a' initail='b'/>"},
    {"attribute_missing", "<state id='a'><onentry><raise/></onentry></state>"},
    {"attribute_missing", "<state id='a'><onentry><send/></onentry></state>"},
    {"attribute_missing", "<state id='a'><onentry><cancel/></onentry></state>"},
    {"attribute_missing", "<datamodel><data expr='1'/></datamodel><state id='a'/>"},
    {"attribute_missing", "<state id='a'><onentry><assign location='x'/></onentry></state>"},
    {"attribute_missing", "<state id='a'><onentry><if><raise event='e'/></if></onentry></state>"},
    {"attribute_missing",
     "<state id='a'><state id='b'/><final id='f'><donedata><param "
     "name='n'/></donedata></final></state>"},
    {"attribute_missing", "<state id='a'><initial><transition/></initial><state id='b'/></state>"},
    {"attribute_invalid", "<state id='a'><transition target='' event='e'/></state>"},
    {"attribute_invalid", "<state id='a'><transition target='a' type='extrenal'/></state>"},
    {"attribute_invalid", "<state id='a'><transition target='a' cond=' '/></state>"},
    {"attribute_invalid", "<state id='a b'/>"},
    {"attribute_invalid",
     "<state id='a'><history type='flat' id='h'><transition target='b'/></history><state "
     "id='b'/></state>"},
    {"attribute_conflict",
     "<state id='a'><onentry><send event='e' eventexpr='1'/></onentry></state>"},
    {"attribute_conflict",
     "<state id='a'><onentry><send event='e' delay='1s' target='#_internal'/></onentry></state>"},
    {"attribute_conflict",
     "<state id='a'><onentry><send event='e' "
     "namelist='x'><content>1</content></send></onentry></state>"},
    {"attribute_conflict", "<datamodel><data id='x' expr='1'>2</data></datamodel><state id='a'/>"},
    {"attribute_conflict",
     "<state id='a'><onentry><assign location='x' expr='1'>2</assign></onentry></state>"},
    {"delay_malformed", "<state id='a'><onentry><send event='e' delay='soon'/></onentry></state>"},
    {"delay_malformed", "<state id='a'><onentry><send event='e' delay='-1s'/></onentry></state>"},
    {"state_id_repeated", "<state id='a'/><state id='a'/>"},
    {"data_id_repeated",
     "<datamodel><data id='x'/></datamodel><state id='a'><datamodel><data "
     "id='x'/></datamodel></state>"},
    {"data_id_invalid", "<datamodel><data id='a-b'/></datamodel><state id='a'/>"},
    {"data_id_invalid", "<datamodel><data id='_event'/></datamodel><state id='a'/>"},
    {"data_id_invalid", "<datamodel><data id='class'/></datamodel><state id='a'/>"},
    {"transition_target_unknown", "<state id='a' initial='c'><state id='b'/></state>"},
    {"transition_empty", "<state id='a'><transition/></state>"},
    {"targets_conflict",
     "<state id='a'/><state id='b'/><state id='c'><transition event='e' target='a b'/></state>"},
    {"targets_conflict",
     "<state id='a'><state id='b'/><state id='c'/></state><state id='d'><transition event='e' "
     "target='a c'/></state>"},
    {"targets_conflict",
     "<parallel id='p'><history id='h'><transition target='a'/></history><state id='a'/><state "
     "id='b'><history id='g'><transition target='c'/></history><state id='c'/><transition "
     "event='e' target='h g'/></state></parallel>"},
    {"initial_invalid", "<state id='a' initial='d'><state id='b'/></state><state id='d'/>"},
    {"initial_invalid",
     "<state id='a' initial='b'><initial><transition target='b'/></initial><state "
     "id='b'/></state>"},
    {"initial_invalid", "<state id='a' initial='a'/>"},
    {"history_invalid", "<state id='a'><history id='h'/><state id='b'/></state>"},
    {"history_invalid",
     "<state id='a'><history id='h'><transition target='c'/></history><state id='b'/></state>"
     "<state id='c'/>"},
    {"history_invalid",
     "<state id='a'><history id='h'><transition target='g'/></history>"
     "<history id='g'><transition target='h'/></history><state id='b'/></state>"},
    {"source_unsupported", "<state id='a'><invoke src='b.scxml'/></state>"},
    {"attribute_missing", "<state id='a'><invoke/></state>"},
    {"attribute_conflict",
     "<state id='a'><invoke srcexpr='x'><content><scxml><state id='s'/></scxml></content>"
     "</invoke></state>"},
    {"attribute_conflict", "<state id='a'><invoke id='i' idlocation='x' srcexpr='x'/></state>"},
    {"attribute_invalid", "<state id='a'><invoke srcexpr='x' autoforward='often'/></state>"},
    {"scxml_expected", "<state id='a'><invoke><content>text</content></invoke></state>"},
    {"scxml_expected", "<state id='a'><invoke><content><state/></content></invoke></state>"},
    {"transition_target_unknown",
     "<state id='a'><invoke><content><scxml initial='x'><state id='s'/></scxml></content>"
     "</invoke></state>"},
    {"element_unknown",
     "<state id='a'><invoke srcexpr='x'><finalize><if cond='true'><raise event='e'/></if>"
     "</finalize></invoke></state>"},
    {"element_unknown", "<final id='a'><invoke srcexpr='x'/></final>"},
    {"source_unsupported", "<datamodel><data id='x' src='x.json'/></datamodel><state id='a'/>"},
    {"source_unsupported", "<script src='x.js'/><state id='a'/>"},
}};

INSTANTIATE_TEST_SUITE_P(All, ScxmlFault, testing::ValuesIn(faults));

TEST(ScxmlDiagnostics, tell_of_attributes_of_the_root) {
    EXPECT_EQ(first_code("<state id='a'/>", "datamodel='xpath'"), "attribute_invalid");
    EXPECT_EQ(first_code("<state id='a'/>", "binding='soon'"), "attribute_invalid");
    EXPECT_EQ(first_code("<state id='a'/>", "initial='b'"), "transition_target_unknown");
    EXPECT_EQ(first_code("<state id='a'/>", "initial=''"), "initial_invalid");
}

TEST(ScxmlDiagnostics, tell_of_another_document) {
    Diagnostics diagnostics;
    const auto root = read_xml("<html/>", "a.html", diagnostics);
    EXPECT_FALSE(Statechart::compile(*root, diagnostics));
    EXPECT_EQ(diagnostics.items().front().code, "scxml_expected");
}

TEST(ScxmlDiagnostics, tell_what_the_null_datamodel_lacks) {
    const std::string null = "datamodel='null'";
    EXPECT_EQ(first_code("<datamodel><data id='x'/></datamodel><state id='a'/>", null),
              "datamodel_null");
    EXPECT_EQ(first_code("<script>1</script><state id='a'/>", null), "datamodel_null");
    EXPECT_EQ(first_code("<state id='a'><transition cond='x' target='a'/></state>", null),
              "expression_unsupported");
    EXPECT_EQ(told("<state id='a'><transition cond=\"!In('a')\" target='a'/></state>", null), "");
}

TEST(ScxmlDiagnostics, warn_of_what_does_nothing) {
    EXPECT_EQ(told("<state id='a'><transition cond=\"In('aa')\" target='a'/></state>"),
              "a.scxml:1:99: warning: in_state_unknown: In('aa') is never true: there is no such "
              "state; did you mean \"a\"?\n");
    EXPECT_EQ(told("<parallel id='p'/>").find("warning: parallel_empty"), 14U);
    EXPECT_NE(told("<state id='a'><state id='b'/><final id='f'><donedata/></final></state>")
                  .find("warning: element_empty"),
              std::string::npos);
}

TEST(ScxmlDiagnostics, tell_of_documents_that_are_too_large) {
    std::string deep;
    for (std::size_t level = 0; level <= limits::state_depth_max; ++level) {
        deep += "<state>";
    }
    for (std::size_t level = 0; level <= limits::state_depth_max; ++level) {
        deep += "</state>";
    }
    EXPECT_EQ(first_code(deep), "state_too_deep");
    std::string wide;
    for (std::size_t state = 0; state <= limits::states_max; ++state) {
        wide += "<state/>";
    }
    EXPECT_EQ(first_code(wide), "states_too_many");
    std::string busy = "<state id='a'>";
    for (std::size_t transition = 0; transition <= limits::transitions_max; ++transition) {
        busy += "<transition event='e'/>";
    }
    EXPECT_EQ(first_code(busy + "</state>"), "transitions_too_many");
}

TEST(ScxmlDiagnostics, tell_of_all_faults_at_once) {
    const std::string text = told("<state id='a'><transition/></state><state id='a'/><stat/>");
    EXPECT_NE(text.find("transition_empty"), std::string::npos);
    EXPECT_NE(text.find("state_id_repeated"), std::string::npos);
    EXPECT_NE(text.find("did you mean \"state\"?"), std::string::npos);
}

}  // namespace
}  // namespace guildmark::scxml
