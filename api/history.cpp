#include "api/history.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "api/text.h"
#include "api/wording.h"
#include "engine/base/json.h"

namespace guildmark::api {
namespace {

/// What the sentences about one record are made of.
struct Story {
    Call& call;
    const CaseView& view;
    const Value& data;

    [[nodiscard]] std::string text(std::string_view name) const { return data.text_or(name, ""); }
};

using Values = Value::Object;
using Tell = Result<Values> (*)(const Story&);

Result<Values> tell_title(const Story& story) {
    const std::string title = story.text("title");
    return Values{{"title", title.empty() ? story.text("name") : title}};
}

/// Titles of the states that the record lists as `member`; of those without, their ids.
Value::Array state_titles(const Story& story, std::string_view member) {
    Value::Array titles;
    const Value* ids = story.data.find(member);
    for (const Value& id : ids != nullptr ? ids->as_array() : Value::Array()) {
        const auto state = story.view.workflow->chart->find_state(id.as_text());
        titles.emplace_back(state ? state_title(story.call.languages, *story.view.workflow, *state)
                                  : id.as_text());
    }
    return titles;
}

/// The states that have titles; states without serve the chart alone, unless none has one.
Result<Values> tell_states(const Story& story) {
    const Value* entered = story.data.find("entered");
    const Value::Array ids = entered != nullptr ? entered->as_array() : Value::Array();
    Value::Array all = state_titles(story, "entered");
    Value::Array titled;
    for (std::size_t index = 0; index < ids.size(); ++index) {
        if (all[index] != ids[index]) {
            titled.push_back(all[index]);
        }
    }
    return Values{{"states", titled.empty() ? std::move(all) : std::move(titled)}};
}

/// The task's title; a record that only has the task's id is completed from its row.
Result<Values> tell_task(const Story& story) {
    std::string name = story.text("task");
    const auto id = TaskId::parse(name.empty() ? story.text("id") : name);
    if (id) {
        const auto row = TRY(story.call.reader.find_task(*id));
        name = row ? row->task : std::string();
    }
    const workflow::TaskDefinition* task = story.view.workflow->find_task(name);
    if (task == nullptr) {
        return Values{{"task", name}};
    }
    Values values{{"task", story.call.text(task->title)}};
    if (const workflow::Outcome* outcome = task->find_outcome(story.text("outcome"))) {
        values.emplace_back("outcome", story.call.text(outcome->title));
    }
    return values;
}

Result<Values> tell_answer(const Story& story) {
    return Values{{"requirement", story.text("requirement")}, {"answer", story.text("answer")}};
}

Result<Values> tell_verdict(const Story& story) {
    return Values{{"requirement", story.text("requirement")}, {"verdict", story.text("verdict")}};
}

Result<Values> tell_finding(const Story& story) {
    return Values{{"number", static_cast<std::int64_t>(story.data.number_or("number", 0))},
                  {"grade", story.text("grade")},
                  {"requirement", story.text("requirement")}};
}

Result<Values> tell_judgement(const Story& story) {
    return Values{{"judgement", story.data.bool_or("accepted", false) ? "accepted" : "rejected"}};
}

Result<Values> tell_decision(const Story& story) {
    return Values{{"decision", story.text("kind")}};
}

Result<Values> tell_certificate(const Story& story) {
    const Value* certificate = story.data.find("certificate");
    return Values{{"number", certificate == nullptr ? "" : certificate->text_or("number", "")},
                  {"action", story.text("action")}};
}

Result<Values> tell_charge(const Story& story) {
    const auto amount = static_cast<std::int64_t>(story.data.number_or("amount_minor", 0));
    return Values{{"title",
                   charge_title(*story.view.workflow,
                                story.text("charge"),
                                story.text("title"),
                                story.call.languages)},
                  {"amount", money_text(amount, story.text("currency"))}};
}

Result<Values> tell_refusal(const Story& story) {
    const Error refusal = refused(story.text("code"), story.text("message"), story.text("subject"));
    Values values = refusal_values(*story.view.workflow, refusal, story.call.languages);
    values.emplace_back("code", refusal.code);
    values.emplace_back("message", refusal.message);
    return values;
}

Result<Values> tell_reason(const Story& story) {
    return Values{{"reason", story.text("reason")}};
}

Result<Values> tell_move(const Story& story) {
    return Values{{"from", state_titles(story, "from")},
                  {"to", state_titles(story, "to")},
                  {"reason", story.text("reason")}};
}

Result<Values> tell_incident(const Story& story) {
    return Values{{"where", story.text("where")},
                  {"code", story.text("code")},
                  {"message", story.text("message")}};
}

Result<Values> tell_resolution(const Story& story) {
    return Values{{"resolution", story.text("resolution")}, {"reason", story.text("reason")}};
}

Result<Values> tell_signal(const Story& story) {
    const workflow::Signal* signal = story.view.workflow->find_signal(story.text("signal"));
    return Values{
        {"signal", signal != nullptr ? story.call.text(signal->title) : story.text("signal")}};
}

/// By their titles.
Result<Values> tell_search_values(const Story& story) {
    const Value* values = story.data.find("values");
    Value::Array told;
    for (const workflow::SearchValue& one : story.view.workflow->search_values) {
        const Value* value = values != nullptr ? values->find(one.id) : nullptr;
        if (value != nullptr && value->is_text()) {
            told.emplace_back(fmt::format(
                "{}: {}", story.call.text(story.view.workflow->title_of(one)), value->as_text()));
        }
    }
    return Values{{"values", std::move(told)}};
}

Result<Values> tell_nothing(const Story& /*story*/) {
    return Values();
}

struct Phrase {
    std::string_view kind;
    std::string_view words;
    Tell tell;
    std::string_view between = ": ";  ///< Between its values in the English sentence.
};

constexpr std::array phrases{
    Phrase{"case_opened", "Case opened", tell_title},
    Phrase{"chart_advanced", "Moved on", tell_states},
    Phrase{"task_opened", "Task opened", tell_task},
    Phrase{"task_completed", "Task completed", tell_task},
    Phrase{"task_withdrawn", "Task withdrawn", tell_task},
    Phrase{"timer_set", "Deadline set", tell_task},
    Phrase{"timer_cancelled", "Deadline lifted", tell_nothing},
    Phrase{"timer_fired", "Deadline passed", tell_nothing},
    Phrase{"evidence_added", "Document added", tell_title},
    Phrase{"evidence_matched", "Document matched to requirements", tell_nothing},
    Phrase{"evidence_withdrawn", "Document withdrawn", tell_nothing},
    Phrase{"requirement_answered", "Requirement answered", tell_answer},
    Phrase{"requirement_assessed", "Requirement assessed", tell_verdict},
    Phrase{"finding_raised", "Finding raised", tell_finding, ", "},
    Phrase{"finding_responded", "Response to a finding", tell_nothing},
    Phrase{"response_judged", "Response to a finding judged", tell_judgement},
    Phrase{"finding_verified", "Finding verified", tell_nothing},
    Phrase{"finding_regraded", "Finding became a major one", tell_nothing},
    Phrase{"round_began", "A new audit began", tell_nothing},
    Phrase{"decision_recorded", "Decision", tell_decision},
    Phrase{"certificate_acted", "Certificate", tell_certificate},
    Phrase{"charge_made", "Charge", tell_charge, ", "},
    Phrase{"effect_requested", "Message to be sent", tell_nothing},
    Phrase{"effect_closed", "Message handled", tell_nothing},
    Phrase{"case_paused", "Case paused", tell_reason},
    Phrase{"case_resumed", "Case resumed", tell_reason},
    Phrase{"case_moved", "Moved by hand", tell_move, "; "},
    Phrase{"case_migrated", "New version of the scheme", tell_reason},
    Phrase{"signal_received", "Signal", tell_signal},
    Phrase{"search_values_changed", "Found by", tell_search_values, ", "},
    Phrase{"incident_opened", "Incident", tell_incident},
    Phrase{"incident_resolved", "Incident resolved", tell_resolution},
    Phrase{"command_rejected", "Refused", tell_refusal},
};

/// What happened in English words, and the values for a sentence in another language.
struct Told {
    std::string text;
    Values values;
};

std::string text_of(const Value& value) {
    if (!value.is_array()) {
        return value.is_text() ? value.as_text() : to_json(value);
    }
    std::string texts;
    for (const Value& item : value.as_array()) {
        texts += (texts.empty() ? "" : ", ") + item.as_text();
    }
    return texts;
}

Result<Told> tell(const Story& story, const std::string& kind) {
    const auto* const phrase = std::find_if(
        phrases.begin(), phrases.end(), [&](const Phrase& entry) { return entry.kind == kind; });
    if (phrase == phrases.end()) {
        return Told{kind, {}};
    }
    Told told{std::string(phrase->words), {}};
    told.values = TRY(phrase->tell(story));
    std::string_view separator = ": ";
    for (const auto& [name, value] : told.values) {
        const bool is_repeated = kind == "command_rejected" && name != "message";
        if (const std::string part = text_of(value); !part.empty() && !is_repeated) {
            told.text.append(separator).append(part);
            separator = phrase->between;
        }
    }
    return told;
}

/// Without the chart's variables and the text of messages: they are not for every party.
Value shown(const Value& data) {
    Value value{Value::Object()};
    for (const auto& [name, member] : data.is_object() ? data.as_object() : Value::Object()) {
        if (name != "session" && name != "log" && name != "payload" && name != "retry") {
            value.set(name, member);
        }
    }
    return value;
}

Result<Value> actor_value(Call& call, const CaseView& view, const Actor& actor) {
    const workflow::Role* role = view.workflow->find_role(actor.role);
    Value person = TRY(call.names.person(call.reader, actor.person, view.summary.parties));
    Value organisation;
    if (!actor.organisation.is_none()) {
        organisation = TRY(call.names.organisation(call.reader, actor.organisation));
    }
    return Value(
        Value::Object{{"person", std::move(person)},
                      {"organisation", std::move(organisation)},
                      {"role", actor.role},
                      {"role_title", role != nullptr ? call.text(role->title) : actor.role}});
}

}  // namespace

Result<Value> history_item(Call& call, const CaseView& view, const Record& record) {
    auto data = parse_json(record.payload, limits::session_data_bytes_max * 2);
    if (!data) {
        return corrupted("event_malformed",
                         "a record's content cannot be read: " + data.error().message,
                         fmt::format("{}/{}", record.stream.to_text(), record.sequence));
    }
    Told told = TRY(tell(Story{call, view, *data}, record.kind));
    Value actor = TRY(actor_value(call, view, record.actor));
    return Value(Value::Object{{"sequence", record.sequence},
                               {"at", record.at.to_text()},
                               {"kind", record.kind},
                               {"text", std::move(told.text)},
                               {"values", std::move(told.values)},
                               {"actor", std::move(actor)},
                               {"data", shown(*data)},
                               {"hash", record.hash.to_text()}});
}

Result<Value> trace_item(Call& call, const CaseView& view, const TraceStep& step) {
    const auto states_value = [&](const std::string& states) {
        Value::Array values;
        for (const std::string& id : split(states, ' ')) {
            const auto state = view.workflow->chart->find_state(id);
            values.push_back(
                titled(id, state ? state_title(call.languages, *view.workflow, *state) : id));
        }
        return Value(std::move(values));
    };
    const auto link_value = [](const TraceLink& link) {
        return Value(Value::Object{
            {"sequence", link.sequence}, {"kind", link.kind}, {"at", link.at.to_text()}});
    };
    Value::Array records;
    for (const Record& record : step.records) {
        records.push_back(TRY(history_item(call, view, record)));
    }
    Value::Array led_to;
    for (const TraceLink& link : step.led_to) {
        led_to.push_back(link_value(link));
    }
    const Record& first = step.records.front();
    Value actor = TRY(actor_value(call, view, first.actor));
    return Value(
        Value::Object{{"sequence", first.sequence},
                      {"last", step.records.back().sequence},
                      {"at", first.at.to_text()},
                      {"kind", first.kind},
                      {"actor", std::move(actor)},
                      {"before", states_value(step.states_before)},
                      {"after", states_value(step.states_after)},
                      {"caused_by", step.caused_by ? link_value(*step.caused_by) : Value()},
                      {"led_to", Value(std::move(led_to))},
                      {"records", Value(std::move(records))}});
}

}  // namespace guildmark::api
