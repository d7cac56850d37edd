#include "engine/scxml/executor.h"

#include <utility>

#include <fmt/format.h>

#include "engine/base/limits.h"
#include "engine/scxml/content_value.h"
#include "engine/scxml/ecmascript.h"
#include "engine/scxml/reader.h"

namespace guildmark::scxml {
namespace {

/// What executable content of another namespace sees of the datamodel.
class DatamodelScope final : public ExpressionScope {
public:
    explicit DatamodelScope(Datamodel& datamodel) : datamodel_(datamodel) {}

    Result<Value> evaluate(std::string_view expression) override {
        std::optional<Value> value =
            TRY(datamodel_.evaluate(datamodel_.dynamic_expression(expression)));
        return value ? std::move(*value) : Value();
    }

    Result<bool> evaluate_condition(std::string_view expression) override {
        return datamodel_.condition(datamodel_.dynamic_expression(expression));
    }

private:
    Datamodel& datamodel_;
};

std::string text_of(const std::optional<Value>& value) {
    if (!value) {
        return "undefined";
    }
    std::optional<std::string> xml = xml_text(*value);
    return xml ? std::move(*xml) : value_to_text(*value);
}

/// Parameters as a form shows them, for `_event.raw`.
std::string raw_of(const std::vector<std::pair<std::string, Value>>& parameters) {
    std::string raw;
    for (const auto& [name, value] : parameters) {
        raw += fmt::format("{}{}={}", raw.empty() ? "" : "&", name, text_of(value));
    }
    return raw;
}

}  // namespace

void Executor::execute(BlockIndex block) {
    if (block == none || run_.is_stopped()) {
        return;
    }
    if (Result<void> done = range(chart_.blocks[block].first, chart_.blocks[block].last); !done) {
        // <send> has already told of its own errors, with its id.
        if (!done.error().code.empty()) {
            run_.raise_error(std::move(done).error());
        }
    }
}

void Executor::execute_document_script(BlockIndex block) {
    const Operation& operation = chart_.operations[chart_.blocks[block].first];
    if (Result<void> ran = datamodel_.declare(chart_.texts[operation.first]); !ran) {
        run_.raise_error(std::move(ran).error());
    }
}

bool Executor::condition(ExpressionIndex expression) {
    if (expression == none) {
        return true;
    }
    if (run_.is_stopped()) {
        return false;
    }
    Result<bool> truth = datamodel_.condition(chart_.expressions[expression]);
    run_.count(datamodel_.take_cost());
    if (!truth) {
        run_.raise_error(std::move(truth).error());
        return false;
    }
    return *truth;
}

Result<void> Executor::range(std::uint32_t first, std::uint32_t last) {
    for (std::uint32_t at = first; at < last && !run_.is_stopped();) {
        const Operation& next = chart_.operations[at];
        run_.count(1 + datamodel_.take_cost());
        if (next.kind == OperationKind::branch) {
            at = condition(next.first) ? at + 1 : next.second;
        } else if (next.kind == OperationKind::jump) {
            at = next.first;
        } else if (next.kind == OperationKind::foreach) {
            TRY(foreach (next, at + 1));
            at = next.second;
        } else {
            TRY(operation(next));
            ++at;
        }
    }
    return {};
}

Result<void> Executor::operation(const Operation& operation) {
    switch (operation.kind) {
        case OperationKind::raise: {
            Event event;
            event.name = chart_.texts[operation.first];
            event.type = EventType::internal;
            run_.raise(std::move(event));
            return {};
        }
        case OperationKind::log: {
            std::optional<Value> value;
            if (operation.second != none) {
                value = TRY(datamodel_.evaluate(chart_.expressions[operation.second]));
            }
            host_.log(chart_.texts[operation.first], value ? *value : Value());
            return {};
        }
        case OperationKind::assign:
            return assign(operation);
        case OperationKind::script:
            return datamodel_.execute(chart_.texts[operation.first]);
        case OperationKind::send:
            return send(chart_.sends[operation.first]);
        case OperationKind::cancel:
            return cancel(operation);
        case OperationKind::host:
            return host_element(chart_.elements[operation.first]);
        case OperationKind::branch:
        case OperationKind::jump:
        case OperationKind::foreach:
            break;
    }
    return {};
}

Result<void> Executor::assign(const Operation& operation) {
    const Expression& location = chart_.expressions[operation.first];
    if (operation.second != none) {
        return datamodel_.assign(location, chart_.expressions[operation.second]);
    }
    return datamodel_.assign(location, std::optional<Value>(chart_.values[operation.third]));
}

Result<void> Executor::host_element(const XmlElement& element) {
    DatamodelScope scope(datamodel_);
    return host_.execute(element, scope);
}

/// SCXML 4.6. The array is copied, so that what the body does to it changes no iteration.
Result<void> Executor::foreach (const Operation& operation, std::uint32_t body) {
    const LoopRecord& loop = chart_.loops[operation.first];
    const Expression& array = chart_.expressions[loop.array];
    const std::optional<Value> items = TRY(datamodel_.evaluate(array));
    if (!items || !items->is_array()) {
        return refused("foreach_array_invalid", fmt::format("\"{}\" is not an array", array.text));
    }
    if (items->as_array().size() > limits::foreach_items_max) {
        return too_large("foreach_items_too_many",
                         fmt::format("\"{}\" has {} items; at most {} are gone through",
                                     array.text,
                                     items->as_array().size(),
                                     limits::foreach_items_max));
    }
    double index = 0;
    for (const Value& item : items->as_array()) {
        TRY(datamodel_.declare_and_assign(chart_.expressions[loop.item], item));
        if (loop.index != none) {
            TRY(datamodel_.declare_and_assign(chart_.expressions[loop.index], Value(index)));
        }
        index += 1;
        run_.count(1 + datamodel_.take_cost());
        TRY(range(body, operation.second));
        if (run_.is_stopped()) {
            break;
        }
    }
    return {};
}

/// What <content> gives.
Result<std::optional<Value>> Executor::content(const PayloadRecord& payload) {
    if (payload.content == none) {
        return payload.content_value == none ? std::optional<Value>()
                                             : std::optional(chart_.values[payload.content_value]);
    }
    std::optional<Value> value = TRY(datamodel_.evaluate(chart_.expressions[payload.content]));
    if (value) {
        TRY(make_storable(*value));
    }
    return value;
}

/// What namelist and <param> give, names repeated; undefined ones are left out.
Result<Executor::Parameters> Executor::parameters(const PayloadRecord& payload) {
    Parameters parameters;
    for (const ParameterRecord& parameter : payload.parameters) {
        std::optional<Value> value =
            TRY(datamodel_.evaluate(chart_.expressions[parameter.expression]));
        if (value) {
            TRY(make_storable(*value));
            parameters.emplace_back(parameter.name, std::move(*value));
        }
    }
    return parameters;
}

std::optional<Value> Executor::done_data(std::uint32_t payload) {
    if (payload == none) {
        return std::nullopt;
    }
    const PayloadRecord& record = chart_.payloads[payload];
    if (record.parameters.empty()) {
        Result<std::optional<Value>> whole = content(record);
        if (!whole) {
            run_.raise_error(std::move(whole).error());
            return std::nullopt;
        }
        return std::move(whole).value();
    }
    std::optional<Value> data;
    for (const ParameterRecord& parameter : record.parameters) {
        PayloadRecord single;
        single.content = parameter.expression;
        Result<std::optional<Value>> value = content(single);
        if (!value) {
            run_.raise_error(std::move(value).error());
        } else if (*value) {
            data = data ? std::move(data) : Value(Value::Object());
            data->set(parameter.name, std::move(**value));
        }
    }
    return data;
}

Result<std::string> Executor::text(const TextOrExpression& source) {
    if (source.expression == none) {
        return source.text == none ? std::string() : chart_.texts[source.text];
    }
    return text_of(TRY(datamodel_.evaluate(chart_.expressions[source.expression])));
}

Result<Outgoing> Executor::outgoing(const SendRecord& send) {
    Outgoing outgoing;
    outgoing.session_id = session_->session_id;
    outgoing.place = &send.place;
    outgoing.event.name = TRY(text(send.event));
    if (send.payload == none) {
        return outgoing;
    }
    const PayloadRecord& payload = chart_.payloads[send.payload];
    if (payload.parameters.empty()) {
        outgoing.event.data = TRY(content(payload));
        return outgoing;
    }
    outgoing.parameters = TRY(parameters(payload));
    outgoing.event.data = Value(Value::Object());
    for (const auto& [name, value] : outgoing.parameters) {
        outgoing.event.data->set(name, value);
    }
    if (outgoing.event.data->as_object().size() < outgoing.parameters.size()) {
        outgoing.event.raw = raw_of(outgoing.parameters);
    }
    return outgoing;
}

/// SCXML 6.2. All expressions are evaluated now; only the delivery waits.
Result<void> Executor::send(const SendRecord& send) {
    std::string sendid = send.id;
    if (send.id_location != none) {
        sendid = fmt::format("send.{}", run_.next_sendid++);
        TRY(datamodel_.assign(chart_.expressions[send.id_location],
                              std::optional<Value>(Value(sendid))));
    }
    Result<Outgoing> outgoing = this->outgoing(send);
    Result<void> sent;
    if (outgoing) {
        outgoing->event.sendid = sendid;
        sent = deliver(send, std::move(outgoing).value());
    } else {
        sent = std::move(outgoing).error();
    }
    if (sent) {
        return {};
    }
    run_.raise_error(std::move(sent).error(), sendid);
    return Error();
}

Result<void> Executor::deliver(const SendRecord& send, Outgoing outgoing) {
    outgoing.target = TRY(text(send.target));
    const std::string type = TRY(text(send.type));
    const std::string delay = TRY(text(send.delay));
    if (send.delay.is_given()) {
        const auto parsed = parse_delay(delay);
        if (!parsed) {
            return refused("delay_malformed", fmt::format("\"{}\" is no delay", delay));
        }
        outgoing.delay_ms = *parsed;
    }
    if (type.empty() || type == "scxml" || type == scxml_processor ||
        type == "http://www.w3.org/TR/scxml") {
        return deliver_here(std::move(outgoing));
    }
    outgoing.type = type;
    return deliver_by_host(outgoing);
}

/// The SCXML event processor (appendix C.1).
Result<void> Executor::deliver_here(Outgoing outgoing) {
    Event& event = outgoing.event;
    const std::string& target = outgoing.target;
    outgoing.parameters.clear();
    if (target == "#_internal") {
        if (outgoing.delay_ms > 0) {
            return refused("send_target_invalid", "an event to #_internal cannot have a delay");
        }
        event.type = EventType::internal;
        run_.raise(std::move(event));
        return {};
    }
    event.origin = own_location();
    event.origintype = scxml_processor;
    const bool is_own = target.empty() || target == own_location();
    if (is_own && outgoing.delay_ms == 0) {
        return run_.send(std::move(event));
    }
    if (!is_own && !target.starts_with("#_")) {
        return refused("send_target_invalid",
                       fmt::format("\"{}\" is no target of the SCXML event processor", target));
    }
    if (outgoing.delay_ms == 0) {
        return router_.route(target, std::move(event));
    }
    outgoing.target = is_own ? std::string() : target;
    return host_.send(outgoing);
}

Result<void> Executor::deliver_by_host(const Outgoing& outgoing) {
    TRY(host_.send(outgoing));
    for (Incoming& arrived : host_.take_arrived()) {
        Result<void> received =
            router_.route("#_scxml_" + arrived.session_id, std::move(arrived.event));
        // Nobody waits any more for what comes to a session that is over.
        if (!received && received.error().code != "send_target_unknown") {
            return received;
        }
    }
    return {};
}

Result<void> Executor::cancel(const Operation& operation) {
    host_.cancel(session_->session_id,
                 TRY(text(TextOrExpression{operation.first, operation.second})));
    return {};
}

}  // namespace guildmark::scxml
