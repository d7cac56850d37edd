#include "api/command/scxml_command.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "adapters/script/engine.h"

namespace guildmark::api {
namespace {

class ScxmlCommandTest : public testing::Test {
protected:
    /// Writes a document and runs it.
    int run(const std::string& body, std::chrono::milliseconds timeout = std::chrono::seconds(10)) {
        const std::string path = testing::TempDir() + "scxml_command_test.scxml";
        std::ofstream(path) << "<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0' "
                               "datamodel='ecmascript'>"
                            << body << "</scxml>";
        command.file = path;
        command.timeout = timeout;
        const int status = run_scxml_file(command, scripts, out, log);
        std::filesystem::remove(path);
        return status;
    }

    ScxmlCommand command;
    ScriptWorkers scripts;
    std::ostringstream out;
    std::ostringstream log;
};

TEST_F(ScxmlCommandTest, refuses_a_document_whose_script_cannot_be_loaded) {
    EXPECT_EQ(run("<script src='file:none.js'/><state id='a'/>"), 2);
    EXPECT_NE(log.str().find("source_unreadable"), std::string::npos);
}

TEST_F(ScxmlCommandTest, refuses_what_cannot_be_read_or_is_not_valid) {
    command.file = "/nowhere/a.scxml";
    EXPECT_EQ(run_scxml_file(command, scripts, out, log), 2);
    EXPECT_EQ(log.str(), "/nowhere/a.scxml cannot be opened\n");
    EXPECT_EQ(run("<state id='a'><transition event='e' target='b'/></state>"), 2);
    EXPECT_NE(log.str().find("transition_target_unknown"), std::string::npos);
    EXPECT_EQ(run("<state><"), 2);
    EXPECT_EQ(out.str(), "");
}

TEST_F(ScxmlCommandTest, tells_when_time_runs_out_or_nothing_can_happen) {
    EXPECT_EQ(run("<state id='a'><onentry><send event='e' delay='100s'/></onentry></state>",
                  std::chrono::milliseconds(10)),
              3);
    EXPECT_EQ(log.str(), "no final state was reached; active: a\n");
    EXPECT_EQ(run("<state id='a'/>", std::chrono::hours(1)), 3);
}

TEST_F(ScxmlCommandTest, tells_which_limit_a_session_came_to) {
    EXPECT_EQ(run("<state id='a'><transition target='a'/><transition event='error.execution' "
                  "target='f'/></state><final id='f'/>"),
              0);
    EXPECT_TRUE(log.str().starts_with("microsteps_too_many: ")) << log.str();
    EXPECT_EQ(run("<state id='a'><transition target='a'/><transition event='error' target='a'/>"
                  "</state>"),
              1);
}

TEST_F(ScxmlCommandTest, lets_no_session_have_too_many_delayed_events) {
    const std::string ten = "array='[0,1,2,3,4,5,6,7,8,9]'";
    EXPECT_EQ(run("<state id='a'><onentry><foreach item='i' " + ten + "><foreach item='j' " + ten +
                  "><foreach item='k' " + ten + "><send event='e' delay='100s'/></foreach>" +
                  "</foreach></foreach><send event='e' delay='100s'/></onentry><transition " +
                  "event='error.execution' cond=\"_event.data.code == 'pending_sends_too_many'\" "
                  "target='f'/></state><final id='f'/>"),
              0);
}

TEST_F(ScxmlCommandTest, prints_the_final_state_after_real_time) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(run("<state id='a'><onentry><log label='in' expr='[1].concat(2)'/>"
                  "<send event='e' delay='50ms'/><send event='f' id='f' delay='1ms'/>"
                  "<cancel sendid='f'/></onentry><transition event='e' target='done'/>"
                  "<transition event='f' target='wrong'/></state>"
                  "<final id='done'/><final id='wrong'/>"),
              0);
    EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(50));
    EXPECT_EQ(out.str(), "done\n");
    EXPECT_EQ(log.str(), "in: [1,2]\n");
}

TEST_F(ScxmlCommandTest, traces_when_asked) {
    command.is_traced = true;
    EXPECT_EQ(run("<state id='a'><onentry><send event='e' delay='1ms'/></onentry>"
                  "<transition event='e' target='f'/></state><final id='f'/>"),
              0);
    EXPECT_EQ(log.str(), "enter a\nevent e\nleave a\nenter f\nleave f\n");
}

TEST_F(ScxmlCommandTest, runs_a_document_of_the_w3c_with_a_file_beside_it) {
    command.file = std::string(GUILDMARK_SOURCE_DIR) + "/tests/data/scxml-irp/test552.scxml";
    EXPECT_EQ(run_scxml_file(command, scripts, out, log), 0);
    EXPECT_EQ(out.str(), "pass\n");
}

TEST_F(ScxmlCommandTest, waits_for_messages_when_a_session_has_told_where_it_is) {
    EXPECT_EQ(run("<state id='a'><onentry><log expr=\"_ioprocessors.basichttp.location\"/>"
                  "</onentry></state>",
                  std::chrono::milliseconds(50)),
              3);
    EXPECT_TRUE(log.str().starts_with("\"http://127.0.0.1:")) << log.str();
}

TEST_F(ScxmlCommandTest, knows_no_other_event_processor) {
    EXPECT_EQ(run("<state id='a'><onentry><send type='mail' event='e'/></onentry>"
                  "<transition event='error.execution' target='f'/></state><final id='f'/>"),
              0);
}

/// The documents of clause C.2, which need the network of the machine itself.
class BasicHttpDocument : public testing::TestWithParam<const char*> {};

TEST_P(BasicHttpDocument, ends_in_pass) {
    ScxmlCommand command;
    command.file = std::string(GUILDMARK_SOURCE_DIR) + "/tests/conformance/scxml/documents/C.2-" +
                   GetParam() + ".scxml";
    command.timeout = std::chrono::seconds(20);
    ScriptWorkers scripts;
    std::ostringstream out;
    std::ostringstream log;
    EXPECT_EQ(run_scxml_file(command, scripts, out, log), 0) << log.str();
    EXPECT_EQ(out.str(), "pass\n");
}

INSTANTIATE_TEST_SUITE_P(All,
                         BasicHttpDocument,
                         testing::Values("201",
                                         "509",
                                         "510",
                                         "518",
                                         "519",
                                         "520",
                                         "522",
                                         "531",
                                         "532",
                                         "534",
                                         "567",
                                         "577",
                                         "delayed",
                                         "invoked"));

}  // namespace
}  // namespace guildmark::api
