// The W3C's own tests, and documents of ours for its other assertions: each ends in the state
// `pass` or `fail`.
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <memory>

#include <gtest/gtest.h>

#include "adapters/script/engine.h"
#include "engine/base/json.h"
#include "engine/scxml/session_codec.h"
#include "engine/xml/document.h"
#include "tests/conformance/scxml/virtual_host.h"

namespace guildmark::scxml::test {
namespace {

constexpr const char* theirs = "tests/data/scxml-irp/";
constexpr const char* ours = "tests/conformance/scxml/documents/";
constexpr int deliveries_max = 100;

/// Paths of the documents in the folder that begin so and are tests. Those of clause C.2 need a
/// network; scxml_command_test.cpp runs them.
std::vector<std::string> documents(const std::string& folder) {
    std::vector<std::string> paths;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::string(GUILDMARK_SOURCE_DIR) + "/" + folder)) {
        const std::string name = entry.path().stem().string();
        // Documents that others invoke are no tests.
        const bool is_test = name.find("sub") == std::string::npos &&
                             name.find("invoked") == std::string::npos &&
                             name.find("ending") == std::string::npos;
        if (entry.path().extension() == ".scxml" && is_test && !name.starts_with("C.2")) {
            paths.push_back(folder + name);
        }
    }
    std::ranges::sort(paths);
    return paths;
}

/// The name of a test: that of the document, in letters that the framework takes.
std::string test_name(const testing::TestParamInfo<std::string>& parameter) {
    std::string name = parameter.param.substr(parameter.param.rfind('/') + 1);
    std::ranges::replace_if(
        name, [](unsigned char letter) { return std::isalnum(letter) == 0; }, '_');
    return "document_" + name;
}

/// Reads the document; fails the test and gives nothing when it does not compile.
std::optional<Statechart> compile_document_of(const std::string& path) {
    Diagnostics diagnostics;
    const auto root = read_xml(read_source_file(path + ".scxml"), path, diagnostics);
    CompileOptions options;
    options.load = read_test_document;
    std::optional<Statechart> chart;
    if (root) {
        chart = Statechart::compile(*root, options, diagnostics);
    }
    EXPECT_TRUE(chart) << diagnostics.to_text();
    return chart;
}

/// One run of a document, with time that jumps to the next delayed event.
struct Play {
    explicit Play(const Statechart& of) : chart(of) { session.session_id = "session"; }

    /// To the end, or until nothing is pending. With `is_stored` the session is written down and
    /// read back between all events, and each goes on in an interpreter of its own.
    void run(bool is_stored) {
        auto interpreter = std::make_unique<Interpreter>(chart, host, scripts);
        Result<RunEnd> end = interpreter->start(session);
        for (int delivery = 0;
             end && *end == RunEnd::stable && !host.pending.empty() && delivery < deliveries_max;
             ++delivery) {
            if (is_stored) {
                session = session_from_value(chart, to_value(chart, session)).value();
                interpreter = std::make_unique<Interpreter>(chart, host, scripts);
            }
            end = interpreter->deliver(session, host.take_next());
        }
        EXPECT_TRUE(end) << end.error().message;
    }

    [[nodiscard]] std::string final_state() const {
        return session.final_state ? chart.state_id(*session.final_state) : "rests";
    }

    const Statechart& chart;
    VirtualHost host{chart};
    ScriptWorkers scripts;
    Session session;
};

class Irp : public testing::TestWithParam<std::string> {};

TEST_P(Irp, ends_in_pass) {
    const std::optional<Statechart> chart = compile_document_of(GetParam());
    ASSERT_TRUE(chart);
    Play play(*chart);
    play.run(false);
    EXPECT_EQ(play.final_state(), "pass");
}

TEST_P(Irp, leaves_the_same_trace_when_it_is_written_down_between_events) {
    const std::optional<Statechart> chart = compile_document_of(GetParam());
    ASSERT_TRUE(chart);
    Play kept(*chart);
    kept.run(false);
    Play stored(*chart);
    stored.run(true);
    EXPECT_EQ(stored.host.trace, kept.host.trace);
    EXPECT_EQ(to_json(to_value(*chart, stored.session)), to_json(to_value(*chart, kept.session)));
}

INSTANTIATE_TEST_SUITE_P(Theirs, Irp, testing::ValuesIn(documents(theirs)), test_name);
INSTANTIATE_TEST_SUITE_P(Ours, Irp, testing::ValuesIn(documents(ours)), test_name);

TEST(IrpList, is_whole) {
    EXPECT_EQ(documents(theirs).size(), 60u);
    EXPECT_EQ(documents(ours).size(), 128u);
}

}  // namespace
}  // namespace guildmark::scxml::test
