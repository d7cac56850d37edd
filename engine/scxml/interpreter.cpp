#include "engine/scxml/interpreter.h"

#include <utility>

#include "engine/scxml/machine.h"

namespace guildmark::scxml {

struct Interpreter::Parts {
    Machine machine;
};

Interpreter::Interpreter(const Statechart& chart, Host& host, ScriptEngine& scripts)
    : parts_(new Parts{Machine(chart, host, scripts)}) {}

Interpreter::~Interpreter() = default;

Result<RunEnd> Interpreter::start(Session& session) {
    return parts_->machine.start(session);
}

Result<RunEnd> Interpreter::process(Session& session, Event event) {
    return parts_->machine.process(session, std::move(event));
}

Result<RunEnd> Interpreter::deliver(Session& session, Incoming incoming) {
    return parts_->machine.deliver(session, std::move(incoming));
}

Result<RunEnd> Interpreter::move(Session& session, const std::vector<StateIndex>& targets) {
    return parts_->machine.move(session, targets);
}

Result<Value> Interpreter::evaluate(const Session& session, std::string_view expression) {
    return parts_->machine.evaluate(session, expression);
}

}  // namespace guildmark::scxml
