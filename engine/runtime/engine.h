#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/result.h"
#include "engine/cases/command.h"
#include "engine/cases/event.h"
#include "engine/ports/clock.h"
#include "engine/ports/notifier.h"
#include "engine/ports/script_engine.h"
#include "engine/ports/store.h"
#include "engine/runtime/library.h"
#include "engine/scxml/session.h"

namespace guildmark {

/// What becomes of a command.
enum class Purpose {
    carry_out,
    preview,  ///< Of a command on a case that is there: it is decided, and nothing is written, not
              ///< even a refusal.
};

/// A command on its way: who gives it, on what, and under which key.
struct Submission {
    Actor actor;
    /// The case or organisation; none for OpenCase and CreateOrganisation.
    StreamId stream;
    std::variant<CaseCommand, OrganisationCommand> command;
    /// Empty, or a text of the actor's choice (at most 200 bytes): the same command under the same
    /// key is carried out once, and answered alike each time.
    std::string idempotency_key;
    /// When set: refused with precondition_failed unless the stream ends at this record.
    std::optional<std::uint64_t> expected_sequence;
    Purpose purpose = Purpose::carry_out;
};

/// How a case would be after a command that is only looked at.
struct Foreseen {
    std::string states;              ///< As in rows::Case.
    std::vector<std::string> tasks;  ///< Definitions of those open then, in the order of their ids.
    bool finished = false;
    bool paused = false;
};

/// What a command that was carried out led to.
struct Answer {
    StreamId stream;
    std::uint64_t sequence = 0;  ///< The stream's last record.
    std::uint64_t position = 0;  ///< The journal's last record.
    /// The id of what was made (a task has none): case, evidence, finding, organisation, person,
    /// token.
    std::string created;
    bool repeated = false;  ///< It had been carried out before, under the same key.
    /// Of a preview on a case; `sequence` is then that of the case as it is.
    std::optional<Foreseen> foreseen{};
};

/// What a command that was carried out made of a case.
struct ChartStep {
    const workflow::Workflow& workflow;
    std::span<const CaseEvent> events;
    std::span<const scxml::TransitionIndex> taken;  ///< By the case's own chart, in order.
};

/// Told of each such command before its commit, by the thread that decides.
using ChartObserver = std::function<void(const ChartStep&)>;

/// What the engine works with; all of it outlives the engine.
struct EnginePorts {
    Store& store;
    Clock& clock;
    Random& random;
    ScriptEngine& scripts;
    Notifier& notifier;
    /// Null: charts run without anybody looking on, which is how they are served.
    const ChartObserver* chart_observer = nullptr;
};

/// Decides commands one after another and commits what has gathered as one transaction.
///
/// Thread: one at a time; api/host.h gives it a thread and a bounded queue.
class Engine {
public:
    /// Reads where the journal ends. Errors: those of the store.
    static Result<std::unique_ptr<Engine>> open(EnginePorts ports, Library& library);

    virtual ~Engine() = default;

    /// Decides all of `submissions` (at most limits::commands_per_commit_max) in order, writes
    /// their events durably in one transaction, and gives an answer or an error for each, in order.
    /// A refusal by the rules is itself written down. When the commit fails nothing of the batch
    /// holds, and each gets that error, save those that were answered from what was stored before;
    /// commit_in_doubt means that the caller must look, or repeat under its key. After a commit
    /// that failed nothing is decided until the store has told what it holds.
    virtual std::vector<Result<Answer>> execute(std::span<const Submission> submissions) = 0;

    /// Fires timers that are due and carries out effects that are due, at most
    /// limits::timers_per_advance_max of each; tells how many there were. Errors: those of the
    /// store and of the script engine, the first of them, after all others had their turn; what
    /// failed so stays due.
    virtual Result<std::size_t> advance() = 0;

    /// When the next timer is due, if there is any. Errors: those of the store.
    virtual Result<std::optional<Instant>> next_due() = 0;

    /// Called after each commit, before it is answered, once for each stream that it wrote, with
    /// the stream's last record; with none after a commit whose outcome was in doubt: any stream
    /// may have been written.
    using Observer = std::function<void(StreamId stream, std::uint64_t sequence)>;
    virtual void set_observer(Observer observer) = 0;
};

}  // namespace guildmark
