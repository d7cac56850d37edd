// Evaluating <invoke> and <finalize> (SCXML 6.4, 6.5).
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "engine/scxml/executor.h"

namespace guildmark::scxml {
namespace {

/// Reading a document is work, too.
constexpr std::size_t document_bytes_per_operation = 64;

bool is_scxml_service(std::string_view type) {
    return type.empty() || type == "scxml" || type == "http://www.w3.org/TR/scxml/" ||
           type == "http://www.w3.org/TR/scxml";
}

/// The values of parameters that are data of the chart's own (6.4): other names mean nothing to it.
Value values_for(const Statechart::Compiled& chart,
                 const std::vector<std::pair<std::string, Value>>& parameters) {
    Value data{Value::Object()};
    for (const DataRecord& declared : chart.data) {
        const std::string& name = chart.symbols.name(declared.symbol);
        for (const auto& [given, value] : parameters) {
            if (declared.state == 0 && given == name) {
                data.set(name, value);
            }
        }
    }
    return data;
}

}  // namespace

Result<std::string> Executor::invokeid(const InvokeRecord& record) {
    if (!record.id.empty()) {
        return record.id;
    }
    std::string id = fmt::format("{}.{}", chart_.states[record.state].id, run_.next_sendid++);
    if (record.id_location != none) {
        TRY(datamodel_.assign(chart_.expressions[record.id_location],
                              std::optional<Value>(Value(id))));
    }
    return id;
}

/// What is invoked, when the chart does not hold it.
Result<void> Executor::set_chart(const InvokeRecord& record, Invocation& invocation) {
    if (record.source != none) {
        const TextOrExpression source{none, record.source};
        invocation.document = TRY(host_.load(TRY(text(source))));
    } else {
        const ExpressionIndex content = chart_.payloads[record.payload].content;
        invocation.document = TRY(text(TextOrExpression{none, content}));
    }
    run_.count(invocation.document.size() / document_bytes_per_operation);
    invocation.chart = TRY(compile_document(invocation.document));
    return {};
}

Result<Invocation> Executor::invocation(std::uint32_t invoke) {
    const InvokeRecord& record = chart_.invokes[invoke];
    Invocation invocation;
    invocation.invoke = invoke;
    invocation.invokeid = TRY(invokeid(record));
    const std::string type = TRY(text(record.type));
    if (!is_scxml_service(type)) {
        return refused("invoke_type_unsupported", fmt::format("nothing invokes \"{}\"", type));
    }
    const Parameters given = TRY(parameters(chart_.payloads[record.payload]));
    invocation.chart = record.chart;
    if (!invocation.chart) {
        TRY(set_chart(record, invocation));
    }
    if (!given.empty()) {
        invocation.session.data = values_for(invocation.chart->compiled(), given);
    }
    return invocation;
}

void Executor::finalize(const InvokeRecord& invoke, const Event& event) {
    if (invoke.finalize != none) {
        execute(invoke.finalize);
    } else if (invoke.has_finalize) {
        Result<void> assigned = assign_parameters(chart_.payloads[invoke.payload], event);
        if (!assigned) {
            run_.raise_error(std::move(assigned).error());
        }
    }
}

/// An empty <finalize>: what the event brings under a parameter's name goes to its location.
Result<void> Executor::assign_parameters(const PayloadRecord& payload, const Event& event) {
    for (const ParameterRecord& parameter : payload.parameters) {
        const Value* value = event.data ? event.data->find(parameter.name) : nullptr;
        if (parameter.is_location && value != nullptr) {
            TRY(datamodel_.assign(chart_.expressions[parameter.expression],
                                  std::optional<Value>(*value)));
        }
    }
    return {};
}

}  // namespace guildmark::scxml
