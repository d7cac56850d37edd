// Whatever a stored session has become, it is refused, or it is a session that is written as it was
// read and goes on. An input is the number of a chart, and JSON.
#include "engine/base/ensure.h"
#include "engine/base/json.h"
#include "engine/scxml/session_codec.h"
#include "engine/scxml/session_migration.h"
#include "tests/fuzz/chart_run.h"
#include "tests/fuzz/mutation.h"
#include "tests/fuzz/project_files.h"
#include "tests/fuzz/target.h"

namespace guildmark::fuzz {
namespace {

using scxml::Session;
using scxml::Statechart;

constexpr int events_max = 3;

std::vector<Statechart> compile_charts() {
    std::vector<Statechart> charts;
    for (const std::string& text : chart_texts()) {
        Diagnostics diagnostics;
        scxml::CompileOptions options;
        options.load = scxml::test::read_test_document;
        const auto root = read_xml(text, "chart.scxml", diagnostics);
        auto chart = root ? Statechart::compile(*root, options, diagnostics) : std::nullopt;
        if (chart) {
            charts.push_back(std::move(*chart));
        }
    }
    ENSURE(charts.size() < 256, "one byte numbers the charts");
    return charts;
}

const std::vector<Statechart>& charts() {
    static const std::vector<Statechart> all = compile_charts();
    return all;
}

void go_on(const Statechart& chart, Session session) {
    ChartRun run(chart, std::move(session));
    for (int event = 0; event < events_max && run.session().running; ++event) {
        const std::vector<std::string> names = event_names(chart);
        if (run.process(names[static_cast<std::size_t>(event) % names.size()])) {
            reached("steps of what was read");
        }
        run.write_and_read();
    }
}

void read(const Statechart& chart, std::string_view text) {
    const auto value = parse_json(text);
    if (!value) {
        return;
    }
    auto session = scxml::session_from_value(chart, *value);
    if (!session) {
        ENSURE(session.error().code.starts_with("session_") ||
                   session.error().code == "document_invalid",
               "what is no session is refused as that");
        reached("refused as sessions");
        return;
    }
    reached("read as sessions");
    const Value written = to_value(chart, *session);
    const auto again = scxml::session_from_value(chart, written);
    ENSURE(again && to_value(chart, *again) == written, "a session is read as it was written");
    static_cast<void>(scxml::migrate_session(chart, *session, chart, {}));
    go_on(chart, std::move(session).value());
}

}  // namespace

/// Each chart at its start and after some events.
std::vector<std::string> seeds() {
    std::vector<std::string> all;
    for (std::size_t number = 0; number < charts().size(); ++number) {
        const Statechart& chart = charts()[number];
        ChartRun run(chart);
        static_cast<void>(run.start());
        for (int event = 0; event < events_max; ++event) {
            all.push_back(std::string(1, static_cast<char>(number)) + run.text());
            const std::vector<std::string> names = event_names(chart);
            if (run.session().running) {
                static_cast<void>(run.process(names[names.size() - 1]));
            }
        }
    }
    return all;
}

std::vector<std::string> words() {
    std::vector<std::string> all = {
        "\"running\":true",
        "\"configuration\":[]",
        "\"history\":{}",
        "\"invocations\":[]",
        "\"internal_queue\":[{\"name\":\"e\"}]",
        "\"external_queue\":[{\"name\":\"e\"}]",
        "\"aliases\":[[\"a\",\"b\"]]",
        "\"functions\":[\"f\"]",
        "\"initialized\":[\"\"]",
        "\"next_sendid\":1",
        "\"done_data\":1",
        "\"final_state\":\"\"",
        "null",
        "-1",
        "1e300",
        "{}",
        "[]",
        ",",
        "\"document\":\"<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0'/>\""};
    for (const char* id : {"s0", "s1", "s01", "p0", "sh1", "pass", "fail", "s0p1"}) {
        all.push_back("\"" + std::string(id) + "\"");
    }
    return all;
}

std::vector<Goal> goals() {
    return {{"read as sessions", 25}, {"refused as sessions", 5}, {"steps of what was read", 5}};
}

}  // namespace guildmark::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace guildmark::fuzz;
    if (size > 0) {
        const std::string_view input(reinterpret_cast<const char*>(data), size);
        read(charts()[data[0] % charts().size()], input.substr(1));
    }
    return 0;
}
