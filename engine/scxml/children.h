#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/scxml/interpreter.h"
#include "engine/scxml/session.h"

namespace guildmark::scxml {

class Machine;

/// The session that a delayed event goes to, and the invokeid that it bears there.
struct Destination {
    std::string session_id;
    std::string invokeid;
};

/// Where an event goes that `sender` has sent to `target` (appendix C.1), among sessions that all
/// rest: `root` and what it has invoked. Nothing when the sender or the receiver is not there.
[[nodiscard]] std::optional<Destination> find_destination(const Session& root,
                                                          std::string_view sender,
                                                          std::string_view target);

/// The session of that id, among `root` and what it has invoked; nullptr when it is not active.
[[nodiscard]] const Session* find_session(const Session& root, std::string_view session_id);

/// The sessions that a running session has invoked (SCXML 6.4).
///
/// They run when the session that invoked them has nothing else to do, one after the other, in the
/// order of their start. What the Recommendation lets happen at once happens in one fixed order
/// here, so that the same events give the same trace.
///
/// Invariant: the invocations of the session stay as begin() saw them until commit().
class Children {
public:
    Children(Machine& owner, Host& host, ScriptEngine& scripts);
    ~Children();
    Children(const Children&) = delete;
    Children& operator=(const Children&) = delete;

    void begin(Session& session);
    void commit();
    void rollback();

    /// Starts a session and runs it until it rests. Errors: invokeid_repeated, sessions_too_many,
    /// invocations_too_deep. An error of its run ends the run of the owner.
    Result<void> start(Invocation invocation);

    /// Ends the sessions of these <invoke>; what they still send to the owner is dropped.
    void cancel(std::uint32_t first_invoke, std::uint32_t last_invoke);

    [[nodiscard]] std::size_t count() const;
    [[nodiscard]] const Invocation& at(std::size_t index) const;

    /// Puts the event into the queue of one of the sessions; false when it is over.
    /// Errors: event_queue_full.
    Result<bool> forward(std::size_t index, const Event& event);

    /// Puts the event into the queue of the session of that id, which is one of these or was
    /// invoked by one; false when there is none. Errors: event_queue_full.
    Result<bool> receive(std::string_view session_id, const Event& event);

    /// Lets each session that has events to process run until it rests; false when none has.
    bool run_waiting();

    /// All sessions, with those that they have invoked.
    [[nodiscard]] std::size_t count_all() const;

private:
    struct Child;

    /// OPTIMIZATION: sessions are copied when the first of them is needed.
    void touch();
    void run(Child& child);
    void finish(Child& child);

    Machine& owner_;
    Host& host_;
    ScriptEngine& scripts_;
    Session* session_ = nullptr;
    bool is_touched_ = false;
    std::vector<std::unique_ptr<Child>> working_;
};

}  // namespace guildmark::scxml
