// Invariants between calls:
// - what Aggregates holds is what the store holds: after a failed commit everything that the batch
//   wrote to is dropped and told anew by the store, after a recovery everything;
// - position_ is that of the store's last record, unless is_settled_ is false: then a commit has
//   failed, and before anything else is decided settle() makes sure of what the store holds.

#include "engine/runtime/engine.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "engine/base/limits.h"
#include "engine/cases/decide.h"
#include "engine/cases/incidents.h"
#include "engine/runtime/aggregates.h"
#include "engine/runtime/batch.h"
#include "engine/runtime/command_parts.h"
#include "engine/runtime/definition.h"
#include "engine/runtime/effects.h"
#include "engine/runtime/keyed_answer.h"

namespace guildmark {
namespace {

constexpr std::size_t key_bytes_max = 200;

class RunningEngine : public Engine {
public:
    RunningEngine(EnginePorts ports,
                  Library& library,
                  std::unique_ptr<StoreReader> reader,
                  std::uint64_t last_stream,
                  std::uint64_t position)
        : ports_(ports),
          library_(library),
          aggregates_(std::move(reader), library),
          ids_(ports.random, last_stream),
          position_(position) {}

    std::vector<Result<Answer>> execute(std::span<const Submission> submissions) override {
        ENSURE(submissions.size() <= limits::commands_per_commit_max, "a batch over its limit");
        if (const auto settled = settle(); !settled) {
            return std::vector<Result<Answer>>(submissions.size(), settled.error());
        }
        Batch batch(position_);
        std::vector<Result<Answer>> answers;
        std::vector<bool> stands;  // What is true of the store, whatever becomes of the batch.
        answers.reserve(submissions.size());
        for (const Submission& submission : submissions) {
            const bool on_stored = batch.is_empty();
            answers.push_back(handle_in_turn(submission, batch));
            const Result<Answer>& answer = answers.back();
            stands.push_back(answer ? answer->repeated && answer->position <= position_
                                    : on_stored);
        }
        if (auto written = commit(batch); !written) {
            for (std::size_t index = 0; index < answers.size(); ++index) {
                if (!stands[index]) {
                    answers[index] = written.error();
                }
            }
        }
        return answers;
    }

    Result<std::size_t> advance() override {
        TRY(settle());
        held_up_.clear();
        const Instant now = ports_.clock.now();
        std::vector<Submission> due;
        for (const Timer& timer :
             TRY(aggregates_.reader().due_timers(now, limits::timers_per_advance_max))) {
            due.push_back({system_actor(), timer.stream, CaseCommand(FireTimer{timer.id}), {}, {}});
        }
        const auto effects =
            TRY(aggregates_.reader().due_effects(now, limits::timers_per_advance_max));
        // What fails for one case keeps nobody else waiting.
        FirstError failure;
        Batch moved(position_);
        for (const Effect& effect : effects) {
            if (const auto carried = carry_out(effect, now, due, moved); !carried) {
                failure.note(carried.error());
            }
        }
        if (const auto written = commit(moved); !written) {
            failure.note(written.error());
        }
        const std::span<const Submission> all(due);
        for (std::size_t begin = 0; begin < all.size(); begin += limits::commands_per_commit_max) {
            const auto part =
                all.subspan(begin, std::min(limits::commands_per_commit_max, all.size() - begin));
            const std::vector<Result<Answer>> answers = execute(part);
            for (std::size_t index = 0; index < answers.size(); ++index) {
                if (!answers[index] && is_of_the_world(answers[index].error())) {
                    failure.note(answers[index].error());
                    held_up_.emplace(part[index].stream, answers[index].error());
                }
            }
        }
        TRY(failure.result());
        return all.size();
    }

    Result<std::optional<Instant>> next_due() override { return aggregates_.reader().next_timer(); }

    void set_observer(Observer observer) override { observer_ = std::move(observer); }

private:
    /// Writes the batch, or makes the memory forget it.
    Result<void> commit(Batch& batch) {
        if (batch.is_empty()) {
            return {};
        }
        auto written = ports_.store.commit(batch.finish());
        if (written) {
            position_ = batch.position();
            tell(batch);
        } else {
            is_settled_ = false;
            in_doubt_ = in_doubt_ || written.error().code == "commit_in_doubt";
            for (const auto& [stream, sequence] : batch.streams()) {
                aggregates_.drop(stream);
            }
            // Should this fail too, it is tried again before the next command.
            static_cast<void>(settle());
        }
        aggregates_.trim();
        return written;
    }

    /// Makes sure of what the store holds, after a commit that failed. Errors: those of the store.
    Result<void> settle() {
        if (is_settled_) {
            return {};
        }
        if (in_doubt_) {
            TRY(ports_.store.recover());
            in_doubt_ = false;
            // What was read before the doubt was resolved may be older than what was.
            aggregates_.drop_all();
            if (observer_) {
                observer_({}, 0);
            }
        }
        position_ = TRY(aggregates_.reader().last_position());
        is_settled_ = true;
        return {};
    }

    void tell(const Batch& batch) {
        for (const auto& [stream, sequence] : batch.streams()) {
            if (observer_) {
                observer_(stream, sequence);
            }
        }
    }

    /// Timers of a case fire in their order: when one could not, through nobody's fault, those
    /// behind it wait with it for the next round.
    Result<Answer> handle_in_turn(const Submission& submission, Batch& batch) {
        const auto* command = std::get_if<CaseCommand>(&submission.command);
        if (command == nullptr || !std::holds_alternative<FireTimer>(*command)) {
            return handle(submission, batch);
        }
        if (const auto found = held_up_.find(submission.stream); found != held_up_.end()) {
            return found->second;
        }
        Result<Answer> answer = handle(submission, batch);
        if (!answer && is_of_the_world(answer.error())) {
            held_up_.emplace(submission.stream, answer.error());
        }
        return answer;
    }

    Result<Answer> handle(const Submission& submission, Batch& batch) {
        const std::string& key = submission.idempotency_key;
        if (key.empty() || submission.purpose == Purpose::preview) {
            return decide_and_write(submission, batch);
        }
        if (key.size() > key_bytes_max) {
            return malformed("idempotency_key_too_long",
                             fmt::format("an idempotency key has at most {} bytes", key_bytes_max));
        }
        const std::string own = fmt::format("{}/{}/{}",
                                            submission.actor.organisation.to_text(),
                                            submission.actor.person.to_text(),
                                            key);
        const Digest request = request_digest(submission);
        if (const KeyedAnswer* gathered = batch.find_answer(own)) {
            return read_answer(*gathered, request);
        }
        if (const auto kept = TRY(aggregates_.reader().find_answer(own))) {
            return read_answer(*kept, request);
        }
        const Answer answer = TRY(decide_and_write(submission, batch));
        batch.keep_answer({own, request, write_answer(answer), ports_.clock.now()});
        return answer;
    }

    Result<Answer> decide_and_write(const Submission& submission, Batch& batch) {
        if (const auto* command = std::get_if<CaseCommand>(&submission.command)) {
            return handle_case(submission, *command, batch);
        }
        return handle_organisation(
            submission, std::get<OrganisationCommand>(submission.command), batch);
    }

    /// Whether the person is a member who fills the role.
    Result<void> check_member(const Actor& actor) {
        if (actor.is_system()) {
            return {};
        }
        const Organisation* organisation = TRY(organisation_of(actor));
        if (!organisation->has_role(actor.person, actor.role)) {
            return forbidden(
                "role_not_held",
                fmt::format(
                    "you do not act as \"{}\" for {}", actor.role, organisation->summary.name),
                actor.role);
        }
        return {};
    }

    Result<const Organisation*> organisation_of(const Actor& actor) {
        if (actor.organisation.is_none()) {
            return forbidden("role_not_held", "nobody acts without an organisation");
        }
        return TRY(aggregates_.load_organisation(StreamId(actor.organisation.value())));
    }

    using Names = std::map<OrganisationId, std::string>;

    /// The names of organisations, empty where there is none: read before anything is decided, so
    /// that a store that fails is not taken for an organisation without a name.
    Result<Names> names_of(const std::vector<OrganisationId>& ids) {
        Names names;
        for (const OrganisationId id : ids) {
            const auto organisation = aggregates_.load_organisation(StreamId(id.value()));
            if (organisation) {
                names[id] = (*organisation)->summary.name;
            } else if (organisation.error().kind != ErrorKind::not_found) {
                return organisation.error();
            }
        }
        return names;
    }

    static std::vector<OrganisationId> parties_of(const Case& subject, const OpenCase* opening) {
        std::vector<OrganisationId> ids;
        for (const rows::Party& party : subject.summary.parties) {
            ids.push_back(party.organisation);
        }
        if (opening != nullptr) {
            for (const auto& [party, organisation] : opening->parties) {
                ids.push_back(organisation);
            }
        }
        return ids;
    }

    /// Where a command goes: the stream it names, or a new one.
    Result<StreamId> target_stream(const Submission& submission, bool opens, Instant now) {
        if (opens) {
            StreamId drawn(ids_.draw(now));
            while (TRY(aggregates_.reader().head(drawn)).sequence > 0) {
                drawn = StreamId(ids_.draw(now));
            }
            return drawn;
        }
        if (submission.stream.is_none()) {
            return not_found("case_not_found", "the command names nothing to act on");
        }
        return submission.stream;
    }

    Result<Answer> handle_case(const Submission& submission,
                               const CaseCommand& command,
                               Batch& batch) {
        TRY(check_member(submission.actor));
        const Instant now = ports_.clock.now();
        const auto* opening = std::get_if<OpenCase>(&command);
        const StreamId stream = TRY(target_stream(submission, opening != nullptr, now));
        LoadedCase& subject = *TRY(aggregates_.load_case(stream));
        TRY(check_expected(submission, subject.value.head));
        auto workflow =
            opening != nullptr ? library_.find_workflow(opening->workflow) : subject.workflow;
        if (workflow == nullptr) {
            aggregates_.drop(stream);
            return opening == nullptr
                       ? not_found("case_not_found", "there is no such case", stream.to_text())
                       : malformed(
                             "workflow_unknown",
                             fmt::format("there is no workflow \"{}\" here", opening->workflow),
                             "workflow");
        }
        const auto standard = library_.find_standard(
            opening != nullptr ? opening->standard : subject.value.summary.standard);
        const Names names = TRY(names_of(parties_of(subject.value, opening)));
        const Organisation* own =
            submission.actor.is_system() ? nullptr : TRY(organisation_of(submission.actor));
        const rows::Member* member =
            own == nullptr ? nullptr : own->find_member(submission.actor.person);
        CaseContext context{now,
                            submission.actor,
                            ids_,
                            *workflow,
                            standard.get(),
                            ports_.scripts,
                            [&names](OrganisationId id) {
                                const auto found = names.find(id);
                                return found == names.end() ? std::string() : found->second;
                            },
                            member == nullptr ? std::string() : member->name,
                            member == nullptr ? std::string() : member->email};
        const auto target = TRY(target_of(command, library_));
        context.target = target.get();
        context.organisation = own;
        std::vector<scxml::TransitionIndex> taken;
        context.taken = ports_.chart_observer == nullptr ? nullptr : &taken;
        const auto decided = decide(subject.value, command, context);
        if (submission.purpose == Purpose::preview) {
            return preview(subject.value, decided, context);
        }
        if (!decided) {
            return reject(subject, command, decided.error(), context, batch);
        }
        if (opening != nullptr || target != nullptr) {
            subject.workflow = target != nullptr ? target : workflow;
            batch.keep_definition(definition_of(*subject.workflow));
        }
        if (ports_.chart_observer != nullptr) {
            (*ports_.chart_observer)({*workflow, decided->events, taken});
        }
        batch.write(subject, decided->events, submission.actor, now);
        return Answer{
            stream, subject.value.head.sequence, batch.position(), decided->created, false};
    }

    /// What would become of the case; nothing is written. REQUIRES: the command opens no case.
    Result<Answer> preview(const Case& subject,
                           const Result<CaseDecision>& decided,
                           const CaseContext& context) const {
        if (!decided) {
            return decided.error();
        }
        return Answer{stream_of(subject.summary.id),
                      subject.head.sequence,
                      position_,
                      {},
                      false,
                      foresee(subject, decided->events, context)};
    }

    /// A refusal by the rules stays on record; a timer that the case cannot handle waits in an
    /// incident, so that it does not come back for ever. What the world failed leaves all as it
    /// was.
    Result<Answer> reject(LoadedCase& subject,
                          const CaseCommand& command,
                          const Error& error,
                          const CaseContext& context,
                          Batch& batch) {
        if (subject.value.head.sequence == 0) {
            aggregates_.drop(stream_of(subject.value.summary.id));
            return error;
        }
        const auto* timer = std::get_if<FireTimer>(&command);
        // What is damaged does not mend by waiting; a timer of a paused case does wait.
        const bool may_pass = is_of_the_world(error) && error.kind != ErrorKind::corrupted;
        if (may_pass || (timer != nullptr && subject.value.is_paused())) {
            return error;
        }
        std::vector<CaseEvent> events;
        if (timer != nullptr && subject.value.timers.contains(timer->timer)) {
            events = give_up_timer(subject.value, timer->timer, error, context);
        } else if (error.kind == ErrorKind::refused || error.kind == ErrorKind::conflict) {
            events.push_back(events::CommandRejected{
                command_kind(command), error.code, error.message, error.subject});
        }
        batch.write(subject, events, context.actor, context.now);
        return error;
    }

    Result<Answer> handle_organisation(const Submission& submission,
                                       const OrganisationCommand& command,
                                       Batch& batch) {
        ENSURE(submission.purpose == Purpose::carry_out, "commands on cases have previews");
        TRY(check_administrator(submission));
        const Instant now = ports_.clock.now();
        const bool creates = std::holds_alternative<CreateOrganisation>(command);
        const StreamId stream = TRY(target_stream(submission, creates, now));
        Organisation& subject = *TRY(aggregates_.load_organisation(stream));
        TRY(check_expected(submission, subject.head));
        OrganisationContext context{now, submission.actor, ids_};
        const auto decided = decide(subject, command, context);
        if (!decided) {
            if (subject.head.sequence == 0) {
                aggregates_.drop(stream);
            }
            return decided.error();
        }
        batch.write(subject, decided->events, submission.actor, now);
        return Answer{stream, subject.head.sequence, batch.position(), decided->created, false};
    }

    /// Organisations are kept by the operator's administrators, and each by its own.
    Result<void> check_administrator(const Submission& submission) {
        TRY(check_member(submission.actor));
        if (submission.actor.is_system()) {
            return {};
        }
        const Organisation* own = TRY(organisation_of(submission.actor));
        const bool is_own = submission.stream.value() == submission.actor.organisation.value();
        if (submission.actor.role != "administrator" ||
            (own->summary.kind != "operator" && !is_own)) {
            return forbidden("administrator_required",
                             "only an administrator changes organisations, members and tokens");
        }
        return {};
    }

    static Result<void> check_expected(const Submission& submission, const StreamHead& head) {
        if (submission.expected_sequence && *submission.expected_sequence != head.sequence) {
            return conflict("precondition_failed",
                            fmt::format("it was changed meanwhile: its last record is {}, not {}",
                                        head.sequence,
                                        *submission.expected_sequence));
        }
        return {};
    }

    /// Carries out one effect: it is closed by a command, or tried again later.
    Result<void> carry_out(const Effect& effect,
                           Instant now,
                           std::vector<Submission>& due,
                           Batch& moved) {
        Result<void> done;
        if (const auto message = read_message(effect); !message) {
            done = message.error();
        } else {
            done = deliver(TRY(addressed(effect, *message)), ports_.notifier);
        }
        if (!done && done.error().retry != Retry::never && effect.attempts < effect_attempts_max) {
            moved.move_effect(next_attempt(effect, now));
            return {};
        }
        CloseEffect close{effect.id, {}, {}};
        if (!done) {
            close = {effect.id, done.error().message, done.error().code};
        }
        due.push_back({system_actor(), effect.stream, CaseCommand(std::move(close)), {}, {}});
        return {};
    }

    Result<std::vector<Notification>> addressed(const Effect& effect,
                                                const EffectMessage& message) {
        const LoadedCase& subject = *TRY(aggregates_.load_case(effect.stream));
        const auto find_organisation = [this](OrganisationId id) -> Result<const Organisation*> {
            return TRY(aggregates_.load_organisation(StreamId(id.value())));
        };
        return address(effect, message, subject, find_organisation);
    }

    EnginePorts ports_;
    Library& library_;
    Aggregates aggregates_;
    IdSource ids_;
    std::uint64_t position_;
    bool is_settled_ = true;
    bool in_doubt_ = false;  ///< Only while not settled.
    Observer observer_;
    std::map<StreamId, Error> held_up_;  ///< Cases with a timer that could not fire this round.
};

}  // namespace

Result<std::unique_ptr<Engine>> Engine::open(EnginePorts ports, Library& library) {
    auto reader = TRY(ports.store.open_writers_reader());
    // An engine before this one may have drawn ids in this very millisecond.
    const std::uint64_t last_stream =
        std::max(TRY(reader->last_stream()), IdSource::last_of(ports.clock.now()));
    const std::uint64_t position = TRY(reader->last_position());
    return std::unique_ptr<Engine>(
        std::make_unique<RunningEngine>(ports, library, std::move(reader), last_stream, position));
}

}  // namespace guildmark
