// Sessions that invoke others (SCXML 6.4), and events between them (appendix C.1).
#include <utility>

#include <fmt/format.h>

#include "engine/scxml/machine.h"

namespace guildmark::scxml {

std::string Machine::new_session_id() {
    return fmt::format("{}.{}", session_->session_id, run_.next_sendid++);
}

Machine& Machine::root() {
    return parent_ == nullptr ? *this : parent_->root();
}

void Machine::fail(Error error) {
    if (!run_.fatal) {
        run_.fatal = std::move(error);
    }
}

Result<RunEnd> Machine::resume(Session& session) {
    begin(session);
    running_ = true;
    main_event_loop();
    return end(session);
}

Result<void> Machine::stop(Session& session) {
    begin(session);
    is_stopped_ = true;
    running_ = false;
    exit_interpreter();
    TRY(end(session));
    return {};
}

Result<RunEnd> Machine::deliver(Session& session, Incoming incoming) {
    const std::string sender =
        incoming.session_id.empty() ? session.session_id : std::move(incoming.session_id);
    const bool is_to_itself = incoming.target.empty() && sender == session.session_id;
    if (is_to_itself || !session.running) {
        return process(session, std::move(incoming.event));
    }
    if (find_session(session, sender) == nullptr) {
        return RunEnd::stable;
    }
    const std::optional<Destination> to = find_destination(session, sender, incoming.target);
    begin(session);
    running_ = true;
    if (to) {
        if (!to->invokeid.empty()) {
            incoming.event.invokeid = to->invokeid;
        }
        Result<bool> received = receive(to->session_id, incoming.event);
        if (!received) {
            run_.raise_error(std::move(received).error(), incoming.event.sendid);
        }
    } else if (sender == session.session_id) {
        run_.raise_error(unknown_target(incoming.target), incoming.event.sendid);
    }
    main_event_loop();
    return end(session);
}

Error Machine::unknown_target(std::string_view target) {
    return not_found("send_target_unknown", fmt::format("no session is at \"{}\"", target));
}

Result<void> Machine::receive_own(Event event) {
    return run_.send(std::move(event));
}

Result<bool> Machine::receive(std::string_view session_id, const Event& event) {
    if (session_id == session_->session_id) {
        TRY(receive_own(event));
        return true;
    }
    return children_.receive(session_id, event);
}

Result<void> Machine::route(std::string_view target, Event event) {
    constexpr std::string_view by_session = "#_scxml_";
    bool is_received = false;
    if (target == "#_parent") {
        is_received = parent_ != nullptr;
        // A session that is cancelled is heard no more (6.4.3).
        if (is_received && !is_stopped_) {
            event.invokeid = invokeid_;
            TRY(parent_->receive_own(std::move(event)));
        }
    } else if (target.starts_with(by_session)) {
        is_received = TRY(root().receive(target.substr(by_session.size()), event));
    } else if (target.starts_with("#_")) {
        is_received = TRY(send_to_invoked(target.substr(2), event));
    }
    return is_received ? Result<void>() : unknown_target(target);
}

Result<bool> Machine::send_to_invoked(std::string_view invokeid, const Event& event) {
    for (std::size_t index = 0; index < children_.count(); ++index) {
        if (children_.at(index).invokeid == invokeid) {
            return children_.forward(index, event);
        }
    }
    return false;
}

/// The part of mainEventLoop that follows a macrostep: states that were entered and not left.
void Machine::start_invocations() {
    if (chart_.invokes.empty()) {
        return;
    }
    for (StateIndex state = states_to_invoke_.next(0, end_); state < end_ && !run_.fatal;
         state = states_to_invoke_.next(state + 1, end_)) {
        const Range invokes = chart_.states[state].invokes;
        for (std::uint32_t at = invokes.first; at < invokes.last && !run_.fatal; ++at) {
            start_invocation(at);
        }
    }
    states_to_invoke_.clear();
}

void Machine::start_invocation(std::uint32_t invoke) {
    Result<Invocation> invocation = executor_.invocation(invoke);
    Result<void> started = invocation ? children_.start(std::move(invocation).value())
                                      : Result<void>(std::move(invocation).error());
    if (!started) {
        run_.raise_error(std::move(started).error());
    }
}

/// Procedure mainEventLoop, on the event that comes next: applyFinalize and autoforward.
void Machine::finalize_and_forward(const Event& event) {
    for (std::size_t index = 0; index < children_.count() && !run_.fatal; ++index) {
        const InvokeRecord& record = chart_.invokes[children_.at(index).invoke];
        if (!event.invokeid.empty() && children_.at(index).invokeid == event.invokeid) {
            executor_.finalize(record, event);
        }
        if (record.is_forwarding) {
            Result<bool> forwarded = children_.forward(index, event);
            if (!forwarded) {
                run_.raise_error(std::move(forwarded).error());
            }
        }
    }
}

}  // namespace guildmark::scxml
