#include "api/history.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "api/text.h"
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

using Subject = Result<std::string> (*)(const Story&);

Result<std::string> subject_title(const Story& story) {
    const std::string title = story.text("title");
    return title.empty() ? story.text("name") : title;
}

Result<std::string> subject_states(const Story& story) {
    std::string titles;
    const Value* entered = story.data.find("entered");
    for (const Value& id : entered != nullptr ? entered->as_array() : Value::Array()) {
        const auto state = story.view.workflow->chart->find_state(id.as_text());
        titles += titles.empty() ? "" : ", ";
        titles += state ? state_title(story.call, *story.view.workflow, *state) : id.as_text();
    }
    return titles;
}

/// The task's title; a record that only has the task's id is completed from its row.
Result<std::string> subject_task(const Story& story) {
    std::string name = story.text("task");
    const auto id = TaskId::parse(name.empty() ? story.text("id") : name);
    if (id) {
        const auto row = TRY(story.call.reader.find_task(*id));
        name = row ? row->task : std::string();
    }
    const workflow::TaskDefinition* task = story.view.workflow->find_task(name);
    if (task == nullptr) {
        return name;
    }
    const workflow::Outcome* outcome = task->find_outcome(story.text("outcome"));
    const std::string title = story.call.text(task->title);
    return outcome == nullptr ? title : title + ": " + story.call.text(outcome->title);
}

Result<std::string> subject_answer(const Story& story) {
    return story.text("requirement") + ": " + story.text("answer") + story.text("verdict");
}

Result<std::string> subject_finding(const Story& story) {
    return fmt::format("{} ({}), {}",
                       story.data.number_or("number", 0),
                       story.text("grade"),
                       story.text("requirement"));
}

Result<std::string> subject_judgement(const Story& story) {
    return std::string(story.data.bool_or("accepted", false) ? "accepted" : "rejected");
}

Result<std::string> subject_kind(const Story& story) {
    return story.text("kind");
}

Result<std::string> subject_certificate(const Story& story) {
    const Value* certificate = story.data.find("certificate");
    const std::string number = certificate == nullptr ? "" : certificate->text_or("number", "");
    return number + ": " + story.text("action");
}

Result<std::string> subject_charge(const Story& story) {
    const auto amount = static_cast<std::int64_t>(story.data.number_or("amount_minor", 0));
    return story.text("title") + ", " + money_text(amount, story.text("currency"));
}

Result<std::string> subject_message(const Story& story) {
    return story.text("message");
}

Result<std::string> subject_none(const Story&) {
    return std::string();
}

struct Phrase {
    std::string_view kind;
    std::string_view words;
    Subject subject;
};

constexpr std::array phrases{
    Phrase{"case_opened", "Case opened", subject_title},
    Phrase{"chart_advanced", "Moved on", subject_states},
    Phrase{"task_opened", "Task opened", subject_task},
    Phrase{"task_completed", "Task completed", subject_task},
    Phrase{"task_withdrawn", "Task withdrawn", subject_task},
    Phrase{"timer_set", "Deadline set", subject_task},
    Phrase{"timer_cancelled", "Deadline lifted", subject_none},
    Phrase{"timer_fired", "Deadline passed", subject_none},
    Phrase{"evidence_added", "Document added", subject_title},
    Phrase{"evidence_matched", "Document matched to requirements", subject_none},
    Phrase{"evidence_withdrawn", "Document withdrawn", subject_none},
    Phrase{"requirement_answered", "Requirement answered", subject_answer},
    Phrase{"requirement_assessed", "Requirement assessed", subject_answer},
    Phrase{"finding_raised", "Finding raised", subject_finding},
    Phrase{"finding_responded", "Response to a finding", subject_none},
    Phrase{"response_judged", "Response to a finding judged", subject_judgement},
    Phrase{"finding_verified", "Finding verified", subject_none},
    Phrase{"decision_recorded", "Decision", subject_kind},
    Phrase{"certificate_acted", "Certificate", subject_certificate},
    Phrase{"charge_made", "Charge", subject_charge},
    Phrase{"effect_requested", "Message to be sent", subject_none},
    Phrase{"effect_closed", "Message handled", subject_none},
    Phrase{"command_rejected", "Refused", subject_message},
};

Result<std::string> sentence(const Story& story, const std::string& kind) {
    const auto* const phrase = std::find_if(
        phrases.begin(), phrases.end(), [&](const Phrase& entry) { return entry.kind == kind; });
    if (phrase == phrases.end()) {
        return kind;
    }
    const std::string subject = TRY(phrase->subject(story));
    return subject.empty() ? std::string(phrase->words)
                           : fmt::format("{}: {}", phrase->words, subject);
}

/// Without the chart's variables and the text of messages: they are not for every party.
Value shown(const Value& data) {
    Value value{Value::Object()};
    for (const auto& [name, member] : data.is_object() ? data.as_object() : Value::Object()) {
        if (name != "session" && name != "log" && name != "payload") {
            value.set(name, member);
        }
    }
    return value;
}

Result<Value> actor_value(Call& call, const CaseView& view, const Actor& actor) {
    const workflow::Role* role = view.workflow->find_role(actor.role);
    return Value(Value::Object{
        {"person", TRY(call.names.person(call.reader, actor.person, view.summary.parties))},
        {"organisation",
         actor.organisation.is_none()
             ? Value()
             : TRY(call.names.organisation(call.reader, actor.organisation))},
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
    const Story story{call, view, *data};
    return Value(Value::Object{{"sequence", record.sequence},
                               {"at", record.at.to_text()},
                               {"kind", record.kind},
                               {"text", TRY(sentence(story, record.kind))},
                               {"actor", TRY(actor_value(call, view, record.actor))},
                               {"data", shown(*data)},
                               {"hash", record.hash.to_text()}});
}

}  // namespace guildmark::api
