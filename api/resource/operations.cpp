#include "api/fields.h"
#include "api/resource/handlers.h"

namespace guildmark::api {
namespace {

/// A command whose body says why, and nothing else.
template <typename Operation>
Result<Command> command_with_reason(Call& call) {
    Fields fields = TRY(Fields::of_body(call));
    Operation operation{fields.text("reason", Need::required)};
    TRY(fields.finish());
    return command_on_case(call, std::move(operation), &workflow::Permission::operate);
}

}  // namespace

Result<Command> pause_case(Call& call) {
    return command_with_reason<PauseCase>(call);
}

Result<Command> resume_case(Call& call) {
    return command_with_reason<ResumeCase>(call);
}

Result<Command> move_case(Call& call) {
    Fields fields = TRY(Fields::of_body(call));
    MoveCase move;
    move.states = fields.texts("states", Need::required, limits::states_per_move_max);
    move.reason = fields.text("reason", Need::required);
    TRY(fields.finish());
    return command_on_case(call, std::move(move), &workflow::Permission::operate);
}

Result<Command> signal_case(Call& call) {
    Fields fields = TRY(Fields::of_body(call));
    SignalCase signal;
    signal.signal = fields.text("signal", Need::required, limits::name_bytes_max);
    signal.values = fields.value("values");
    TRY(fields.finish());
    return command_on_case(call, std::move(signal), &workflow::Permission::operate);
}

}  // namespace guildmark::api
