// How long a macrostep takes: a ring of four states that each count, beside two states with a
// guard; and the same with one expression that only the script engine can evaluate.
#include <chrono>
#include <ctime>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "adapters/script/engine.h"
#include "engine/scxml/interpreter.h"
#include "engine/xml/document.h"

namespace {

using namespace guildmark;

constexpr const char* ring =
    R"(<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript">
<datamodel><data id="x" expr="0"/></datamodel>
<parallel id="p">
 <state id="ring">
  <state id="r0"><transition event="e" target="r1"><assign location="x" expr="(x + 1) % 5"/></transition></state>
  <state id="r1"><transition event="e" target="r2"><assign location="x" expr="(x + 1) % 5"/></transition></state>
  <state id="r2"><transition event="e" target="r3"><assign location="x" expr="(x + 1) % 5"/></transition></state>
  <state id="r3"><transition event="e" target="r0"><assign location="x" expr="(x + 1) % 5"/></transition></state>
 </state>
 <state id="guarded">
  <state id="g0"><transition event="e" cond="x &lt; 3" target="g1"/></state>
  <state id="g1"><transition event="e" cond="x &lt; 3" target="g0"/></state>
 </state>
</parallel></scxml>)";

constexpr const char* scripted =
    R"(<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript">
<datamodel><data id="x" expr="0"/></datamodel>
<state id="a"><transition event="e"><assign location="x" expr="Math.max(x, 1) % 5"/></transition></state></scxml>)";

class SilentHost final : public scxml::Host {
public:
    Instant now() override { return {}; }

    const Value& facts() override { return facts_; }

    void log(std::string_view, const Value&) override {}

    Result<void> send(const scxml::Outgoing&) override { return {}; }

    void cancel(std::string_view, std::string_view) override {}

    void ended(std::string_view) override {}

    Result<std::string> load(const std::string&) override { return std::string(); }

    Result<void> execute(const XmlElement&, scxml::ExpressionScope&) override { return {}; }

    void entered(scxml::StateIndex) override { ++changes; }

    void left(scxml::StateIndex) override { ++changes; }

    std::size_t changes = 0;

private:
    Value facts_{Value::Object()};
};

void measure(const char* name, const char* text, int events) {
    Diagnostics diagnostics;
    const auto root = read_xml(text, name, diagnostics);
    const auto chart = scxml::Statechart::compile(*root, diagnostics);
    SilentHost host;
    ScriptWorkers scripts;
    scxml::Interpreter interpreter(*chart, host, scripts);
    scxml::Session session;
    ENSURE(interpreter.start(session).has_value(), "the chart starts");
    scxml::Event event;
    event.name = "e";
    const auto start = std::chrono::steady_clock::now();
    const std::clock_t processor_start = std::clock();
    for (int at = 0; at < events; ++at) {
        ENSURE(interpreter.process(session, event).has_value(), "the chart takes the event");
    }
    const double elapsed_ns =
        std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count();
    const double processor_ns =
        1e9 * static_cast<double>(std::clock() - processor_start) / CLOCKS_PER_SEC;
    fmt::print(
        "{}: {} macrosteps, {:.0f} ns each, of them {:.0f} ns of our own processor time; "
        "{:.0f} a second, {} states changed\n",
        name,
        events,
        elapsed_ns / events,
        processor_ns / events,
        1e9 * events / elapsed_ns,
        host.changes);
}

}  // namespace

int main() {
    measure("ring", ring, 200'000);
    measure("scripted", scripted, 2'000);
    return 0;
}
