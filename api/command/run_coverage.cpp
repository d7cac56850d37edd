#include "api/command/run_coverage.h"

#include <fmt/format.h>

#include "api/command/console.h"
#include "api/command/named_workflow.h"
#include "api/library_folder.h"
#include "reports/drawing/chart_drawing.h"
#include "reports/file/temporary_report.h"
#include "reports/messages/messages.h"

namespace guildmark::command {
namespace {

std::string place_of(const scenario::Missed& missed) {
    return fmt::format("{}:{}:{}", missed.place.file, missed.place.line, missed.place.column);
}

std::string describe_transition(const scenario::Missed& missed) {
    const std::string on = missed.events.empty()
                               ? "without event"
                               : fmt::format("on \"{}\"", fmt::join(missed.events, " "));
    const std::string to =
        missed.targets.empty() ? "" : fmt::format(" to {}", fmt::join(missed.targets, " "));
    return fmt::format(
        "{}: transition {} from {}{} was not taken", place_of(missed), on, missed.state, to);
}

Value place_value(const scenario::Missed& missed) {
    Value value;
    value.set("file", missed.place.file);
    value.set("line", Value(std::uint64_t{missed.place.line}));
    value.set("column", Value(std::uint64_t{missed.place.column}));
    return value;
}

Value texts_value(const std::vector<std::string>& texts) {
    Value::Array values;
    for (const std::string& text : texts) {
        values.emplace_back(text);
    }
    return Value(std::move(values));
}

Value share_value(const scenario::Share& share, Value missed) {
    Value value;
    value.set("reached", Value(std::uint64_t{share.reached}));
    value.set("all", Value(std::uint64_t{share.all}));
    value.set("missed", std::move(missed));
    return value;
}

}  // namespace

RunCoverage::RunCoverage(std::shared_ptr<const workflow::Workflow> workflow)
    : coverage_(std::move(workflow)),
      observer_([this](const ChartStep& step) { coverage_.note(step); }) {}

Result<std::unique_ptr<RunCoverage>> RunCoverage::open(const std::set<std::string>& workflows,
                                                       const std::string& library_folder) {
    if (workflows.size() != 1) {
        return malformed("workflow_ambiguous",
                         workflows.empty()
                             ? std::string("the scenarios open no case, so no chart is reached")
                             : fmt::format("one chart is drawn, and the scenarios are about {}: {}",
                                           workflows.size(),
                                           fmt::join(workflows, ", ")),
                         "--coverage");
    }
    Library library;
    Diagnostics diagnostics;
    TRY(load_library(library_folder, library, diagnostics));
    if (diagnostics.has_errors()) {
        return malformed("library_invalid", diagnostics.to_text(), library_folder);
    }
    auto workflow = TRY(find_named_workflow(library, *workflows.begin()));
    return std::unique_ptr<RunCoverage>(new RunCoverage(std::move(workflow)));
}

Result<void> RunCoverage::draw(const std::string& path, const std::string& language) {
    const reports::Messages messages = reports::messages_in(language);
    const scenario::Share states = coverage_.states();
    const scenario::Share transitions = coverage_.transitions();
    reports::ChartReach reach;
    reach.states = coverage_.states_entered();
    reach.transitions = coverage_.transitions_taken();
    reach.caption = fmt::format("{}: {}/{}. {}: {}/{}\n{}",
                                messages.text("drawing.states"),
                                states.reached,
                                states.all,
                                messages.text("drawing.transitions"),
                                transitions.reached,
                                transitions.all,
                                messages.text("drawing.legend"));
    reports::ChartDrawing drawing{coverage_.outline(), &coverage_.workflow(), language, {}};
    drawing.reach = &reach;
    const std::string svg = TRY(reports::draw_chart(drawing));
    if (!reports::write_report_file(svg, path)) {
        return failed("drawing_failed",
                      fmt::format("cannot write {}: is there such a folder, and room?", path),
                      path);
    }
    drawing_ = path;
    return {};
}

void RunCoverage::print_summary() const {
    const scenario::Share states = coverage_.states();
    const scenario::Share transitions = coverage_.transitions();
    print(fmt::format("coverage of {}: states {}/{}, transitions {}/{}",
                      coverage_.workflow().id,
                      states.reached,
                      states.all,
                      transitions.reached,
                      transitions.all));
    if (const std::size_t invocations = coverage_.invocations(); invocations > 0) {
        print(fmt::format("not counted: the states and transitions of what the chart invokes ({})",
                          invocations));
    }
    for (const scenario::Missed& missed : states.missed) {
        print(fmt::format("{}: state {} was not entered", place_of(missed), missed.state));
    }
    for (const scenario::Missed& missed : transitions.missed) {
        print(describe_transition(missed));
    }
    print(fmt::format("drawing written to {}", drawing_));
}

Value RunCoverage::to_value() const {
    const scenario::Share states = coverage_.states();
    const scenario::Share transitions = coverage_.transitions();
    Value::Array states_missed;
    for (const scenario::Missed& missed : states.missed) {
        Value one = place_value(missed);
        one.set("state", missed.state);
        states_missed.push_back(std::move(one));
    }
    Value::Array transitions_missed;
    for (const scenario::Missed& missed : transitions.missed) {
        Value one = place_value(missed);
        one.set("state", missed.state);
        one.set("events", texts_value(missed.events));
        one.set("targets", texts_value(missed.targets));
        transitions_missed.push_back(std::move(one));
    }
    Value value;
    value.set("workflow", coverage_.workflow().id);
    value.set("version", coverage_.workflow().version.to_text());
    value.set("states", share_value(states, Value(std::move(states_missed))));
    value.set("transitions", share_value(transitions, Value(std::move(transitions_missed))));
    value.set("invocations", Value(std::uint64_t{coverage_.invocations()}));
    value.set("drawing", drawing_);
    return value;
}

}  // namespace guildmark::command
