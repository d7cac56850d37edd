// The W3C's own tests: each document ends in the state `pass` or `fail`. Those that pass are listed
// in expected_passes.txt; one that does not pass any more fails this test, and so does one that
// passes and is not listed.
#include <algorithm>
#include <filesystem>
#include <sstream>

#include <gtest/gtest.h>

#include "adapters/script/engine.h"
#include "engine/xml/document.h"
#include "tests/conformance/scxml/virtual_host.h"

namespace guildmark::scxml::test {
namespace {

constexpr const char* folder = "tests/data/scxml-irp/";
constexpr int deliveries_max = 100;

std::vector<std::string> listed() {
    std::istringstream lines(read_source_file("tests/conformance/scxml/expected_passes.txt"));
    std::vector<std::string> names;
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty() && line.front() != '#') {
            names.push_back(line);
        }
    }
    return names;
}

std::vector<std::string> documents() {
    std::vector<std::string> names;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::string(GUILDMARK_SOURCE_DIR) + "/" + folder)) {
        const std::string name = entry.path().stem().string();
        // Documents that others invoke are no tests.
        if (entry.path().extension() == ".scxml" && name.find("sub") == std::string::npos) {
            names.push_back(name);
        }
    }
    std::ranges::sort(names);
    return names;
}

/// How the document ends: "pass", "fail", or why it did not get there.
std::string outcome(const std::string& name) {
    Diagnostics diagnostics;
    const auto root = read_xml(read_source_file(folder + name + ".scxml"), name, diagnostics);
    CompileOptions options;
    options.load = [](const std::string& source) -> Result<std::string> {
        return read_source_file(folder + source.substr(source.find(':') + 1));
    };
    std::optional<Statechart> chart;
    if (root) {
        chart = Statechart::compile(*root, options, diagnostics);
    }
    if (!chart) {
        return diagnostics.to_text();
    }
    VirtualHost host(*chart);
    ScriptWorkers scripts;
    Interpreter interpreter(*chart, host, scripts);
    Session session;
    session.session_id = name;
    Result<RunEnd> end = interpreter.start(session);
    for (int delivery = 0;
         end && *end == RunEnd::stable && !host.pending.empty() && delivery < deliveries_max;
         ++delivery) {
        end = interpreter.process(session, host.take_next());
    }
    if (!end) {
        return end.error().message;
    }
    return session.final_state ? chart->state_id(*session.final_state) : "rests";
}

class Irp : public testing::TestWithParam<std::string> {};

TEST_P(Irp, passes_when_listed_and_only_then) {
    const std::vector<std::string> passes = listed();
    const bool is_expected = std::ranges::find(passes, GetParam()) != passes.end();
    const std::string how = outcome(GetParam());
    EXPECT_EQ(how == "pass", is_expected) << GetParam() << ": " << how;
}

INSTANTIATE_TEST_SUITE_P(Documents, Irp, testing::ValuesIn(documents()), [](const auto& parameter) {
    return parameter.param;
});

TEST(IrpList, names_documents_that_exist) {
    const std::vector<std::string> all = documents();
    for (const std::string& name : listed()) {
        EXPECT_NE(std::ranges::find(all, name), all.end()) << name;
    }
}

}  // namespace
}  // namespace guildmark::scxml::test
