#include "api/wording.h"

#include <algorithm>

#include "api/language.h"

namespace guildmark::api {
namespace {

/// The gate that refused. Gates of several tasks may share an id, so its sentence counts too.
const workflow::Gate* find_gate(const workflow::Workflow& workflow, const Error& refusal) {
    for (const workflow::TaskDefinition& task : workflow.tasks) {
        for (const workflow::Outcome& outcome : task.outcomes) {
            for (const workflow::Gate& gate : outcome.gates) {
                if (gate.id == refusal.subject &&
                    refusal.message.starts_with(gate.message.in("en"))) {
                    return &gate;
                }
            }
        }
    }
    return nullptr;
}

}  // namespace

std::string charge_title(const workflow::Workflow& workflow,
                         std::string_view charge,
                         const std::string& written,
                         const std::vector<std::string>& languages) {
    for (const workflow::PlacedAction& placed : workflow.actions) {
        const auto* action = std::get_if<workflow::ChargeAction>(&placed.action);
        if (action != nullptr && action->id == charge) {
            return text_in(action->title, languages);
        }
    }
    return written;
}

/// The reason of the rule that the refusal is about.
template <typename Rule>
void add_reason(Value::Object& values,
                const std::vector<Rule>& rules,
                const Error& refusal,
                const std::vector<std::string>& languages) {
    const auto found = std::ranges::find(rules, refusal.subject, &Rule::id);
    if (found != rules.end()) {
        values.emplace_back("reason", text_in(found->reason, languages));
    }
}

Value::Object refusal_values(const workflow::Workflow& workflow,
                             const Error& refusal,
                             const std::vector<std::string>& languages) {
    Value::Object values;
    if (refusal.code == "gate_not_met") {
        if (const workflow::Gate* gate = find_gate(workflow, refusal)) {
            values.emplace_back("reason", text_in(gate->message, languages));
        }
    } else if (refusal.code == "separation_of_duties") {
        add_reason(values, workflow.separations, refusal, languages);
    } else if (refusal.code == "person_barred") {
        add_reason(values, workflow.bars, refusal, languages);
    } else if (refusal.code == "person_not_in_team") {
        add_reason(values, workflow.teams, refusal, languages);
    } else if (const workflow::Role* role = workflow.find_role(refusal.subject)) {
        values.emplace_back("role", text_in(role->title, languages));
    }
    return values;
}

ExplainRefusal explain_refusal(const Call& call,
                               std::shared_ptr<const workflow::Workflow> workflow) {
    return [workflow = std::move(workflow), languages = call.languages](const Error& error) {
        return refusal_values(*workflow, error, languages);
    };
}

}  // namespace guildmark::api
