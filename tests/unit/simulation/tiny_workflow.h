#pragma once

#include <optional>
#include <string>

#include "engine/simulation/simulator.h"

namespace guildmark::simulation::test {

/// A firm applies, a body decides: two tasks, no standard, and a certificate that is granted.
inline constexpr const char* tiny_chart = R"(<scxml xmlns="http://www.w3.org/2005/07/scxml"
  xmlns:gm="urn:guildmark:workflow:1" version="1.0" datamodel="ecmascript" name="tiny">
  <gm:workflow id="tiny"><gm:title>Tiny</gm:title></gm:workflow>
  <gm:role id="firm" party="client"><gm:title>Firm</gm:title></gm:role>
  <gm:role id="decider" party="body"><gm:title>Decider</gm:title></gm:role>
  <gm:separation id="S" first="firm" second="decider"><gm:reason>Two sides</gm:reason></gm:separation>
  <gm:milestone id="before" states="applying deciding"><gm:title>Before</gm:title></gm:milestone>
  <datamodel><data id="lasts" expr="'P1Y'"/></datamodel>
  <state id="applying"><gm:title>Applying</gm:title>
    <gm:task id="apply" role="firm" form="application" due="P30D"><gm:title>Apply</gm:title>
      <gm:outcome id="send"><gm:title>Send</gm:title></gm:outcome>
      <gm:escalation after="P1D" notify="firm"/></gm:task>
    <transition event="task.apply.send" target="deciding"/></state>
  <state id="deciding"><gm:title>Deciding</gm:title>
    <gm:task id="decide" role="decider"><gm:title>Decide</gm:title>
      <gm:outcome id="grant" decision="grant"><gm:title>Grant</gm:title>
        <gm:gate id="many" kind="condition" cond="facts.forms.apply.hives &gt; 2">
          <gm:message>Too few hives.</gm:message></gm:gate></gm:outcome>
      <gm:outcome id="refuse" decision="refuse"><gm:title>Refuse</gm:title></gm:outcome></gm:task>
    <transition event="task.decide.grant" target="marked">
      <gm:certificate action="grant" valid-for-expr="lasts" scope-expr="'Honey'"/></transition>
    <transition event="task.decide.refuse" target="refused"/></state>
  <state id="marked"><gm:title>Marked</gm:title>
    <transition event="certificate.expired" target="expired"/></state>
  <final id="refused"><gm:title>Refused</gm:title></final>
  <final id="expired"><gm:title>Expired</gm:title></final>
</scxml>)";

inline constexpr const char* tiny_forms = R"(<forms xmlns="urn:guildmark:workflow:1">
  <form id="application"><title>Application</title>
    <field id="hives" type="integer" required="true" min="1" max="500"><label>Hives</label></field>
    <field id="register" type="text" pattern="BK-[0-9]{4}"><label>Register</label>
      <pattern-message>BK-0417</pattern-message></field>
  </form></forms>)";

/// No expression of the tiny workflow needs a script.
class NoScripts final : public ScriptEngine {
public:
    Result<std::unique_ptr<ScriptContext>> open() override {
        return failed("script_unavailable", "no script engine in this test");
    }
};

[[nodiscard]] inline workflow::Workflow tiny_workflow() {
    Diagnostics diagnostics;
    auto workflow = workflow::load_workflow({{"tiny.scxml", tiny_chart}, {"forms.xml", tiny_forms}},
                                            diagnostics);
    ENSURE(workflow, diagnostics.to_text().c_str());
    return std::move(*workflow);
}

/// Assumptions whose root has `attributes` and holds `content`; nothing when there are errors.
[[nodiscard]] inline std::optional<Assumptions> assume(const workflow::Workflow& workflow,
                                                       const std::string& attributes,
                                                       const std::string& content,
                                                       Diagnostics& diagnostics) {
    return read_assumptions("<simulation xmlns=\"urn:guildmark:workflow:1\" " + attributes + ">\n" +
                                content + "</simulation>",
                            "simulation.xml",
                            workflow,
                            {},
                            diagnostics);
}

}  // namespace guildmark::simulation::test
