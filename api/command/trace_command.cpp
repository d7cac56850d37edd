#include "api/command/trace_command.h"

#include <limits>
#include <map>

#include <fmt/format.h>

#include "adapters/store/sqlite/store.h"
#include "engine/base/json.h"
#include "engine/base/limits.h"
#include "engine/runtime/trace.h"

namespace guildmark::command {
namespace {

/// Tells the steps of one case.
class Teller {
public:
    explicit Teller(StoreReader& reader) : reader_(reader) {}

    Result<void> tell(const TraceStep& step) {
        const Record& first = step.records.front();
        print(fmt::format("{}  #{}-{}  {}: {}",
                          first.at.to_text(),
                          first.sequence,
                          step.records.back().sequence,
                          TRY(actor_text(first.actor)),
                          TRY(act_text(first))));
        if (step.caused_by) {
            print(fmt::format("    because of #{}, {}, {}",
                              step.caused_by->sequence,
                              step.caused_by->kind,
                              step.caused_by->at.to_text()));
        }
        if (step.states_before != step.states_after) {
            print(fmt::format("    {} -> {}", step.states_before, step.states_after));
        }
        for (std::size_t index = 1; index < step.records.size(); ++index) {
            const std::string line = TRY(consequence_text(step.records[index]));
            if (!line.empty()) {
                print("    " + line);
            }
        }
        for (const TraceLink& link : step.led_to) {
            print(
                fmt::format("    led to #{}, {}, {}", link.sequence, link.kind, link.at.to_text()));
        }
        return {};
    }

private:
    Result<Value> payload_of(const Record& record) const {
        auto payload = parse_json(record.payload, 4 * limits::session_data_bytes_max);
        if (!payload) {
            return corrupted("event_malformed", payload.error().message, record.kind);
        }
        return payload;
    }

    Result<std::string> actor_text(const Actor& actor) {
        if (actor.is_system()) {
            return std::string("the system");
        }
        const auto member = TRY(reader_.find_member(actor.organisation, actor.person));
        return fmt::format("{} ({})", member ? member->name : actor.person.to_text(), actor.role);
    }

    /// A task by the name of its definition.
    std::string task_text(const Value& payload) {
        const std::string id = payload.text_or("id", "");
        if (const std::string name = payload.text_or("task", ""); !name.empty()) {
            tasks_.insert_or_assign(id, name);
        }
        return task_of(id);
    }

    std::string task_of(const std::string& id) const {
        const auto found = tasks_.find(id);
        return found == tasks_.end() ? id : found->second;
    }

    /// What somebody did.
    Result<std::string> act_text(const Record& record) {
        const Value payload = TRY(payload_of(record));
        std::string text = record.kind;
        if (record.kind == "task_completed") {
            text += fmt::format(" {}, {}", task_text(payload), payload.text_or("outcome", ""));
        }
        for (const char* member : {"title", "signal", "reason", "code", "message", "requirement"}) {
            if (const std::string value = payload.text_or(member, ""); !value.empty()) {
                text += fmt::format(" \"{}\"", value);
            }
        }
        return text;
    }

    /// What followed; nothing for the chart's own records, whose states are told.
    Result<std::string> consequence_text(const Record& record) {
        const Value payload = TRY(payload_of(record));
        const auto text = [&payload](const char* name) { return payload.text_or(name, ""); };
        const std::string& kind = record.kind;
        if (kind == "chart_advanced") {
            return std::string();
        }
        if (kind == "task_opened") {
            const std::string due = text("due");
            return fmt::format("task {} opened for {}{}",
                               task_text(payload),
                               text("role"),
                               due.empty() ? "" : ", due " + due);
        }
        if (kind == "task_withdrawn") {
            return fmt::format("task {} withdrawn", task_text(payload));
        }
        if (kind == "timer_set") {
            const std::string event = text("event");
            return fmt::format("timer {} set for {}",
                               event.empty() ? "of task " + task_of(text("task")) : event,
                               text("due"));
        }
        if (kind == "decision_recorded" || kind == "effect_requested") {
            return fmt::format("{} {}", kind, text("kind"));
        }
        if (kind == "incident_opened") {
            return fmt::format("incident {}: {}", text("code"), text("message"));
        }
        if (kind == "charge_made") {
            return fmt::format("charge {}", text("charge"));
        }
        return kind == "certificate_acted" ? fmt::format("certificate: {}", text("action")) : kind;
    }

    StoreReader& reader_;
    std::map<std::string, std::string> tasks_;  ///< Definitions by id.
};

Value link_value(const TraceLink& link) {
    Value value;
    value.set("sequence", Value(link.sequence));
    value.set("kind", link.kind);
    value.set("at", link.at.to_text());
    return value;
}

void print_step_json(const TraceStep& step) {
    const Record& first = step.records.front();
    Value::Array records;
    for (const Record& record : step.records) {
        Value one;
        one.set("sequence", Value(record.sequence));
        one.set("kind", record.kind);
        records.push_back(std::move(one));
    }
    Value::Array led_to;
    for (const TraceLink& link : step.led_to) {
        led_to.push_back(link_value(link));
    }
    Value value;
    value.set("sequence", Value(first.sequence));
    value.set("last", Value(step.records.back().sequence));
    value.set("at", first.at.to_text());
    value.set("kind", first.kind);
    value.set("person", first.actor.person.to_text());
    value.set("organisation", first.actor.organisation.to_text());
    value.set("role", first.actor.role);
    value.set("before", step.states_before);
    value.set("after", step.states_after);
    value.set("caused_by", step.caused_by ? link_value(*step.caused_by) : Value());
    value.set("led_to", Value(std::move(led_to)));
    value.set("records", Value(std::move(records)));
    print_json(value);
}

Result<void> trace(const TraceArguments& arguments) {
    const auto id = CaseId::parse(arguments.case_id);
    if (!id) {
        return malformed("id_malformed", "a case's id has 13 letters and digits", "case");
    }
    SqliteOptions options;
    options.access = StoreAccess::read;
    const auto store = TRY(SqliteStore::open(TRY(find_journal(arguments.data_folder)), options));
    const auto reader = TRY(store->open_reader());
    if (!TRY(reader->find_case(*id))) {
        return not_found("case_not_found", "there is no such case", arguments.case_id);
    }
    const TracePage all =
        TRY(read_trace(*reader, stream_of(*id), 0, std::numeric_limits<std::size_t>::max()));
    Teller teller(*reader);
    for (const TraceStep& step : all.steps) {
        if (arguments.output == Output::json) {
            print_step_json(step);
        } else {
            TRY(teller.tell(step));
        }
    }
    return {};
}

}  // namespace

int run_trace(const TraceArguments& arguments) {
    const auto traced = trace(arguments);
    return traced ? exit_done : report_error(traced.error(), arguments.output);
}

}  // namespace guildmark::command
