#include "engine/scxml/executor.h"

#include <utility>

#include <fmt/format.h>

#include "engine/base/limits.h"
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
    return value ? value_to_text(*value) : "undefined";
}

}  // namespace

void Executor::execute(BlockIndex block) {
    if (block == none || run_.fatal) {
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
    Result<bool> truth = datamodel_.condition(chart_.expressions[expression]);
    if (!truth) {
        run_.raise_error(std::move(truth).error());
        return false;
    }
    return *truth;
}

Result<void> Executor::range(std::uint32_t first, std::uint32_t last) {
    for (std::uint32_t at = first; at < last && !run_.fatal;) {
        const Operation& next = chart_.operations[at];
        run_.count_operation();
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
            run_.enqueue(run_.internal_queue, std::move(event));
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
        run_.count_operation();
        TRY(range(body, operation.second));
        if (run_.fatal) {
            break;
        }
    }
    return {};
}

Result<std::optional<Value>> Executor::parameters(const PayloadRecord& payload) {
    if (payload.content != none) {
        std::optional<Value> value = TRY(datamodel_.evaluate(chart_.expressions[payload.content]));
        if (value) {
            TRY(make_storable(*value));
        }
        return value;
    }
    if (payload.content_value != none) {
        return std::optional<Value>(chart_.values[payload.content_value]);
    }
    if (payload.parameters.empty()) {
        return std::optional<Value>();
    }
    Value data{Value::Object()};
    for (const ParameterRecord& parameter : payload.parameters) {
        std::optional<Value> value =
            TRY(datamodel_.evaluate(chart_.expressions[parameter.expression]));
        if (value) {
            TRY(make_storable(*value));
            data.set(parameter.name, std::move(*value));
        }
    }
    return std::optional<Value>(std::move(data));
}

std::optional<Value> Executor::done_data(std::uint32_t payload) {
    if (payload == none) {
        return std::nullopt;
    }
    const PayloadRecord& record = chart_.payloads[payload];
    if (record.parameters.empty()) {
        Result<std::optional<Value>> content = parameters(record);
        if (!content) {
            run_.raise_error(std::move(content).error());
            return std::nullopt;
        }
        return std::move(content).value();
    }
    std::optional<Value> data;
    for (const ParameterRecord& parameter : record.parameters) {
        PayloadRecord single;
        single.content = parameter.expression;
        Result<std::optional<Value>> value = parameters(single);
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

Result<Event> Executor::event_of(const SendRecord& send) {
    Event event;
    event.name = TRY(text(send.event));
    event.origin = own_location();
    event.origintype = scxml_processor;
    if (send.payload != none) {
        event.data = TRY(parameters(chart_.payloads[send.payload]));
    }
    return event;
}

/// SCXML 6.2. All expressions are evaluated now; only the delivery waits.
Result<void> Executor::send(const SendRecord& send) {
    std::string sendid = send.id;
    if (send.id_location != none) {
        sendid = fmt::format("send.{}", run_.next_sendid++);
        TRY(datamodel_.assign(chart_.expressions[send.id_location],
                              std::optional<Value>(Value(sendid))));
    }
    Result<Event> event = event_of(send);
    Result<void> sent;
    if (event) {
        event->sendid = sendid;
        sent = deliver(send, std::move(event).value());
    } else {
        sent = std::move(event).error();
    }
    if (sent) {
        return {};
    }
    run_.raise_error(std::move(sent).error(), sendid);
    return Error();
}

Result<void> Executor::deliver(const SendRecord& send, Event event) {
    const std::string target = TRY(text(send.target));
    const std::string type = TRY(text(send.type));
    const std::string delay = TRY(text(send.delay));
    std::int64_t delay_ms = 0;
    if (send.delay.is_given()) {
        const auto parsed = parse_delay(delay);
        if (!parsed) {
            return refused("delay_malformed", fmt::format("\"{}\" is no delay", delay));
        }
        delay_ms = *parsed;
    }
    return deliver_to(target, type, delay_ms, std::move(event));
}

Result<void> Executor::deliver_to(const std::string& target,
                                  const std::string& type,
                                  std::int64_t delay_ms,
                                  Event event) {
    const bool is_scxml = type.empty() || type == "scxml" || type == scxml_processor ||
                          type == "http://www.w3.org/TR/scxml";
    if (is_scxml && target == "#_internal") {
        if (delay_ms > 0) {
            return refused("send_target_invalid", "an event to #_internal cannot have a delay");
        }
        event.type = EventType::internal;
        event.origin.clear();
        event.origintype.clear();
        run_.enqueue(run_.internal_queue, std::move(event));
        return {};
    }
    const bool is_own = is_scxml && (target.empty() || target == own_location());
    if (is_own && delay_ms == 0) {
        run_.enqueue(run_.external_queue, std::move(event));
        return {};
    }
    if (is_scxml && !is_own && !target.starts_with("#_")) {
        return refused("send_target_invalid",
                       fmt::format("\"{}\" is no target of the SCXML event processor", target));
    }
    if (is_scxml && delay_ms == 0) {
        return router_.route(target, std::move(event));
    }
    return host_.send({std::move(event),
                       session_->session_id,
                       is_own ? std::string() : target,
                       is_scxml ? std::string() : type,
                       delay_ms});
}

Result<void> Executor::cancel(const Operation& operation) {
    host_.cancel(session_->session_id,
                 TRY(text(TextOrExpression{operation.first, operation.second})));
    return {};
}

}  // namespace guildmark::scxml
