// Pauses and resumptions by chance, against a model of a few lines: what fires, in which order and
// at which time.

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/base/json.h"
#include "engine/runtime/replay.h"
#include "tests/support/memory_store.h"
#include "tests/support/scenario_world.h"

namespace guildmark::tests {
namespace {

constexpr std::int64_t second_ms = 1'000;
constexpr std::size_t sends = 8;
constexpr std::size_t steps = 60;
constexpr std::uint64_t seeds = 60;

using Kind = std::string;

const Kind kinds[] = {"at-once", "remaining", "from-start"};

/// What a seed makes: delays in seconds, and what becomes of each at the end of a pause.
struct Plan {
    explicit Plan(std::uint64_t seed) : chance(seed) {
        root = kind();
        task = kind();
        task_seconds = delay();
        late_seconds = delay();
        for (std::size_t index = 0; index < sends; ++index) {
            send_kinds.push_back(chance.next() % 2 == 0 ? kind() : "");
            send_seconds.push_back(delay());
            next_seconds.push_back(chance.next() % 3 == 0 ? 0 : delay());
        }
    }

    Kind kind() { return kinds[chance.next() % 3]; }

    /// Few values, so that some are due together.
    std::int64_t delay() { return 1 + static_cast<std::int64_t>(chance.next() % 40) * 50; }

    scenario::SeededRandom chance;
    Kind root;
    Kind task;
    std::int64_t task_seconds = 0;
    std::int64_t late_seconds = 0;
    std::vector<Kind> send_kinds;  ///< Empty: as the root says.
    std::vector<std::int64_t> send_seconds;
    std::vector<std::int64_t> next_seconds;  ///< Sent on arrival, once more; 0: nothing.
};

std::string send_text(const std::string& event, std::int64_t seconds, const Kind& kind) {
    return fmt::format(R"(<send event="{}" delay="{}s"{}/>)",
                       event,
                       seconds,
                       kind.empty() ? "" : fmt::format(R"( gm:overdue="{}")", kind));
}

workflow::Workflow workflow_of(const Plan& plan) {
    std::string entry;
    std::string transitions;
    for (std::size_t index = 0; index < sends; ++index) {
        entry +=
            send_text(fmt::format("t{}", index), plan.send_seconds[index], plan.send_kinds[index]);
        const std::string next =
            plan.next_seconds[index] == 0
                ? ""
                : send_text(
                      fmt::format("n{}", index), plan.next_seconds[index], plan.send_kinds[index]);
        transitions +=
            fmt::format(R"(<transition event="t{}">{}</transition><transition event="n{}"/>)",
                        index,
                        next,
                        index);
    }
    const std::string chart = fmt::format(
        R"(<scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:gm="urn:guildmark:workflow:1"
version="1.0" datamodel="ecmascript" initial="work" gm:overdue="{}">
<gm:workflow id="paused" standards="honey-code"><gm:title>P</gm:title></gm:workflow>
<gm:role id="owner" party="client" allow="operate"><gm:title>O</gm:title></gm:role>
<state id="work"><onentry>{}</onentry>
<gm:task id="task" role="owner" due="PT{}S" overdue="{}"><gm:title>T</gm:title>
<gm:outcome id="end"><gm:title>E</gm:title></gm:outcome>
<gm:escalation after="PT{}S" event="late"/></gm:task>
{}<transition event="late"/><transition event="task.task.end" target="end"/></state>
<final id="end"/></scxml>)",
        plan.root,
        entry,
        plan.task_seconds,
        plan.task,
        plan.late_seconds,
        transitions);
    Diagnostics diagnostics;
    auto loaded = workflow::load_workflow({{"paused.scxml", chart}}, diagnostics);
    EXPECT_TRUE(loaded) << diagnostics.to_text();
    return std::move(*loaded);
}

/// What fired: the event, and when.
using Fired = std::vector<std::pair<std::string, std::int64_t>>;

/// The rules of docs/reference/workflow.md, "Pauses", in as few words as they take.
class Model {
public:
    Model(const Plan& plan, std::int64_t now) : plan_(plan) {
        for (std::size_t index = 0; index < sends; ++index) {
            set(fmt::format("t{}", index), now, plan.send_seconds[index], kind_of(index));
        }
        task_due_ = now + plan.task_seconds * second_ms;
        set("late", now, plan.task_seconds + plan.late_seconds, "");
    }

    void advance(std::int64_t now) {
        while (!paused_at_) {
            const auto first = std::ranges::min_element(timers_, {}, &Timer::order);
            if (first == timers_.end() || first->due > now) {
                return;
            }
            const Timer timer = *first;
            timers_.erase(first);
            fired.emplace_back(timer.event, now);
            const auto index = static_cast<std::size_t>(timer.event.back() - '0');
            if (timer.event.front() == 't' && plan_.next_seconds[index] > 0) {
                set(fmt::format("n{}", index), now, plan_.next_seconds[index], kind_of(index));
            }
        }
    }

    void pause(std::int64_t now) { paused_at_ = now; }

    void resume(std::int64_t now) {
        const std::int64_t task_before = task_due_;
        task_due_ = moved(plan_.task, task_due_, plan_.task_seconds * second_ms, now);
        for (Timer& timer : timers_) {
            if (timer.event != "late") {
                timer.due = moved(timer.kind, timer.due, timer.delay, now);
            } else if (task_due_ != task_before) {
                timer.due = task_due_ + plan_.late_seconds * second_ms;
            } else {
                timer.due = moved(plan_.task, timer.due, plan_.late_seconds * second_ms, now);
            }
        }
        paused_at_.reset();
    }

    [[nodiscard]] bool is_paused() const { return paused_at_.has_value(); }

    [[nodiscard]] std::int64_t task_due() const { return task_due_; }

    [[nodiscard]] std::size_t waiting() const { return timers_.size(); }

    Fired fired;

private:
    struct Timer {
        std::string event;
        std::int64_t due = 0;
        std::int64_t delay = 0;
        Kind kind;
        std::size_t number = 0;

        [[nodiscard]] std::pair<std::int64_t, std::size_t> order() const { return {due, number}; }
    };

    [[nodiscard]] Kind kind_of(std::size_t index) const {
        return plan_.send_kinds[index].empty() ? plan_.root : plan_.send_kinds[index];
    }

    void set(std::string event, std::int64_t now, std::int64_t seconds, Kind kind) {
        const std::int64_t delay = seconds * second_ms;
        timers_.push_back({std::move(event), now + delay, delay, std::move(kind), ++number_});
    }

    [[nodiscard]] std::int64_t moved(const Kind& kind,
                                     std::int64_t due,
                                     std::int64_t delay,
                                     std::int64_t now) const {
        if (kind == "remaining") {
            return due + now - *paused_at_;
        }
        const bool came = *paused_at_ <= due && due <= now;
        return kind == "from-start" && came ? now + delay : due;
    }

    const Plan& plan_;
    std::vector<Timer> timers_;
    std::size_t number_ = 0;
    std::int64_t task_due_ = 0;
    std::optional<std::int64_t> paused_at_;
};

/// A case of the plan's workflow, with an engine that may be started anew.
class PausedWorld {
public:
    explicit PausedWorld(const Plan& plan) : world(store) {
        world.clock.set(Instant{1'772'442'000'000});  // 2026-03-02
        world.library.add(workflow_of(plan));
        reader = std::move(store.open_reader()).value();
        restart();
        const Answer firm =
            make({}, CreateOrganisation{"Firm", "client", "DE", {}, 3}).value_or(Answer{});
        owner.organisation = OrganisationId(firm.stream.value());
        const auto person = make(firm.stream, AdmitMember{{}, "Ada", {}, {"owner"}});
        owner.person = PersonId::parse(person->created).value_or(PersonId());
        owner.role = "owner";
        const OpenCase open{"paused", "honey-code:2026", "P", {{"client", owner.organisation}}};
        case_id = CaseId(submit({owner, {}, CaseCommand(open), {}, {}})->stream.value());
    }

    void restart() {
        engine.reset();
        engine = std::move(world.open_engine()).value();
    }

    Result<Answer> submit(Submission submission) {
        return std::move(engine->execute({&submission, 1}).front());
    }

    Result<Answer> make(StreamId stream, OrganisationCommand command) {
        return submit({system_actor(), stream, std::move(command), {}, {}});
    }

    bool operate(CaseCommand command) {
        return submit({owner, stream_of(case_id), std::move(command), {}, {}}).has_value();
    }

    [[nodiscard]] std::int64_t now() { return world.clock.now().milliseconds; }

    void wait(std::int64_t seconds) {
        world.clock.set(Instant{now() + seconds * second_ms});
        EXPECT_TRUE(engine->advance());
    }

    /// From the journal: which event each timer carried, and when it fired.
    [[nodiscard]] Fired fired() const {
        Fired fired;
        std::map<std::string, std::string> events;
        const auto records = reader->records(stream_of(case_id), 0, 100'000);
        for (const Record& record : records.value()) {
            const auto payload = parse_json(record.payload);
            if (record.kind == "timer_set") {
                events[payload->text_or("id", "")] = payload->text_or("event", "");
            } else if (record.kind == "timer_fired") {
                fired.emplace_back(events[payload->text_or("id", "")], record.at.milliseconds);
            }
        }
        return fired;
    }

    [[nodiscard]] std::vector<Timer> timers() const {
        return reader->due_timers(Instant{INT64_MAX}, 1'000).value();
    }

    MemoryStore store;
    ScenarioWorld world;
    std::unique_ptr<StoreReader> reader;
    std::unique_ptr<Engine> engine;
    Actor owner;
    CaseId case_id;
};

void step(PausedWorld& world, Model& model, std::uint64_t drawn) {
    switch (drawn % 4) {
        case 0: {
            const bool pauses = !model.is_paused();
            ASSERT_TRUE(pauses ? world.operate(PauseCase{"wait"})
                               : world.operate(ResumeCase{"go"}));
            pauses ? model.pause(world.now()) : model.resume(world.now());
            return;
        }
        case 1:
            world.restart();
            return;
        default: {
            const std::int64_t seconds = static_cast<std::int64_t>(drawn / 4 % 400);
            world.wait(seconds);
            model.advance(world.now());
        }
    }
}

TEST(Pause, keeps_the_order_of_timers_and_loses_none_whatever_the_workflow_says_of_them) {
    std::size_t fired_in_all = 0;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        SCOPED_TRACE(seed);
        Plan plan(seed);
        PausedWorld world(plan);
        Model model(plan, world.now());
        for (std::size_t count = 0; count < steps; ++count) {
            step(world, model, plan.chance.next());
            ASSERT_EQ(world.fired(), model.fired) << count;
            ASSERT_EQ(world.timers().size(), model.is_paused() ? 0u : model.waiting()) << count;
        }
        const auto rows = world.reader->find_case_rows(world.case_id);
        ASSERT_TRUE(rows && *rows);
        EXPECT_EQ((*rows)->tasks.front().due->milliseconds, model.task_due());
        const std::vector<Timer> timers = world.timers();
        ASSERT_TRUE(rebuild(world.store, {}));
        EXPECT_EQ(world.timers(), timers);
        const auto verified = verify(world.store, {});
        ASSERT_TRUE(verified);
        EXPECT_TRUE(verified->is_sound()) << verified->faults.front().message;
        fired_in_all += model.fired.size();
    }
    EXPECT_GT(fired_in_all, seeds * 5);
}

TEST(Pause, lasts_over_restarts_and_longer_than_every_timer) {
    Plan plan(7);
    PausedWorld world(plan);
    ASSERT_TRUE(world.operate(PauseCase{"a long time"}));
    EXPECT_FALSE(world.engine->next_due().value());
    for (int year = 0; year < 5; ++year) {
        world.restart();
        world.wait(std::int64_t{365} * 86'400);
    }
    EXPECT_TRUE(world.fired().empty());
    EXPECT_EQ(world.engine->advance().value(), 0u);
    ASSERT_TRUE(world.operate(ResumeCase{"at last"}));
    EXPECT_EQ(world.timers().size(), sends + 1);
}

}  // namespace
}  // namespace guildmark::tests
