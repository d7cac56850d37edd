// Invariants: a case of which the caller's organisation is no party is told as one that is not
// there; the order in which cases are told is that in which they were named.
#include "api/batch.h"

#include <algorithm>
#include <latch>

#include <fmt/format.h>

#include "api/encode.h"
#include "api/language.h"
#include "api/wording.h"
#include "engine/base/json.h"
#include "engine/runtime/aggregates.h"

namespace guildmark::api {
namespace {

/// As many commands wait for the engine at once: others come between.
constexpr std::size_t commands_at_once = 32;

Request head_of(const Request& request) {
    return Request{request.method, request.path, request.query, request.headers, {}};
}

Value texts_value(const std::vector<std::string>& texts) {
    Value::Array values(texts.begin(), texts.end());
    return Value(std::move(values));
}

}  // namespace

BatchOrder order_of(Fields& fields) {
    BatchOrder order;
    order.act = fields.choice<BatchAct>("action");
    switch (order.act) {
        case BatchAct::signal:
            order.signal = fields.text("signal", Need::required, limits::name_bytes_max);
            order.values = fields.value("values");
            break;
        case BatchAct::move:
            order.to = fields.texts("to", Need::required, limits::states_per_move_max);
            order.reason = fields.text("reason", Need::required);
            break;
        case BatchAct::pause:
        case BatchAct::resume:
        case BatchAct::skip:
            order.reason = fields.text("reason", Need::required);
            break;
        case BatchAct::retry:
            break;
    }
    return order;
}

std::string digest_of(const BatchOrder& order,
                      const std::vector<BatchCase>& cases,
                      const Caller& caller) {
    Value::Array seen;
    for (const BatchCase& one : cases) {
        seen.emplace_back(
            fmt::format("{}/{}/{}", one.id.to_text(), one.sequence, one.incident.to_text()));
    }
    Value value;
    value.set("person", caller.person.to_text());
    value.set("organisation", caller.organisation.to_text());
    value.set("action", to_name(order.act));
    value.set("signal", order.signal);
    value.set("values", order.values);
    value.set("to", texts_value(order.to));
    value.set("reason", order.reason);
    value.set("cases", Value(std::move(seen)));
    return sha256(to_json(value)).to_text();
}

/// One case on its way: what was asked for it and what it was answered.
struct BatchWork::Prepared {
    BatchCase seen;
    rows::Case row;  ///< Of a case that the caller may not see: nothing.
    std::shared_ptr<const workflow::Workflow> workflow;
    Submission submission;
    Result<Answer> answer = Answer{};
};

BatchWork::BatchWork(const Call& call, BatchOrder order)
    : host_(call.services.host),
      library_(call.services.library),
      request_(head_of(call.request)),
      languages_(call.languages),
      caller_(call.caller),
      order_(std::move(order)) {}

CaseCommand BatchWork::command(IncidentId incident) const {
    switch (order_.act) {
        case BatchAct::signal:
            return SignalCase{order_.signal, order_.values};
        case BatchAct::pause:
            return PauseCase{order_.reason};
        case BatchAct::resume:
            return ResumeCase{order_.reason};
        case BatchAct::move:
            return MoveCase{order_.to, order_.reason};
        case BatchAct::retry:
            return RetryIncident{incident};
        case BatchAct::skip:
            return SkipIncident{incident, order_.reason};
    }
    ENSURE(false, "a BatchAct outside its enumeration");
}

Result<IncidentId> BatchWork::oldest_incident(StoreReader& reader, CaseId id) const {
    if (order_.act != BatchAct::retry && order_.act != BatchAct::skip) {
        return IncidentId();
    }
    IncidentFilter filter;
    filter.case_id = id;
    filter.status = rows::IncidentStatus::open;
    const auto page = TRY(reader.incidents(filter, {"", 1}));
    return page.items.empty() ? IncidentId() : page.items.front().id;
}

Result<BatchWork::Prepared> BatchWork::prepare(StoreReader& reader,
                                               const BatchCase& one,
                                               Library& library) const {
    Prepared prepared;
    prepared.seen = one;
    auto row = TRY(reader.find_case(one.id));
    const bool is_party =
        row && std::ranges::find(row->parties, caller_->organisation, &rows::Party::organisation) !=
                   row->parties.end();
    if (!is_party) {
        prepared.answer = not_found("case_not_found",
                                    "there is no such case, or your organisation is no party of it",
                                    one.id.to_text());
        return prepared;
    }
    prepared.row = *std::move(row);
    prepared.workflow = TRY(find_version(reader, library, prepared.row.workflow_version));
    const auto open_tasks = [&]() -> Result<std::vector<rows::Task>> {
        TaskFilter filter;
        filter.case_id = one.id;
        filter.organisation = caller_->organisation;
        filter.status = rows::TaskStatus::open;
        return TRY(reader.tasks(filter, {"", limits::page_size_max})).items;
    };
    const CaseRoles roles{*prepared.workflow, prepared.row, open_tasks};
    const auto actor = actor_of_case(*caller_, request_, roles, &workflow::Permission::operate);
    if (!actor) {
        prepared.answer = actor.error();
        return prepared;
    }
    prepared.submission.actor = *actor;
    prepared.submission.stream = stream_of(one.id);
    prepared.submission.command = command(one.incident);
    return prepared;
}

void BatchWork::run(std::vector<Prepared>& portion) const {
    std::vector<Prepared*> waiting;
    for (Prepared& one : portion) {
        if (one.answer) {
            waiting.push_back(&one);
        }
    }
    for (std::size_t begin = 0; begin < waiting.size(); begin += commands_at_once) {
        const std::size_t count = std::min(commands_at_once, waiting.size() - begin);
        std::latch answered(static_cast<std::ptrdiff_t>(count));
        for (std::size_t index = begin; index < begin + count; ++index) {
            Prepared& one = *waiting[index];
            host_.submit(one.submission, [&one, &answered](const Result<Answer>& answer) {
                one.answer = answer;
                answered.count_down();
            });
        }
        answered.wait();
    }
}

void BatchWork::explain(const Prepared& one, Value& value) const {
    if (one.answer) {
        return;
    }
    const Error& error = one.answer.error();
    value.set("code", error.code);
    value.set("message", error.message);
    value.set("values",
              one.workflow ? Value(refusal_values(*one.workflow, error, languages_))
                           : Value(Value::Object()));
}

Value BatchWork::previewed(const Prepared& one) const {
    Value value(Value::Object{
        {"case", titled(one.seen.id.to_text(), one.row.title)},
        {"sequence", one.seen.sequence},
        {"incident", one.seen.incident.is_none() ? Value() : Value(one.seen.incident.to_text())},
        {"accepted", one.answer.has_value()}});
    explain(one, value);
    if (!one.answer || !one.answer->foreseen) {
        return value;
    }
    const Foreseen& foreseen = *one.answer->foreseen;
    Value::Array tasks;
    for (const std::string& id : foreseen.tasks) {
        const workflow::TaskDefinition* task = one.workflow->find_task(id);
        tasks.push_back(titled(id, task == nullptr ? id : text_in(task->title, languages_)));
    }
    value.set("states", Value(state_values(languages_, *one.workflow, foreseen.states)));
    value.set("tasks", Value(std::move(tasks)));
    value.set("finished", foreseen.finished);
    value.set("paused", foreseen.paused);
    return value;
}

Result<Response> BatchWork::preview(StoreReader& reader,
                                    const std::vector<CaseId>& ids,
                                    const std::string& next) const {
    Library library(library_);
    std::vector<Prepared> portion;
    for (const CaseId id : ids) {
        const IncidentId incident = TRY(oldest_incident(reader, id));
        const BatchCase seen{id, 0, incident};
        Prepared one = TRY(prepare(reader, seen, library));
        portion.push_back(std::move(one));
        portion.back().submission.purpose = Purpose::preview;
    }
    run(portion);
    Value::Array items;
    std::vector<BatchCase> accepted;
    for (Prepared& one : portion) {
        one.seen.sequence = one.answer ? one.answer->sequence : one.row.sequence;
        items.push_back(previewed(one));
        if (one.answer) {
            accepted.push_back(one.seen);
        }
    }
    Value value = page_value(std::move(items), next);
    value.set("accepted", Value(std::uint64_t{accepted.size()}));
    value.set("refused", Value(std::uint64_t{portion.size() - accepted.size()}));
    value.set("digest", digest_of(order_, accepted, *caller_));
    return json_response(value);
}

Value BatchWork::reported(const Prepared& one) const {
    std::string_view outcome = "done";
    if (one.answer) {
        outcome = one.answer->repeated ? "repeated" : "done";
    } else if (one.answer.error().code == "precondition_failed") {
        outcome = "changed";
    } else {
        outcome = one.answer.error().retry == Retry::never ? "refused" : "failed";
    }
    Value value(Value::Object{{"case", titled(one.seen.id.to_text(), one.row.title)},
                              {"outcome", outcome},
                              {"sequence", one.answer ? Value(one.answer->sequence) : Value()}});
    explain(one, value);
    return value;
}

Result<Response> BatchWork::carry_out(StoreReader& reader,
                                      const std::string& batch,
                                      const std::vector<BatchCase>& cases,
                                      Changed changed) const {
    Library library(library_);
    std::vector<Prepared> portion;
    for (const BatchCase& one : cases) {
        Prepared prepared = TRY(prepare(reader, one, library));
        portion.push_back(std::move(prepared));
        Submission& submission = portion.back().submission;
        submission.idempotency_key = fmt::format("batch/{}/{}", batch, one.id.to_text());
        if (changed == Changed::leave) {
            submission.expected_sequence = one.sequence;
        }
    }
    run(portion);
    Value::Array items;
    for (const Prepared& one : portion) {
        items.push_back(reported(one));
    }
    return json_response(Value::Object{{"items", std::move(items)}});
}

}  // namespace guildmark::api
