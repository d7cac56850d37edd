
#include <fmt/format.h>

#include "engine/base/json.h"
#include "engine/base/money.h"
#include "reports/model/parts.h"

namespace guildmark::reports {

namespace {

using Json = guildmark::Value;

/// Parts of a detail, those that are not empty, with a separator between.
std::string join(const std::vector<std::string>& parts, std::string_view separator) {
    std::string text;
    for (const std::string& part : parts) {
        text += text.empty() || part.empty() ? "" : separator;
        text += part;
    }
    return text;
}

std::string words(const Json& payload, std::string_view name) {
    std::vector<std::string> parts;
    const Json* list = payload.find(name);
    if (list != nullptr && list->is_array()) {
        for (const Json& item : list->as_array()) {
            parts.push_back(item.is_text() ? item.as_text() : "");
        }
    }
    return join(parts, " ");
}

/// "350.00 EUR"
std::string amount(const Json& payload) {
    const auto currency = Currency::find(payload.text_or("currency", ""));
    const auto minor_units = static_cast<std::int64_t>(payload.number_or("amount_minor", 0));
    return currency ? Money(minor_units, *currency).to_text() : std::string();
}

/// Tells what records say, in order; remembers what later ones refer to by id alone.
class Teller {
public:
    explicit Teller(const Context& context) : context_(context) {
        for (const rows::Evidence& document : context.input.rows.evidence) {
            documents_[document.id.to_text()] =
                document.title.empty() ? document.name : document.title;
        }
        for (const rows::Finding& finding : context.input.rows.findings) {
            findings_[finding.id.to_text()] =
                fmt::format("{} · {}", finding.number, finding.requirement);
        }
    }

    /// What happened, in one line or a few; empty when the record is for the machine alone.
    std::string details(const Record& record, const Json& payload) {
        const std::string& kind = record.kind;
        if (kind.starts_with("task_")) {
            return task(kind, payload);
        }
        if (kind.starts_with("evidence_")) {
            return document(payload);
        }
        if (kind.starts_with("requirement_")) {
            return requirement(payload);
        }
        if (kind.starts_with("finding_") || kind == "response_judged") {
            return finding(kind, payload);
        }
        return other(kind, payload);
    }

private:
    [[nodiscard]] const std::string& language() const { return context_.messages.language(); }

    std::string task(const std::string& kind, const Json& payload) {
        const std::string id = payload.text_or("id", "");
        if (kind == "task_opened") {
            tasks_[id] = payload.text_or("task", "");
        }
        const std::string name = tasks_[id];
        const workflow::TaskDefinition* task = context_.input.workflow.find_task(name);
        if (task == nullptr) {
            return name;
        }
        const std::string outcome = payload.text_or("outcome", "");
        const workflow::Outcome* known = outcome.empty() ? nullptr : task->find_outcome(outcome);
        return join(
            {task->title.in(language()), known == nullptr ? outcome : known->title.in(language())},
            ": ");
    }

    std::string document(const Json& payload) const {
        const std::string id = payload.text_or("id", "");
        const auto known = documents_.find(id);
        const std::string title =
            payload.text_or("title", known == documents_.end() ? id : known->second);
        return join({title.empty() ? payload.text_or("name", id) : title,
                     words(payload, "requirements"),
                     payload.text_or("reason", "")},
                    " · ");
    }

    std::string requirement(const Json& payload) const {
        const Messages& say = context_.messages;
        const std::string number = payload.text_or("requirement", "");
        const std::string answer = payload.text_or("answer", "");
        const std::string verdict = payload.text_or("verdict", "");
        return join({number,
                     answer.empty() ? "" : say.text("answer", answer),
                     verdict.empty() ? "" : say.text("verdict", verdict),
                     payload.text_or("note", "")},
                    " · ");
    }

    std::string finding(const std::string& kind, const Json& payload) const {
        const Messages& say = context_.messages;
        const auto known = findings_.find(payload.text_or("id", ""));
        const std::string grade = payload.text_or("grade", "");
        std::string judgement;
        if (kind == "response_judged") {
            judgement = say.text(payload.bool_or("accepted", false) ? "judgement.accepted"
                                                                    : "judgement.rejected");
        }
        return join({known == findings_.end() ? payload.text_or("requirement", "") : known->second,
                     grade.empty() ? "" : say.text("grade", grade),
                     judgement,
                     payload.text_or("statement", ""),
                     payload.text_or("note", "")},
                    " · ");
    }

    std::string other(const std::string& kind, const Json& payload) const {
        const Messages& say = context_.messages;
        if (kind == "chart_advanced") {
            return context_.state_titles(words(payload, "entered"));
        }
        if (kind == "case_moved") {
            return join({context_.state_titles(words(payload, "from")) + " → " +
                             context_.state_titles(words(payload, "to")),
                         payload.text_or("reason", "")},
                        " · ");
        }
        if (kind == "decision_recorded") {
            return join(
                {say.text("decision", payload.text_or("kind", "")), payload.text_or("reason", "")},
                " · ");
        }
        if (kind == "certificate_acted") {
            const Json* certificate = payload.find("certificate");
            return join({payload.text_or("action", ""),
                         certificate == nullptr ? "" : certificate->text_or("number", "")},
                        " · ");
        }
        if (kind == "charge_made") {
            return join({payload.text_or("title", ""), amount(payload)}, " · ");
        }
        return join({payload.text_or("title", ""),
                     payload.text_or("reason", ""),
                     payload.text_or("message", "")},
                    " · ");
    }

    const Context& context_;
    std::map<std::string, std::string> tasks_;
    std::map<std::string, std::string> documents_;
    std::map<std::string, std::string> findings_;
};

/// True for records that tell people nothing: timers, effects, and runs that entered no state.
bool is_for_the_machine(const Record& record, const Json& payload) {
    return record.kind.starts_with("timer_") || record.kind.starts_with("effect_") ||
           (record.kind == "chart_advanced" && words(payload, "entered").empty());
}

std::vector<Column> timeline_columns(const Messages& say) {
    return {{say.text("timeline.at"), ColumnKind::instant, 16},
            {say.text("timeline.who"), ColumnKind::text, 20},
            {say.text("timeline.organisation"), ColumnKind::text, 26},
            {say.text("timeline.what"), ColumnKind::text, 26},
            {say.text("timeline.details"), ColumnKind::wrapped, 64},
            {say.text("timeline.state"), ColumnKind::wrapped, 34},
            {say.text("timeline.record"), ColumnKind::count, 9}};
}

}  // namespace

Table timeline_table(const Context& context) {
    const Messages& say = context.messages;
    Table table{say.text("timeline.sheet"), timeline_columns(say), {}};
    Teller teller(context);
    std::string states;
    for (const Record& record : context.input.records) {
        const auto parsed = parse_json(record.payload);
        const Json payload = parsed ? *parsed : Json();
        if (record.kind == "chart_advanced") {
            states = payload.text_or("states", states);
        }
        if (is_for_the_machine(record, payload)) {
            continue;
        }
        const Actor& actor = record.actor;
        table.rows.push_back(
            {Value(record.at),
             actor.person.is_none() ? say.text("who.system") : context.person(actor.person),
             context.organisation(actor.organisation),
             say.text("event", record.kind),
             teller.details(record, payload),
             context.state_titles(states),
             Value(record.sequence)});
    }
    return table;
}

}  // namespace guildmark::reports
